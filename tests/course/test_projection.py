"""What a learner's page holds must not answer the exercise."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from kinds_lesson import write_lesson as write_kinds
from small_lesson import write_lesson

from course.assignment import student_notebook
from course.catalog import Catalog, LessonFolder, read_lesson
from course.lesson import Exercise
from course.projection import public_exercise, public_values
from course.variants import drawn_exercise, drawn_exercises, variant_of

LESSONS = Catalog(sorted(Path(__file__).parents[2].glob("level*")))
WITH_TRUTH = [folder for folder in LESSONS if "truth" in folder.lesson.variant[0].values]


def test_no_answer_reason_criterion_or_solution_is_public(tmp_path: Path) -> None:
    folder = read_lesson(write_lesson(tmp_path / "lesson", code=True))
    exercises = drawn_exercises(folder.lesson, variant_of(folder.lesson, "official", "A"))
    for exercise in exercises:
        shown = json.dumps(public_exercise(exercise, folder.lesson.id, "hoa"), ensure_ascii=False)
        for secret in ("correct", "Hôm qua đã qua", "Chưa có", "criterion", "solution", "Xem lại thẻ", "levels"):
            assert secret not in shown, f"{exercise.id} shows {secret!r}"


def test_which_items_need_evidence_is_not_public(tmp_path: Path) -> None:
    """A category says that it asks for a passage; its items look all alike."""
    folder = read_lesson(write_kinds(tmp_path / "lesson"))
    prove = drawn_exercise(folder.lesson, "prove", folder.lesson.variant[0])
    shown = public_exercise(prove, folder.lesson.id, "hoa")
    assert {c["id"]: c["evidence"] for c in shown["categories"]} == {"there": True, "absent": False}
    assert [p["id"] for block in shown["material"] for p in block["passages"]] == ["1a", "1b"]
    assert {frozenset(item) for item in shown["items"]} == {frozenset({"id", "text", "options"})}
    assert "Đoạn này không nói giờ" not in json.dumps(shown, ensure_ascii=False)


def test_options_stand_in_an_order_of_the_learners_own(tmp_path: Path) -> None:
    folder = read_lesson(write_lesson(tmp_path / "lesson"))
    pick = drawn_exercises(folder.lesson, variant_of(folder.lesson, "official", "A"))[0]
    orders = {
        tuple(o["id"] for o in public_exercise(pick, folder.lesson.id, f"learner{n}")["items"][0]["options"])
        for n in range(20)
    }
    assert orders == {("right", "wrong"), ("wrong", "right")}


def test_values_for_code_go_over_the_line_as_they_are(tmp_path: Path) -> None:
    folder = read_lesson(write_lesson(tmp_path / "lesson", code=True))
    exercise = drawn_exercises(folder.lesson, variant_of(folder.lesson, "official", "A"))[0]
    shown = public_values(exercise.model_copy(update={"public_values": ("day", "fee")}))
    assert json.loads(json.dumps(shown)) == shown == {"day": "2027-03-12", "fee": 150000}


@pytest.mark.parametrize("folder", WITH_TRUTH, ids=lambda one: one.lesson.id)
def test_a_truth_that_a_lesson_hides_is_in_nothing_a_learner_holds_and_is_told_after_the_last_check(
    folder: LessonFolder,
) -> None:
    notebook = json.dumps(student_notebook(folder), ensure_ascii=False)
    for variant in folder.lesson.variant:
        truth = str(variant.values["truth"])
        exercises = drawn_exercises(folder.lesson, variant)
        assert [truth in exercise.reveal for exercise in exercises] == [*[False] * (len(exercises) - 1), True]
        assert truth not in notebook
        for exercise in exercises:
            held = public_exercise(exercise, folder.lesson.id, "hoa"), public_values(exercise)
            assert truth not in json.dumps(held, ensure_ascii=False), exercise.id


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
