"""Grading as one would write it without a thought of attack: words that stand there count, and the model is believed.

It shows of a text attack that it is one: here it earns more than it should.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from autograders.judge.judge import JudgeUnavailable
from autograders.judge.undefended import UndefendedJudge
from autograders.normalize import folded
from autograders.rules.answers import text_of
from course.criteria import AnyCriterion, CoversIdeas, Fact, Judged, KeepsFacts
from course.lesson import Exercise


async def undefended_points(
    exercise: Exercise, answer: Mapping[str, str], base_url: str, model: str
) -> dict[str, float]:
    """Criterion id -> points; rules other than those that look for words give all points."""
    async with UndefendedJudge(base_url, "key", model, seconds=5.0) as judge:
        return {c.id: await _points(judge, c, exercise, answer) for c in exercise.criterion}


async def _points(
    judge: UndefendedJudge, criterion: AnyCriterion, exercise: Exercise, answer: Mapping[str, str]
) -> float:
    if isinstance(criterion, Judged):
        try:
            return (await judge.score(criterion, exercise, answer)).points or 0.0
        except JudgeUnavailable:
            return 0.0
    return round(float(_share(criterion, exercise, folded(text_of(answer, criterion.on)))) * criterion.points, 2)


def _share(criterion: AnyCriterion, exercise: Exercise, text: str) -> Fraction:
    if isinstance(criterion, KeepsFacts):
        wanted = [_forms(fact) for fact in criterion.facts]
    elif isinstance(criterion, CoversIdeas):
        ideas = [idea for idea in exercise.idea if idea.id in criterion.ideas]
        wanted = [[form for fact in idea.any for form in _forms(fact)] for idea in ideas]
    else:
        return Fraction(bool(text))
    stated = sum(any(folded(form) in text for form in forms) for forms in wanted)
    return Fraction(stated, len(wanted))


def _forms(fact: Fact) -> list[str]:
    return [fact] if isinstance(fact, str) else [*fact.any, *fact.all]
