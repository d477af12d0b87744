"""What the daily run does and when; it works on campus's database and asks nobody over the network."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import NoReturn

from sqlalchemy import Connection, Engine, insert, select, update

from course.catalog import Catalog
from hub_config.services.campus import tables
from hub_config.services.campus.backlog import current_versions
from hub_config.services.campus.database import connect, now, reading
from hub_config.services.campus.progress import DAY_ZONE, day_of
from hub_config.settings import Settings

log = logging.getLogger(__name__)

RETRY_SECONDS = 300.0
LOOK_SECONDS = 300.0
"""A sleep ends at least so often, so that a machine that was suspended or set its clock keeps the hour."""
_run = tables.daily_run


@dataclass(frozen=True)
class DailyRun:
    """What one run put into the queue."""

    day: date
    failed: int
    outdated: int

    @property
    def queued(self) -> int:
        return self.failed + self.outdated


@dataclass(frozen=True)
class Remembered:
    """A day's run as the database knows it; `queued` over all runs of that day."""

    day: date
    queued: int
    at: datetime


def run_daily(engine: Engine, catalog: Catalog, at: datetime | None = None) -> DailyRun:
    """Queue what failed and what was graded by another version of its lesson, and remember the day (of `at`, or now).

    Raises course.errors.LessonError, OSError, sqlalchemy.exc.SQLAlchemyError; made again it takes up only what is left.
    """
    from hub_config.services.campus import grading_again  # brings the whole grader in, which takes seconds and memory

    versions = current_versions(catalog)
    failed = grading_again.grade_again_all(engine, failed=True)
    outdated = grading_again.grade_again_all(engine, outdated=versions)
    at = at or now()
    done = DailyRun(day_of(at), failed, outdated)
    with engine.begin() as connection:
        _remember(connection, done, at)
    return done


def last_run(connection: Connection) -> Remembered | None:
    """The latest day that was run; None: never."""
    row = connection.execute(select(_run).order_by(_run.c.day.desc()).limit(1)).one_or_none()
    return None if row is None else Remembered(date.fromisoformat(row.day), row.queued, row.at)


def next_run(moment: datetime, daily_at: str, last: date | None = None) -> datetime:
    """When the next run is due, in UTC: not after `moment` means at once.

    `daily_at` is HH:MM in Vietnam. Today's run is due until it was made (`last` is its day); an earlier day that was
    missed is made up for by it.
    """
    today = day_of(moment)
    day = today + timedelta(days=1) if last is not None and last >= today else today
    return datetime.combine(day, clock_time.fromisoformat(daily_at), DAY_ZONE).astimezone(UTC)


def serve(
    settings: Settings, sleep: Callable[[float], None] = time.sleep, clock: Callable[[], datetime] = now
) -> NoReturn:
    """Run each day at its hour until the process ends. An error is logged and the run made again after a while."""
    while True:
        try:
            left = _look(settings, clock())
        except Exception:  # a broken lesson, a locked database: both can be mended while the service waits
            log.exception("the daily run failed and is tried again in %.0f s", RETRY_SECONDS)
            left = RETRY_SECONDS
        sleep(left)


def _look(settings: Settings, moment: datetime) -> float:
    """Make the run that is due; how many seconds to sleep."""
    engine = connect(settings)
    try:
        with reading(engine) as connection:
            last = last_run(connection)
        due = next_run(moment, settings.daily_at, last.day if last else None)
        if due <= moment:
            done = run_daily(engine, Catalog(settings.lessons), moment)  # read anew: lessons change meanwhile
            log.info("daily run of %s: queued %d failed, %d outdated", done.day, done.failed, done.outdated)
            due = next_run(moment, settings.daily_at, done.day)
    finally:
        engine.dispose()  # nothing is held open for a day
    return min((due - moment).total_seconds(), LOOK_SECONDS)


def _remember(connection: Connection, done: DailyRun, at: datetime) -> None:
    day = done.day.isoformat()
    more = update(_run).where(_run.c.day == day).values(queued=_run.c.queued + done.queued, at=at)
    if connection.execute(more).rowcount == 0:
        connection.execute(insert(_run).values(day=day, queued=done.queued, at=at))
