"""One HTTP connection as cheap as can be: the load shares two cores with what it loads."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)


@dataclass(frozen=True)
class Reply:
    """A reply's status and body."""

    status: int
    body: bytes


class Connection(asyncio.Protocol):
    """One request after another over one connection; replies must say their length."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._read = bytearray()
        self._wanted: asyncio.Future[Reply] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._wanted is not None and not self._wanted.done():
            self._wanted.set_exception(exc or ConnectionResetError("closed before the reply was whole"))

    def data_received(self, data: bytes) -> None:
        self._read += data
        end = self._read.find(b"\r\n\r\n")
        length = None if end < 0 else _LENGTH.search(self._read, 0, end + 2)
        if length is None or self._wanted is None or self._wanted.done():
            return
        body = end + 4
        if len(self._read) >= body + int(length[1]):
            self._wanted.set_result(Reply(int(self._read[9:12]), bytes(self._read[body:])))

    async def ask(self, request: bytes) -> Reply:
        """The reply to a request. Raises OSError when the connection is closed before it has come."""
        if self._transport is None:
            raise ConnectionResetError("the connection is closed")
        self._read.clear()
        self._wanted = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._wanted

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Connection]:
    """A connection to a port of loopback, closed at the end. Raises OSError."""
    _, connection = await asyncio.get_running_loop().create_connection(Connection, "127.0.0.1", port)
    try:
        yield connection
    finally:
        connection.close()


def bearer(token: str) -> str:
    """The header that shows a token."""
    return f"Authorization: Bearer {token}"


def request(method: str, path: str, port: int, header: str, body: bytes = b"") -> bytes:
    """A request with a header that says who asks; `body` is JSON."""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{header}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
