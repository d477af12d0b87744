"""The previews that a writer has opened: one process of `hocai preview` for each lesson, ended with the server."""

from __future__ import annotations

import asyncio
import re
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hub_config import processes
from hub_config.services.listening import HOST

READY = re.compile(r"^Ready: (http://127\.0\.0\.1:\d+/\S*)")
START_S = 60
LINES_TOLD = 8


class PreviewError(RuntimeError):
    """A preview that did not start; the text is what it said."""


@dataclass
class _Running:
    process: asyncio.subprocess.Process
    address: str
    reading: asyncio.Task[None]


class Previews:
    """Starts a preview when it is first asked for, and again when it has ended."""

    def __init__(self, around: Callable[[], int]) -> None:
        """`around` tells the port of the pages that may show a preview in a frame, once they are served."""
        self._around = around
        self._running: dict[Path, _Running] = {}
        self._starting = asyncio.Lock()  # two clicks make one preview

    async def address(self, folder: Path) -> str:
        """Where the lesson in `folder` is shown, key included. Raises PreviewError."""
        async with self._starting:
            found = self._running.get(folder)
            if found is None or found.process.returncode is not None:
                found = self._running[folder] = await self._start(folder)
        return found.address

    async def _start(self, folder: Path) -> _Running:
        origins = [f"http://{host}:{self._around()}" for host in (HOST, "localhost")]
        framed_by = [word for origin in origins for word in ("--framed-by", origin)]
        process = await asyncio.create_subprocess_exec(
            *[
                sys.executable,
                "-m",
                "hub_config.cli",
                "preview",
                str(folder),
                "--port",
                str(_free_port()),
                *framed_by,
            ],
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            preexec_fn=processes.end_with_parent,
        )
        said: list[str] = []
        try:
            async with asyncio.timeout(START_S):
                while line := await _line(process):
                    if ready := READY.match(line):
                        return _Running(process, ready[1], asyncio.create_task(_read_on(process)))
                    said.append(line.rstrip())
        except TimeoutError:
            process.kill()
        await process.wait()
        raise PreviewError("\n".join(said[-LINES_TOLD:]))


def _free_port() -> int:
    """Any that is free: previews that are started at a terminal look for theirs elsewhere."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


async def _line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None  # noqa: S101 - asked for above
    return (await process.stdout.readline()).decode("utf-8", "replace")


async def _read_on(process: asyncio.subprocess.Process) -> None:
    """To the terminal: a pipe that nobody reads would stop the preview."""
    while line := await _line(process):
        sys.stderr.write(line)
