"""Which variant of a lesson a learner works on: drawn at first use, then kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from course.errors import LessonError
from course.lesson import Exercise, Lesson, Variant
from course.variants import draw, drawn_exercise, variant_of
from hub_config.services.campus import tables
from hub_config.services.campus.accounts import account
from hub_config.services.campus.database import now
from hub_config.services.campus.refusals import Refusal

# built once: nearly every call asks it, and building takes longer than asking
_draw_of = (tables.draw.c.learner == bindparam("of_learner")) & (tables.draw.c.lesson == bindparam("of_lesson"))
_d = tables.draw.c
_STORED = select(_d.role, _d.variant, _d["try"].label("number"), _d.drawn_at, _d.ends_at).where(_draw_of)
BEGAN = select(tables.draw.c.drawn_at).where(_draw_of).scalar_subquery()
"""When the present try began, in a statement that is told `of_learner` and `of_lesson`; NULL before the first."""


def drawn_variant(connection: Connection, lesson: Lesson, learner: str) -> Variant:
    """The learner's variant of a lesson, stored at first use; a role changed later does not change it.

    Needs a connection that may write. A variant that the lesson no longer has is drawn anew.
    """
    stored = current(connection, lesson.id, learner)
    return _drawn(lesson, stored) or _draw(connection, lesson, learner, again=stored is not None)


def assign(connection: Connection, lesson: Lesson, learner: str, variant: Variant, number: int = 0) -> None:
    """Begin a try on this variant, whatever was drawn before; `number`: of the tries before it.

    The sitting of a level challenge begins with it. Needs a connection that may write.
    """
    at = now()
    connection.execute(delete(tables.draw).where(_key(lesson, learner)))
    values = {"learner": learner, "lesson": lesson.id, "role": variant.role, "variant": variant.id, "drawn_at": at}
    ends_at = at + sitting_length(lesson) if lesson.is_challenge else None
    connection.execute(insert(tables.draw).values(**values, **{"try": number}, ends_at=ends_at))


def sitting_length(lesson: Lesson) -> timedelta:
    """How long the sitting of a level challenge lasts: twice what it takes, for those who type slowly."""
    return timedelta(minutes=2 * lesson.minutes)


def exercise_of(connection: Connection, lesson: Lesson, learner: str, exercise_id: str) -> tuple[Variant, Exercise]:
    """The learner's variant and an exercise drawn for it.

    Raises Refusal: "unknown_exercise"; "sitting_not_begun" where a level challenge is still to be begun.
    """
    _must_exist(lesson, exercise_id)
    if lesson.is_challenge:
        _must_have_begun(current(connection, lesson.id, learner))
    variant = drawn_variant(connection, lesson, learner)
    return variant, drawn_exercise(lesson, exercise_id, variant)


def known_exercise(
    connection: Connection, lesson: Lesson, learner: str, exercise_id: str
) -> tuple[Variant, Exercise] | None:
    """As `exercise_of`, on a connection that only reads; None where a variant has to be drawn first."""
    _must_exist(lesson, exercise_id)
    stored = current(connection, lesson.id, learner)
    if lesson.is_challenge:
        _must_have_begun(stored)
    variant = _drawn(lesson, stored)
    return None if variant is None else (variant, drawn_exercise(lesson, exercise_id, variant))


def _must_exist(lesson: Lesson, exercise_id: str) -> None:
    if all(raw.get("id") != exercise_id for raw in lesson.exercise):
        raise Refusal("unknown_exercise")


def _must_have_begun(stored: Row[Any] | None) -> None:
    if stored is None or stored.ends_at is None:
        raise Refusal("sitting_not_begun")


def current(connection: Connection, lesson_id: str, learner: str) -> Row[Any] | None:
    """The present try as it is stored: role, variant, number of the tries before it, drawn_at, ends_at."""
    return connection.execute(_STORED, {"of_learner": learner, "of_lesson": lesson_id}).one_or_none()


def _drawn(lesson: Lesson, stored: Row[Any] | None) -> Variant | None:
    """The variant that a row names; None where there is no row, or the lesson has that variant no more."""
    if stored is None:
        return None
    try:
        return variant_of(lesson, stored.role, stored.variant)
    except LessonError:
        return None


def _key(lesson: Lesson, learner: str) -> ColumnElement[bool]:
    return (tables.draw.c.learner == learner) & (tables.draw.c.lesson == lesson.id)


def _draw(connection: Connection, lesson: Lesson, learner: str, *, again: bool) -> Variant:
    role = connection.execute(select(account.c.role).where(account.c.name == learner)).scalar_one()
    drawn = draw(lesson, learner, role)
    values = {"role": drawn.role, "variant": drawn.id, "drawn_at": now()}
    if again:
        connection.execute(update(tables.draw).where(_key(lesson, learner)).values(**values))
        return drawn
    try:
        with connection.begin_nested():
            connection.execute(insert(tables.draw).values(learner=learner, lesson=lesson.id, **values))
    except IntegrityError:  # another request drew it meanwhile
        stored = current(connection, lesson.id, learner)
        if stored is None:
            raise
        return variant_of(lesson, stored.role, stored.variant)
    return drawn
