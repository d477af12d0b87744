from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from running_hub import until
from submission_rows import (
    add_submission,
    campus_with_rows,
    current_version,
    environment_of,
    set_state,
    settings_of,
    state_of,
)

from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import connect, reading
from hub_config.services.daily import daily
from hub_config.services.daily.daily import DailyRun, Remembered, last_run, next_run, run_daily, serve

NIGHT = datetime(2027, 3, 11, 19, 30, tzinfo=UTC)  # 02:30 of the 12th in Vietnam
TWELFTH = date(2027, 3, 12)


@pytest.fixture
def campus(tmp_path: Path) -> Iterator[Campus]:
    with campus_with_rows(tmp_path) as made:
        yield made


def remembered(campus: Campus) -> Remembered | None:
    with reading(campus.engine) as connection:
        return last_run(connection)


@pytest.mark.parametrize(
    ("moment", "daily_at", "last", "due"),
    [
        ("2027-03-11T18:59", "02:00", None, "2027-03-11T19:00"),  # 01:59 in Vietnam: at two o'clock
        ("2027-03-11T19:30", "02:00", None, "2027-03-11T19:00"),  # its time has passed: made up for at once
        ("2027-03-11T19:30", "02:00", date(2027, 3, 9), "2027-03-11T19:00"),
        ("2027-03-11T19:30", "02:00", TWELFTH, "2027-03-12T19:00"),  # never twice a day
        ("2027-03-11T18:59", "02:00", date(2027, 3, 11), "2027-03-11T19:00"),
        ("2027-03-11T16:59", "00:00", date(2027, 3, 11), "2027-03-11T17:00"),  # midnight in Vietnam
        ("2027-03-11T17:00", "23:59", date(2027, 3, 11), "2027-03-12T16:59"),
        ("2027-03-11T19:30", "02:00", date(2027, 3, 13), "2027-03-12T19:00"),  # a clock that was set back
    ],
)
def test_the_run_is_due_at_its_hour_in_vietnam_once_a_day(
    moment: str, daily_at: str, last: date | None, due: str
) -> None:
    found = next_run(datetime.fromisoformat(moment).replace(tzinfo=UTC), daily_at, last)
    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_failed_and_outdated_submissions_are_queued_and_nothing_else(campus: Campus) -> None:
    current = current_version(campus)
    failed = add_submission(campus, "failed")
    old = [add_submission(campus, "graded", version=version) for version in ("0123456789ab", None)]
    untouched = {
        add_submission(campus, "graded", version=current): ("graded", 1),
        add_submission(campus, "grading"): ("grading", 1),
    }
    done = run_daily(campus.engine, campus.catalog, NIGHT)
    assert done == DailyRun(TWELFTH, failed=1, outdated=2)
    assert [state_of(campus, id_) for id_ in (failed, *old)] == [("queued", 0)] * 3
    assert {id_: state_of(campus, id_) for id_ in untouched} == untouched
    assert remembered(campus) == Remembered(TWELFTH, 3, NIGHT)


def test_a_second_run_of_the_day_takes_up_what_is_new_and_the_day_counts_both(campus: Campus) -> None:
    add_submission(campus, "failed")
    run_daily(campus.engine, campus.catalog, NIGHT)
    assert run_daily(campus.engine, campus.catalog, NIGHT).queued == 0
    add_submission(campus, "failed")
    later = NIGHT + timedelta(hours=1)
    assert run_daily(campus.engine, campus.catalog, later).queued == 1
    assert remembered(campus) == Remembered(TWELFTH, 2, later)


class Days:
    """A clock that moves only by sleeping, and ends the service after some sleeps."""

    def __init__(self, moment: datetime, sleeps: int) -> None:
        self.moment = moment
        self.slept: list[float] = []
        self._sleeps = sleeps

    def clock(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)
        if len(self.slept) == self._sleeps:
            raise KeyboardInterrupt


def test_the_service_makes_up_for_a_missed_run_then_waits_for_the_next_night(campus: Campus, tmp_path: Path) -> None:
    first = add_submission(campus, "failed")
    days = Days(NIGHT, sleeps=1)
    with pytest.raises(KeyboardInterrupt):
        serve(settings_of(tmp_path), days.sleep, days.clock)
    assert state_of(campus, first) == ("queued", 0)

    set_state(campus, first, "failed")
    days = Days(NIGHT, sleeps=int(timedelta(hours=23, minutes=25).total_seconds() / daily.LOOK_SECONDS))
    with pytest.raises(KeyboardInterrupt):
        serve(settings_of(tmp_path), days.sleep, days.clock)
    assert state_of(campus, first)[0] == "failed"  # 01:55, and the twelfth is done

    days = Days(days.moment, sleeps=2)
    with pytest.raises(KeyboardInterrupt):
        serve(settings_of(tmp_path), days.sleep, days.clock)
    assert state_of(campus, first)[0] == "queued"
    last = remembered(campus)
    assert last is not None
    assert last.day == TWELFTH + timedelta(days=1)


def test_an_error_is_logged_and_the_run_made_when_its_cause_is_mended(
    campus: Campus, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    failed = add_submission(campus, "failed")
    lesson = campus.lesson("text.small").path / "lesson.toml"
    text = lesson.read_text("utf-8")
    lesson.write_text("broken", "utf-8")
    days = Days(NIGHT, sleeps=2)

    def mend(seconds: float) -> None:
        lesson.write_text(text, "utf-8")
        days.sleep(seconds)

    with pytest.raises(KeyboardInterrupt):
        serve(settings_of(tmp_path), mend, days.clock)
    assert days.slept[0] == daily.RETRY_SECONDS
    assert "lesson.toml: not valid TOML" in caplog.text
    assert state_of(campus, failed) == ("queued", 0)


def test_the_process_runs_logs_one_line_and_ends_with_0_when_told_to(campus: Campus, tmp_path: Path) -> None:
    failed = add_submission(campus, "failed")
    given = {**os.environ, **environment_of(tmp_path), "HOCAI_DAILY_AT": "00:00", "HOCAI_AI_KEY": "sk-secret"}
    with subprocess.Popen(
        [sys.executable, "-m", "hub_config.services.daily"],
        env=given | {"JUPYTERHUB_SERVICE_NAME": "daily"},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            until(lambda: remembered(campus))
        finally:
            process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 0
    assert state_of(campus, failed) == ("queued", 0)
    assert [row.partition(": ")[2] for row in said.splitlines()] == [
        f"daily run of {remembered_day(tmp_path)}: queued 1 failed, 0 outdated"
    ]


def remembered_day(data: Path) -> date:
    engine = connect(settings_of(data))
    with reading(engine) as connection:
        last = last_run(connection)
    engine.dispose()
    assert last is not None
    return last.day
