"""Why an exercise got its points, as lines a learner and a teacher read."""

from __future__ import annotations

from dataclasses import dataclass

from autograders.models import CriterionGrade, ExerciseGrade
from course import wording


@dataclass(frozen=True)
class Reason:
    """One criterion: points as text, the reason, and what of the answer shows it ("" for nothing)."""

    points: str
    message: str
    evidence: str


def number(value: float) -> str:
    """2.5 -> "2,5", 4.0 -> "4"."""
    return f"{round(value, 2):g}".replace(".", ",")


def criterion_reason(criterion: CriterionGrade) -> Reason:
    """The reason of one criterion."""
    if criterion.points is None:
        return Reason(wording.WAITING_OF.format(max=number(criterion.max)), criterion.message, criterion.evidence)
    points = wording.POINTS_OF.format(points=number(criterion.points), max=number(criterion.max))
    standard = wording.REACHED if criterion.points >= criterion.max else wording.NOT_REACHED
    return Reason(points, criterion.message or standard, criterion.evidence)


def reasons(exercise: ExerciseGrade) -> str:
    """All criteria of an exercise as plain text, one a line; evidence indented below."""
    lines = []
    for criterion in exercise.criteria:
        reason = criterion_reason(criterion)
        lines.append(f"• {reason.points}: {reason.message}")
        if reason.evidence:
            lines.append("  " + wording.EVIDENCE.format(text=reason.evidence))
    return "\n".join([*lines, exercise.note] if exercise.note else lines)
