"""What a learner's page holds must not answer the exercise."""

from __future__ import annotations

import json
from pathlib import Path

from kinds_lesson import write_lesson as write_kinds
from small_lesson import write_lesson

from course.catalog import read_lesson
from course.projection import public_exercise
from course.variants import drawn_exercise, drawn_exercises, variant_of


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
