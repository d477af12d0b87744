"""What is shown of one submission: every exercise and criterion with its reason, and who scored it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from autograders.models import Context, ExerciseGrade, Grade
from course.catalog import LessonFolder
from course.lesson import Exercise
from course.variants import drawn_exercises, variant_of
from hub_config.services.campus import ledger, tables
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import reading
from hub_config.services.campus.ledger import ExerciseStanding, Standing
from hub_config.services.campus.submissions import Submission


@dataclass(frozen=True)
class ExerciseResult:
    """One exercise of a result: texts, the grader's reasons, and how it stands with the teacher's change."""

    exercise: Exercise
    grade: ExerciseGrade
    standing: ExerciseStanding

    @property
    def wrong_items(self) -> list[tuple[str, str]]:
        """Text and reason of each item that was not right."""
        texts = {item.id: item.text for item in self.exercise.item}
        return [(texts.get(id_, ""), result.reason) for id_, result in self.grade.items.items() if not result.ok]


@dataclass(frozen=True)
class Result:
    """A graded submission as its page shows it."""

    standing: Standing
    exercises: tuple[ExerciseResult, ...]


def result_of(campus: Campus, submission: Submission) -> Result | None:
    """The result; None while nothing is graded. Raises Refusal("unknown_lesson") when the lesson is gone."""
    folder = campus.lesson(submission.lesson)
    with reading(campus.engine) as connection:
        stored = stored_grade(connection, submission)
        standing = ledger.of_submission(connection, submission)
    if stored is None:
        return None
    grade, context, _ = stored
    texts = _exercises(folder, context)
    return Result(
        standing,
        tuple(
            ExerciseResult(texts[e.id], e, standing.exercises[e.id])
            for e in grade.exercises
            if e.id in texts and e.id in standing.exercises
        ),
    )


def stored_grade(connection: Connection, submission: Submission) -> tuple[Grade, Context, bytes] | None:
    """Grade, context and notebook (nbformat JSON) of a submission; None while nothing is graded."""
    columns = (tables.grading.c.grade, tables.submission.c.context, tables.submission.c.notebook)
    query = select(*columns).join(tables.submission).where(tables.submission.c.id == submission.id)
    row = connection.execute(query).one()
    if row.grade is None:
        return None
    return Grade.model_validate_json(row.grade), Context.model_validate_json(row.context), row.notebook


def _exercises(folder: LessonFolder, context: Context) -> dict[str, Exercise]:
    variant = variant_of(folder.lesson, context.role, context.variant)
    return {exercise.id: exercise for exercise in drawn_exercises(folder.lesson, variant)}
