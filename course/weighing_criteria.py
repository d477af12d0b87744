"""Criteria of a decision matrix."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from course.criterion import Criterion


class SharesWeights(Criterion):
    """All seeds of the exercise's matrix are dealt out, and weigh as the material says.

    `ranks`: boxes from the heaviest down; those not named are lighter than the last, with a seed at least.
    """

    rule: Literal["shares_weights"]
    ranks: tuple[str, ...] = Field(min_length=1)


class DefendsChoice(Criterion):
    """The text says which option leads under the learner's own weights, with the figures, and when that would change.

    Points shared evenly over five: the choice, its total, the next best's total, the seeds of the first criterion, and
    the number of seeds at which another option leads.
    """

    rule: Literal["defends_choice"]
