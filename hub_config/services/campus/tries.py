"""Tries at a lesson: each has a variant of its own and begins from nothing. A challenge is tried in one sitting."""

from __future__ import annotations

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

_draw, _submission = tables.draw, tables.submission


@dataclass(frozen=True)
class Try:
    """Where a learner stands with a lesson. `sitting` and `ends_at` are of level challenges."""

    number: int  # of the tries that were begun, this one with them; 0: none
    role: Role | None
    sitting: Sitting | None
    ends_at: datetime | None
    tomorrow: bool  # a new one has to wait until the next day in Vietnam

    @property
    def running(self) -> bool:
        """Whether answers are still taken."""
        return self.sitting in (None, "running")


def present(connection: Connection, lesson: Lesson, learner: str) -> Try:
    """The learner's present try."""
    columns = (_draw.c["try"].label("number"), _draw.c.role, _draw.c.drawn_at, _draw.c.ends_at)
    row = connection.execute(select(*columns).where(_draw.c.learner == learner, _draw.c.lesson == lesson.id)).first()
    if row is None or (lesson.is_challenge and row.ends_at is None):
        return Try(0, None, "not_begun" if lesson.is_challenge else None, None, False)
    handed_in = _handed_in(connection, lesson, learner, row.drawn_at)
    sitting: Sitting | None = None
    if lesson.is_challenge:
        sitting = "handed_in" if handed_in else "running" if now() <= row.ends_at + LATE else "over"
    seen = list(guidance.solutions_seen(connection, learner, lesson.id).values())
    told = [*seen, *([handed_in] if handed_in and lesson.is_challenge else [])]
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
    stored = select(_draw.c["try"]).where(_draw.c.learner == learner, _draw.c.lesson == lesson.id)
    before = connection.execute(stored).scalar_one_or_none()
    own = connection.execute(select(account.c.role).where(account.c.name == learner)).scalar_one()
    number = 0 if before is None else before + 1
    draft = tables.draft
    connection.execute(delete(draft).where(draft.c.learner == learner, draft.c.lesson == lesson.id))
    draws.assign(connection, lesson, learner, draw(lesson, learner, role or here.role or own, number), number)
    return present(connection, lesson, learner)


def must_take_answers(connection: Connection, lesson: Lesson, learner: str) -> None:
    """Raises Refusal("sitting_not_begun") or Refusal("sitting_over") where the sitting of a challenge does not run."""
    if not lesson.is_challenge:
        return
    here = present(connection, lesson, learner)
    if not here.running:
        raise Refusal("sitting_not_begun" if here.sitting == "not_begun" else "sitting_over")


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
