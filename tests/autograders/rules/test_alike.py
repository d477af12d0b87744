"""is_alike: a classmate's text with a few words changed is seen, two honest notices of one card are not."""

from __future__ import annotations

import random
from typing import Any

import pytest
from built_exercise import CARD_FACTS, FACTS, build

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
    assert is_alike(card, copy, ["something else", joined(THEIRS)])


@pytest.mark.parametrize("answer", [OWN, TWIN, {"prompt": "", "final": ""}])
def test_two_honest_notices_of_one_card_are_not_alike(card: Exercise, answer: dict[str, str]) -> None:
    assert not is_alike(card, answer, [joined(other) for other in (OWN, TWIN, THEIRS) if other is not answer])


def test_nobody_else_means_nothing_alike(card: Exercise) -> None:
    assert not is_alike(card, THEIRS, [])


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
    assert not is_alike(exercise, answer, [joined(answer)])


def test_answers_by_touch_are_never_alike() -> None:
    exercise = build("fill", [{"on": "box.a", "rule": "matches_any", "forms": ["x"]}], box=[{"id": "a", "label": "Ô"}])
    assert not is_alike(exercise, {"boxes": {"a": joined(THEIRS)}, "text": joined(THEIRS)}, [joined(THEIRS)])


@pytest.mark.parametrize("answer", [{"prompt": 5, "final": None}, {"final": "\ud800" * 9}, {"prompt": ["a"]}])
def test_a_hostile_answer_is_read_without_an_error(card: Exercise, answer: dict[str, Any]) -> None:
    assert not is_alike(card, answer, [joined(THEIRS), "\ud800\x00", ""])


def test_chance_makes_nothing_alike(card: Exercise) -> None:
    chance = random.Random(3)  # noqa: S311 - a sample, not a secret
    words = joined(THEIRS).split()
    others = [" ".join(chance.choices(words, k=150)) for _ in range(50)]
    assert not is_alike(card, {"prompt": "", "final": " ".join(chance.choices(words, k=80))}, others)
