"""Server-sent events as an endpoint writes them, read as bytes and with limits: a stream may be endless on purpose."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

import httpx

from hub_config.services.ai.errors import UpstreamError

MAX_STREAM = 8 * 1024 * 1024  # bytes; a reply of 4096 tokens takes about 1.5 MB, a chunk for each
DATA = b"data:"


async def read_events(response: httpx.Response, wait_s: float, longest_s: float) -> AsyncGenerator[bytes, None]:
    """The data of each event; OpenAI's have one line each.

    Raises TimeoutError when the next event takes longer than `wait_s`, however many bytes of it drip in, and
    UpstreamError when the whole takes longer than `longest_s` or is longer than `MAX_STREAM`.
    """
    until = time.monotonic() + longest_s
    received, rest = 0, b""
    loop = asyncio.get_running_loop()
    async with aclosing(response.aiter_bytes()) as pieces:  # type: ignore[type-var]
        due = loop.time() + wait_s
        while True:
            try:
                async with asyncio.timeout_at(due):
                    piece = await anext(pieces)
            except StopAsyncIteration:
                break
            received += len(piece)
            if received > MAX_STREAM or time.monotonic() > until:
                raise UpstreamError(502, "upstream_endless")
            if b"\n" not in piece:
                rest += piece
                continue
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                if line.startswith(DATA):
                    yield line[len(DATA) :].strip()
            due = loop.time() + wait_s
    if rest.startswith(DATA):
        yield rest[len(DATA) :].strip()
