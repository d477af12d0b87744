import re

import pytest

from hub_config.services.ai.practice.replies import free_reply
from hub_config.services.ai.practice.texts.wording import NEEDS_SOURCES, NOT_SAID
from hub_config.services.ai.practice.vocabulary import fold

SOURCES = """[1] Quy định hỗ trợ cây chè năm 2027
Hộ trồng mới từ 0,5 ha được hỗ trợ 60 % tiền giống. Mức hỗ trợ tối đa là 20.000.000 đồng một hộ.
Hộ nộp đơn tại Ủy ban nhân dân xã trước ngày 30/4/2027.

[2] Thông báo của hợp tác xã
Hợp tác xã Chè Hảo Đạt thu mua chè búp tươi vào 5 giờ sáng thứ Hai và thứ Năm.
Giá thu mua là 35.000 đồng một cân. Bà con đựng chè bằng sọt tre, không dùng bao ni lông.
"""


def quotes(prompt: str, sources: str = "") -> list[str]:
    return re.findall(r"“([^”]+)” \[\d\]", free_reply(prompt, (), sources))


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Mức hỗ trợ tối đa là bao nhiêu?", "Mức hỗ trợ tối đa là 20.000.000 đồng một hộ."),
        ("muc ho tro toi da la bao nhieu", "Mức hỗ trợ tối đa là 20.000.000 đồng một hộ."),
        ("Nộp đơn ở đâu, trước ngày nào?", "Hộ nộp đơn tại Ủy ban nhân dân xã trước ngày 30/4/2027."),
        ("Giá thu mua bao nhiêu một cân?", "Giá thu mua là 35.000 đồng một cân."),
        ("co duoc dung bao ni long khong", "Bà con đựng chè bằng sọt tre, không dùng bao ni lông."),
        ("Đựng chè bằng gì?", "Bà con đựng chè bằng sọt tre, không dùng bao ni lông."),
    ],
)
def test_the_passage_that_answers_is_quoted_word_for_word(question: str, passage: str) -> None:
    assert quotes(f"{SOURCES}\n{question}")[0] == passage
    assert quotes(f"Trả lời theo tài liệu sau: {question}\n{SOURCES}")[0] == passage
    assert quotes(question, SOURCES)[0] == passage


def test_each_quote_says_where_it_stands() -> None:
    reply = free_reply(f"{SOURCES}\nGiá thu mua bao nhiêu một cân?")
    assert reply.endswith("[1] nguồn “2: Thông báo của hợp tác xã”, đoạn 2, câu 1")
    assert free_reply("Nộp đơn trước ngày nào?", (), SOURCES).endswith("năm 2027”, đoạn 2, câu 1")
    assert free_reply(f"Đựng chè bằng gì?\n{SOURCES.split(chr(10), 5)[5]}").endswith("[1] đoạn 2, câu 2")


@pytest.mark.parametrize(
    "question",
    [
        "Bao giờ phun thuốc trừ sâu?",
        "Ai là giám đốc hợp tác xã?",
        "Mức hỗ trợ trồng rừng là bao nhiêu?",
        "Thủ đô của Pháp là gì?",
        "phi van chuyen bao nhieu",
    ],
)
def test_what_the_texts_do_not_say_is_said_so(question: str) -> None:
    assert free_reply(f"{SOURCES}\n{question}") == NOT_SAID
    assert free_reply(question, (), SOURCES) == NOT_SAID


def test_how_much_is_answered_only_by_passages_with_a_figure() -> None:
    text = "Hộ nghèo được hỗ trợ tiền ăn khi đi học nghề tại trung tâm của xã. Trung tâm mở cửa cả tuần, kể cả ngày lễ."
    assert quotes(f"Theo đoạn sau, hộ nghèo có được hỗ trợ tiền ăn không?\n{text}")
    assert free_reply(f"Theo đoạn sau, hộ nghèo được hỗ trợ bao nhiêu tiền ăn?\n{text}") == NOT_SAID


def test_diacritics_tell_words_apart_where_both_sides_have_them() -> None:
    text = "Bản đồ treo ở nhà văn hóa xóm, ai cũng xem được. Nhà văn hóa mở cửa từ sáng tới tối, trừ ngày lễ lớn."
    assert quotes(f"Theo đoạn sau, bản đồ treo ở đâu?\n{text}")
    assert free_reply(f"Theo đoạn sau, bán đồ treo tường ở đâu?\n{text}") == NOT_SAID


def test_texts_without_diacritics_are_searched_too() -> None:
    assert quotes(f"{fold(SOURCES)}\nGiá thu mua bao nhiêu một cân?") == ["Gia thu mua la 35.000 dong mot can."]


def test_without_texts_it_says_what_it_needs() -> None:
    assert free_reply("Theo tài liệu, mức hỗ trợ là bao nhiêu?") == NEEDS_SOURCES


def test_a_question_within_a_story_is_no_question_to_a_text() -> None:
    story = "Lan có 5 quả táo và rất nhiều bạn ở trường làng. Mai cho Lan thêm 3 quả táo nữa vào buổi sáng thứ Hai. "
    assert not quotes(f"{story}Hỏi Lan có bao nhiêu quả táo?")
