"""Hints, one at a time, and the worked solution. What was seen is remembered: it may cap what is earned later."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from course.lesson import Exercise
from hub_config.services.campus import draws, tables
from hub_config.services.campus.database import now
from hub_config.services.campus.refusals import Refusal

_view = tables.help_view
_here = (_view.c.learner == bindparam("of_learner")) & (_view.c.lesson == bindparam("of_lesson"))
_HINTS = (  # both built once: each check asks them
    select(func.count())
    .select_from(_view)
    .where(_here, _view.c.exercise == bindparam("of_exercise"), _view.c.kind == "hint")
)
_SOLUTIONS = select(_view.c.exercise, _view.c.at).where(
    _here, _view.c.kind == "solution", _view.c.at >= func.coalesce(draws.BEGAN, _view.c.at)
)


def hints_seen(connection: Connection, learner: str, lesson: str, exercise: Exercise) -> list[str]:
    """The hints a learner has asked for, in order."""
    of = {"of_learner": learner, "of_lesson": lesson, "of_exercise": exercise.id}
    return list(exercise.hints[: connection.execute(_HINTS, of).scalar_one()])


def show_hint(connection: Connection, learner: str, lesson: str, exercise: Exercise, seen: Any = None) -> list[str]:
    """One hint more, if there is one; all seen so far.

    `seen`: how many the page has, if it says so. A page that did not hear of its last one gets that one again.
    """
    number = len(hints_seen(connection, learner, lesson, exercise)) + 1
    unheard = isinstance(seen, int) and seen < number - 1
    if number <= len(exercise.hints) and not unheard:
        _note(connection, learner, lesson, exercise.id, "hint", number)
    return hints_seen(connection, learner, lesson, exercise)


def show_solution(connection: Connection, learner: str, lesson: str, exercise: Exercise) -> None:
    """Remember that the solution was seen, the first time. Raises Refusal("nothing_to_show")."""
    if not exercise.solution:
        raise Refusal("nothing_to_show")
    if exercise.id not in solutions_seen(connection, learner, lesson):
        drawn = draws.current(connection, lesson, learner)
        _note(connection, learner, lesson, exercise.id, "solution", drawn.number if drawn else 0)


def solutions_seen(connection: Connection, learner: str, lesson: str) -> dict[str, datetime]:
    """Exercise id -> when its solution was first seen in the present try."""
    rows = connection.execute(_SOLUTIONS, {"of_learner": learner, "of_lesson": lesson})
    return {row.exercise: row.at for row in rows}


def _note(connection: Connection, learner: str, lesson: str, exercise: str, kind: str, number: int) -> None:
    try:
        with connection.begin_nested():
            connection.execute(
                insert(_view).values(
                    learner=learner, lesson=lesson, exercise=exercise, kind=kind, number=number, at=now()
                )
            )
    except IntegrityError:  # asked twice at once: it is noted already
        return
