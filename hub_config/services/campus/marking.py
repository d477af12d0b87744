"""Teachers read answers to a rubric criterion by themselves, blind, so that the judge can be held against them.

A reading is one criterion of one submission by one teacher. The latest row of `marking` counts, so that a level can
be put right. What others have read comes first: two teachers on one answer say how far teachers agree.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from autograders.grade import submitted_answers
from autograders.models import Context
from autograders.rules.answers import text_of
from course.criteria import Judged
from course.errors import LessonError
from course.lesson import Exercise, Lesson
from course.notebook import stored_notebook
from course.variants import drawn_exercises, variant_of
from hub_config.services.campus import submissions, tables
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import now, reading
from hub_config.services.campus.refusals import Refusal

_marking, _submission, _grading = tables.marking, tables.submission, tables.grading
Levels = dict["Reading", dict[str, int]]
"""Reading -> teacher -> level."""


class Reading(NamedTuple):
    """What is read: a criterion of an exercise of a submission."""

    submission: str
    exercise: str
    criterion: str


@dataclass(frozen=True)
class Sheet:
    """What a teacher sees of a reading: nothing of who wrote it, nor of what others say."""

    reading: Reading
    lesson: str  # title
    exercise: Exercise  # drawn
    criterion: Judged
    answer: str
    level: int | None  # the teacher's own, when read before


@dataclass(frozen=True)
class Desk:
    """A teacher's pile in a class: how far it is, what is left in the order to read it, and what was read last."""

    read: int
    rest: tuple[Reading, ...]
    last: Reading | None

    @property
    def total(self) -> int:
        return self.read + len(self.rest)


def desk(campus: Campus, class_id: str, teacher: str) -> Desk:
    """The pile as it is now."""
    with reading(campus.engine) as connection:
        pile = readable(connection, campus, class_id)
        given = levels(connection, class_id)
        last = _last(connection, class_id, teacher)
    mine = {one for one, by in given.items() if teacher in by}
    rest = sorted(pile - mine, key=lambda one: (one not in given, _shuffled(teacher, one)))
    return Desk(len(mine), tuple(rest), last)


def next_sheet(campus: Campus, class_id: str, teacher: str, rest: Iterable[Reading]) -> Sheet | None:
    """The first of these that can still be shown; lessons change."""
    for one in rest:
        with suppress(Refusal):
            return sheet(campus, class_id, teacher, one)
    return None


def sheet(campus: Campus, class_id: str, teacher: str, wanted: Reading) -> Sheet:
    """One answer with its task, its criterion and its levels. Raises Refusal("not_found")."""
    query = select(_submission.c.lesson, _submission.c.notebook, _submission.c.context).where(
        _submission.c.id == wanted.submission, _submission.c.class_id == class_id
    )
    with reading(campus.engine) as connection:
        row = connection.execute(query).one_or_none()
        level = levels(connection, class_id).get(wanted, {}).get(teacher)
    if row is None:
        raise Refusal("not_found")
    folder, context = campus.lesson(row.lesson), Context.model_validate_json(row.context)
    exercise, criterion = _judged(folder.lesson, context, wanted)
    notebook = stored_notebook(row.notebook)
    answer = submitted_answers(notebook, row.lesson, context).get(wanted.exercise, {})
    return Sheet(wanted, folder.lesson.title, exercise, criterion, text_of(answer, criterion.on), level)


def mark(campus: Campus, class_id: str, teacher: str, wanted: Reading, level: int) -> None:
    """Note a teacher's level. Raises Refusal("not_found" or "bad_request")."""
    shown = sheet(campus, class_id, teacher, wanted)
    if not 0 <= level < len(shown.criterion.levels):
        raise Refusal("bad_request")
    with campus.engine.begin() as connection:
        connection.execute(insert(_marking).values(**wanted._asdict(), teacher=teacher, level=level, at=now()))


def levels(connection: Connection, class_id: str | None) -> Levels:
    """What teachers gave in a class, or in all: the latest level of each."""
    query = select(_marking).join(_submission).where(*submissions.matching(class_id=class_id)).order_by(_marking.c.id)
    given: Levels = defaultdict(dict)
    for row in connection.execute(query):
        given[Reading(row.submission, row.exercise, row.criterion)][row.teacher] = row.level
    return dict(given)


def readable(connection: Connection, campus: Campus, class_id: str) -> set[Reading]:
    """What a judge reads in the latest graded submission of each learner and lesson."""
    columns = (_submission.c.id, _submission.c.learner, _submission.c.lesson, _grading.c.grade)
    query = select(*columns).join(_grading).where(_submission.c.class_id == class_id, _grading.c.grade.is_not(None))
    rows = connection.execute(query.order_by(_submission.c.submitted_at)).all()
    latest = {(row.learner, row.lesson): row for row in rows}
    asked = {
        (folder.lesson.id, exercise["id"], criterion["id"])
        for folder in campus.catalog
        for exercise in folder.lesson.exercise  # not drawn: plain data
        for criterion in exercise.get("criterion", ())
        if "judge" in criterion
    }
    return {
        one
        for row in latest.values()
        for one in _for_a_judge(row.id, row.grade)
        if (row.lesson, one.exercise, one.criterion) in asked
    }


def _for_a_judge(submission: str, grade: str) -> Iterable[Reading]:
    """As plain JSON: a class has thousands of grades, and this page is opened after each answer."""
    for exercise in json.loads(grade)["exercises"]:
        for line in exercise["criteria"]:
            if line["provenance"]["by"] == "judge":
                yield Reading(submission, exercise["id"], line["id"])


def _judged(lesson: Lesson, context: Context, wanted: Reading) -> tuple[Exercise, Judged]:
    try:
        drawn = drawn_exercises(lesson, variant_of(lesson, context.role, context.variant))
    except LessonError as error:
        raise Refusal("not_found") from error
    for exercise in drawn:
        for criterion in exercise.criterion:
            if (exercise.id, criterion.id) == wanted[1:] and isinstance(criterion, Judged):
                return exercise, criterion
    raise Refusal("not_found")


def _last(connection: Connection, class_id: str, teacher: str) -> Reading | None:
    query = select(_marking).join(_submission).where(_submission.c.class_id == class_id, _marking.c.teacher == teacher)
    row = connection.execute(query.order_by(_marking.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else Reading(row.submission, row.exercise, row.criterion)


def _shuffled(teacher: str, one: Reading) -> str:
    """An order that is another for each teacher and the same at every look."""
    return hashlib.sha256("\0".join((teacher, *one)).encode()).hexdigest()
