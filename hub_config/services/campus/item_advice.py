"""One plain sentence for each exercise of what its figures ask to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub_config.services.campus import wording
from hub_config.services.campus.wrong_answers import Wrong

if TYPE_CHECKING:
    from hub_config.services.campus.item_statistics import ExerciseStatistics

MANY = 0.3
"""The share from which on a wrong answer, or the way to the solution, is no accident."""
UNSOLVED, EASY = 0.6, 0.95
"""Shares of right answers: below the one there is something to mend, from the other on nothing to learn."""
LONG_S = 300.0


def told(wrong: Wrong) -> str:
    """A wrong answer as a teacher reads it."""
    return wording.WRONG[wrong.how].format(what=wrong.what, text=wrong.text).strip()


def advice(found: ExerciseStatistics, *, few: int) -> str:
    """What to mend, by the first figure that asks for it."""
    if not found.tried:
        return wording.ADVICE["nobody"]
    if not found.graded:
        return wording.ADVICE["guess"]
    if found.tried < few:
        return wording.ADVICE["few"].format(n=found.tried)
    top = found.wrong[0] if found.wrong else None
    if top is not None and top.share >= MANY:
        return wording.MEND[top.wrong.how].format(what=top.wrong.what, text=top.wrong.text, percent=percent(top.share))
    if found.solution_seen >= MANY:
        return wording.ADVICE["solution"].format(percent=percent(found.solution_seen))
    if found.last_right < UNSOLVED:
        return wording.ADVICE["unsolved"].format(percent=percent(found.last_right))
    if found.first_right < UNSOLVED:
        return wording.ADVICE["spread"].format(percent=percent(found.first_right))
    if found.seconds is not None and found.seconds > LONG_S:
        return wording.ADVICE["long"].format(minutes=round(found.seconds / 60))
    return wording.ADVICE["easy" if found.first_right >= EASY else "fine"]


def percent(share: float) -> str:
    """0.305 -> "31%"."""
    return f"{100 * share:.0f}%"
