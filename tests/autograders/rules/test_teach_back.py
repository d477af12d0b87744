"""An explanation covers ideas, and one question is asked back."""

from __future__ import annotations

from typing import Any

import pytest
from built_exercise import build

from autograders import wording
from autograders.models import Context
from autograders.rules.registry import check
from autograders.rules.teach_back import missing_idea

EXERCISE = build(
    "teach_back",
    [{"on": "text", "rule": "covers_ideas", "ideas": ["guess", "tell", "check"], "points": 3}],
    ask="Sao tôi bảo AI viết mà nó ghi sai giờ họp?",
    idea=[
        {"id": "guess", "text": "AI tự đoán", "any": ["tự đoán", "đoán bừa", "bịa"], "follow_up": "Lấy ở đâu ra?"},
        {"id": "tell", "text": "dặn đủ", "any": ["ghi rõ", "nói rõ"], "follow_up": "Phải nói gì?"},
        {"id": "check", "text": "soát lại", "any": ["soát", "đọc lại"], "follow_up": "Gửi luôn được chưa?"},
    ],
)
FULL = "Bác chưa nói giờ nên nó đoán bừa. Lần sau bác ghi rõ giờ, nơi. Đọc lại rồi hẵng gửi."


def answer(text: str, asked: str = "", follow_up: str = "") -> dict[str, Any]:
    return {"text": text, "asked": asked, "follow_up": follow_up}


@pytest.mark.parametrize(
    ("given", "share"),
    [
        (answer(FULL), 1),
        (answer("bac chua noi gio nen no tu doan lan sau bac ghi ro gio noi roi doc lai hang gui"), 1),
        (answer("Bác chưa nói giờ nên nó đoán bừa. Lần sau bác ghi rõ giờ.", "check", "Phải đọc lại bác ạ."), 1),
        (answer("Bác chưa nói giờ nên nó đoán bừa."), 1 / 3),
        (answer("tự đoán, ghi rõ, soát"), 0),  # loose key words
        (answer("Sao tôi bảo AI viết mà nó ghi sai giờ họp?"), 0),
        (answer("Trí tuệ nhân tạo là xu thế tất yếu của thời đại số, mở ra nhiều cơ hội mới."), 0),
    ],
)
def test_ideas_count_in_text_and_follow_up_together(given: dict[str, Any], share: float, context: Context) -> None:
    assert check(EXERCISE.criterion[0], EXERCISE, given, context).share == pytest.approx(share)


def test_nothing_told_is_not_done(context: Context) -> None:
    assert check(EXERCISE.criterion[0], EXERCISE, answer(""), context).message == wording.NOT_DONE


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (answer("Bác ghi rõ giờ ra."), "guess"),
        (answer("Nó đoán bừa đấy, bác ghi rõ giờ ra."), "check"),
        (answer("Nó đoán bừa đấy.", asked="check"), "check"),  # asked already: the question stays
        (answer("Nó đoán bừa đấy.", asked="guess"), "tell"),
        (answer("Nó đoán bừa đấy.", asked="unknown"), "tell"),
        (answer(FULL), None),
        (answer("Nó đoán bừa đấy.", "check", "Phải soát chứ."), None),  # only one question
        (answer(""), None),
    ],
)
def test_one_question_goes_to_the_first_idea_that_is_missing(given: dict[str, Any], asked: str | None) -> None:
    idea = missing_idea(EXERCISE, given)
    assert (idea.id if idea else None) == asked
