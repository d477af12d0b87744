"""The judged part of a grade: what waits for a judge gets its points, everything else stays as it is.

It comes after code and rules, at once or much later: a grade whose judged criteria wait is shown and stored as it is,
and completed here when a judge is at hand.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from autograders.judge.judge import Judge, JudgeUnavailable
from autograders.models import CriterionGrade, ExerciseGrade, Grade
from course.criteria import Judged
from course.lesson import Exercise

log = logging.getLogger(__name__)


def waits_for_judge(line: CriterionGrade) -> bool:
    """Whether a judge may still give this criterion's points; what waits for a teacher is not for a judge."""
    return line.status == "waiting" and line.provenance.by == "judge" and not line.provenance.votes


async def judged(
    given: Grade, exercises: Mapping[str, Exercise], answers: Mapping[str, Mapping[str, Any]], judge: Judge
) -> Grade:
    """`given` with every criterion scored that waits for a judge; what the judge could not read still waits.

    `exercises` (drawn) and `answers` by exercise id. Inside `async with judge`.
    """
    done = await asyncio.gather(
        *(_exercise(e, exercises[e.id], answers.get(e.id, {}), judge) for e in given.exercises if e.id in exercises)
    )
    by_id = {e.id: e for e in done}
    return given.model_copy(update={"exercises": tuple(by_id.get(e.id, e) for e in given.exercises)})


async def _exercise(given: ExerciseGrade, exercise: Exercise, answer: Mapping[str, Any], judge: Judge) -> ExerciseGrade:
    criteria = {c.id: c for c in exercise.criterion if isinstance(c, Judged)}
    lines = await asyncio.gather(
        *(_line(line, criteria.get(line.id), exercise, answer, judge) for line in given.criteria)
    )
    return given.model_copy(update={"criteria": tuple(lines)})


async def _line(
    line: CriterionGrade, criterion: Judged | None, exercise: Exercise, answer: Mapping[str, Any], judge: Judge
) -> CriterionGrade:
    if criterion is None or not waits_for_judge(line):
        return line
    try:
        return await judge.score(criterion, exercise, answer)
    except JudgeUnavailable as reason:
        log.warning("criterion %s/%s waits for a judge: %s", exercise.id, criterion.id, reason)
        return line


def carried_over(old: Grade, new: Grade) -> Grade:
    """`new` with the judge's earlier points for the same submission, where rubric and prompt are still the same.

    Grading again must not take away for a while what a judge gave.
    """
    before = {(e.id, line.id): line for e in old.exercises for line in e.criteria if line.provenance.by == "judge"}
    exercises = [e.model_copy(update={"criteria": tuple(_kept(e.id, e.criteria, before))}) for e in new.exercises]
    return new.model_copy(update={"exercises": tuple(exercises)})


def _kept(
    exercise: str, lines: Iterable[CriterionGrade], before: Mapping[tuple[str, str], CriterionGrade]
) -> Iterable[CriterionGrade]:
    for line in lines:
        earlier = before.get((exercise, line.id))
        same = earlier is not None and (
            earlier.provenance.rubric_version == line.provenance.rubric_version
            and earlier.provenance.prompt_version == line.provenance.prompt_version
            and earlier.max == line.max
        )
        yield earlier if earlier is not None and same and waits_for_judge(line) else line
