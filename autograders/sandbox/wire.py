"""Plain data as JSON, for values that cross between trusted code and a learner's process.

What is sealed from what: the reader from the writer. Only plain values come out of `decode`, built here from
numbers, text and bytes: never a learner's class, never pickle; whatever was sent, the size, the depth and the
types are bounded. What is not plain travels as a reference (`Reference`): a number that means something in
the learner's process only.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import math
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from . import wire_tables

DEPTH = 40
"""Levels of nesting that are carried."""
ITEMS = 2_000_000
"""Values in one message."""
INTEGER_BITS = 100_000

Json = None | bool | int | float | str | list[Any] | dict[str, Any]
Refer = Callable[[object], "Reference | None"]
"""Gives what is not plain a reference, or None where that is not allowed."""

_SMALL = 2**53  # beyond it an integer travels in hex, as fast to read as to write
_TAG = "!"
_SEQUENCES: dict[type, str] = {tuple: "tuple", set: "set", frozenset: "frozenset"}
_DATES: dict[type, str] = {dt.datetime: "datetime", dt.date: "date", dt.time: "time"}


class WireError(ValueError):
    """A value cannot cross."""


class NotPlainError(WireError):
    """The value, or one inside it, is of a type that is not carried."""


class TooDeepError(WireError):
    """The value nests deeper than `DEPTH`."""


class TooBigError(WireError):
    """The value holds more than `ITEMS` values."""


class MalformedError(WireError):
    """What arrived is not what `encode` writes."""


class Reference:
    """Something that stays in the learner's process: its number, its type's name, whether it can be called."""

    def __init__(self, number: int, type_name: str, name: str, callable_: bool) -> None:
        self.number, self.type_name, self.name, self.callable = number, type_name, name, callable_

    def __repr__(self) -> str:
        return f"<{self.type_name} {self.name}, in the learner's process>"


class _Encoder:
    def __init__(self, refer: Refer) -> None:
        self.refer = refer
        self.left = ITEMS

    def value(self, value: object, depth: int = 0) -> Json:
        self.left -= 1
        if self.left < 0:
            raise TooBigError(f"more than {ITEMS} values")
        if depth > DEPTH:
            raise TooDeepError(f"nested deeper than {DEPTH} levels")
        kind = type(value)  # exact types: a subclass may behave in any way
        if value is None or kind is bool or kind is str:
            return value  # type: ignore[return-value]
        if isinstance(value, int) and kind is int:
            if value.bit_length() > INTEGER_BITS:
                raise TooBigError(f"an integer of {value.bit_length()} bits")
            return value if -_SMALL <= value <= _SMALL else _tagged("int", hex(value))
        if isinstance(value, float) and kind is float:
            return value if math.isfinite(value) else _tagged("float", str(value))
        if isinstance(value, list) and kind is list:
            return [self.value(item, depth + 1) for item in value]
        if isinstance(value, (tuple, set, frozenset)) and kind in _SEQUENCES:
            return _tagged(_SEQUENCES[kind], [self.value(item, depth + 1) for item in value])
        if isinstance(value, dict) and kind is dict:
            pairs = [[self.value(k, depth + 1), self.value(v, depth + 1)] for k, v in value.items()]
            return _tagged("dict", pairs)
        return self.rarer(value, depth)

    def rarer(self, value: object, depth: int) -> Json:
        kind = type(value)
        if isinstance(value, (bytes, bytearray)) and kind in (bytes, bytearray):
            return _tagged(kind.__name__, base64.b64encode(value).decode("ascii"))
        if isinstance(value, complex) and kind is complex:
            return _tagged("complex", [str(value.real), str(value.imag)])
        if isinstance(value, range) and kind is range:
            return _tagged("range", [self.value(n) for n in (value.start, value.stop, value.step)])
        if isinstance(value, (dt.datetime, dt.date, dt.time)) and kind in _DATES:
            return _tagged(_DATES[kind], value.isoformat())
        if isinstance(value, dt.timedelta) and kind is dt.timedelta:
            return _tagged("timedelta", [value.days, value.seconds, value.microseconds])
        if isinstance(value, Decimal) and kind is Decimal:
            return _tagged("decimal", str(value))
        table = wire_tables.encode(value, lambda inner: self.value(inner, depth + 1))
        if table is not None:
            return _tagged(*table)
        reference = value if isinstance(value, Reference) else self.refer(value)
        if reference is None:
            raise NotPlainError(f"a {kind.__name__} is not plain data")
        return _tagged("ref", [reference.number, reference.type_name, reference.name, reference.callable])


def _tagged(tag: str, content: Json) -> Json:
    return {_TAG: tag, "v": content}


def encode(value: object, refer: Refer = lambda value: None) -> Json:
    """JSON for `value`. Raises NotPlainError, TooDeepError or TooBigError."""
    return _Encoder(refer).value(value)


class _Decoder:
    def __init__(self, resolve: Callable[[Reference], object]) -> None:
        self.resolve = resolve
        self.left = ITEMS

    def value(self, message: object, depth: int = 0) -> Any:
        self.left -= 1
        if self.left < 0:
            raise TooBigError(f"more than {ITEMS} values")
        if depth > DEPTH + 1:
            raise TooDeepError(f"nested deeper than {DEPTH} levels")
        if message is None or isinstance(message, (bool, int, float, str)):
            return message
        if isinstance(message, list):
            return [self.value(item, depth + 1) for item in message]
        if not isinstance(message, dict):
            raise MalformedError(f"{type(message).__name__} in a message")
        return self.tagged(message.get(_TAG), message.get("v"), depth)

    def tagged(self, tag: object, content: Any, depth: int) -> Any:
        if tag == "dict":
            return {self.value(k, depth + 1): self.value(v, depth + 1) for k, v in content}
        for kind, name in _SEQUENCES.items():
            if tag == name:
                return kind(self.value(item, depth + 1) for item in content)
        for moment, name in _DATES.items():
            if tag == name:
                return moment.fromisoformat(content)  # type: ignore[attr-defined]
        reader = _SIMPLE.get(tag) if isinstance(tag, str) else None
        if reader is not None:
            return reader(content)
        if tag == "range":
            found = range(*[self.value(n) for n in content])
            return found if len(found) <= ITEMS else _refuse("a range that long")
        if tag == "ref":
            number, type_name, name, callable_ = content
            reference = Reference(int(number), str(type_name)[:80], str(name)[:80], callable_ is True)
            return self.resolve(reference)
        return wire_tables.decode(tag, content, lambda inner: self.value(inner, depth + 1))


def _refuse(what: str) -> Any:
    raise MalformedError(f"{what} is not carried")


def _integer(text: str) -> int:
    if len(text) > INTEGER_BITS // 4 + 3:  # sign and 0x
        raise TooBigError(f"an integer of {len(text)} hex digits")
    return int(text, 16)


_SIMPLE: dict[str, Callable[[Any], object]] = {
    "int": _integer,
    "float": float,
    "bytes": lambda text: base64.b64decode(text, validate=True),
    "bytearray": lambda text: bytearray(base64.b64decode(text, validate=True)),
    "complex": lambda parts: complex(float(parts[0]), float(parts[1])),
    "timedelta": lambda parts: dt.timedelta(int(parts[0]), int(parts[1]), int(parts[2])),
    "decimal": Decimal,
}


def decode(message: object, resolve: Callable[[Reference], object] = lambda reference: reference) -> Any:
    """The plain value a message stands for; references become what `resolve` gives. Raises WireError."""
    try:
        return _Decoder(resolve).value(message)
    except WireError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, MemoryError) as error:
        raise MalformedError(f"not a value of ours: {error}") from error
    except (binascii.Error, InvalidOperation, ArithmeticError) as error:
        raise MalformedError(f"not a value of ours: {error}") from error
