import pytest

from hub_config.services.ai.practice.papers.wording import NEEDS_FACTS
from hub_config.services.ai.practice.replies import free_reply

FULL = (
    "Tôi là Nông Văn Thắng, trưởng xóm. Soạn thông báo cho bà con xóm Nà Pồng về việc tiêm phòng trâu bò sáng ngày "
    "15/3 tại sân nhà văn hóa. Phí 15.000 đồng một con. Giọng lịch sự, dưới 60 chữ."
)


def body(prompt: str) -> list[str]:
    return free_reply(prompt).split("\n\n", 1)[1].splitlines()


def test_what_the_prompt_says_stands_in_its_place_and_nothing_else() -> None:
    assert body(FULL) == [
        "THÔNG BÁO",
        "Kính gửi: bà con xóm Nà Pồng",
        "Việc: tiêm phòng trâu bò",
        "Thời gian: sáng ngày 15/3",
        "Địa điểm: sân nhà văn hóa",
        "Lưu ý:",
        "- Phí 15.000 đồng một con",
        "Nông Văn Thắng, trưởng xóm",
    ]


def test_what_it_does_not_say_is_marked() -> None:
    assert body("Viết tin nhắn nhắc nộp học phí, hạn là tuần này") == [
        "TIN NHẮN",
        "Kính gửi: [người nhận]",
        "Việc: nhắc nộp học phí",
        "Thời gian: [thời gian]",
        "Địa điểm: [địa điểm]",
        "Lưu ý:",
        "- hạn là tuần này",
        "[người gửi]",
    ]


def test_times_of_a_later_sentence_stay_with_it() -> None:
    lines = body(
        "Soạn giấy mời mời các hội viên dự họp từ 7 giờ 30 đến 9 giờ ngày 10/3, ở trụ sở; trước ngày 9/3 nộp phí"
    )
    assert "Thời gian: từ 7 giờ 30 đến 9 giờ, ngày 10/3" in lines
    assert "- trước ngày 9/3 nộp phí" in lines


def test_a_prompt_without_diacritics_is_read_too() -> None:
    lines = body(
        "Viet giup toi tin nhan moi phu huynh lop 5A hop luc 8 gio chu nhat 14/3 tai truong tieu hoc, nho mang but"
    )
    assert lines[1:5] == [
        "Kính gửi: phu huynh lop 5A",
        "Việc: hop",
        "Thời gian: 8 gio, chu nhat, 14/3",
        "Địa điểm: truong tieu hoc",
    ]


def test_diacritics_tell_words_apart_where_there_are_some() -> None:
    assert "Địa điểm: chợ phiên Đồng Văn" in body("Viết thông báo dọn vệ sinh lúc 6 giờ tại chợ phiên Đồng Văn")


def test_without_facts_it_says_what_is_missing() -> None:
    assert free_reply("Viết thông báo họp thôn.") == NEEDS_FACTS


@pytest.mark.parametrize(
    ("prompt", "lines"),
    [
        (
            "soạn tin nhắn zalo nhắc các hộ đóng tiền điện trước ngày 25/3 tại nhà bác Páo",
            ["Kính gửi: các hộ", "Việc: đóng tiền điện", "Thời gian: trước ngày 25/3", "Địa điểm: nhà bác Páo"],
        ),
        (
            "Tôi cần một giấy mời họp phụ huynh lớp 3A vào 14 giờ ngày 18/4 tại phòng học lớp 3A",
            ["Việc: họp phụ huynh lớp 3A", "Thời gian: 14 giờ, ngày 18/4", "Địa điểm: phòng học lớp 3A"],
        ),
        (
            "Bạn là trưởng xóm. Viết thông báo ngắn gọn về việc họp xóm tối thứ bảy tuần này tại nhà văn hóa",
            ["Việc: họp xóm", "Thời gian: tối thứ bảy tuần này", "Địa điểm: nhà văn hóa"],
        ),
        (
            "viết lời mời các bạn lớp 9B dự sinh nhật Mai lúc bảy giờ tối ở nhà Mai nhớ mang đàn",
            ["Kính gửi: các bạn lớp 9B", "Thời gian: bảy giờ tối", "Địa điểm: nhà Mai", "- mang đàn"],
        ),
    ],
)
def test_everyday_and_dictated_requests_are_read(prompt: str, lines: list[str]) -> None:
    found = body(prompt)
    assert [line for line in lines if line not in found] == []
    assert not any("Bạn là" in line for line in found)


def test_facts_without_a_place_of_their_own_keep_their_label() -> None:
    lines = body("Viết thông báo gửi phụ huynh lớp 4B, nội dung: nộp tiền ăn, hạn: thứ Sáu 20/3, số tiền: 450.000 đồng")
    assert "- hạn: thứ Sáu 20/3" in lines and "- số tiền: 450.000 đồng" in lines


def test_a_post_says_its_matter_first_and_asks_for_what_buyers_need() -> None:
    assert body("Cho tôi một bài đăng bán mật ong rừng, giá: 200.000 đồng một lít, giao tận nhà")[0:1] == [
        "Bán mật ong rừng"
    ]
    text = "\n".join(free_reply("Viết bài đăng bán mật ong, giao tận nhà. Giá: 200.000 đồng").splitlines()[2:])
    assert text == "Bán mật ong\n\n- Giao tận nhà\nGiá: 200.000 đồng\nLiên hệ: [liên hệ]\n[ảnh minh họa]"


def test_a_script_speaks_each_sentence_whole() -> None:
    text = free_reply("Viết kịch bản video về chè Tân Cương, hái tay lúc 5 giờ sáng, sao bằng củi. Thời lượng: 45 giây")
    assert "Thời lượng: 45 giây" in text
    assert [line for line in text.splitlines() if line.startswith("Lời: ")] == [
        "Lời: Chè Tân Cương",
        "Lời: Hái tay lúc 5 giờ sáng",
        "Lời: Sao bằng củi",
        "Lời: [mời người xem làm gì]",
    ]
