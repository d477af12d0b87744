"""What the sealed child answers: cells it ran, values it copied, functions it called.

What is sealed from what: nothing here. This runs in the learner's process and may be changed by the learner's code;
what it sends is a claim.
"""

from __future__ import annotations

import base64
import builtins
import contextlib
import io
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from . import functions, wire
from .cell import credit
from .channel import Channel, ChannelClosedError, ChannelMessageError, Message

OUTPUT = 100_000
"""Characters of output kept per message."""


class Output(io.TextIOBase):
    """Keeps the first OUTPUT characters, swallows the rest."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.left = OUTPUT

    def write(self, text: str) -> int:
        if self.left > 0:
            self.parts.append(text[: self.left])
            self.left -= len(text)
        return len(text)

    def writable(self) -> bool:
        return True


class Session:
    """Answers the trusted side's requests with what the learner's code made."""

    def __init__(self, channel: Channel, shell: Any) -> None:
        self.channel = channel
        self.shell = shell
        self.names: dict[str, Any] = self.shell.user_ns
        self.kept: list[object] = []  # what references point to
        self.numbers: dict[int, int] = {}  # by id(); safe, since what is kept lives on

    def serve(self) -> None:
        """Answer until the other side hangs up."""
        answers: dict[str, Callable[[Message], Message]] = {
            "files": self.files,
            "cell": self.cell,
            "get": self.get,
            "call": self.call,
            "bind": self.bind,
            "next": self.next,
        }
        while True:
            try:
                request = self.channel.receive()
            except ChannelClosedError:
                return
            with captured() as output:
                try:
                    reply = answers[request["op"]](request)
                except Exception as error:  # a learner's __str__ or __getattr__ may do anything
                    reply = {"refused": f"{type(error).__name__} while reading the value"}
            reply |= {"nonce": request["nonce"], "stdout": "".join(output.parts)}
            try:
                self.channel.send(reply)
            except ChannelMessageError as error:
                refused = {"refused": f"the value is too big: {error}", "nonce": request["nonce"]}
                self.channel.send({**refused, "stdout": ""})

    def files(self, request: Message) -> Message:
        for name, content in request["files"].items():
            path = Path.cwd() / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(content))
        return {}

    def cell(self, request: Message) -> Message:
        result = self.shell.run_cell(request["source"], store_history=True)
        error = result.error_before_exec or result.error_in_exec
        line = "" if error is None else _line(error)
        return {"ok": error is None, "error": line, "credit": credit(result.result)}

    def get(self, request: Message) -> Message:
        if request["name"] not in self.names:
            return {"absent": True}
        value = self.names[request["name"]]
        if type(value) is types.ModuleType:
            return {"module": value.__name__}
        return self.encoded(value)

    def bind(self, request: Message) -> Message:
        """Delete a name, or give it back what it referred to."""
        if request["number"] is None:
            self.names.pop(request["name"], None)
        else:
            self.names[request["name"]] = self.kept[request["number"]]
        return {}

    def call(self, request: Message) -> Message:
        arguments = wire.decode(request["args"], self.resolve)
        named = wire.decode(request["kwargs"], self.resolve)
        try:
            result = self.kept[request["number"]](*arguments, **named)  # type: ignore[operator]
        except BaseException as error:
            return _raised(error)
        reply = self.encoded(result)
        if "value" in reply:
            reply["args"] = wire.encode(arguments, self.refer)
            reply["kwargs"] = wire.encode(named, self.refer)
        return reply

    def next(self, request: Message) -> Message:
        try:
            return self.encoded(next(self.kept[request["number"]]))  # type: ignore[call-overload]
        except StopIteration:
            return {"stopped": True}
        except BaseException as error:
            return _raised(error)

    def encoded(self, value: object) -> Message:
        try:
            return {"value": wire.encode(value, self.refer)}
        except wire.WireError as error:
            return {"refused": str(error)}

    def refer(self, value: object) -> wire.Reference:
        number = self.numbers.setdefault(id(value), len(self.kept))
        if number == len(self.kept):
            self.kept.append(value)
        name = getattr(value, "__name__", "")
        return wire.Reference(number, type(value).__name__, str(name), callable(value))

    def resolve(self, reference: wire.Reference) -> object:
        return functions.named(reference) if functions.is_by_name(reference) else self.kept[reference.number]


def _raised(error: BaseException) -> Message:
    plain = type(error) is getattr(builtins, type(error).__name__, None)
    return {"raised": [type(error).__name__ if plain else "", _line(error, with_type=not plain)]}


def _line(error: BaseException, *, with_type: bool = True) -> str:
    text = str(error)[:500]
    return f"{type(error).__name__}: {text}" if with_type else text


@contextlib.contextmanager
def captured() -> Iterator[Output]:
    output = Output()
    before = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = output
    try:
        yield output
    finally:
        sys.stdout, sys.stderr = before
