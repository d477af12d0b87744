"""What the page of the day tells a learner, gathered from the rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from course.catalog import LessonFolder, Level
from hub_config.services.campus import ledger, progress, submissions, tables
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import now, reading
from hub_config.services.campus.ledger import Standing
from hub_config.services.campus.submissions import Submission

LATEST = 3


@dataclass(frozen=True)
class Today:
    """The first page of a learner."""

    next_lesson: LessonFolder | None
    begun: bool  # the next lesson was opened before
    ring: float  # share of the quarter of an hour, 0 to 1
    minutes: int  # of work today
    streak: int  # days
    latest: tuple[Done, ...]
    lessons: int  # that exist
    handed_in: int


@dataclass(frozen=True)
class Done:
    """A lesson that was handed in."""

    folder: LessonFolder
    submission: Submission
    standing: Standing | None


@dataclass(frozen=True)
class MapEntry:
    """A lesson on the map."""

    folder: LessonFolder
    begun: bool
    submission: Submission | None
    standing: Standing | None


def today(campus: Campus, learner: str) -> Today:
    """Gather the page."""
    day = progress.day_of(now())
    with reading(campus.engine) as connection:
        handed_in = submissions.list_submissions(connection, learner=learner)
        standings = ledger.standings(connection, learner=learner)
        begun = _begun(connection, learner)
        seconds = _seconds_since(connection, learner, day)
        days = _days(connection, learner)
    latest: dict[str, Submission] = {}
    for submission in handed_in:
        latest.setdefault(submission.lesson, submission)
    days |= {progress.day_of(s.submitted_at) for s in handed_in}
    order = [folder.lesson.id for folder in campus.catalog]
    chosen = progress.next_lesson(order, latest, begun)
    done = [
        Done(folder, submission, standings.get((learner, lesson)))
        for lesson, submission in latest.items()
        if (folder := campus.catalog.get(lesson)) is not None
    ]
    return Today(
        next_lesson=campus.catalog.get(chosen) if chosen else None,
        begun=chosen in begun,
        ring=progress.ring_share(seconds),
        minutes=int(sum(seconds) // 60),
        streak=progress.streak(days, day),
        latest=tuple(done[:LATEST]),
        lessons=len(order),
        handed_in=len(done),
    )


def level_map(campus: Campus, learner: str) -> list[tuple[Level, list[MapEntry]]]:
    """All levels with the lessons that exist and how the learner stands in each."""
    with reading(campus.engine) as connection:
        handed_in = submissions.list_submissions(connection, learner=learner)
        standings = ledger.standings(connection, learner=learner)
        begun = _begun(connection, learner)
    latest: dict[str, Submission] = {}
    for submission in handed_in:
        latest.setdefault(submission.lesson, submission)

    def entry(folder: LessonFolder) -> MapEntry:
        id_ = folder.lesson.id
        return MapEntry(folder, id_ in begun, latest.get(id_), standings.get((learner, id_)))

    return [(level, [entry(folder) for folder in level.lessons]) for level in campus.catalog.levels]


def _begun(connection: Connection, learner: str) -> set[str]:
    query = select(tables.draft.c.lesson).distinct().where(tables.draft.c.learner == learner)
    return set(connection.scalars(query))


def _seconds_since(connection: Connection, learner: str, day: date) -> list[float]:
    time = tables.active_time
    query = select(time.c.seconds).where(time.c.learner == learner, time.c.at >= progress.day_start(day))
    return list(connection.scalars(query))


def _days(connection: Connection, learner: str) -> set[date]:
    days: set[date] = set()
    for table in (tables.active_time, tables.attempt):
        query = select(table.c.at).where(table.c.learner == learner)
        days |= {progress.day_of(at) for at in connection.scalars(query)}
    return days
