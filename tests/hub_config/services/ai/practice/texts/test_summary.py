from hub_config.services.ai.practice.replies import free_reply
from hub_config.services.ai.practice.texts.sentences import sentences
from hub_config.services.ai.practice.texts.wording import NEEDS_STOPS, NEEDS_TEXT
from hub_config.services.ai.practice.vocabulary import fold

TEXT = (
    "UBND xã thông báo lịch tiêm phòng dại cho chó, mèo năm 2027. Thời gian tiêm từ ngày 10/3 đến 15/3/2027, buổi sáng "
    "từ 7 giờ 30. Địa điểm tiêm là nhà văn hóa các xóm trong xã. Bà con nhốt chó, mèo trước khi đưa đi tiêm. "
    "Phí tiêm 15.000 đồng một con, thu tại chỗ. Hộ nghèo được miễn phí."
)


def lines(prompt: str) -> list[str]:
    return [line.removeprefix("- ") for line in free_reply(prompt).splitlines()[1:]]


def test_it_takes_whole_sentences_in_their_order_and_keeps_figures() -> None:
    chosen = lines("Tóm tắt đoạn sau:\n" + TEXT)
    assert chosen == [s for s in sentences(TEXT) if s in chosen]
    assert any("15/3/2027" in sentence for sentence in chosen)


def test_it_gives_as_many_as_were_asked_for() -> None:
    for words, count in (("2 câu", 2), ("ba ý", 3), ("một câu", 1), ("99 câu", 6)):
        assert len(lines(f"Tóm tắt trong {words}: {TEXT}")) == count
        assert len(lines(f"{TEXT}\n\nTóm tắt đoạn trên trong {words}.")) == count


def test_it_understands_a_request_without_diacritics() -> None:
    assert len(lines("Tom tat trong 2 cau:\n" + TEXT)) == 2
    assert len(lines(fold("Tóm tắt trong ba câu: " + TEXT))) == 3


def test_instructions_are_no_text() -> None:
    chosen = lines(f"Tóm tắt trong 2 câu, giọng lịch sự. Giữ lại số liệu.\n{TEXT}")
    assert not any("lịch sự" in sentence or "Giữ lại" in sentence for sentence in chosen)


def test_without_a_text_it_says_so() -> None:
    assert free_reply("Tóm tắt giúp tôi bài báo hôm qua.") == NEEDS_TEXT


def test_a_dictated_text_without_stops_is_asked_for_them() -> None:
    spoken = TEXT.lower().replace(".", "").replace(",", "")
    assert free_reply(f"tóm tắt giúp tôi đoạn sau {spoken} {spoken}") == NEEDS_STOPS


def test_a_sentence_that_says_the_same_again_makes_room_for_another() -> None:
    twice = TEXT.replace("Hộ nghèo", "Phí tiêm là 15.000 đồng một con, thu tại chỗ. Hộ nghèo")
    chosen = lines(f"Tóm tắt trong 5 câu:\n{twice}")
    assert len([sentence for sentence in chosen if sentence.startswith("Phí tiêm")]) == 1
    assert len(lines(f"Tóm tắt trong 7 câu:\n{twice}")) == 7


def test_a_longer_text_around_a_fence_is_left_out() -> None:
    chosen = lines(f'Tóm tắt trong 6 câu văn bản trong ngoặc.\n"""\n{TEXT}\n"""\nViết dễ hiểu cho bà con.')
    assert chosen == sentences(TEXT)


def test_sentences_are_not_cut_at_abbreviations_and_figures() -> None:
    assert sentences("UBND TP. Hà Giang họp. Phí 1.200.000 đồng, lúc 7.30!\n- Ý một\nThS. An nói.") == [
        "UBND TP. Hà Giang họp.",
        "Phí 1.200.000 đồng, lúc 7.30!",
        "Ý một",
        "ThS. An nói.",
    ]
