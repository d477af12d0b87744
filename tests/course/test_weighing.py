"""The arithmetic of a decision matrix, and what a lesson may ask of one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from course.lesson import Exercise
from course.weighing import Matrix

ROWS = (("", "A", "B", "C"), ("near", "5", "2", "4"), ("safe", "3", "5", "2"), ("cheap", "3", "4", "5"))
MATRIX = Matrix.of(ROWS, 10)
BOXES = [{"id": f"w{i}", "label": row[0], "kind": "weight"} for i, row in enumerate(ROWS[1:])]


def exercise(**changes: Any) -> Exercise:
    block = {"kind": "matrix", "rows": ROWS, "shared": 10} | changes.pop("block", {})
    plain = {"id": "own", "kind": "prompt", "title": "T", "ask": "A", "skill": "s", "difficulty": 1, "box": BOXES}
    return Exercise.model_validate({**plain, "material": [block], **changes})


def test_totals_are_weights_times_scores() -> None:
    assert MATRIX.totals((5, 3, 2)) == (40, 33, 36)


def test_the_others_share_the_rest_as_they_did_before_and_equally_when_they_had_none() -> None:
    assert MATRIX.varied((5, 3, 2), 0) == (0, 6, 4)
    assert MATRIX.varied((10, 0, 0), 5) == (5, Fraction(5, 2), Fraction(5, 2))


def test_level_options_have_no_leader() -> None:
    assert MATRIX.leader((5, 3, 2)) == 0
    assert MATRIX.leader((0, 0, 0)) is None


def test_the_nearest_change_is_the_first_whole_weight_at_which_another_is_ahead_not_level() -> None:
    assert MATRIX.changes((5, 3, 2)) == (3,)  # the lines cross between 3 and 4
    assert MATRIX.changes((2, 5, 3)) == (4,)  # B leads now; above it A does
    level = Matrix.of((("", "A", "B"), ("near", "4", "2"), ("safe", "2", "4")), 10)
    assert level.changes((6, 4)) == (4,)  # level at 5


def test_one_option_that_is_ahead_everywhere_never_changes() -> None:
    assert Matrix.of((("", "A", "B"), ("near", "4", "2"), ("safe", "4", "2")), 10).changes((6, 4)) == ()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"block": {"rows": (*ROWS[:3], ("cheap", "3", "4"))}}, "all as wide as the head"),
        ({"block": {"rows": (*ROWS[:3], ("cheap", "3", "4,5", "1"))}}, "'4,5' is no whole number"),
        ({"block": {"shared": 0}}, "shared = 0"),
        ({"block": {"weights": (5, 3, 3)}, "box": []}, "one for each criterion, 10 in all"),
        ({"box": []}, "one matrix without weights takes the boxes"),
        ({"block": {"weights": (5, 3, 2)}}, "one matrix without weights takes the boxes"),
        ({"box": BOXES[::-1]}, "weight boxes are labelled"),
        ({"kind": "fill"}, "stand in prompt exercises, not in fill"),
    ],
)
def test_a_matrix_that_does_not_hold_together_is_told(changes: dict[str, Any], told: str) -> None:
    exercise()
    with pytest.raises(ValidationError, match=told):
        exercise(**changes)


@pytest.mark.parametrize(
    ("criterion", "told"),
    [
        ({"rule": "shares_weights", "on": "boxes", "ranks": ["w9"]}, "ranks has 'w9'"),
        ({"rule": "defends_choice", "on": "text"}, "on = 'text'"),
    ],
)
def test_a_criterion_on_weights_that_are_not_there_is_told(criterion: dict[str, Any], told: str) -> None:
    given = {"id": "c", "points": 1, "missing": "m", **criterion}
    with pytest.raises(ValidationError, match=told):
        exercise(points=1, hints=["a", "b"], solution="s", why="w", criterion=[given])


def test_a_rule_on_weights_needs_a_matrix_to_set_them_in() -> None:
    given = {"id": "c", "points": 1, "missing": "m", "rule": "defends_choice", "on": "final"}
    with pytest.raises(ValidationError, match="no box of kind weight"):
        exercise(box=[], material=[], points=1, hints=["a", "b"], solution="s", why="w", criterion=[given])
