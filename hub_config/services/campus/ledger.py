"""Scores: an append-only ledger of who gave what when, and how a learner stands by it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from autograders.models import Grade, Provenance
from hub_config.services.campus import submissions, tables
from hub_config.services.campus.database import now
from hub_config.services.campus.submissions import Submission

_entry = tables.grade_entry
WITHDRAWN = "withdrawn"
Work = tuple[str, str, str]
"""Class, learner, lesson."""


@dataclass(frozen=True)
class TeacherScore:
    """A teacher's score for an exercise as a whole; `points` None: the grader's score stays, with a comment."""

    points: float | None
    comment: str
    at: datetime


@dataclass(frozen=True)
class ExerciseStanding:
    """Points of one exercise; a teacher's over the grader's."""

    points: float
    max: float
    waiting: float
    teacher: TeacherScore | None


@dataclass(frozen=True)
class Standing:
    """How a learner stands in a lesson: the submission that counts and its exercises."""

    submission: Submission
    exercises: dict[str, ExerciseStanding]

    @property
    def points(self) -> float:
        return round(sum(e.points for e in self.exercises.values()), 2)

    @property
    def max(self) -> float:
        return sum(e.max for e in self.exercises.values())

    @property
    def waiting(self) -> float:
        return sum(e.waiting for e in self.exercises.values())


def add_grade(connection: Connection, submission_id: str, grade: Grade) -> None:
    """Append every criterion of a grade."""
    rows = [
        {
            "submission": submission_id,
            "exercise": exercise.id,
            "criterion": line.id,
            "points": line.points,
            "max": line.max,
            "status": line.status,
            "message": line.message,
            "evidence": line.evidence,
            "provenance": line.provenance.model_dump(mode="json"),
            "at": grade.graded_at,
        }
        for exercise in grade.exercises
        for line in exercise.criteria
    ]
    if rows:
        connection.execute(insert(_entry), rows)


def add_teacher_score(
    connection: Connection, submission: Submission, exercise: str, points: float | None, comment: str
) -> None:
    """Append a teacher's change; `points` None and no comment: an earlier change was taken back."""
    withdrawn = points is None and not comment
    connection.execute(
        insert(_entry).values(
            submission=submission.id,
            exercise=exercise,
            criterion="",
            points=points,
            status=WITHDRAWN if withdrawn else "scored",
            message=comment,
            provenance=Provenance(by="teacher").model_dump(mode="json"),
            at=now(),
        )
    )


def teacher_scores(connection: Connection, **where: str | None) -> dict[Work, dict[str, TeacherScore]]:
    """What teachers changed and let stand: work -> exercise id -> score; `where` as for `submissions.matching`.

    As in the gradebook, a change is about a learner's work on a lesson and stays when that is handed in again.
    """
    columns = (_entry, tables.submission.c.class_id, tables.submission.c.learner, tables.submission.c.lesson)
    query = select(*columns).join(tables.submission).where(_entry.c.criterion == "", *submissions.matching(**where))
    stands: dict[Work, dict[str, TeacherScore]] = defaultdict(dict)
    for row in connection.execute(query.order_by(_entry.c.id)):
        work = stands[row.class_id, row.learner, row.lesson]
        if row.status == WITHDRAWN:
            work.pop(row.exercise, None)
        else:
            work[row.exercise] = TeacherScore(row.points, row.message, row.at)
    return stands


def standing(connection: Connection, learner: str, lesson: str) -> Standing | None:
    """How a learner stands in a lesson; None until something is graded."""
    return standings(connection, learner=learner, lesson=lesson).get((learner, lesson))


def standings(connection: Connection, **where: str | None) -> dict[tuple[str, str], Standing]:
    """(learner, lesson) -> standing; `where` as for `submissions.list_submissions`.

    The submission with the most points counts, the latest of equals: handing in again never costs anything.
    """
    graded = [s for s in submissions.list_submissions(connection, **where) if s.scores is not None]
    teachers = teacher_scores(connection, **where)
    by_key: dict[tuple[str, str], list[Standing]] = defaultdict(list)
    for submission in graded:
        by_key[submission.learner, submission.lesson].append(standing_of(submission, teachers))
    return {
        key: max(found, key=lambda s: (s.points, s.waiting, s.submission.submitted_at)) for key, found in by_key.items()
    }


def of_submission(connection: Connection, submission: Submission) -> Standing:
    """One graded submission with its teacher's changes."""
    where = {"class_id": submission.class_id, "learner": submission.learner, "lesson": submission.lesson}
    return standing_of(submission, teacher_scores(connection, **where))


def standing_of(submission: Submission, teachers: dict[Work, dict[str, TeacherScore]]) -> Standing:
    """One graded submission with the changes that concern it among `teachers`."""
    changes = teachers.get((submission.class_id, submission.learner, submission.lesson), {})
    exercises = {}
    for exercise, (points, max_, waiting) in (submission.scores or {}).items():
        teacher = changes.get(exercise)
        if teacher is not None and teacher.points is not None:
            points, waiting = teacher.points, 0.0
        exercises[exercise] = ExerciseStanding(points, max_, waiting, teacher)
    return Standing(submission, exercises)
