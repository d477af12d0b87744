"""The values that figures of a text stand for, and when two of them are the same."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day."""

    hour: int
    minute: int


@dataclass(frozen=True, slots=True)
class Date:
    """A date; what was left out is 0."""

    day: int
    month: int
    year: int = 0


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday is 0."""

    index: int


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in dong."""

    amount: Decimal


@dataclass(frozen=True, slots=True)
class Number:
    """A number, `percent` when it counts hundredths."""

    amount: Decimal
    percent: bool = False


Value = Time | Date | Weekday | Money | Number


def same_value(given: Value, wanted: Value) -> bool:
    """Whether `given` says `wanted`; a year left out on either side is no difference."""
    if isinstance(wanted, Date) and isinstance(given, Date):
        years_agree = not (given.year and wanted.year) or given.year == wanted.year
        return (given.day, given.month) == (wanted.day, wanted.month) and years_agree
    if isinstance(wanted, Number) and isinstance(given, Money):
        return not wanted.percent and given.amount == wanted.amount
    return given == wanted


def weekday_of(date: Date) -> int | None:
    """The weekday of a full date that exists, Monday is 0."""
    if not (date.year and date.month and 1 <= date.day <= calendar.monthrange(date.year, date.month)[1]):
        return None
    return calendar.weekday(date.year, date.month, date.day)


def clock_hours(hour: int, part: str, padded: bool) -> tuple[int, ...]:
    """The hours of a 24-hour clock that `hour` may mean.

    `part` is the part of the day said with it: morning noon afternoon evening night, "" when none was.
    A padded hour (07) is one of the 24-hour clock.
    """
    if hour > 12 or hour == 0:
        return (hour % 24,)
    if part == "morning":
        return (hour % 12,)
    if part == "noon":
        return (hour,) if hour >= 10 else (hour + 12,)
    if part in ("afternoon", "evening"):
        return (hour + 12,) if hour < 12 else (12 if part == "afternoon" else 0,)
    if part == "night":
        return (hour % 12,) if hour < 6 or hour == 12 else (hour + 12,)
    return (hour,) if padded or hour == 12 else (hour, hour + 12)


def number_readings(written: str) -> tuple[Decimal, ...]:
    """What digits with separators may mean, the Vietnamese reading first: "1.234" is 1234, else 1.234."""
    separators = [c for c in written if not c.isdigit()]
    if not separators:
        return (Decimal(written),)
    if len(set(separators)) == 2:
        whole, _, decimals = written.rpartition(separators[-1])
        return (Decimal("".join(filter(str.isdigit, whole)) + "." + decimals),)
    groups = written.split(separators[0])
    thousands = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]) and groups[0] != "0"
    readings = [Decimal("".join(groups))] if thousands else []
    if len(separators) == 1:
        readings.append(Decimal(groups[0] + "." + groups[1]))
    return tuple(readings)
