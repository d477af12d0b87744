"""Length-prefixed JSON messages between the trusted side and a learner's process, each with a one-time nonce.

What is sealed from what: the reader from what the other side writes. A message is bounded in size and time,
must be JSON, and a reply must carry the nonce of its request. That catches noise and stale messages, no more:
the learner's code lives in the process that holds the other end and can write whatever it likes there, so a
reply means only "plain data that the learner's process claims".
"""

from __future__ import annotations

import json
import secrets
import socket
import time
from typing import Any

LIMIT = 16 * 2**20
"""Bytes of one message."""

_PREFIX = 4

Message = dict[str, Any]


class ChannelError(Exception):
    """The other side cannot be talked to any more."""


class ChannelClosedError(ChannelError):
    """The other side is gone."""


class ChannelTimeoutError(ChannelError):
    """The other side did not answer before the deadline."""


class ChannelMessageError(ChannelError):
    """The other side sent something that is not a message."""


class Channel:
    """One end. `deadline` is a moment of time.monotonic(), None to wait for ever."""

    def __init__(self, end: socket.socket, deadline: float | None = None) -> None:
        self._end = end
        self.deadline = deadline

    def close(self) -> None:
        """Close this end."""
        self._end.close()

    def send(self, message: Message) -> None:
        """Send one message. Raises ChannelError; ChannelMessageError when it is over LIMIT."""
        content = json.dumps(message, separators=(",", ":")).encode()
        if len(content) > LIMIT:
            raise ChannelMessageError(f"a message of {len(content)} bytes is over {LIMIT}")
        try:
            self._wait()
            self._end.sendall(len(content).to_bytes(_PREFIX, "big") + content)
        except TimeoutError as error:
            raise ChannelTimeoutError("not read in time") from error
        except OSError as error:
            raise ChannelClosedError(str(error)) from error

    def receive(self) -> Message:
        """The next message. Raises ChannelError."""
        length = int.from_bytes(self._read(_PREFIX), "big")
        if length > LIMIT:
            raise ChannelMessageError(f"a message of {length} bytes is over {LIMIT}")
        try:
            message = json.loads(self._read(length))
        except (ValueError, RecursionError) as error:
            raise ChannelMessageError(f"not JSON: {error}") from error
        if not isinstance(message, dict):
            raise ChannelMessageError("not an object")
        return message

    def ask(self, message: Message) -> Message:
        """Send a request and give the reply that carries its nonce. Raises ChannelError."""
        nonce = secrets.token_hex(16)
        self.send({**message, "nonce": nonce})
        reply = self.receive()
        if reply.get("nonce") != nonce:
            raise ChannelMessageError("a reply without the nonce of its request")
        return reply

    def _wait(self) -> None:
        if self.deadline is not None:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise ChannelTimeoutError("the time is up")
            self._end.settimeout(left)

    def _read(self, length: int) -> bytes:
        parts: list[bytes] = []
        while length:
            try:
                self._wait()
                part = self._end.recv(min(length, 2**20))
            except TimeoutError as error:
                raise ChannelTimeoutError("no answer in time") from error
            except OSError as error:
                raise ChannelClosedError(str(error)) from error
            if not part:
                raise ChannelClosedError("closed")
            parts.append(part)
            length -= len(part)
        return b"".join(parts)
