"""How a class, or everybody, fared with each exercise of a lesson, so that weak exercises can be mended.

One query a table, whatever the number of learners; nobody's name is in what comes out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select

from autograders.models import Context, ExerciseGrade, Grade
from course.catalog import LessonFolder
from course.errors import LessonError
from course.lesson import Exercise
from course.variants import drawn_exercise, variant_of
from hub_config.services.campus import item_advice, tables
from hub_config.services.campus.accounts import enrolment
from hub_config.services.campus.wrong_answers import Wrong, is_right, wrong_in

FEW = 5
"""Learners below which figures say little."""
SHOWN = 4  # wrong answers of an exercise
TYPED_BY = 2  # what a learner typed is shown when so many typed it


@dataclass(frozen=True)
class WrongAnswer:
    """A wrong answer, how many gave it at the first try, and their share of those who tried."""

    wrong: Wrong
    count: int
    share: float

    @property
    def sentence(self) -> str:
        return item_advice.told(self.wrong)


@dataclass(frozen=True)
class ExerciseStatistics:
    """Shares are of those who tried, 0 … 1; times are of those who have any."""

    id: str
    title: str
    kind: str
    graded: bool
    tried: int
    first_right: float = 0.0
    first_points: float = 0.0  # mean share of the points at the first try, without what waits for a judge
    last_right: float = 0.0
    hints: float = 0.0  # mean number seen
    solution_seen: float = 0.0
    seconds: float | None = None  # median
    wrong: tuple[WrongAnswer, ...] = ()

    @property
    def advice(self) -> str:
        """One sentence of what to mend."""
        return item_advice.advice(self, few=FEW)


@dataclass(frozen=True)
class LessonStatistics:
    """A lesson's exercises, the weakest first; those that nobody tried, and guesses without points, last."""

    lesson: str
    title: str
    learners: int  # who tried anything
    exercises: tuple[ExerciseStatistics, ...]

    @property
    def few(self) -> bool:
        return self.learners < FEW


@dataclass
class _Try:
    """One learner's work on one exercise: the first answer, and whether the best of all was right."""

    exercise: Exercise
    answer: Mapping[str, Any]
    grade: ExerciseGrade
    right_first: bool
    right: bool


@dataclass
class _Help:
    hints: Counter[tuple[str, str]] = field(default_factory=Counter)  # (learner, exercise) -> number
    solutions: set[tuple[str, str]] = field(default_factory=set)
    seconds: dict[tuple[str, str], float] = field(default_factory=dict)


def lesson_statistics(connection: Connection, folder: LessonFolder, class_id: str | None = None) -> LessonStatistics:
    """The statistics of one lesson, of a class's learners or of all. Answers to variants that are gone are left out."""
    tries = _tries(connection, folder, class_id)
    seen = _help(connection, folder.lesson.id, class_id)
    found = []
    for raw in folder.lesson.exercise:
        of_exercise = {learner: one for (learner, id_), one in tries.items() if id_ == raw["id"]}
        drawn = drawn_exercise(folder.lesson, raw["id"], folder.lesson.variant[0])
        found.append(_statistics(drawn, of_exercise, seen))
    found.sort(key=lambda one: (not one.tried, not one.graded, one.first_right, -one.solution_seen))
    return LessonStatistics(folder.lesson.id, folder.lesson.title, len({learner for learner, _ in tries}), tuple(found))


def _statistics(exercise: Exercise, tries: Mapping[str, _Try], seen: _Help) -> ExerciseStatistics:
    given: dict[str, Any] = {name: getattr(exercise, name) for name in ("id", "title", "kind", "graded")}
    if not tries:
        return ExerciseStatistics(**given, tried=0)
    keys = [(learner, exercise.id) for learner in tries]
    seconds = [seen.seconds[key] for key in keys if seen.seconds.get(key)]
    return ExerciseStatistics(
        **given,
        tried=len(tries),
        first_right=fmean(one.right_first for one in tries.values()),
        first_points=fmean(_share(one.grade) for one in tries.values()),
        last_right=fmean(one.right for one in tries.values()),
        hints=fmean(seen.hints[key] for key in keys),
        solution_seen=fmean(key in seen.solutions for key in keys),
        seconds=median(seconds) if seconds else None,
        wrong=tuple(_most_given(tries.values())),
    )


def _share(grade: ExerciseGrade) -> float:
    possible = sum(c.max for c in grade.criteria if c.points is not None)
    return grade.points / possible if possible else 0.0


def _most_given(tries: Iterable[_Try]) -> list[WrongAnswer]:
    """The wrong answers of first tries that were given most, each in the words of the variant that had it most."""
    words: dict[tuple[str, ...], Counter[Wrong]] = defaultdict(Counter)
    total = 0
    for one in tries:
        total += 1
        if not one.right_first:
            for wrong in set(wrong_in(one.exercise, one.answer, one.grade)):
                words[wrong.how, *wrong.key][wrong] += 1
    counted = [(found.most_common(1)[0][0], found.total()) for found in words.values()]
    shown = [WrongAnswer(wrong, n, n / total) for wrong, n in counted if not wrong.typed or n >= TYPED_BY]
    return sorted(shown, key=lambda one: (-one.count, not one.wrong.typed, one.wrong.key))[:SHOWN]


def _tries(connection: Connection, folder: LessonFolder, class_id: str | None) -> dict[tuple[str, str], _Try]:
    """(learner, exercise) -> what became of it; checks first, then what was handed in unchecked."""
    found: dict[tuple[str, str], _Try] = {}
    a = tables.attempt.c
    columns = (a.learner, a.exercise, a.role, a.variant, a.answer, a.grade)
    for row in connection.execute(_of(tables.attempt, columns, folder.lesson.id, class_id).order_by(a.id)):
        grade = ExerciseGrade.model_validate_json(row.grade)
        _add(found, folder, row.learner, (row.role, row.variant), row.answer, grade)
    s, g = tables.submission.c, tables.grading.c
    handed_in = _of(tables.submission, (s.learner, s.context, g.grade), folder.lesson.id, class_id)
    handed_in = handed_in.join(tables.grading, g.submission == s.id).where(g.grade.is_not(None))
    if class_id is not None:
        handed_in = handed_in.where(s.class_id == class_id)
    for row in connection.execute(handed_in.order_by(s.submitted_at)):
        context = Context.model_validate_json(row.context)
        for grade in Grade.model_validate_json(row.grade).exercises:
            answer = context.answers.get(grade.id, {})  # as it was drafted when it was handed in
            if any(c.points is not None for c in grade.criteria) and (answer or grade.cells):
                _add(found, folder, row.learner, (context.role, context.variant), answer, grade)
    return found


def _add(
    found: dict[tuple[str, str], _Try],
    folder: LessonFolder,
    learner: str,
    variant: tuple[str, str],
    answer: Mapping[str, Any],
    grade: ExerciseGrade,
) -> None:
    known = found.get((learner, grade.id))
    if known is not None and known.right:
        return  # nothing that comes later changes it
    try:
        exercise = drawn_exercise(folder.lesson, grade.id, variant_of(folder.lesson, *variant))
    except LessonError:
        return
    right = is_right(exercise, answer, grade)
    if known is None:
        found[learner, grade.id] = _Try(exercise, answer, grade, right_first=right, right=right)
    else:
        known.right = right


def _help(connection: Connection, lesson: str, class_id: str | None) -> _Help:
    seen = _Help()
    h, t = tables.help_view.c, tables.active_time.c
    for row in connection.execute(_of(tables.help_view, (h.learner, h.exercise, h.kind), lesson, class_id)):
        if row.kind == "hint":
            seen.hints[row.learner, row.exercise] += 1
        else:
            seen.solutions.add((row.learner, row.exercise))
    columns = (t.learner, t.exercise, func.sum(t.seconds).label("total"))
    for row in connection.execute(_of(tables.active_time, columns, lesson, class_id).group_by(t.learner, t.exercise)):
        seen.seconds[row.learner, row.exercise] = row.total
    return seen


def _of(table: Table, columns: Sequence[Any], lesson: str, class_id: str | None) -> Select[Any]:
    """Rows of a lesson by those who learn in the class, or by all who learn in any."""
    learners = select(enrolment.c.account).where(enrolment.c.as_ == "learner")
    if class_id is not None:
        learners = learners.where(enrolment.c.class_id == class_id)
    return select(*columns).select_from(table).where(table.c.lesson == lesson, table.c.learner.in_(learners))
