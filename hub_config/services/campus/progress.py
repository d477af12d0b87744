"""Day by day: the streak, the ring of a quarter of an hour, the lesson that comes next. Pure functions over rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
RING_SECONDS = 15 * 60


def day_of(moment: datetime) -> date:
    """The day in Vietnam that an aware moment falls on."""
    return moment.astimezone(DAY_ZONE).date()


def day_start(day: date) -> datetime:
    """The moment a day begins in Vietnam, in UTC."""
    return datetime.combine(day, time(), DAY_ZONE).astimezone(UTC)


def streak(days: Collection[date], today: date) -> int:
    """Days in a row with work, up to today; a streak that reaches yesterday still stands until today is over."""
    day = today if today in days else today - timedelta(days=1)
    length = 0
    while day in days:
        length += 1
        day -= timedelta(days=1)
    return length


def ring_share(seconds: Iterable[float]) -> float:
    """The share of the quarter of an hour that is done, 0 to 1."""
    return min(sum(seconds) / RING_SECONDS, 1.0)


def next_lesson(order: Sequence[str], handed_in: Collection[str], begun: Collection[str]) -> str | None:
    """The first lesson that was begun and not handed in, else the first untouched; None: all are done."""
    left = [lesson for lesson in order if lesson not in handed_in]
    return next((lesson for lesson in left if lesson in begun), left[0] if left else None)
