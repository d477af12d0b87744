"""The figures of a text: times, dates, weekdays, money and numbers in every usual Vietnamese way of writing them.

Digits, words ("muoi hai thang ba"), dictated text without punctuation and text without diacritics are all read. A
figure that may mean several things keeps all its readings, the likeliest first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from autograders.normalize import Text, read_text
from autograders.rules.amounts import amounts
from autograders.rules.dates import dates
from autograders.rules.line import Figure, Line
from autograders.rules.times import times
from autograders.rules.values import Date, Weekday

__all__ = ["Figure", "find_figures"]

_REACH = 6  # tokens between a date and the weekday said with it


def find_figures(text: str) -> tuple[Figure, ...]:
    """The figures of a text, from left to right."""
    return _figures(text)


@lru_cache(maxsize=256)
def _figures(source: str) -> tuple[Figure, ...]:
    text = read_text(source)
    line = Line(text)
    found = dates(line) + times(line) + amounts(line)
    return tuple(_with_weekdays(text, sorted(found, key=lambda figure: (figure.first, figure.last))))


def _with_weekdays(text: Text, figures: list[Figure]) -> Iterator[Figure]:
    """Each date with the weekday that stands nearest to it in its sentence."""
    weekdays = [figure for figure in figures if isinstance(figure.values[0], Weekday)]
    starts = [figure.first for figure in weekdays]
    for figure in figures:
        if isinstance(figure.values[0], Date):
            at = bisect_left(starts, figure.first)
            yield replace(figure, weekday=_nearest(text, figure, weekdays[max(0, at - 1) : at + 1]))
        else:
            yield figure


def _nearest(text: Text, date: Figure, weekdays: list[Figure]) -> int | None:
    """The weekday of the nearest of the two around `date`, None when neither is near."""
    gaps: list[tuple[int, int]] = []
    for figure in weekdays:
        gap = figure.first - date.last if figure.first > date.last else date.first - figure.last
        value = figure.values[0]
        same_sentence = text.tokens[figure.first].sentence == text.tokens[date.first].sentence
        if same_sentence and gap <= _REACH and isinstance(value, Weekday):
            gaps.append((gap, value.index))
    return min(gaps)[1] if gaps else None
