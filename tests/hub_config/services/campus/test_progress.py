from __future__ import annotations

from datetime import UTC, date, datetime

from hub_config.services.campus.progress import day_of, day_start, next_lesson, ring_share, streak

TODAY = date(2027, 3, 12)


def days(*numbers: int) -> set[date]:
    return {date(2027, 3, number) for number in numbers}


def test_a_day_begins_at_midnight_in_vietnam() -> None:
    assert day_of(datetime(2027, 3, 11, 16, 59, tzinfo=UTC)) == date(2027, 3, 11)
    assert day_of(datetime(2027, 3, 11, 17, 0, tzinfo=UTC)) == TODAY
    assert day_start(TODAY) == datetime(2027, 3, 11, 17, 0, tzinfo=UTC)


def test_a_streak_counts_days_in_a_row_and_breaks_at_a_gap() -> None:
    assert streak(days(12, 11, 10, 8), TODAY) == 3
    assert streak(days(10, 9), TODAY) == 0
    assert streak(set(), TODAY) == 0


def test_a_streak_that_reaches_yesterday_stands_until_today_is_over() -> None:
    assert streak(days(11, 10), TODAY) == 2


def test_the_ring_is_full_after_a_quarter_of_an_hour() -> None:
    assert ring_share([300, 150]) == 0.5
    assert ring_share([600, 600]) == 1.0
    assert ring_share([]) == 0.0


def test_a_lesson_that_was_begun_comes_before_the_next_new_one() -> None:
    assert next_lesson(["a", "b", "c"], {"a"}, {"a", "c"}) == "c"
    assert next_lesson(["a", "b", "c"], {"a"}, {"a"}) == "b"
    assert next_lesson(["a"], {"a"}, {"a"}) is None
