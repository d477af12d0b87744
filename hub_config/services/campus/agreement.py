"""How far the judge agrees with teachers, criterion by criterion, from what a campus remembers.

A teacher's level comes from a blind reading (`marking`), or from a score that was changed in formgrader: that is given
for an exercise as a whole, so it is a level of its criterion only where a judge reads a single one, and a share of the
exercise where it reads several. Pairs are (teacher, judge), by the judge's present verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from autograders.models import Context, CriterionGrade, ExerciseGrade, Grade
from course.criteria import Judged
from course.errors import LessonError
from course.lesson import Exercise
from course.variants import drawn_exercises, variant_of
from hub_config.services.campus import marking, submissions, tables
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import reading
from hub_config.services.campus.marking import Reading

if TYPE_CHECKING:
    from autograders.judge.agreement import Agreement, Band, Ceiling

WHOLE = ""
"""The criterion of an exercise as a whole."""
STEPS = ("0%", "25%", "50%", "75%", "100%")
"""The levels of an exercise as a whole: shares of its points."""
EXACT = 1e-6
_entry, _grading, _submission = tables.grade_entry, tables.grading, tables.submission
Key = tuple[str, str, str]
"""Lesson, exercise, criterion."""


@dataclass
class _Scores:
    """What was said of one criterion so far."""

    lesson: str
    exercise: str
    question: str
    names: tuple[str, ...]
    pairs: list[tuple[int, int]] = field(default_factory=list)
    teachers: list[list[int]] = field(default_factory=list)  # of answers that two or more have read
    changed: int = 0


@dataclass(frozen=True)
class CriterionAgreement:
    """One criterion: the judge against teachers, beside teachers against each other."""

    key: Key
    lesson: str  # titles, as the first submission's variant has them
    exercise: str
    question: str  # empty for an exercise as a whole
    levels: tuple[str, ...]
    blind: int  # pairs from readings
    changed: int  # pairs from scores that a teacher changed
    ceiling: Ceiling
    bands: dict[Band, Agreement]
    confusion: tuple[tuple[int, ...], ...]
    """[teacher's level][judge's level] -> answers"""

    def as_json(self) -> dict[str, Any]:
        """The figures as plain data."""
        lesson, exercise, criterion = self.key
        return {
            "lesson": lesson,
            "exercise": exercise,
            "criterion": criterion,
            "levels": list(self.levels),
            "blind": self.blind,
            "changed": self.changed,
            **asdict(self.ceiling),
            "bands": {band: asdict(found) for band, found in self.bands.items()},
            "confusion": self.confusion,
        }


def class_agreement(campus: Campus, class_id: str | None = None) -> list[CriterionAgreement]:
    """Every criterion of a class, or of all, of which there is a pair or an answer that two teachers read."""
    with reading(campus.engine) as connection:
        given = marking.levels(connection, class_id)
        changes = _changes(connection, class_id)
        wanted = {one.submission for one in given} | {submission for submission, _ in changes}
        found: dict[Key, _Scores] = {}
        for row in _graded(connection, class_id, wanted):
            _collect(campus, row, given, changes, found)
    return [_measured(key, scores) for key, scores in sorted(found.items()) if scores.pairs or scores.teachers]


def _graded(connection: Connection, class_id: str | None, wanted: set[str]) -> Iterator[Any]:
    columns = (_submission.c.id, _submission.c.lesson, _submission.c.context, _grading.c.grade)
    query = select(*columns).join(_grading).where(_grading.c.grade.is_not(None))
    query = query.where(*submissions.matching(class_id=class_id)).order_by(_submission.c.submitted_at)
    ids = connection.scalars(query.with_only_columns(_submission.c.id))
    for submission in [id_ for id_ in ids if id_ in wanted]:
        yield connection.execute(query.where(_submission.c.id == submission)).one()


def _changes(connection: Connection, class_id: str | None) -> dict[tuple[str, str], float]:
    """(submission, exercise) -> points that a teacher gave and let stand, for the submission that was in view."""
    columns = (_entry, _submission.c.class_id, _submission.c.learner, _submission.c.lesson)
    query = select(*columns).join(_submission).where(_entry.c.criterion == "", *submissions.matching(class_id=class_id))
    stands: dict[tuple[str, ...], Any] = {}
    for row in connection.execute(query.order_by(_entry.c.id)):
        stands[row.class_id, row.learner, row.lesson, row.exercise] = row
    # without points: a comment alone, or a change that was taken back
    return {(row.submission, row.exercise): row.points for row in stands.values() if row.points is not None}


def _collect(
    campus: Campus,
    row: Any,
    given: marking.Levels,
    changes: dict[tuple[str, str], float],
    found: dict[Key, _Scores],
) -> None:
    folder = campus.catalog.get(row.lesson)
    context = Context.model_validate_json(row.context)
    if folder is None:
        return  # a lesson that was taken out: nobody can say any more what its levels were
    try:
        drawn = drawn_exercises(folder.lesson, variant_of(folder.lesson, context.role, context.variant))
    except LessonError:
        return  # likewise its variant
    grades = {grade.id: grade for grade in Grade.model_validate_json(row.grade).exercises}
    for exercise in (e for e in drawn if e.id in grades):
        asked = [c for c in exercise.criterion if isinstance(c, Judged)]
        grade, change = grades[exercise.id], changes.get((row.id, exercise.id))
        for criterion in asked:
            new = _Scores(folder.lesson.title, exercise.title, criterion.judge, criterion.levels)
            scores = found.setdefault((row.lesson, exercise.id, criterion.id), new)
            by = given.get(Reading(row.id, exercise.id, criterion.id), {})
            _add(scores, criterion, grade, [by[teacher] for teacher in sorted(by)], change if len(asked) == 1 else None)
        if change is not None and len(asked) > 1 and _judged_whole(asked, grade):
            new = _Scores(folder.lesson.title, exercise.title, "", STEPS)
            whole = found.setdefault((row.lesson, exercise.id, WHOLE), new)
            whole.pairs.append((_step(change, exercise), _step(grade.points, exercise)))
            whole.changed += 1


def _add(scores: _Scores, criterion: Judged, grade: ExerciseGrade, readings: list[int], change: float | None) -> None:
    if len(readings) > 1:
        scores.teachers.append(readings)
    level = _judges_level(criterion, grade)
    if level is None:
        return
    scores.pairs += [(each, level) for each in readings]
    meant = None if change is None else _level_of_change(criterion, grade, change)
    if meant is not None:
        scores.pairs.append((meant, level))
        scores.changed += 1


def _line(criterion: Judged, grade: ExerciseGrade) -> CriterionGrade | None:
    return next((line for line in grade.criteria if line.id == criterion.id), None)


def _judges_level(criterion: Judged, grade: ExerciseGrade) -> int | None:
    """The level that a judge gave; None where it has not, or a rule did."""
    line = _line(criterion, grade)
    if line is None or line.points is None or line.provenance.by != "judge":
        return None
    return round(line.points / criterion.points * (len(criterion.levels) - 1))


def _judged_whole(asked: list[Judged], grade: ExerciseGrade) -> bool:
    return not grade.waiting and any(_judges_level(criterion, grade) is not None for criterion in asked)


def _level_of_change(criterion: Judged, grade: ExerciseGrade, points: float) -> int | None:
    """The level that a teacher's points for the exercise mean for its one judged criterion; None: they can't."""
    others = [line.points for line in grade.criteria if line.id != criterion.id]
    if grade.cap is not None or any(each is None for each in others):
        return None
    left = points - sum(each for each in others if each is not None)
    if not -EXACT <= left <= criterion.points + EXACT:
        return None
    return round(left / criterion.points * (len(criterion.levels) - 1))


def _step(points: float, exercise: Exercise) -> int:
    return round(min(max(points / exercise.points, 0.0), 1.0) * (len(STEPS) - 1))


def _measured(key: Key, scores: _Scores) -> CriterionAgreement:
    from autograders.judge.agreement import against_ceiling, by_band, rater_pairs  # scikit-learn: only for this page

    n = len(scores.names)
    inside = [pair for pair in scores.pairs if max(pair) < n]  # a scale that was longer once
    teachers = [pair for pair in rater_pairs(scores.teachers) if max(pair) < n]
    return CriterionAgreement(
        key=key,
        lesson=scores.lesson,
        exercise=scores.exercise,
        question=scores.question,
        levels=scores.names,
        blind=len(scores.pairs) - scores.changed,
        changed=scores.changed,
        ceiling=against_ceiling(inside, teachers, n),
        bands=by_band(inside, n),
        confusion=tuple(tuple(inside.count((theirs, ours)) for ours in range(n)) for theirs in range(n)),
    )
