"""Gates: what is pasted or off the matter earns nothing, honest selection and honest prompts pass."""

from __future__ import annotations

import pytest
from built_exercise import CARD_FACTS, build

from autograders.rules.gates import is_copied, is_copied_final, shut_gate
from course.lesson import Exercise

SOURCE = (
    "Thông báo của Ủy ban nhân dân xã Khe Chè về việc hỗ trợ máy sao chè. Hộ trồng chè từ 1.000 m² trở lên được đăng "
    "ký. Mức hỗ trợ bằng 50% giá máy sao chè, tối đa 7.000.000 đồng một hộ. Đơn đăng ký nộp tại nhà văn hóa xóm trước "
    "17 giờ ngày 19 tháng 3 năm 2027. Hồ sơ gồm đơn và ảnh nương chè, chưa cần hóa đơn mua máy. Nếu có trên 40 hộ "
    "đăng ký thì xét hộ nghèo, hộ cận nghèo trước. Mọi thắc mắc xin gửi về Phòng Kinh tế xã để được trả "
    "lời trong giờ làm việc."
)
SUMMARY = build(
    "text",
    [
        {
            "on": "text",
            "rule": "keeps_facts",
            "facts": ["50%", "7.000.000 đồng", "19/03/2027"],
            "gate": ["not_copied", "on_topic"],
        }
    ],
    ask="Tóm tắt thông báo cho bà con trong ba câu.",
    material=[{"kind": "text", "text": SOURCE}],
    reveal="Xã đang rất quan tâm tới bà con và sẽ có nhiều chính sách hỗ trợ trong thời gian tới.",
)


@pytest.mark.parametrize(
    "text",
    [
        SOURCE,
        SOURCE.upper(),
        SOURCE.replace(",", ""),
        "Tóm tắt: " + SOURCE,
        "Tóm tắt thông báo cho bà con trong ba câu.",
        "Xã đang rất quan tâm tới bà con và sẽ có nhiều chính sách hỗ trợ trong thời gian tới.",
    ],
)
def test_pasted_source_question_or_stored_reply_is_copied(text: str) -> None:
    assert is_copied(text, SUMMARY)


@pytest.mark.parametrize(
    "text",
    [
        "Xã giúp nửa tiền mua máy sao, nhiều nhất 7 triệu. Bà con nộp đơn trước 17 giờ ngày 19/3 nhé.",
        "Bà con có từ 1.000 m² chè trở lên được đăng ký, nộp tại nhà văn hóa xóm trước 17 giờ ngày 19/3.",
        "",
    ],
)
def test_a_summary_in_the_learners_words_is_not_copied(text: str) -> None:
    assert not is_copied(text, SUMMARY)


@pytest.mark.parametrize(
    ("prompt", "copied"),
    [
        ("Viết thông báo cho bà con: " + ", ".join(CARD_FACTS) + ". Ngắn thôi.", False),
        ("viet thong bao cho ba con " + " ".join(CARD_FACTS) + " ngan thoi", False),
        ("Soạn tin gửi các hộ, vài câu: " + "; ".join(CARD_FACTS), False),
        (" ".join(CARD_FACTS), True),
        ("xin chào " + " ".join(CARD_FACTS), True),
    ],
)
def test_a_prompt_with_the_cards_facts_in_it_is_the_learners_own(notice: Exercise, prompt: str, copied: bool) -> None:
    assert is_copied(prompt, notice) is copied


@pytest.mark.parametrize(
    ("prompt", "copied"),
    [
        ("Tóm tắt cho bà con, ba câu thôi: " + SOURCE, False),
        ("tom tat gui cac ho vai cau " + SOURCE, False),
        ("Đây là thông báo của xã nhé: " + SOURCE, True),
    ],
)
def test_a_whole_source_in_a_prompt_needs_an_order_of_the_learners_own(prompt: str, copied: bool) -> None:
    assert is_copied(prompt, SUMMARY) is copied


TITLED = build(
    "prompt",
    [{"on": "final", "rule": "keeps_facts", "facts": ["19 giờ 30"], "gate": ["not_copied"]}],
    material=[
        {
            "kind": "card",
            "title": "Cần nhắn khách",
            "facts": CARD_FACTS,
            "private": ["bà L. còn nợ 300.000 đồng tiền nước"],
        }
    ],
)


@pytest.mark.parametrize(
    "final",
    [
        "Mời họp xóm: " + ", ".join(CARD_FACTS) + ".",
        "moi hop xom: " + ", ".join(CARD_FACTS),
        ", ".join(CARD_FACTS) + ". Kính mời!",
        "Kính mời bà con. " + ". ".join(reversed(CARD_FACTS)),
    ],
)
def test_a_card_may_stand_word_for_word_in_a_notice_of_the_learners_own(final: str) -> None:
    assert not is_copied_final(final, TITLED)
    assert shut_gate(TITLED.criterion[0], TITLED, {"final": final}) is None


@pytest.mark.parametrize(
    "final",
    [
        ", ".join(CARD_FACTS),
        ", ".join(reversed(CARD_FACTS)),
        "\n".join(f"{n}. {fact}" for n, fact in enumerate(CARD_FACTS, 1)),
        "họp " + " ".join(CARD_FACTS),
        "Cần nhắn khách\n" + "\n".join(CARD_FACTS),
        "Mời họp xóm: Cần nhắn khách. " + ", ".join(CARD_FACTS),
        ", ".join(CARD_FACTS) + ", bà L. còn nợ 300.000 đồng tiền nước",
        "Mời họp xóm: " + ", ".join(CARD_FACTS) + ", bà L. còn nợ 300.000 đồng tiền nước",
    ],
)
def test_a_bare_list_the_whole_card_or_its_private_line_is_no_notice(final: str) -> None:
    assert is_copied_final(final, TITLED)
    assert shut_gate(TITLED.criterion[0], TITLED, {"final": final}) is not None


def test_an_opening_of_ones_own_makes_no_notice_of_a_pasted_source() -> None:
    assert is_copied_final("Mời bà con: " + SOURCE, SUMMARY)


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("Xã hỗ trợ một nửa giá máy cho bà con trồng chè.", True),  # one fact of three
        ("Hoa ban nở trắng núi rừng, lòng người phơi phới niềm vui.", False),
    ],
)
def test_a_third_of_the_facts_is_on_topic(text: str, opens: bool) -> None:
    assert (shut_gate(SUMMARY.criterion[0], SUMMARY, {"text": text}) is None) is opens
