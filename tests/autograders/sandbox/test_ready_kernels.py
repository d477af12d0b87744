"""Kernels that were forked ahead: the stock is filled again, is blank, and ends with whoever holds it."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jupyter_client.manager import AsyncKernelManager
from kernel_clients import Kernel, Specs, provided
from machines import MACHINE, MACHINES, USABLE

from autograders.sandbox.kernels import KernelProcess, ReadyKernel
from autograders.sandbox.provisioner import WarmKernels
from autograders.sandbox.ready_kernels import stock
from autograders.sandbox.warm import ParentLostError

pytestmark = pytest.mark.skipif(not MACHINE.can_seal, reason=MACHINE.sentence)

STOCK = 3
OWNER = """
import sys, time
from pathlib import Path
from autograders.sandbox.provisioner import WarmKernels
from machines import MACHINES

kernels = WarmKernels(Path(sys.argv[1]), MACHINES[sys.argv[2]], ready=3)
kernels.warm()
while len(kernels.ready.processes) < 3:
    time.sleep(0.05)
fds = [process.pidfd for process in kernels.ready.processes]
infos = [Path(f"/proc/self/fdinfo/{fd}").read_text() for fd in fds]
print(*(line.split()[1] for info in infos for line in info.splitlines() if line.startswith("Pid:")), flush=True)
time.sleep(600)
"""


@pytest.fixture(params=USABLE)
def kernels(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WarmKernels]:
    """A full stock, on each kind of machine that is usable here."""
    with provided(tmp_path, MACHINES[request.param], ready=STOCK) as running:
        running.warm()
        until(lambda: len(running.ready.processes) == STOCK)
        yield running


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short: paths of sockets are."""
    with tempfile.TemporaryDirectory(prefix="k-") as name:
        yield Path(name)


def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


def ended(processes: list[KernelProcess]) -> bool:
    return all(process.ended() for process in processes)


def test_who_comes_gets_the_oldest_of_the_stock_which_is_filled_again(kernels: WarmKernels, folder: Path) -> None:
    async def story() -> None:
        before = kernels.ready.processes
        async with Kernel(folder, "one") as kernel:
            assert kernel.manager.provisioner.process is before[0]
            assert (await kernel.run("print(1)"))[0] == "1\n"
            await asyncio.to_thread(until, lambda: len(kernels.ready.processes) == STOCK)
            assert kernels.ready.processes[:2] == before[1:]
            assert kernel.manager.provisioner.process not in kernels.ready.processes

    asyncio.run(story())


def test_more_than_are_ready_may_come_at_once(kernels: WarmKernels, folder: Path) -> None:
    async def one(number: int) -> str:
        async with Kernel(folder, f"k{number}") as kernel:
            return (await kernel.run(f"print({number})"))[0]

    async def story() -> list[str]:
        return await asyncio.gather(*(one(number) for number in range(STOCK + 3)))

    assert asyncio.run(story()) == [f"{number}\n" for number in range(STOCK + 3)]


def test_a_ready_kernel_holds_nothing_of_another_learner(kernels: WarmKernels, folder: Path) -> None:
    look = (
        "import os, random, numpy as np\n"
        "print(sorted(k for k in os.environ if 'HOCAI_KERNEL' in k), os.environ.get('HOCAI_KERNEL_WHO'),"
        " 'mine' in globals(), os.path.exists('note'), random.random(), np.random.random())"
    )

    async def story() -> list[str]:
        looks = []
        for name, leave in (("one", "mine = 1; open('note', 'w').write('mine')"), ("two", "pass")):
            manager = AsyncKernelManager(
                transport="ipc", connection_file=str(folder / f"{name}.json"), kernel_spec_manager=Specs()
            )
            kernel = Kernel.of(manager)
            await manager.start_kernel(env={"HOCAI_KERNEL_WHO": name, "HOCAI_KERNEL_" + name.upper(): "1"})
            await kernel.connect()
            looks.append((await kernel.run(look))[0])
            await kernel.run(leave)
            if name == "one":
                key = manager.session.key
                assert "True" in (await kernel.run(look))[0]
            else:
                assert manager.session.key != key
            await kernel.__aexit__()
        return looks

    one, two = (text.split("]")[1].split() for text in asyncio.run(story()))
    assert one[:3] == ["one", "False", "False"]
    assert two[:3] == ["two", "False", "False"]
    assert one[3:] != two[3:]


def test_a_ready_kernel_hears_nobody_before_it_is_handed_out(kernels: WarmKernels, folder: Path) -> None:
    ready = kernels.ready.take()
    assert ready is not None
    with pytest.raises(OSError, match="No such file"):
        ready.hand_out(str(folder / "missing" / "k"), "key", {})
    assert ended([ready.process])


@pytest.mark.parametrize("noticed", [True, False])
def test_what_ended_in_the_stock_is_not_handed_out(
    kernels: WarmKernels, folder: Path, monkeypatch: pytest.MonkeyPatch, noticed: bool
) -> None:
    if not noticed:  # it ended the moment after
        monkeypatch.setattr(ReadyKernel, "usable", lambda self: True)

    async def story() -> None:
        dead = kernels.ready.processes[0]
        dead.send(signal.SIGKILL)
        await asyncio.to_thread(until, dead.ended)
        async with Kernel(folder, "one") as kernel:
            assert not kernel.manager.provisioner.process.ended()
            assert (await kernel.run("print(1)"))[0] == "1\n"

    asyncio.run(story())


def test_the_stock_comes_back_after_the_warm_parent_was_lost(kernels: WarmKernels, folder: Path) -> None:
    async def story() -> None:
        before = kernels.ready.processes
        parent = kernels.warm()
        os.kill(parent.pid, signal.SIGKILL)
        await asyncio.to_thread(parent._process.wait, 20)
        async with Kernel(folder, "one") as kernel:
            assert (await kernel.run("print(1)"))[0] == "1\n"
            assert kernels.warm() is not parent
            await asyncio.to_thread(until, lambda: len(kernels.ready.processes) == STOCK)
            assert not set(before) & set(kernels.ready.processes)

    asyncio.run(story())


def test_the_stock_ends_when_it_is_stopped(kernels: WarmKernels) -> None:
    pidfds = [os.dup(process.pidfd) for process in kernels.ready.processes]
    folder = kernels.ready.processes[0].sockets.parent
    kernels.stop()
    assert gone(pidfds)
    assert not folder.exists()
    assert kernels.ready.take() is None


@pytest.mark.parametrize("machine", USABLE)
def test_the_stock_ends_with_the_process_that_holds_it(machine: str, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path), machine],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent,
    ) as owner:
        assert owner.stdout is not None
        pidfds = [os.pidfd_open(int(pid)) for pid in owner.stdout.readline().split()]
        assert len(pidfds) == STOCK
        owner.kill()
    assert gone(pidfds)


def gone(pidfds: list[int]) -> bool:
    """Whether these processes end within some seconds."""
    for pidfd in pidfds:
        watch = select.poll()
        watch.register(pidfd, select.POLLIN)
        if not watch.poll(20_000):
            return False
        os.close(pidfd)
    return True


def test_a_kernel_that_ends_instead_of_answering_is_an_error(kernels: WarmKernels, folder: Path) -> None:
    ready = kernels.ready.take()
    assert ready is not None
    ready.process.send(signal.SIGKILL)
    with pytest.raises(ParentLostError):
        ready.hand_out(str(folder / "k"), "key", {})


def test_the_stock_follows_demand_as_far_as_memory_allows() -> None:
    assert [stock(demand, 2**35) for demand in (0, 20, 30, 400)] == [0, 20, 30, 40]
    assert stock(20, 4 * 2**30) == 8
    assert stock(20, 2**28) == 0
