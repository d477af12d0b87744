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
