"""Checks of single exercises before a lesson is handed in, and what they mean for later scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from autograders.grade import grade_exercise
from autograders.models import Context, ExerciseGrade, Grade
from autograders.rules.replies import rests_on_replies
from course.catalog import LessonFolder
from course.lesson import Exercise
from hub_config.services.campus import artefacts, drafts, draws, guidance, tables
from hub_config.services.campus.database import now, reading
from hub_config.services.campus.replies import Record, with_replies

_attempt = tables.attempt
_of_lesson = (_attempt.c.learner == bindparam("of_learner")) & (_attempt.c.lesson == bindparam("of_lesson"))
_of_exercise = _of_lesson & (_attempt.c.exercise == bindparam("of_exercise"))
_columns = (_attempt.c.grade, _attempt.c.first, _attempt.c.hints, _attempt.c.active_s, _attempt.c.at)
_in_try = _attempt.c.at >= func.coalesce(draws.BEGAN, _attempt.c.at)
# built once: every check goes through them, and building takes longer than asking
_IN_LESSON: Select[Any] = select(*_columns).where(_of_lesson, _in_try).order_by(_attempt.c.id)
_AT_EXERCISE: Select[Any] = select(*_columns).where(_of_exercise, _in_try).order_by(_attempt.c.id)
_BY_KEY: Select[Any] = select(*_columns).where(_of_exercise, _attempt.c.idempotency_key == bindparam("of_key"))
_EARLIER = select(_attempt.c.id).where(_of_exercise).limit(1)
_INSERT = insert(_attempt)
_GRADED = (
    select(tables.grading.c.grade, tables.submission.c.submitted_at)
    .join(tables.submission)
    .where(tables.submission.c.learner == bindparam("of_learner"))
    .where(tables.submission.c.lesson == bindparam("of_lesson"))
    .where(tables.submission.c.submitted_at >= func.coalesce(draws.BEGAN, tables.submission.c.submitted_at))
    .where(tables.grading.c.grade.is_not(None))
)


@dataclass(frozen=True)
class Attempt:
    """One check and what came of it."""

    grade: ExerciseGrade
    first: bool
    hints: int
    active_s: float
    at: datetime


def check(
    engine: Engine,
    folder: LessonFolder,
    learner: str,
    exercise_id: str,
    answer: dict[str, Any],
    active_s: Any,
    origin: drafts.Origin | None = None,
    idempotency_key: str | None = None,
    record: Record | None = None,
) -> tuple[Exercise, Attempt]:
    """Grade an answer without a judge and remember the attempt; the answer becomes the draft.

    `record` tells what the AI said, where a rule wants to know. The same key again gives the same attempt: a page that
    did not hear the reply sends its check once more. Raises Refusal for an unknown exercise, a senseless `active_s`,
    and as `drafts.save` does.
    """
    lesson = folder.lesson
    with reading(engine) as connection:  # no writer waits for this one
        found = draws.known_exercise(connection, lesson, learner, exercise_id)
        given = found and context(connection, learner, lesson.id, found[0].role, found[0].id, exercise=exercise_id)
    if found is None or given is None:
        with engine.begin() as connection:
            found = draws.exercise_of(connection, lesson, learner, exercise_id)
            given = context(connection, learner, lesson.id, found[0].role, found[0].id, exercise=exercise_id)
    variant, exercise = found
    if any(rests_on_replies(criterion, exercise) for criterion in exercise.criterion):
        given = with_replies(given, record, learner, lesson.id, {exercise_id: answer})
    if exercise.kind == "make":
        with reading(engine) as connection:
            given = artefacts.with_artefacts(connection, given, learner, lesson.id, [answer])
    grade = grade_exercise(exercise, answer, given)  # outside: nobody waits for the rules
    whole: dict[str, Any] = {"learner": learner, "lesson": lesson.id, "role": variant.role, "variant": variant.id}
    whole |= {"answer": answer, "solution_seen": exercise_id in given.caps, "idempotency_key": idempotency_key}
    try:
        with engine.begin() as connection:  # the only one that writes: each goes to the disk before it is confirmed
            earlier = _by_key(connection, learner, lesson.id, exercise_id, idempotency_key)
            if earlier is not None:
                return exercise, earlier
            drafts.save(connection, learner, lesson.id, exercise_id, answer, origin)
            return exercise, _remember(connection, exercise, grade, active_s, whole)
    except IntegrityError:  # the same key at the same moment: the other request stored it
        with reading(engine) as connection:
            earlier = _by_key(connection, learner, lesson.id, exercise_id, idempotency_key)
        if earlier is None:
            raise
        return exercise, earlier


def _remember(
    connection: Connection, exercise: Exercise, grade: ExerciseGrade, active_s: Any, whole: dict[str, Any]
) -> Attempt:
    """Store an attempt; `whole` holds the columns that no `Attempt` shows."""
    learner, lesson = whole["learner"], whole["lesson"]
    made = Attempt(
        grade=grade,
        first=_is_first(connection, learner, lesson, exercise.id),
        hints=len(guidance.hints_seen(connection, learner, lesson, exercise)),
        active_s=drafts.add_active_time(connection, learner, lesson, exercise.id, active_s),
        at=now(),
    )
    values = vars(made) | {"grade": grade.model_dump_json(exclude={"points", "waiting"})}
    connection.execute(_INSERT, {"exercise": exercise.id, **whole, **values})
    return made


def list_attempts(connection: Connection, learner: str, lesson: str, exercise: str | None = None) -> list[Attempt]:
    """What a learner checked in the present try at a lesson or at one exercise of it, oldest first."""
    of = {"of_learner": learner, "of_lesson": lesson}
    if exercise is None:
        return [_read(row) for row in connection.execute(_IN_LESSON, of)]
    return [_read(row) for row in connection.execute(_AT_EXERCISE, {**of, "of_exercise": exercise})]


def context(
    connection: Connection,
    learner: str,
    lesson: str,
    role: str,
    variant: str,
    answers: dict[str, dict[str, Any]] | None = None,
    exercise: str | None = None,
) -> Context:
    """What grading needs to know: items wrong in earlier checks, caps of exercises whose solution was seen.

    With `exercise` of this one only: enough to grade it.
    """
    wrong: dict[str, set[str]] = defaultdict(set)
    best: dict[str, float] = defaultdict(float)
    seen = guidance.solutions_seen(connection, learner, lesson)
    for grade, at in _earlier(connection, learner, lesson, exercise):
        wrong[grade.id] |= {item for item, result in grade.items.items() if not result.ok}
        if grade.id in seen and at < seen[grade.id]:
            best[grade.id] = max(best[grade.id], _earned(grade))
    return Context(
        role=role,
        variant=variant,
        wrong_before={id_: tuple(sorted(items)) for id_, items in wrong.items() if items},
        caps={id_: best[id_] for id_ in seen if exercise in (None, id_)},
        answers=answers or {},
    )


def _earlier(
    connection: Connection, learner: str, lesson: str, exercise: str | None
) -> Iterator[tuple[ExerciseGrade, datetime]]:
    """Every result of this try for an exercise, or for all of a lesson, and when the answer was given."""
    for made in list_attempts(connection, learner, lesson, exercise):
        yield made.grade, made.at
    for row in connection.execute(_GRADED, {"of_learner": learner, "of_lesson": lesson}):
        for grade in Grade.model_validate_json(row.grade).exercises:
            if exercise in (None, grade.id):
                yield grade, row.submitted_at


def _earned(grade: ExerciseGrade) -> float:
    """What an answer earned, points still waiting for a judge included when the answer earned any at all."""
    return grade.points + grade.waiting if grade.points > 0 else 0.0


def _is_first(connection: Connection, learner: str, lesson: str, exercise: str) -> bool:
    of = {"of_learner": learner, "of_lesson": lesson, "of_exercise": exercise}
    return connection.execute(_EARLIER, of).first() is None


def _by_key(connection: Connection, learner: str, lesson: str, exercise: str, key: str | None) -> Attempt | None:
    if key is None:
        return None
    of = {"of_learner": learner, "of_lesson": lesson, "of_exercise": exercise, "of_key": key}
    row = connection.execute(_BY_KEY, of).one_or_none()
    return None if row is None else _read(row)


def _read(row: Row[Any]) -> Attempt:
    return Attempt(ExerciseGrade.model_validate_json(row.grade), row.first, row.hints, row.active_s, row.at)
