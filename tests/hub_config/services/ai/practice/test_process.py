"""The process of the practice AI's tools: one job after the other, started anew when it dies or takes too long."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import psutil
import pytest

from hub_config import processes
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.practice import process
from hub_config.services.ai.practice.process import Worker
from hub_config.services.ai.practice.replies import free_reply

OTHERS: set[int] = set()
TABLE = "Xóm\tSố hộ\nNà Pồng\t120\nKhau Cút\t85\nTổng số hộ?"


@asynccontextmanager
async def worker() -> AsyncIterator[Worker]:
    made = Worker()
    try:
        yield made
    finally:
        await made.close()


def run(test: Callable[[Worker], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with worker() as made:
            await test(made)

    asyncio.run(whole())


@pytest.fixture(autouse=True)
def others(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gateways of other tests may run a process of their own in this very run: they are not counted."""
    monkeypatch.setattr(sys.modules[__name__], "OTHERS", set(processes.descendants(os.getpid())))


def children() -> list[psutil.Process]:
    found = [psutil.Process(pid) for pid in processes.descendants(os.getpid()) if pid not in OTHERS]
    return [child for child in found if process.COMMAND[-1] in child.cmdline()]


def test_it_answers_as_the_functions_do_and_keeps_many_apart() -> None:
    async def test(made: Worker) -> None:
        prompts = [f"{TABLE.replace('85', str(number))}" for number in range(20)]
        got = await asyncio.gather(*(made.done("free", prompt=prompt) for prompt in prompts))
        assert got == [free_reply(prompt) for prompt in prompts]
        assert len(children()) == 1
        assert not any("TOKEN" in name or "KEY" in name for name in children()[0].environ())

    run(test)
    assert children() == []


def test_who_leaves_does_not_get_the_next_ones_answer_mixed_up() -> None:
    async def test(made: Worker) -> None:
        await made.done("free", prompt="")
        left = asyncio.create_task(made.done("free", prompt=TABLE))
        await asyncio.sleep(0)
        left.cancel()
        assert await made.done("free", prompt=TABLE.replace("85", "5")) == free_reply(TABLE.replace("85", "5"))

    run(test)


def test_one_that_was_killed_is_started_anew() -> None:
    async def test(made: Worker) -> None:
        await made.done("free", prompt="")
        os.kill(children()[0].pid, signal.SIGKILL)
        with pytest.raises(GatewayError, match="practice_cannot"):
            await made.done("free", prompt=TABLE)
        assert await made.done("free", prompt=TABLE) == free_reply(TABLE)

    run(test)


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(made: Worker) -> None:
        await made.done("free", prompt="")
        os.kill(children()[0].pid, signal.SIGSTOP)
        monkeypatch.setattr(process, "SECONDS", 0.3)
        with pytest.raises(GatewayError, match="practice_cannot"):
            await made.done("free", prompt=TABLE)
        monkeypatch.setattr(process, "SECONDS", 30.0)
        assert await made.done("free", prompt=TABLE) == free_reply(TABLE)

    run(test)


@pytest.mark.parametrize("given", [{"prompt": 5}, {"nothing": ""}])
def test_a_job_that_fails_is_a_fault_of_ours_and_ends_nothing(given: dict[str, Any]) -> None:
    async def test(made: Worker) -> None:
        with pytest.raises(GatewayError, match="internal"):
            await made.done("free", **given)
        assert await made.done("free", prompt=TABLE) == free_reply(TABLE)
        assert len(children()) == 1

    run(test)
