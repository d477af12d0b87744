"""Times of day: 19h30, 19:30, 19 gio 30, 7 ruoi toi, 8 gio kem 15, tu 8 den 11 gio."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from autograders.normalize import Text
from autograders.rules.lexicon import phrases
from autograders.rules.line import Figure, Line
from autograders.rules.values import Number, Time, clock_hours

DAY_PARTS = ("morning", "noon", "afternoon", "evening", "night")
_UNITS = r"ho|nguoi|ha|k|nghin|ngan|trieu|dong|buoi|em|nha|thang"
_TIME = re.compile(
    r"(?<![\w.,/:])(?P<hour>\d{1,2})(?: ?(?:h|gio)(?![a-z])| ?:(?=[0-5]\d)|g(?=[0-5]\d))"
    rf"(?: ?(?P<minute>[0-5]\d)(?:[:][0-5]\d)?(?![\d/%]|[.,]\d| ?(?:{_UNITS})\b)"
    r"| ?(?P<short>\d) ?(?:p|phut)\b| ?(?P<half>ruoi)\b| kem (?P<less>\d{1,2})(?!\d))?(?: ?(?:p|ph|phut)\b)?"
)
_BARE_HALF = re.compile(r"(?<![\w.,/])(?P<hour>\d{1,2}) ?ruoi\b(?! ?(?:nghin|ngan|trieu|dong))")
_FROM = re.compile(r"(?<![\w.,/:])(?P<hour>\d{1,2})(?= ?(?:-|\u2013|den|toi) ?\d{1,2} ?(?:h|gio)(?![a-z]))")
_REACH_BACK, _REACH_ON = 6, 4


def times(line: Line) -> list[Figure]:
    """Take the times of day out of `line`."""
    return line.take(_FROM, _read) + line.take(_TIME, _read) + line.take(_BARE_HALF, _read)


def _read(line: Line, match: re.Match[str]) -> Iterator[Figure]:
    parts = match.groupdict()
    hour, half = int(match["hour"]), parts.get("half") or match.re is _BARE_HALF
    minute = 30 if half else int(parts.get("minute") or parts.get("short") or 0)
    less = int(parts.get("less") or 0)
    if hour > 24 or less > 59 or (match.re is _BARE_HALF and hour > 12):
        return
    first, last = line.tokens(match.start(), match.end())
    padded = match["hour"].startswith("0")
    part, last = _part_of_day(line.text, first, last)
    hours = clock_hours(hour, part, padded)
    moments = [divmod((h * 60 + minute - less) % (24 * 60), 60) for h in hours]
    number = Decimal(hour) + (Decimal("0.5") if half else 0)
    values = (*(Time(h, m) for h, m in moments), *((Number(number),) if not parts.get("minute") else ()))
    yield replace(line.figure(values, match.start(), match.end(), unclear=len(hours) > 1), last=last)


def _part_of_day(text: Text, first: int, last: int) -> tuple[str, int]:
    """The part of the day said right after a time, before it ("toi thu Sau luc 7 ruoi") or a little later.

    The second value is the last token of the time, the part of the day included where it follows at once.
    """
    after = last + 2 if text.tokens[last + 1 : last + 2] and text.tokens[last + 1].base == "buoi" else last + 1
    order = [after, *range(first - 1, first - 1 - _REACH_BACK, -1), *range(last + 2, last + 1 + _REACH_ON)]
    for index in order:
        if not 0 <= index < len(text.tokens) or text.tokens[index].sentence != text.tokens[first].sentence:
            continue
        for part in DAY_PARTS:
            if phrases("day_part", part).at(text, index) and (index == after or _is_clear(text, index)):
                return part, index if index == after else last
    return "", last


def _is_clear(text: Text, index: int) -> bool:
    """Without diacritics "toi" may be evening, "I" or "next": it counts next to a day only."""
    if text.accented:
        return True
    near = phrases("day_part", "next_to_a_day")
    return bool(near.at(text, index + 1) or phrases("day_part", "before_a_part").before(text, index))
