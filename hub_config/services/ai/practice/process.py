"""The practice AI as the gateway has it: its tools work in a process of their own.

So the gateway stays small, since the tools bring pandas along, and goes on answering others whatever a text costs.
"""

import asyncio
import json
import logging
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from typing import Any

from anyio.to_thread import run_sync

from hub_config.services.ai.attached import attached_text
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.practice.exercises import Exercises
from hub_config.services.ai.practice.wording import TOO_MUCH

log = logging.getLogger(__name__)
COMMAND = (sys.executable, "-m", "hub_config.services.ai.practice.worker")
ENVIRONMENT = {"LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}  # no token of the gateway is in it
START_S = 60.0
SECONDS = 10.0  # for a job
LONGEST_LINE = 16 * 1024 * 1024  # bytes
Span = tuple[int, int]


class Worker:
    """One process, started when it is first needed, and anew when it died or took too long. One job at a time."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._turn = asyncio.Lock()

    async def done(self, job: str, **given: Any) -> Any:
        """What a job of `replies.JOBS` answers. Raises GatewayError 422 when it takes too long, 500 when it fails."""
        line = json.dumps({"job": job, "given": given}).encode() + b"\n"
        # an answer that nobody waited for would be taken for that of the next
        told = await asyncio.shield(asyncio.create_task(self._in_turn(line)))
        if "answer" not in told:
            raise GatewayError(500, "internal")
        return told["answer"]

    async def close(self) -> None:
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        self._process = None

    async def _in_turn(self, line: bytes) -> dict[str, Any]:
        async with self._turn:
            return await self._told(line)

    async def _told(self, line: bytes) -> dict[str, Any]:
        process, seconds = self._process, SECONDS
        if process is None or process.returncode is not None:
            process = await asyncio.create_subprocess_exec(
                *COMMAND, stdin=PIPE, stdout=PIPE, env=ENVIRONMENT, limit=LONGEST_LINE
            )
            self._process, seconds = process, START_S
        try:
            async with asyncio.timeout(seconds):
                answer = await _exchanged(process, line)
        except (TimeoutError, OSError, ValueError):
            answer = b""
        if answer:
            return dict(json.loads(answer))
        log.warning("the practice AI's process gave no answer and is started anew")
        await self.close()
        raise GatewayError(422, "practice_cannot", sentence=TOO_MUCH)


class PracticeAI:
    """Replies in an exercise by its fragments, and to free prompts by tools."""

    def __init__(self, exercises: Exercises) -> None:
        self._exercises = exercises
        self._worker = Worker()

    async def ready(self) -> None:
        """Start the process, so that nobody waits for that."""
        await self._worker.done("free", prompt="")

    async def close(self) -> None:
        await self._worker.close()

    async def reply(
        self, prompt: str, exercise: str, learner: str, earlier: Sequence[str], sources: str
    ) -> tuple[str, tuple[Span, ...]]:
        """The reply to a prompt, in an exercise (full id of a known one) or in none (""), and what of it is made up.

        The material of an exercise that attaches it is a source too.
        """
        drawn = await run_sync(self._exercises.drawn, exercise, learner) if exercise else None
        if drawn and drawn.practice:
            fragments = [fragment.model_dump(mode="json") for fragment in drawn.practice]
            told = await self._worker.done("composed", fragments=fragments, prompt=prompt, earlier=earlier)
            return told["text"], tuple((start, end) for start, end in told["invented"])
        if drawn:
            sources = "\n".join(text for text in (sources, attached_text(drawn)) if text)
        return str(await self._worker.done("free", prompt=prompt, earlier=earlier, sources=sources)), ()

    async def better(self, before: str, prompt: str, exercise: str, learner: str) -> tuple[str, ...]:
        """Why a prompt does better than the one before in an exercise: a sentence each; none where it does not."""
        drawn = await run_sync(self._exercises.drawn, exercise, learner)
        fragments = [fragment.model_dump(mode="json") for fragment in drawn.practice]
        return tuple(await self._worker.done("better", fragments=fragments, before=before, prompt=prompt))

    async def structured(self, prompt: str, schema: dict[str, Any], sources: str) -> str | None:
        """JSON that fits the schema, filled with what the prompt holds; None where that cannot be."""
        filled = await self._worker.done("structured", prompt=prompt, schema=schema, sources=sources)
        return None if filled is None else str(filled)


async def _exchanged(process: Process, line: bytes) -> bytes:
    assert process.stdin and process.stdout  # noqa: S101 - for the type alone
    process.stdin.write(line)
    await process.stdin.drain()
    return await process.stdout.readline()
