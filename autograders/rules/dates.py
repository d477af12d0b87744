"""Dates and weekdays: 12/3, 12-3, 12.3.2027, ngay 16 va 17 thang 3, muoi hai thang ba, thu Sau."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from autograders.rules.lexicon import phrases
from autograders.rules.line import Figure, Line
from autograders.rules.values import Date, Number, Value, Weekday

_YEAR = r"(?P<year>\d{4}|2 (?:nghin|ngan) (?:0 )?\d{1,2})"
_FULL = re.compile(r"(?<![\d/.-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_SLASHED = re.compile(
    r"(?<![\w.,/:])(?P<day>\d{1,2})(?P<sep> ?/ ?|(?<!-\d)(?<!-\d\d)-|\.)(?P<month>\d{1,2})"
    r"(?:(?P=sep)(?P<year>\d{4}|\d{2}))?(?![\w/%]|[.,:]\d)"
)
_SPOKEN = re.compile(  # "2 thang 4" is a day, "thang 2 thang 4" are two months
    r"(?<![\d.,/])(?<!thang )(?<!thang)(?P<day>\d{1,2}) ?,? ?"
    rf"thang ?(?P<month>\d{{1,2}}|gieng|chap)(?:(?: ?/ ?|,? ?nam ){_YEAR})?(?!\d)"
)
_MONTH = re.compile(
    r"(?<![a-z])(?:(?<!\d )|(?<=thang \d )|(?<=thang \d\d ))"
    rf"thang ?(?P<month>\d{{1,2}})(?:(?: ?/ ?|,? ?nam ){_YEAR})?(?!\d)"
)
_MONTH_YEAR = re.compile(r"(?<![\w/.,])(?P<month>\d{1,2})/(?P<year>\d{4})(?![\w/])")
_DAY = re.compile(r"(?<![a-z])ngay ?(?P<day>\d{1,2})(?![\w%]|[/.,-]\d)")
_WEEKDAY_WORD = re.compile(r"\bthu\s*$")
_DAYS_BEFORE = re.compile(r"(?<![\w.,/])(\d{1,2}) ?(?:,|va|den|toi|-|&|hoac) ?(?:ngay )?$")
_WEEKDAY = re.compile(r"(?<![a-z])(?:thu ?|t)([2-7])(?!\w|[.,/]\d| ?(?:k|nghin|ngan|trieu|dong)\b)|\b(chu ?nhat|cn)\b")
_LUNAR = {"gieng": 1, "chap": 12}


def dates(line: Line) -> list[Figure]:
    """Take the dates and weekdays out of `line`."""
    found: list[Figure] = []
    for pattern in (_FULL, _SLASHED, _SPOKEN, _MONTH_YEAR, _MONTH, _DAY):
        found += line.take(pattern, _read)
    return found + line.take(_WEEKDAY, _weekday)


def _read(line: Line, match: re.Match[str]) -> Iterator[Figure]:
    parts = match.groupdict()
    day, month = int(parts.get("day") or 0), parts.get("month") or "0"
    date = Date(day, _LUNAR.get(month) or int(month), _year(parts.get("year")))
    separator = (parts.get("sep") or "").strip()
    if date.day > 31 or date.month > 12 or (day and parts.get("month") and not date.month) or not (day or date.month):
        return
    if "day" in parts and not date.day:
        return
    yield line.figure((date, *_other_readings(date, separator)), match.start(), match.end())
    if day and date.month:
        yield from _days_before(line, match.start(), date)


def _year(written: str | None) -> int:
    if not written:
        return 0
    if " " in written:  # "hai nghin (khong tram) hai muoi bay"
        return 2000 + int(written.split()[-1])
    return int(written) + (2000 if len(written) == 2 else 0)


def _other_readings(date: Date, separator: str) -> tuple[Value, ...]:
    """What else the same characters may say: a share, a range, a decimal."""
    if date.year or not separator:
        return (Number(Decimal(date.day)),) if not date.month else ()
    if separator == "/":
        return (Number(Decimal(date.day) / Decimal(date.month)),)
    if separator == "-":
        return (Number(Decimal(date.day)), Number(Decimal(date.month)))
    return (Number(Decimal(f"{date.day}.{date.month}")),)


def _days_before(line: Line, start: int, date: Date) -> Iterator[Figure]:
    """ "ngay 16, 17 va 18 thang 3": the days that share the month, going back from `start`."""
    for _ in range(31):
        match = _DAYS_BEFORE.search(line.left[max(0, start - 24) : start])
        if not match or not 1 <= int(match[1]) <= 31:
            return
        begin = start - len(match.string) + match.start(1)
        if _WEEKDAY_WORD.search(line.left[:begin]):  # "thu 7, ngay 12 thang 3": Saturday, not the 7th
            return
        day = int(match[1])
        readings = (Date(day, date.month, date.year), Number(Decimal(day)))
        yield line.figure(readings, begin, begin + len(match[1]))
        start = begin


def _weekday(line: Line, match: re.Match[str]) -> Iterator[Figure]:
    index = int(match[1]) - 2 if match[1] else 6
    first, _ = line.tokens(match.start(), match.end())
    if match[1] and match[0].startswith("thu") and not phrases("weekday", "before").at(line.text, first):
        return
    if match[2] == "cn" and not line.text.tokens[first].capital:
        return
    if phrases("weekday", "ordinal_after").before(line.text, first):
        return
    yield line.figure((Weekday(index),), match.start(), match.end())
