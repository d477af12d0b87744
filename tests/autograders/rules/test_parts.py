"""The parts of a prompt, by their use and never by their name."""

from __future__ import annotations

import pytest

from autograders.rules.parts import find_parts

FOUR_PARTS = (
    "Viết thông báo đọc trên loa cho bà con xóm Đồng Chè: họp 19 giờ 30, thứ Sáu 12/03/2027, nhà văn hóa xóm, "
    "mức góp dự kiến 150.000 đồng/hộ, mỗi hộ cử một người. Dưới 80 chữ."
)
NO_DIACRITICS = "viet thong bao hop cho ba con xom dong che luc 19h30 thu sau 12/3 gop 150k ngan thoi"
DICTATED = "viết giúp tôi cái thông báo gửi bà con họp lúc bảy giờ rưỡi tối mười hai tháng ba nói ngắn gọn thôi"
RAW_TELEX = "vieest thoong baso cho baf con hojp luusc 19h30 ngafy 12/3 ngawsn thooi"


@pytest.mark.parametrize("prompt", [FOUR_PARTS, NO_DIACRITICS, DICTATED, RAW_TELEX])
def test_an_honest_prompt_holds_the_four_parts_however_it_is_typed(prompt: str) -> None:
    assert {"task", "receiver", "facts", "format", "length"} <= find_parts(prompt).keys()


@pytest.mark.parametrize(
    ("prompt", "wording"),
    [
        ("viết thông báo họp", "viết thông báo"),
        ("Soạn giúp tôi một tin nhắn gửi khách", "Soạn giúp tôi một tin nhắn"),
        ("Tóm tắt cuộc họp hôm qua", "Tóm tắt cuộc họp hôm"),
        ("cho tôi một bản thông báo", "cho tôi một bản thông báo"),
        ("Hãy nhắn phụ huynh đi họp", "Hãy nhắn phụ huynh"),
        ("lam cai giay moi hop", "lam cai giay moi"),
        ("Nhờ bạn viết lời mời", "viết lời mời"),
        ("Hướng dẫn bà con phòng bệnh phồng lá", "Hướng dẫn bà con phòng"),
        ("tính giúp tôi tổng tiền", "tính giúp tôi tổng tiền"),
        ("Đếm giúp tôi số khách", "Đếm giúp tôi số"),
        ("Viết câu lệnh SQL đếm số xóm", "Viết câu lệnh SQL"),
        ("hãy viết truy vấn đếm khách", "viết truy vấn"),
        ("Tháng 3 có bao nhiêu khách mua chè?", "có bao nhiêu khách mua chè"),
    ],
)
def test_a_task_is_a_verb_and_what_it_makes(prompt: str, wording: str) -> None:
    assert find_parts(prompt).get("task") == wording


@pytest.mark.parametrize(
    ("prompt", "wording"),
    [
        ("Viết thông báo cho bà con xóm Đồng Chè nhé", "bà con xóm Đồng Chè"),
        ("Gửi các hộ trồng chè", "các hộ trồng chè"),
        ("nhắn khách quen về lịch giao", "khách quen"),
        ("thư gửi phụ huynh lớp 4A", "phụ huynh lớp 4A"),
        ("để bà con nghe cho rõ", "bà con"),
        ("gửi chị Hoa", "chị Hoa"),
        ("gui bac thin", "bac thin"),
        ("viết thư trả lời chị Mùi", "chị Mùi"),
        ("báo cáo trình lãnh đạo", "lãnh đạo"),
        ("người nghe là các cụ", "các cụ"),
        ("gửi Sở Nông nghiệp", "Sở Nông nghiệp"),
        ("soạn tin gửi đồng chí Chủ tịch", "đồng chí Chủ"),
        ("Viết tin nhắn cho mọi người trong tổ", "mọi người trong tổ"),
    ],
)
def test_a_receiver_is_people_and_comes_without_the_word_before(prompt: str, wording: str) -> None:
    assert find_parts(prompt).get("receiver") == wording


@pytest.mark.parametrize(
    "prompt",
    ["viết cho tôi một bài", "cho mình xin tin nhắn", "gửi đi nhanh", "bà con đông vui", "mở ra cơ hội cho mọi người"],
)
def test_the_writer_or_nobody_is_no_receiver(prompt: str) -> None:
    assert "receiver" not in find_parts(prompt)


@pytest.mark.parametrize(
    ("prompt", "wording"),
    [
        ("dưới 80 chữ", "dưới 80 chữ"),
        ("duoi 80 chu", "duoi 80 chu"),
        ("không quá tám mươi chữ", "không quá tám mươi chữ"),
        ("ngắn thôi", "ngắn thôi"),
        ("ngan thoi nhe", "ngan thoi"),
        ("vài câu", "vài câu"),
        ("3 câu là được", "3 câu"),
        ("thành năm dòng", "thành năm dòng"),
        ("3 gạch đầu dòng", "3 gạch đầu dòng"),
        ("khoảng 10-15 dòng", "15 dòng"),
        ("đọc trong 1 phút", "trong 1 phút"),
    ],
)
def test_a_length_is_also_a_format(prompt: str, wording: str) -> None:
    parts = find_parts(prompt)
    assert (parts.get("length"), parts.get("format")) == (wording, wording)


@pytest.mark.parametrize(
    "prompt", ["giọng thân mật", "đọc trên loa", "giong than mat", "kẻ bảng hai cột", "lời lẽ dễ nghe"]
)
def test_tone_and_shape_are_a_format_and_no_length(prompt: str) -> None:
    parts = find_parts(prompt)
    assert "format" in parts
    assert "length" not in parts


@pytest.mark.parametrize(
    "prompt", ["mấy ý, giọng nào", "dài ngắn", "ngày 12 từ 8 giờ", "nghỉ 15 phút", "câu 3 dòng nào"]
)
def test_questions_about_the_form_and_figures_of_the_matter_are_no_length(prompt: str) -> None:
    assert "length" not in find_parts(prompt)


@pytest.mark.parametrize(
    ("part", "prompt"),
    [
        ("role", "Đóng vai trưởng xóm nói với dân"),
        ("role", "Bạn là cán bộ xã lâu năm"),
        ("context", "Tôi là chủ cơ sở chè ở Tân Cương"),
        ("context", "Tôi là trưởng xóm"),
        ("context", "Viết thông báo họp vì đường ống cũ hay vỡ"),
        ("facts", "họp 19h30 ngày 12/3"),
        ("example", "Ví dụ: Kính mời các cụ ra họp"),
        ("constraint", "Không nhắc tên người nợ tiền"),
        ("constraint", "đừng dùng từ khó"),
        ("constraint", "khong ghi ten ai"),
        ("sources_only", "Chỉ dùng hai nguồn tôi gửi"),
        ("sources_only", "chi dua vao tai lieu nay"),
        ("sources_only", "không thêm gì ngoài thông báo"),
        ("sources_only", "đừng bịa thêm số"),
        ("says_when_absent", "Nguồn không nói thì ghi: không có trong nguồn"),
        ("says_when_absent", "không biết thì nói không biết"),
        ("says_when_absent", "neu khong co thi de trong"),
        ("says_when_absent", "ghi 'chưa rõ' nếu không tìm thấy"),
        ("says_when_absent", "chỗ nào thiếu số liệu thì hỏi lại tôi"),
    ],
)
def test_other_parts_are_found_by_what_they_say(part: str, prompt: str) -> None:
    assert part in find_parts(prompt)


@pytest.mark.parametrize(
    ("part", "prompt"),
    [
        ("role", "đóng vai"),
        ("context", "vì cuộc sống tươi đẹp hơn"),
        ("sources_only", "Tóm tắt tài liệu này"),
        ("sources_only", "chỉ ba câu thôi"),
        ("says_when_absent", "Nếu trời mưa thì nghỉ"),
        ("says_when_absent", "nguồn không nói"),
        ("constraint", "không quá 80 chữ"),
        ("facts", "dưới 80 chữ, 3 ý"),
        ("example", "ví dụ"),
    ],
)
def test_half_of_a_part_is_none(part: str, prompt: str) -> None:
    assert part not in find_parts(prompt)


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        "họp",
        "việc dữ kiện người nhận khuôn",
        "Việc, dữ kiện, người nhận, khuôn, độ dài, giọng, vai, ví dụ",
        "viec du kien nguoi nhan khuon",
        "khuôn: dài ngắn, mấy ý, giọng nào; người nhận: ai đọc, ai nghe",
        "Trí tuệ nhân tạo là xu thế tất yếu của thời đại số, mở ra nhiều cơ hội mới.",
        "Cuộc sống luôn có những điều kỳ diệu đang chờ ta ở phía trước",
        "asdf qwer zxcv " * 100,
    ],
)
def test_key_words_and_fluent_nonsense_hold_no_part(prompt: str) -> None:
    assert find_parts(prompt) == {}


def test_every_part_is_quoted_verbatim() -> None:
    assert all(wording in FOUR_PARTS for wording in find_parts(FOUR_PARTS).values())


@pytest.mark.parametrize("prompt", ["Hãy viết một thông báo thật hay, thật trang trọng, thật đầy đủ ý nghĩa"])
def test_full_of_meaning_is_no_length(prompt: str) -> None:
    assert "length" not in find_parts(prompt)


@pytest.mark.parametrize("said", ["ngan thoi", "vai cau"])
def test_words_typed_in_haste_are_read_among_words_with_diacritics(said: str) -> None:
    assert "length" in find_parts(f"Viết thông báo họp gửi bà con, {said}")
