"""A text as the figure patterns see it: folded, numbers in words turned into digits, with the way back to tokens."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from autograders.normalize import Text
from autograders.rules.numerals import numerals
from autograders.rules.values import Value, same_value

_TAKEN = "\x00"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands in a text: tokens first … last, and its readings, the likeliest first."""

    values: tuple[Value, ...]
    first: int
    last: int
    weekday: int | None = None  # of a date: the weekday said next to it
    unclear: bool = False  # of a time: morning or evening was not said
    worded: bool = False  # written in words

    def says(self, wanted: Value) -> bool:
        """Whether one of the readings is `wanted`."""
        return any(same_value(value, wanted) for value in self.values)


class Line:
    """What is left to read of a text. `text` never changes; `left` loses what a pattern took."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self._starts = [token.start for token in text.tokens]
        self._ends = [token.end for token in text.tokens]
        self._origin: list[int] = []  # of each character of `left`: its place in text.folded
        self._worded: set[int] = set()  # first tokens of numbers in words
        pieces: list[str] = []
        done = 0
        for numeral in numerals(text):
            start, end = self._starts[numeral.first], self._ends[numeral.last]
            digits = str(numeral.value)
            pieces += [text.folded[done:start], digits]
            self._origin += [*range(done, start), *[start] * (len(digits) - 1), end - 1]
            self._worded.add(numeral.first)
            done = end
        pieces.append(text.folded[done:])
        self._origin += range(done, len(text.folded))
        self.left = "".join(pieces)

    def take(self, pattern: re.Pattern[str], read: Callable[[Line, re.Match[str]], Iterable[Figure]]) -> list[Figure]:
        """The figures that `read` makes of the matches of `pattern`; matches it makes nothing of are left."""
        found: list[Figure] = []
        pieces: list[str] = []
        done = 0
        for match in pattern.finditer(self.left):
            figures = list(read(self, match))
            found += figures
            if figures:
                pieces += [self.left[done : match.start()], _TAKEN * len(match[0])]
                done = match.end()
        self.left = "".join(pieces) + self.left[done:]
        return found

    def figure(self, values: tuple[Value, ...], start: int, end: int, unclear: bool = False) -> Figure:
        """A figure over left[start:end]."""
        first, last = self.tokens(start, end)
        return Figure(values, first, last, unclear=unclear, worded=first in self._worded)

    def attached(self, end: int) -> str:
        """What of a token is left after left[:end]: "ha" of "12ha"."""
        at = self._origin[end - 1] + 1
        token = bisect_left(self._starts, at) - 1
        return self.text.folded[at : self._ends[token]] if token >= 0 else ""

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last token that left[start:end] touches; it must hold a letter or a digit."""
        first = bisect_right(self._ends, self._origin[start])
        last = bisect_left(self._starts, self._origin[end - 1] + 1) - 1
        return first, max(first, last)
