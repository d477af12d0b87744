"""How much is graded, how much waits for it, and what grading again would take up. Counts, no submissions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, func, or_, select

from course.catalog import Catalog
from hub_config.services.campus import tables

State = Literal["queued", "grading", "graded", "failed"]
PENDING: tuple[State, ...] = ("queued", "grading")
_grading, _submission = tables.grading, tables.submission


@dataclass(frozen=True)
class Group:
    """Submissions of one class and lesson that are alike in all that grading again asks for."""

    class_id: str
    lesson: str
    state: State
    version: str | None  # None: not graded yet, or before versions were kept
    faulty: bool  # could not be graded, or not wholly
    number: int

    def is_outdated(self, versions: Mapping[str, str]) -> bool:
        """Whether another version of the lesson graded them than that of `versions`."""
        return self.state == "graded" and self.lesson in versions and self.version != versions[self.lesson]


def current_versions(catalog: Catalog) -> dict[str, str]:
    """Lesson id -> the version that a submission would be graded by now, for every lesson that there is."""
    from autograders.grade import lesson_version  # takes seconds to import, and counting alone does not need it

    return {folder.lesson.id: lesson_version(folder) for folder in catalog}


def groups(connection: Connection, *, class_id: str | None = None, lesson: str | None = None) -> list[Group]:
    """All submissions, counted; None: of any class or lesson."""
    faulty = or_(_grading.c.state == "failed", _grading.c.problem != "").label("faulty")
    keys = (_submission.c.class_id, _submission.c.lesson, _grading.c.state, _grading.c.lesson_version, faulty)
    query = select(*keys, func.count()).join(_grading)
    for key, wanted in ((_submission.c.class_id, class_id), (_submission.c.lesson, lesson)):
        if wanted is not None:
            query = query.where(key == wanted)
    return [Group(*row) for row in connection.execute(query.group_by(*keys).order_by(*keys))]


def number(found: Iterable[Group], *states: State) -> int:
    """How many submissions are in one of these states."""
    return sum(group.number for group in found if group.state in states)


def gradable(
    found: Iterable[Group], *, failed: bool = False, outdated: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Lesson id -> how many submissions `grading_again.grade_again_all` would take up with the same arguments."""
    counts: Counter[str] = Counter()
    for group in found:
        kinds = [group.faulty] * failed + [group.is_outdated(outdated or {})] * (outdated is not None)
        if group.state in ("graded", "failed") and (any(kinds) or not kinds):
            counts[group.lesson] += group.number
    return dict(counts)


def oldest_pending(connection: Connection) -> datetime | None:
    """When the oldest submission that waits for its grade was handed in."""
    query = select(func.min(_submission.c.submitted_at)).join(_grading).where(_grading.c.state.in_(PENDING))
    found: datetime | None = connection.execute(query).scalar_one()
    return found


def at_work(connection: Connection, moment: datetime) -> bool:
    """Whether some grader holds a submission at this moment."""
    query = select(_grading.c.submission).where(_grading.c.state == "grading", _grading.c.lease_until > moment)
    return connection.execute(query.limit(1)).first() is not None


def judge_pending(connection: Connection, states: Collection[str] = ("queued", "judging")) -> int:
    """How many graded submissions still wait for the judge."""
    query = select(func.count()).select_from(tables.judging).where(tables.judging.c.state.in_(states))
    return int(connection.execute(query).scalar_one())
