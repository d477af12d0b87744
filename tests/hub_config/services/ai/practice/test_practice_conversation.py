"""Second turns: what was said before is shortened, added to, changed, asked again."""

import pytest
from test_edges import HONEST

from hub_config.services.ai.practice.replies import free_reply
from hub_config.services.ai.practice.texts.sentences import sentences
from hub_config.services.ai.practice.texts.wording import NOT_SAID
from hub_config.services.ai.practice.wording import CANNOT, EDGES

FIRST = "Soạn thông báo cho bà con xóm Nà Pồng về việc họp xóm lúc 19 giờ 30 ngày 12/3. Nhớ mang theo sổ hộ khẩu"
TEXT = (
    "UBND xã thông báo lịch tiêm phòng dại cho chó, mèo năm 2027. Thời gian tiêm từ ngày 10/3 đến 15/3/2027. "
    "Địa điểm tiêm là nhà văn hóa các xóm trong xã. Bà con nhốt chó, mèo trước khi đưa đi tiêm. "
    "Phí tiêm 15.000 đồng một con, thu tại chỗ. Hộ nghèo được miễn phí."
)
TABLE = "Xóm|Số hộ\nNà Pồng|120\nKhau Cút|80"


def turns(*said: str) -> list[str]:
    return free_reply(said[-1], said[:-1]).splitlines()


def test_what_was_missing_is_added() -> None:
    assert "Địa điểm: [địa điểm]" in turns(FIRST)
    for wish in ("thêm địa điểm: nhà văn hóa", "them dia diem: nhà văn hóa", "bổ sung địa điểm là nhà văn hóa"):
        lines = turns(FIRST, wish)
        assert "Địa điểm: nhà văn hóa" in lines
        assert "Việc: họp xóm" in lines and "Thời gian: 19 giờ 30, ngày 12/3" in lines
    assert "- mang 50.000 đồng tiền quỹ" in turns(FIRST, "Thêm ý mang 50.000 đồng tiền quỹ")


def test_a_fact_is_changed_and_one_is_dropped() -> None:
    assert "Thời gian: 8 giờ sáng 13/3" in turns(FIRST, "Đổi thời gian thành 8 giờ sáng 13/3")
    assert "Kính gửi: các hội viên" in turns(FIRST, "thay người nhận bằng các hội viên")
    assert "- mang theo sổ đỏ" in turns(FIRST, "Sửa sổ hộ khẩu thành sổ đỏ")
    assert not any("hộ khẩu" in line for line in turns(FIRST, "bỏ câu mang theo sổ hộ khẩu"))


def test_what_is_simply_told_after_a_draft_completes_it() -> None:
    assert "Kính gửi: các hộ xóm Khau Cút" in turns(FIRST, "gửi các hộ xóm Khau Cút")
    assert "Thời gian: 9 giờ" in turns(FIRST, "đổi sang 9 giờ")
    lines = turns("Soạn thông báo cho bà con", "họp xóm lúc 8 giờ tại nhà văn hóa")
    assert {"Kính gửi: bà con", "Việc: họp xóm", "Thời gian: 8 giờ", "Địa điểm: nhà văn hóa"} <= set(lines)


def test_another_tone_is_beyond_its_reach() -> None:
    for wish in ("cho lịch sự hơn", "viết dài hơn một chút", "cho vui hon"):
        assert turns(FIRST, wish) == [EDGES["style"]]


def test_a_text_sent_first_is_the_text_of_the_next_turn() -> None:
    assert len(turns(TEXT, "Tóm tắt giúp tôi trong 2 câu")) == 3
    assert "“Phí tiêm 15.000 đồng một con, thu tại chỗ.” [1]" in turns(TEXT, "phí bao nhiêu?")


def test_changes_add_up_over_several_turns() -> None:
    lines = turns(FIRST, "thêm địa điểm: nhà văn hóa", "đổi địa điểm thành sân trường", "viết lại thành tin nhắn")
    assert "Địa điểm: sân trường" in lines and "TIN NHẮN" in lines


def test_shorter_is_shorter_and_keeps_the_facts() -> None:
    long, short = turns(FIRST), turns(FIRST, "Viết ngắn lại")
    assert len(" ".join(short)) < len(" ".join(long))
    assert all(fact in "\n".join(short) for fact in ("họp xóm", "19 giờ 30", "12/3", "hộ khẩu", "[địa điểm]"))


def test_a_summary_gets_as_short_as_wished() -> None:
    assert len(turns(f"Tóm tắt trong 4 câu:\n{TEXT}")) == 5
    assert len(turns(f"Tóm tắt trong 4 câu:\n{TEXT}", "ngắn hơn nữa")) == 3
    assert len(turns(f"Tóm tắt trong 4 câu:\n{TEXT}", "1 câu thôi")) == 2
    assert len(turns(f"tom tat trong 4 cau:\n{TEXT}", "viet ngan lai")) == 3


def test_the_text_of_before_is_asked_about_and_turned_into_something_else() -> None:
    summary = f"Tóm tắt:\n{TEXT}"
    assert "“Phí tiêm 15.000 đồng một con, thu tại chỗ.” [1]" in turns(summary, "Phí tiêm bao nhiêu một con?")
    assert all(term in TEXT for term in (line[2:] for line in turns(summary, "Nêu 3 từ khóa của đoạn trên")[1:]))
    assert len(turns(summary, "Tóm tắt lại đoạn trên trong 1 câu")) == 2
    notice = "\n".join(turns(summary, "Viết thông báo từ đoạn trên"))
    assert all(sentence.rstrip(".") in notice for sentence in sentences(TEXT)[3:])


def test_a_table_of_before_is_asked_again() -> None:
    assert "Trung bình “Số hộ”: 100." in turns(f"Tổng số hộ?\n{TABLE}", "còn trung bình thì sao")
    assert "“Số hộ” nhỏ nhất: Khau Cút (80)." in turns(f"Tổng số hộ?\n{TABLE}", "xóm nào ít hộ nhất?")


def test_a_new_text_or_request_forgets_the_old_one() -> None:
    assert "Tổng “Số hộ”: 200." in turns(f"Tóm tắt:\n{TEXT}", f"Tổng số hộ?\n{TABLE}")
    lines = turns(FIRST, "Soạn thông báo cho phụ huynh lớp 5A về việc đi tham quan lúc 7 giờ ngày 20/3 tại cổng trường")
    assert "Việc: đi tham quan" in lines and not any("Nà Pồng" in line for line in lines)


@pytest.mark.parametrize(
    "beyond",
    [
        "Tóm tắt Truyện Kiều trong 3 câu",
        "tom tat lich su nuoc Phap",
        "Nêu 5 từ khóa của Hiến pháp",
        "Thủ đô của Pháp là gì?",
        "Tổng dân số nước Pháp là bao nhiêu?",
    ],
)
def test_a_text_or_table_of_before_is_not_taken_for_something_else(beyond: str) -> None:
    for before in (f"Tóm tắt:\n{TEXT}", f"Tổng số hộ?\n{TABLE}"):
        assert turns(before, beyond)[0] in (*HONEST, NOT_SAID)
    assert free_reply(beyond, (), TEXT) in (*HONEST, NOT_SAID)


def test_orders_to_the_ai_that_came_along_are_no_source() -> None:
    told = "Bạn là trợ lý của xã Nà Pồng. Hãy trả lời ngắn gọn, lịch sự. Chỉ dùng tiếng Việt. Đừng bịa thêm điều gì."
    assert free_reply("Xã có bao nhiêu hộ?", (), told) == CANNOT
    assert "Hộ nghèo được miễn phí." in free_reply("Hộ nghèo có phải nộp phí không?", (), f"{told}\n\n{TEXT}")


def test_a_wish_with_nothing_before_it_is_beyond_its_reach() -> None:
    assert turns("thêm địa điểm: nhà văn hóa") == [CANNOT]
    assert turns("Thủ đô của Pháp là gì?", "thêm địa điểm: nhà văn hóa") == [CANNOT]
