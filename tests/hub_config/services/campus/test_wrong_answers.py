"""What is wrong in an answer, kind by kind, and when an answer is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kinds_lesson import write_lesson

from autograders.grade import grade_exercise
from autograders.models import Context
from course.catalog import read_lesson
from course.lesson import Exercise
from course.variants import drawn_exercise
from hub_config.services.campus.item_advice import told
from hub_config.services.campus.wrong_answers import is_right, wrong_in

ROOT = Path(__file__).parents[4]
CONTEXT = Context(role="official", variant="A")


@pytest.fixture(scope="module")
def exercises(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Exercise]:
    lesson = read_lesson(write_lesson(tmp_path_factory.mktemp("kinds"))).lesson
    return {raw["id"]: drawn_exercise(lesson, raw["id"], lesson.variant[0]) for raw in lesson.exercise}


@pytest.mark.parametrize(
    ("exercise", "answer", "sentences"),
    [
        ("guess", {"items": {"reply": "ours"}}, ["Chọn “thông báo đúng cuộc họp”"]),
        ("pick", {"items": {"who": "ai", "day": "right"}}, ["Ai soát con số? Chọn “AI”"]),
        ("sort", {"items": {"write": "task", "short": "task"}}, ["Xếp “đọc trên loa, dưới 80 chữ” vào “Việc”"]),
        ("steps", {"order": ["ask", "send", "read"]}, ["Đặt sai chỗ “Gửi đi”", "Đặt sai chỗ “Đọc câu trả lời”"]),
        (
            "spot",
            {"touched": ["opening"]},
            ["Chạm nhầm “Kính thưa bà con.”", "Bỏ sót “Họp lúc 8 giờ sáng Chủ nhật.”"],
        ),
        (
            "form",
            {"boxes": {"total": " 90  hộ"}},
            ["Tổng số hộ: điền “90 hộ”", "Được nhắc: “Cộng lại hai tháng”"],
        ),
        ("notice", {"prompt": "viết", "final": "Họp."}, ["Còn thiếu: 19 giờ 30", "Còn thiếu: nhà văn hóa xóm"]),
        ("tell", {"text": "không biết"}, ["Còn thiếu: AI chỉ biết điều được nói"]),
    ],
)
def test_what_is_wrong_is_told_in_the_words_of_the_lesson(
    exercises: dict[str, Exercise], exercise: str, answer: dict[str, Any], sentences: list[str]
) -> None:
    drawn = exercises[exercise]
    grade = grade_exercise(drawn, answer, CONTEXT)
    found = {told(wrong) for wrong in wrong_in(drawn, answer, grade)}
    assert found == set(sentences)
    assert not is_right(drawn, answer, grade)


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        ("guess", {"items": {"reply": "vague"}}),
        ("pick", {"items": {"who": "sender", "day": "right"}}),
        ("steps", {"order": ["ask", "read", "send"]}),
        ("spot", {"touched": ["hour"]}),
        ("form", {"boxes": {"total": "100"}}),
    ],
)
def test_what_is_right_is_right_at_a_second_try_too(
    exercises: dict[str, Exercise], exercise: str, answer: dict[str, Any]
) -> None:
    """A second try earns half: that is no wrong answer."""
    drawn = exercises[exercise]
    items = {item.id: () for item in drawn.item}
    second = Context(role="official", variant="A", wrong_before={drawn.id: tuple(items)})
    grade = grade_exercise(drawn, answer, second)
    assert list(wrong_in(drawn, answer, grade)) == []
    assert is_right(drawn, answer, grade)
    assert not drawn.item or not drawn.graded or grade.points < grade.max


def test_what_waits_for_a_judge_is_not_wrong(exercises: dict[str, Exercise]) -> None:
    answer = {"prompt": "Viết thông báo", "final": "Mời bà con họp lúc 19 giờ 30 tại nhà văn hóa xóm."}
    grade = grade_exercise(exercises["notice"], answer, CONTEXT)
    assert grade.waiting == 2
    assert is_right(exercises["notice"], answer, grade)


def test_the_right_verdict_by_another_passage_is_told_apart() -> None:
    lesson = read_lesson(ROOT / "level1_text" / "04_verify").lesson
    drawn = drawn_exercise(lesson, "check", lesson.variant[0])
    proved = {item.id: list(item.evidence) for item in drawn.item if item.evidence}
    first = next(iter(proved))
    answer = {"items": {item.id: item.answer for item in drawn.item}, "evidence": {**proved, first: []}}
    grade = grade_exercise(drawn, answer, CONTEXT)
    (wrong,) = wrong_in(drawn, answer, grade)
    assert (wrong.how, wrong.key) == ("unproved", (first,))
    assert told(wrong).endswith("chưa chỉ đúng đoạn làm chứng")
    assert not is_right(drawn, answer, grade)
