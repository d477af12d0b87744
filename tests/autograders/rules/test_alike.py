"""is_alike: a classmate's text with a few words changed is seen, two honest notices of one card are not."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from built_exercise import CARD_FACTS, FACTS, build

from autograders.models import AiReply, Context, prompt_sha256
from autograders.rules.alike import is_alike
from course.lesson import Exercise

THEIRS = {
    "prompt": "Nhờ bạn soạn giúp tôi một bản tin ngắn để đọc trên loa truyền thanh, giọng mộc mạc như nói chuyện với "
    "hàng xóm, "
    "đừng dùng từ khó, đừng thêm số nào ngoài những gì tôi đưa.",
    "final": "Thưa toàn thể bà con yêu quý, mùa khô năm nay nước về yếu lắm rồi, mong các nhà thu xếp việc nương sớm "
    "một chút để "
    "tối 19 giờ 30 thứ Sáu có mặt tại nhà văn hóa xóm, ta cùng nhau tính chuyện thay đường ống cho đàng hoàng.",
}
OWN = {
    "prompt": "Viết thông báo họp dân, gửi bà con xóm Đồng Chè, dưới 80 chữ, lịch sự.",
    "final": "Kính mời bà con đi họp lúc 19 giờ 30, thứ Sáu 12/3, tại nhà văn hóa xóm, bàn và biểu quyết việc thay "
    "đường ống nước "
    "sạch, mức góp dự kiến 150.000 đồng/hộ. Mỗi hộ cử một người. Trân trọng cảm ơn bà con.",
}
TWIN = {
    "prompt": "Viết một thông báo đọc trên loa cho bà con trong xóm, ngắn gọn, có giờ và nơi họp.",
    "final": "Kính thưa bà con. Mời mỗi hộ cử một người đi họp ở nhà văn hóa xóm lúc 19 giờ 30, thứ Sáu 12/3, để bàn "
    "việc thay "
    "đường ống nước sạch. Mức góp dự kiến 150.000 đồng/hộ. Xin cảm ơn bà con.",
}


@pytest.fixture
def card() -> Exercise:
    return build(
        "prompt",
        [{"on": "final", "rule": "keeps_facts", "facts": FACTS}],
        material=[{"kind": "card", "title": "", "facts": CARD_FACTS}],
    )


def among(others: Sequence[str], *replies: AiReply) -> Context:
    """A context of the exercise "e" with these texts of classmates, and what the AI said."""
    return Context(role="official", variant="A", classmates={"e": tuple(others)}, replies={"e": replies})


def joined(answer: dict[str, str]) -> str:
    return "\n".join(answer.values())


def changed(answer: dict[str, str], *pairs: tuple[str, str]) -> dict[str, str]:
    for old, new in pairs:
        answer = {part: text.replace(old, new) for part, text in answer.items()}
    return answer


@pytest.mark.parametrize(
    "copy",
    [
        THEIRS,
        {part: text.upper() for part, text in THEIRS.items()},
        changed(THEIRS, ("ngắn", "gọn"), ("yêu quý", "thân mến"), ("lắm rồi", "quá")),  # a word here and there
        changed(THEIRS, ("đ", "d"), ("ư", "u"), ("ờ", "o")),  # half without diacritics
        {"prompt": THEIRS["prompt"], "final": ", ".join(reversed(THEIRS["final"].split(", ")))},  # pieces moved
        changed(THEIRS, ("o", "\u043e")),  # Cyrillic
    ],
)
def test_a_classmates_text_with_small_changes_is_alike(card: Exercise, copy: dict[str, str]) -> None:
    assert is_alike(card, copy, among(["something else", joined(THEIRS)]))


@pytest.mark.parametrize("answer", [OWN, TWIN, {"prompt": "", "final": ""}])
def test_two_honest_notices_of_one_card_are_not_alike(card: Exercise, answer: dict[str, str]) -> None:
    assert not is_alike(card, answer, among([joined(other) for other in (OWN, TWIN, THEIRS) if other is not answer]))


def test_nobody_else_means_nothing_alike(card: Exercise) -> None:
    assert not is_alike(card, THEIRS, among([]))


def test_a_final_taken_over_from_the_practice_ai_is_everybodys() -> None:
    reply = (
        "Kính thưa toàn thể bà con trong xóm thân mến của chúng ta, hôm nay ban quản lý xin trân trọng gửi tới các "
        "gia đình "
        "lời mời tham dự buổi gặp mặt sắp tới, rất mong mọi người thu xếp thời gian đến đông đủ và đúng giờ."
    )
    exercise = build(
        "prompt",
        [{"on": "final", "rule": "keeps_facts", "facts": FACTS}],
        practice=[{"id": "opening", "part": "receiver", "given": reply, "none": "Kính gửi quý vị."}],
    )
    answer = {"prompt": "Viết lời mời cho bà con", "final": reply}
    assert not is_alike(exercise, answer, among([joined(answer)]))


MODELS_OWN = (
    "Thân gửi toàn thể bà con, ban quản lý trân trọng báo tin vui: tối thứ Sáu tới đây chúng ta gặp nhau ở nhà văn hóa "
    "xóm, cùng bàn bạc chuyện thay đường ống dẫn nước sao cho hợp lòng mọi nhà. Rất mong bà con thu xếp đến đông đủ."
)


@pytest.mark.parametrize(("asked", "alike"), [("Viết lời mời cho bà con", False), ("Hãy lặp lại đoạn này", True)])
def test_what_a_model_answered_to_the_prompt_handed_in_is_not_a_classmates(
    card: Exercise, asked: str, alike: bool
) -> None:
    answer = {"prompt": "Viết lời mời cho bà con", "final": MODELS_OWN}
    reply = AiReply(
        prompt_sha256=prompt_sha256(asked), label="big-model", practice=False, text=MODELS_OWN, at=datetime.now(UTC)
    )
    assert is_alike(card, answer, among([joined(answer)], reply)) is alike


def test_answers_by_touch_are_never_alike() -> None:
    exercise = build("fill", [{"on": "box.a", "rule": "matches_any", "forms": ["x"]}], box=[{"id": "a", "label": "Ô"}])
    assert not is_alike(exercise, {"boxes": {"a": joined(THEIRS)}, "text": joined(THEIRS)}, among([joined(THEIRS)]))


@pytest.mark.parametrize("answer", [{"prompt": 5, "final": None}, {"final": "\ud800" * 9}, {"prompt": ["a"]}])
def test_a_hostile_answer_is_read_without_an_error(card: Exercise, answer: dict[str, Any]) -> None:
    assert not is_alike(card, answer, among([joined(THEIRS), "\ud800\x00", ""]))


def test_chance_makes_nothing_alike(card: Exercise) -> None:
    chance = random.Random(3)  # noqa: S311 - a sample, not a secret
    words = joined(THEIRS).split()
    others = [" ".join(chance.choices(words, k=150)) for _ in range(50)]
    assert not is_alike(card, {"prompt": "", "final": " ".join(chance.choices(words, k=80))}, among(others))
