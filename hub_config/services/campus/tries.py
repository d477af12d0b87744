"""Tries at a lesson: each has a variant of its own and begins from nothing. A challenge is tried in one sitting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import Connection, delete, func, select

from course.lesson import Lesson, Role
from course.variants import draw
from hub_config.services.campus import draws, guidance, progress, tables
from hub_config.services.campus.accounts import account
from hub_config.services.campus.database import now
from hub_config.services.campus.refusals import Refusal

Sitting = Literal["not_begun", "running", "over", "handed_in"]
LATE = timedelta(seconds=60)  # an answer that was on its way when the sitting ended still counts

_submission = tables.submission


@dataclass(frozen=True)
class Try:
    """Where a learner stands with a lesson. `sitting` and `ends_at` are of level challenges."""

    number: int  # of the tries that were begun, this one with them; 0: none
    role: Role | None
    sitting: Sitting | None
    ends_at: datetime | None
    tomorrow: bool  # a new one has to wait until the next day in Vietnam


def present(connection: Connection, lesson: Lesson, learner: str) -> Try:
    """The learner's present try."""
    row = draws.current(connection, lesson.id, learner)
    if row is None or (lesson.is_challenge and row.ends_at is None):
        return Try(0, None, "not_begun" if lesson.is_challenge else None, None, False)
    handed_in = _handed_in(connection, lesson, learner, row.drawn_at) if lesson.is_challenge else None
    sitting: Sitting | None = None
    if lesson.is_challenge:
        sitting = "handed_in" if handed_in else "running" if now() <= row.ends_at + LATE else "over"
    told = [*guidance.solutions_seen(connection, learner, lesson.id).values(), *([handed_in] if handed_in else [])]
    today = progress.day_of(now())
    tomorrow = any(progress.day_of(at) == today for at in told)
    return Try(row.number + 1, row.role, sitting, row.ends_at, tomorrow)


def begin(connection: Connection, lesson: Lesson, learner: str, role: Any = None) -> Try:
    """Begin a new try: the next variant, of `role` where one is named, and no drafts. What was handed in stays.

    A sitting that is running is not begun again. What shows the answers (a worked solution, the result of a challenge)
    sends a new try to the next day. Raises Refusal: "bad_request", "try_tomorrow".
    """
    if role is not None and role not in get_args(Role):
        raise Refusal("bad_request")
    here = present(connection, lesson, learner)
    if here.sitting == "running":
        return here
    if here.tomorrow:
        raise Refusal("try_tomorrow")
    before = draws.current(connection, lesson.id, learner)  # also where a challenge was drawn, and never begun
    number = before.number + 1 if before else 0
    own = connection.execute(select(account.c.role).where(account.c.name == learner)).scalar_one()
    draft = tables.draft
    connection.execute(delete(draft).where(draft.c.learner == learner, draft.c.lesson == lesson.id))
    draws.assign(connection, lesson, learner, draw(lesson, learner, role or here.role or own, number), number)
    return present(connection, lesson, learner)


def must_take_answers(connection: Connection, lesson: Lesson, learner: str) -> None:
    """Raises Refusal("sitting_not_begun") or Refusal("sitting_over") where the sitting of a challenge does not run."""
    if lesson.is_challenge:
        _refuse(present(connection, lesson, learner).sitting, {"over", "handed_in"})


def must_be_open(connection: Connection, lesson: Lesson, learner: str) -> None:
    """A sitting is handed in once, also after its end. Raises Refusal as `must_take_answers` does."""
    if lesson.is_challenge:
        _refuse(present(connection, lesson, learner).sitting, {"handed_in"})


def _refuse(sitting: Sitting | None, shut: Collection[Sitting]) -> None:
    if sitting == "not_begun":
        raise Refusal("sitting_not_begun")
    if sitting in shut:
        raise Refusal("sitting_over")


def must_be_handed_in(connection: Connection, lesson: Lesson, learner: str) -> None:
    """What a level challenge shows only when its sitting is over. Raises Refusal("in_sitting")."""
    if lesson.is_challenge and present(connection, lesson, learner).sitting != "handed_in":
        raise Refusal("in_sitting")


def _handed_in(connection: Connection, lesson: Lesson, learner: str, since: datetime) -> datetime | None:
    """When this try was handed in, the last time."""
    query = select(func.max(_submission.c.submitted_at)).where(
        _submission.c.learner == learner, _submission.c.lesson == lesson.id, _submission.c.submitted_at >= since
    )
    latest: datetime | None = connection.execute(query).scalar_one()
    return latest
