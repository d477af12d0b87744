"""A learner's process as the trusted side sees it: plain copies of its values, stand-ins for its functions.

What is sealed from what: trusted code from learners' objects. Values arrive as copies built by `wire`; a
function arrives as a stand-in whose call runs in the learner's process. No method of a learner's class, no
`__eq__`, no patched module of theirs ever runs here.
"""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from . import wire
from .cell import Cell, CellOutcome, credit
from .channel import Channel, ChannelError, ChannelMessageError, Message
from .functions import public_function

_MODULES = frozenset(
    [
        *("collections", "csv", "datetime", "decimal", "fractions", "functools", "itertools", "json"),
        *("math", "matplotlib", "matplotlib.pyplot", "numpy", "pandas", "random", "re"),
        *("statistics", "string", "textwrap", "time", "unicodedata"),
    ]
)
"""Modules that a learner's name may stand for; the trusted process uses its own copy of them."""
_ITERATORS = frozenset(
    ["generator", "map", "filter", "zip", "enumerate", "reversed", "islice", "chain", "count", "cycle", "accumulate"]
)
"""Types that are iterated over in the learner's process; a class of the learner's may call itself so, for what it is
worth: what comes are values."""
_TEXT = 100_000


class LearnerError(Exception):
    """The learner's code raised something that is not a builtin exception, or gave no plain value."""


class LearnerObject:
    """Something of the learner's that is not plain data: only its type's name is known here."""

    def __init__(self, learner: Learner, reference: wire.Reference) -> None:
        self._learner, self._reference = learner, reference

    def __repr__(self) -> str:
        return f"<a learner's {self._reference.type_name}>"


class LearnerFunction(LearnerObject):
    """A stand-in for a learner's function: arguments go over by copy, what it changed in them comes back."""

    def __init__(self, learner: Learner, reference: wire.Reference) -> None:
        super().__init__(learner, reference)
        self.__name__ = reference.name

    def __call__(self, *args: object, **kwargs: object) -> object:
        return self._learner.call(self._reference, args, kwargs)


class LearnerIterator(LearnerObject):
    """A stand-in for a learner's generator or the like: each value comes over by itself."""

    def __iter__(self) -> LearnerIterator:
        return self

    def __next__(self) -> object:
        return self._learner.next(self._reference)


class Learner:
    """Requests to one child. After a ChannelError `lost` holds it: trusted code may have caught it."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.lost: ChannelError | None = None
        self.not_sent: wire.WireError | None = None

    def write(self, files: Mapping[str, str]) -> None:
        """Put files into the learner's home; contents in base64."""
        self._ask({"op": "files", "files": dict(files)})

    def run(self, cell: Cell) -> CellOutcome:
        """Run a cell in the learner's process: what it says became of it."""
        reply = self._ask({"op": "cell", "source": cell.source})
        ok = reply.get("ok") is True
        error = "" if ok else str(reply.get("error") or reply.get("refused") or "the cell failed")[:_TEXT]
        test = cell.kind == "shared_test"
        points = credit(reply.get("credit")) if test and ok else None
        return CellOutcome(cell.id, ok, error, self._printed(reply), False, credit=points, sealed=not test)

    def value(self, name: str) -> object:
        """A copy of what a name stands for. Raises KeyError if there is no such name."""
        reply = self._ask({"op": "get", "name": name})
        if reply.get("absent") is True:
            raise KeyError(name)
        module = reply.get("module")
        if isinstance(module, str):
            if module in _MODULES:
                return importlib.import_module(module)
            raise LearnerError(f"{name} is the module {module[:80]}, which tests cannot use")
        return self._decoded(reply)

    def bind(self, name: str, function: LearnerObject | None) -> None:
        """Take a name away from the learner's code, or give it a function of theirs back."""
        number = None if function is None else function._reference.number
        self._ask({"op": "bind", "name": name, "number": number})

    def call(self, function: wire.Reference, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
        """Call a learner's function. Raises what it raised: a builtin exception, else LearnerError."""
        try:
            request = {
                "op": "call",
                "number": function.number,
                "args": wire.encode(list(args), _reference),
                "kwargs": wire.encode(kwargs, _reference),
            }
        except wire.WireError as error:
            self.not_sent = error
            raise
        reply = self._ask(request)
        sys.stdout.write(self._printed(reply))
        if "raised" in reply:
            raise _exception(reply["raised"])
        result = self._decoded(reply)
        self._copy_back(args, kwargs, reply)
        return result

    def next(self, iterator: wire.Reference) -> object:
        """The next value of a learner's iterator. Raises StopIteration, and what their code raised as `call` does."""
        reply = self._ask({"op": "next", "number": iterator.number})
        sys.stdout.write(self._printed(reply))
        if reply.get("stopped") is True:
            raise StopIteration
        if "raised" in reply:
            raise _exception(reply["raised"])
        return self._decoded(reply)

    def _copy_back(self, args: tuple[object, ...], kwargs: dict[str, object], reply: Message) -> None:
        try:
            after = wire.decode(reply.get("args"), self._stand_in)
            named = wire.decode(reply.get("kwargs"), self._stand_in)
        except wire.WireError as error:
            raise LearnerError(f"the arguments did not come back as plain data: {error}") from error
        if not isinstance(after, list) or not isinstance(named, dict):
            raise LearnerError("the arguments did not come back")
        for before, now in zip(args, after, strict=False):
            _copy_into(before, now)
        for name, before in kwargs.items():
            _copy_into(before, named.get(name))

    def _decoded(self, reply: Message) -> object:
        if "value" not in reply:
            raise LearnerError(str(reply.get("refused", "no value came"))[:_TEXT])
        try:
            return wire.decode(reply["value"], self._stand_in)
        except wire.WireError as error:
            raise LearnerError(f"the value is not plain data: {error}") from error

    def _stand_in(self, reference: wire.Reference) -> LearnerObject:
        if reference.type_name in _ITERATORS:
            return LearnerIterator(self, reference)
        return (LearnerFunction if reference.callable else LearnerObject)(self, reference)

    def _ask(self, request: Message) -> Message:
        if self.lost is not None:
            raise self.lost
        try:
            return self._channel.ask(request)
        except ChannelMessageError as error:
            self.lost = ChannelMessageError(f"the learner's process sent what is not an answer ({error})")
            raise self.lost from error
        except ChannelError as error:
            self.lost = error
            raise

    @staticmethod
    def _printed(reply: Message) -> str:
        return str(reply.get("stdout", ""))[:_TEXT]


def _reference(value: object) -> wire.Reference | None:
    return value._reference if isinstance(value, LearnerObject) else public_function(value)


def _exception(raised: object) -> Exception:
    """The exception a learner's function claims to have raised, if it is a builtin one that takes a text."""
    name, text = raised if isinstance(raised, list) and len(raised) == 2 else ("", "an exception")
    kind = getattr(builtins, name, None) if isinstance(name, str) else None
    if isinstance(kind, type) and issubclass(kind, Exception):
        try:
            return kind(str(text)[:_TEXT])
        except TypeError:  # UnicodeDecodeError and its like want more than a text
            return LearnerError(f"{name}: {str(text)[:_TEXT]}")
    return LearnerError(str(text)[:_TEXT])


def _copy_into(before: Any, now: Any) -> None:
    """Give a mutable argument the contents that the learner's function left in its copy."""
    if type(before) is not type(now):
        return
    if isinstance(before, (list, bytearray)):
        before[:] = now
    elif isinstance(before, (dict, set)):
        before.clear()
        before.update(now)
    elif isinstance(before, np.ndarray):
        if before.shape == now.shape and before.dtype == now.dtype and before.flags.writeable:
            before[...] = now
    elif isinstance(before, (pd.DataFrame, pd.Series)):
        replace: Any = getattr(before, "_update_inplace")  # noqa: B009 - what pandas' own inplace=True calls
        replace(now)
