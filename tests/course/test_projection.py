"""What a learner's page holds must not answer the exercise."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from small_lesson import write_lesson

from course.catalog import read_lesson
from course.lesson import Exercise
from course.projection import public_exercise
from course.variants import drawn_exercises, variant_of


def test_no_answer_reason_criterion_or_solution_is_public(tmp_path: Path) -> None:
    folder = read_lesson(write_lesson(tmp_path / "lesson", code=True))
    exercises = drawn_exercises(folder.lesson, variant_of(folder.lesson, "official", "A"))
    for exercise in exercises:
        shown = json.dumps(public_exercise(exercise, folder.lesson.id, "hoa"), ensure_ascii=False)
        for secret in ("correct", "Hôm qua đã qua", "Chưa có", "criterion", "solution", "Xem lại thẻ", "levels"):
            assert secret not in shown, f"{exercise.id} shows {secret!r}"


def test_options_stand_in_an_order_of_the_learners_own(tmp_path: Path) -> None:
    folder = read_lesson(write_lesson(tmp_path / "lesson"))
    pick = drawn_exercises(folder.lesson, variant_of(folder.lesson, "official", "A"))[0]
    orders = {
        tuple(o["id"] for o in public_exercise(pick, folder.lesson.id, f"learner{n}")["items"][0]["options"])
        for n in range(20)
    }
    assert orders == {("right", "wrong"), ("wrong", "right")}


@pytest.mark.parametrize("steps", [1, 2, 3, 6])
def test_steps_are_never_shown_with_two_behind_each_other_as_they_should(steps: int) -> None:
    ids = [f"s{number}" for number in range(steps)]
    exercise = Exercise.model_validate(
        {
            "id": "steps", "kind": "order", "title": "t", "ask": "a", "skill": "s", "difficulty": 1,
            "item": [{"id": id_, "text": id_, "reason": "r"} for id_ in ids],
        }
    )  # fmt: skip
    orders = {
        tuple(item["id"] for item in public_exercise(exercise, "text.small", f"learner{n}")["items"]) for n in range(40)
    }
    assert all(sorted(order) == ids for order in orders)
    assert all(set(pairwise(ids)).isdisjoint(pairwise(order)) for order in orders)
    assert len(orders) == {1: 1, 2: 1, 3: 3, 6: len(orders)}[steps]
    assert steps < 6 or len(orders) > 20
