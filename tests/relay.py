"""A line between a browser and a server: it counts what goes over it, can be cut, and can lose replies."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

REQUEST = re.compile(rb"(?:GET|HEAD|POST|PUT|DELETE|OPTIONS) (\S+) HTTP/1\.1\r\n")


@dataclass
class Relay:
    """`requests`: paths in the order they were asked for; `received`: bytes that the server sent, headers included."""

    target: int
    port: int = 0
    requests: list[str] = field(default_factory=list)
    received: int = 0
    is_cut: bool = False
    deaf_to: str = ""  # the end of a path: requests for it go through, their replies get lost
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def forget(self) -> None:
        """Count anew."""
        self.requests, self.received = [], 0

    def cut(self) -> None:
        """Nothing goes through any more; what is open breaks."""
        self.is_cut = True
        self._loop.call_soon_threadsafe(lambda: [writer.transport.abort() for writer in list(self._writers)])

    def join(self) -> None:
        self.is_cut = False

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_cut:
            writer.transport.abort()
            return
        try:
            onward_reader, onward = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:  # the server is down: so is the line
            writer.transport.abort()
            return
        both = {writer, onward}
        self._writers |= both
        deaf = asyncio.Event()
        await asyncio.gather(self._ask(reader, onward, deaf), self._answer(onward_reader, writer, deaf))
        self._writers -= both

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, deaf: asyncio.Event) -> None:
        with suppress(OSError):
            while chunk := await reader.read(65536):
                if found := REQUEST.match(chunk):
                    path = found[1].decode()
                    self.requests.append(path)
                    if self.deaf_to and path.endswith(self.deaf_to):
                        deaf.set()
                writer.write(chunk)
                await writer.drain()
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, deaf: asyncio.Event) -> None:
        with suppress(OSError):
            while chunk := await reader.read(65536):
                if deaf.is_set():
                    writer.transport.abort()
                    return
                self.received += len(chunk)
                writer.write(chunk)
                await writer.drain()
        writer.close()


@contextmanager
def relay(target: int) -> Iterator[Relay]:
    """A line to the port `target` on loopback, from a free port."""
    line = Relay(target)
    ready = threading.Event()

    async def listen() -> None:
        server = await asyncio.start_server(line._carry, "127.0.0.1", 0)
        line.port = server.sockets[0].getsockname()[1]
        ready.set()
        await server.serve_forever()

    def run() -> None:
        with suppress(RuntimeError):  # the loop was stopped before the server was done
            line._loop.run_until_complete(listen())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    yield line
    line.cut()
    line._loop.call_soon_threadsafe(line._loop.call_later, 0.3, line._loop.stop)  # what was cut ends first
    thread.join(10)
