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
        (answer("Bác nhớ ghi rõ giờ, rồi đọc lại."), 2 / 3),  # terse, but a sentence
        (answer("bac nho ghi ro gio, roi doc lai"), 2 / 3),
        (answer("tự đoán, ghi rõ, soát"), 0),  # loose key words
        (answer("đọc lại, soát, giờ"), 0),
        (answer("doc lai, soat, gio"), 0),
        (answer("tự đoán, ghi rõ, soát, giờ, nơi, số tiền, ngày, gửi cho ai, con số, bà con"), 0),
        (answer("Sao tôi bảo AI viết mà nó ghi sai giờ họp?"), 0),
        (answer("Trí tuệ nhân tạo là xu thế tất yếu của thời đại số, mở ra nhiều cơ hội mới."), 0),
    ],
)
def test_ideas_count_in_text_and_follow_up_together(given: dict[str, Any], share: float, context: Context) -> None:
    assert check(EXERCISE.criterion[0], EXERCISE, given, context).share == pytest.approx(share)


@pytest.mark.parametrize(
    "text",
    [
        "Bác khỏi cần đọc lại, không cần soát, đừng ghi rõ làm gì.",
        "bac khoi can doc lai, khong can soat, dung ghi ro lam gi",
        "Nó viết xong là gửi luôn, thôi khỏi đọc lại bác ạ.",
        "Bác chẳng cần ghi rõ làm gì cho mệt người ra.",
        "Bác chớ đọc lại làm gì cho mất công ra đấy.",
        "Bác cứ dùng AI để khỏi đọc lại cho nhẹ người.",
        "bac cu dung AI de khoi doc lai cho nhe nguoi",
        "Có nó rồi bác đỡ phải soát từng con số đấy ạ.",
        "Nó giỏi lắm bác ạ, có phải người đâu, nó không phải đoán bừa.",
    ],
)
def test_an_idea_said_to_be_needless_is_not_shown(text: str, context: Context) -> None:
    assert check(EXERCISE.criterion[0], EXERCISE, answer(text), context).share == 0


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Bác cần đọc lại, phải soát từng con số, nhớ ghi rõ giờ họp nhé.", 2 / 3),
        ("bac can doc lai, phai soat tung con so, nho ghi ro gio hop nhe", 2 / 3),
        ("Bác đừng quên đọc lại rồi mới gửi nhé.", 1 / 3),
        ("Viết dài thì không cần, đọc lại mới là việc bác phải làm.", 1 / 3),
        ("Không phải máy hỏng mà nó đoán bừa đấy bác ạ.", 1 / 3),
        ("khong phai may hong ma no doan bua day bac a", 1 / 3),
        ("Không phải đọc lại một lần mà bác đọc lại hai lần nhé.", 1 / 3),
        ("Bác ghi rõ giờ ra cho nó khỏi bịa nhé.", 2 / 3),
        ("Bác ghi rõ giờ ra để khỏi đoán bừa nhé.", 2 / 3),  # a fault avoided is spoken of
        ("Bác đọc lại một lượt để khỏi nhầm giờ bác nhé.", 1 / 3),
        ("bac ghi ro gio cho dung doc lai roi hay gui nhe", 2 / 3),  # "cho đúng", not "đừng"
    ],
)
def test_an_idea_that_only_stands_near_a_negation_is_shown(text: str, share: float, context: Context) -> None:
    assert check(EXERCISE.criterion[0], EXERCISE, answer(text), context).share == pytest.approx(share)


def test_an_idea_may_itself_be_a_negation(context: Context) -> None:
    idea = {"id": "guess", "text": "AI không biết", "any": ["không biết", "phải đoán"], "follow_up": "Sao?"}
    criteria = [{"on": "text", "rule": "covers_ideas", "ideas": ["guess"]}]
    exercise = build("teach_back", criteria, idea=[idea])
    shares = [
        check(exercise.criterion[0], exercise, answer(text), context).share
        for text in ("Bác ơi, nó không biết giờ họp đâu.", "Bác ơi, nó không phải đoán đâu, biết cả rồi.")
    ]
    assert shares == [1, 0]


def test_the_question_goes_to_an_idea_said_to_be_needless() -> None:
    idea = missing_idea(EXERCISE, answer("Nó đoán bừa đấy, bác ghi rõ giờ ra, thôi khỏi đọc lại."))
    assert idea is not None
    assert idea.id == "check"


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
