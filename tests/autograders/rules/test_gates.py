"""Gates: what is pasted or off the matter earns nothing, honest selection and honest prompts pass."""

from __future__ import annotations

import random

import pytest
from built_exercise import CARD_FACTS, build

from autograders import wording
from autograders.models import Context
from autograders.rules.gates import is_copied, is_copied_final, is_copied_prompt, shut_gate
from course.lesson import Exercise

CONTEXT = Context(role="official", variant="A")
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


ONE = build(
    "text",
    [{"on": "text", "rule": "keeps_facts", "facts": ["7 giờ", "củi"], "gate": ["not_copied"]}],
    ask="Tự viết vài câu nhờ bà Mùi việc trong sổ.",
    material=[
        {
            "kind": "card",
            "title": "Sổ tay",
            "facts": ["thứ Tư 14/04/2027", "nhờ dời đống củi cạnh bể trước 7 giờ"],
            "private": ["bà Mùi mới mổ mắt, chưa bê nặng được"],
        },
        {"kind": "text", "title": "Nguồn", "passages": [{"id": "1a", "text": "Ngày ấy xóm thay van bể nước sạch."}]},
    ],
)


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("Sổ tay thứ Tư 14/04/2027 nhờ dời đống củi cạnh bể trước 7 giờ bà Mùi mới mổ mắt, chưa bê nặng được", True),
        ("[1a] Ngày ấy xóm thay van bể nước sạch.", True),
        ("Bà ơi, mai cháu nhờ bà cho dời đống củi trước 7 giờ, bà cứ để cháu bê.", False),
    ],
)
def test_a_private_line_and_a_passage_belong_to_what_may_be_pasted(text: str, copied: bool) -> None:
    assert is_copied(text, ONE) is copied


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
    assert shut_gate(TITLED.criterion[0], TITLED, {"final": final}, CONTEXT) is None


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
    assert shut_gate(TITLED.criterion[0], TITLED, {"final": final}, CONTEXT) is not None


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
    assert (shut_gate(SUMMARY.criterion[0], SUMMARY, {"text": text}, CONTEXT) is None) is opens


def shuffled(text: str, run: int, seed: int) -> str:
    """A text with its words in chance order, `run` of them kept together."""
    words = text.replace(".", "").replace(",", "").split()
    pieces = [words[at : at + run] for at in range(0, len(words), run)]
    random.Random(seed).shuffle(pieces)  # noqa: S311 - a sample, not a secret
    return " ".join(word for piece in pieces for word in piece)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("run", [1, 2, 3])
def test_a_source_with_its_words_shuffled_is_copied(run: int, seed: int) -> None:
    assert is_copied(shuffled(SOURCE, run, seed), SUMMARY)


@pytest.mark.parametrize("seed", range(5))
def test_half_of_a_source_word_by_word_in_chance_order_is_copied(seed: int) -> None:
    words = shuffled(SOURCE, 1, seed).split()
    assert is_copied(" ".join(words[: len(words) // 2]), SUMMARY)


@pytest.mark.parametrize(
    "text",
    [
        "Nhà có từ 1.000 m² chè trở lên nộp đơn và ảnh nương chè tại nhà văn hóa xóm trước 17 giờ ngày 19/3, được hỗ "
        "trợ 50% "
        "giá máy, tối đa 7.000.000 đồng.",
        "tối đa 7 triệu một hộ bằng nửa giá máy sao chè đơn nộp nhà văn hóa xóm trước 17 giờ 19 tháng 3 hộ nghèo xét "
        "trước",
    ],
)
def test_a_summary_in_the_words_of_its_source_is_no_shuffle(text: str) -> None:
    assert not is_copied(text, SUMMARY)


def gate_message(exercise: Exercise, **answer: str) -> str:
    finding = shut_gate(exercise.criterion[0], exercise, answer, CONTEXT)
    return finding.message if finding else ""


@pytest.mark.parametrize(
    "final",
    [
        "19h30, 12/3, nhà văn hóa, đường ống nước, 150k, mỗi nhà một người",
        "họp 19h30, 12/3, nhà văn hóa xóm, đường ống nước, 150k",
        "- 19h30\n- thứ sáu 12-3\n- nhà văn hóa\n- 150 nghìn",
        "19h30 12/3 nha van hoa xom duong ong nuoc 150k",
    ],
)
def test_facts_in_a_row_are_no_message(notice: Exercise, final: str) -> None:
    listed = notice.model_copy(update={"criterion": notice.criterion[1:2]})
    assert gate_message(listed, prompt="Viết thông báo cho bà con", final=final) == wording.BARE_LIST


@pytest.mark.parametrize(
    "final",
    [
        "Mời họp xóm 19h30 12/3 nhà văn hóa, đường ống nước, 150k, mỗi nhà một người",
        "Thời gian: 19h30\nĐịa điểm: nhà văn hóa xóm\nGóp: 150k\nMỗi nhà một người",
        "THÔNG BÁO\n- 19 giờ 30 thứ Sáu 12/3\n- Nhà văn hóa xóm\n- Thay đường ống nước\n- 150.000 đồng",
        "tối thứ sáu 12/3 bảy rưỡi tối ra nhà văn hóa bàn đường ống nước góp trăm rưỡi",
        "19h30 tối 12/3 họp ở nhà văn hóa nhé bà con",
    ],
)
def test_a_short_message_or_a_list_with_labels_is_one(notice: Exercise, final: str) -> None:
    listed = notice.model_copy(update={"criterion": notice.criterion[1:2]})
    assert gate_message(listed, prompt="Viết thông báo cho bà con", final=final) == ""


def test_an_ais_reply_sent_as_it_came_is_called_so() -> None:
    reply = "Kính gửi quý vị, xin mời quý vị tới dự buổi họp lúc 8 giờ sáng Chủ nhật tới tại hội trường."
    rule = {"on": "final", "rule": "keeps_facts", "facts": ["19 giờ 30"], "gate": ["not_copied"]}
    exercise = build("prompt", [rule], practice=[{"id": "all", "none": reply}])
    assert gate_message(exercise, prompt="viết", final=reply) == wording.AI_REPLY


ASKED = build(
    "prompt",
    [{"on": "prompt", "rule": "has_parts", "parts": ["task"], "gate": ["not_copied"]}],
    title="Tin mời họp phụ huynh lớp 5A",
    ask="Viết tin mời họp phụ huynh cho phụ huynh lớp 5A, rồi sửa thành bản gửi đi.",
    material=[{"kind": "card", "title": "Họp phụ huynh lớp 5A", "facts": CARD_FACTS[1:]}],
)
TAPPED = ", ".join(CARD_FACTS[1:])


@pytest.mark.parametrize(
    ("prompt", "copied"),
    [
        ("viết tin mời họp phụ huynh cho phụ huynh lớp 5A, ngắn thôi: " + TAPPED, False),
        ("soạn tin nhắn Zalo cho phụ huynh, thân mật: " + TAPPED, False),
        (ASKED.ask, True),
        (ASKED.ask + " " + TAPPED, True),  # the question and the card pasted
        (TAPPED, True),
        ("viết " + TAPPED, True),
        (ASKED.ask.lower() + "\nHọp phụ huynh lớp 5A\n" + "\n".join(CARD_FACTS[1:]), True),
    ],
)
def test_words_of_the_question_may_stand_in_an_order_but_not_be_it(prompt: str, copied: bool) -> None:
    assert is_copied_prompt(prompt, ASKED) is copied


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("Viết thông báo về hội chợ xuân gửi bà con toàn xã, giọng vui tươi, dưới 80 chữ.", False),
        ("Viết thông báo họp 19 giờ 30 ở nhà văn hóa xóm gửi bà con, dưới 80 chữ.", True),
    ],
)
def test_a_fluent_prompt_on_something_else_is_off_topic(notice: Exercise, text: str, opens: bool) -> None:
    criterion = notice.criterion[0].model_copy(update={"gate": ("on_topic",)})
    finding = shut_gate(criterion, notice, {"prompt": text}, CONTEXT)
    assert (finding is None) is opens
