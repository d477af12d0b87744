"""Whether an answer is nearly the same as one that somebody else of the class handed in before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from course.lesson import Exercise


def is_alike(exercise: Exercise, answer: Mapping[str, Any], others: Sequence[str]) -> bool:
    """Whether a typed answer is nearly one of `others`; never for answers by touch, which are alike when right."""
    return False
