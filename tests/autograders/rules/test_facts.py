"""Facts in the words of honest learners, and what does not state them."""

from __future__ import annotations

import pytest

from autograders.rules.facts import find_contradiction, find_fact, find_statement
from course.criteria import Fact, FactPattern

ONE_EACH = FactPattern(any=("mỗi hộ một người", "mỗi nhà một người", "1 người/hộ"))
INVITATIONS = FactPattern(all=("04/06/2027",), near=("giấy mời",))
AT_MOST = FactPattern(all=("7.000.000 đồng",), near=("tối đa", "không quá", "nhiều nhất"))
POOR_FIRST = FactPattern(all=("hộ nghèo", "cận nghèo"))
DICTATED = "kinh thua ba con moi ba con hop luc bay gio ruoi toi thu sau muoi hai thang ba o nha van hoa xom"


@pytest.mark.parametrize(
    ("text", "fact", "wording"),
    [
        ("họp lúc 7 rưỡi tối nhé", "19 giờ 30", "7 rưỡi tối"),
        ("Họp 12-3 tại xóm", "12/03/2027", "12-3"),
        ("mười hai tháng ba họp", "12/03/2027", "mười hai tháng ba"),
        ("thứ Sáu, 12/3", "thứ Sáu 12/03/2027", "12/3"),
        (DICTATED, "19 giờ 30", "bay gio ruoi toi"),
        (DICTATED, "12/03/2027", "muoi hai thang ba"),
        (DICTATED, "nhà văn hóa xóm", "nha van hoa xom"),
        ("góp trăm rưỡi", "150.000 đồng", "trăm rưỡi"),
        ("góp 150k/hộ", "150.000 đồng", "150k"),
        ("góp 150k mỗi nhà", "150.000 đồng/hộ", "150k mỗi nhà"),
        ("12 héc ta chè", "12 ha", "12 héc ta"),
        ("12ha chè", "12 ha", "12ha"),
        ("học hai buổi", "02 buổi", "hai buổi"),
        ("tập huấn 02 (hai) buổi", "2 buổi", "02 (hai) buổi"),
        ("số hộ dự: 60", "60 hộ", "60"),
        ("đỡ một nửa giá máy", "50%", "một nửa"),
        ("MỖI HỘ MỘT NGƯỜI", ONE_EACH, "MỖI HỘ MỘT NGƯỜI"),
        ("mỗi nhà 1 người", ONE_EACH, "mỗi nhà 1 người"),
        ("một người/hộ", ONE_EACH, "một người/hộ"),
        ("tối đa có 7 triệu thôi", AT_MOST, "7 triệu"),
        ("Việc: in giấy mời. Ai: chị Lành. Hạn: 4/6.", INVITATIONS, "4/6"),  # the lines of one entry
        ("- In giấy mời\n- **Hạn:** 4/6\n- Mượn máy chiếu\n- Hạn: 10/6", INVITATIONS, "4/6"),
        ("viec: in giay moi\nai lam: Lanh\nhan: 4/6", INVITATIONS, "4/6"),
        ("Ngày 4/6\nViệc: in giấy mời", INVITATIONS, "4/6"),
        ("xét hộ nghèo, hộ cận nghèo trước", POOR_FIRST, "hộ nghèo … cận nghèo"),
        ("nhà văn hoá của xóm", "nhà văn hóa xóm", "nhà văn hoá của xóm"),
        ("nha van hoa xom", "nhà văn hóa xóm", "nha van hoa xom"),
        ("ở làng Nường", "nàng Lường", "làng Nường"),  # l/n
        ("bà Suyến Sum", "bà Xuyến Xum", "bà Suyến Sum"),  # s/x
        ("xóm Trè Chong", "xóm Chè Trong", "xóm Trè Chong"),  # ch/tr
        ("ông Dang Rao", "ông Giang Giao", "ông Dang Rao"),  # d/gi/r
        ("hojp owr nhaf vawn hosa xosm", "nhà văn hóa xóm", "nhaf vawn hosa xosm"),  # the keyboard is off
        ("sửa đường ống nước sạch", "đường ống nước", "đường ống nước"),
        ("sang nhà kho số 2", "nhà kho số 2", "nhà kho số 2"),
    ],
)
def test_a_fact_is_found_in_the_learners_own_wording(text: str, fact: Fact, wording: str) -> None:
    assert find_fact(text, fact) == wording


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("họp lúc 7 rưỡi sáng", "19 giờ 30"),
        ("họp ngày 13/3", "12/03/2027"),
        ("họp 12/3/2026", "12/03/2027"),
        ("góp 105.000 đồng", "150.000 đồng"),
        ("góp 150 đồng", "150.000 đồng"),
        ("12 ha, 60 người", "60 hộ"),
        ("tối đa nhé. Hỗ trợ 7 triệu", AT_MOST),  # `near` means the same sentence
        ("In giấy mời\nNgười làm: Bốn\nHạn: 10/6\nMượn máy chiếu\nHạn: 4/6", INVITATIONS),  # of another entry
        ("Việc: in giấy mời. Hạn: 10/6. Việc: mượn máy chiếu. Hạn: 4/6", INVITATIONS),
        ("Việc: in giấy mời\nHạn: 10/6\nHạn: 4/6", INVITATIONS),
        ("In giấy mời\nXong ngày 4/6", INVITATIONS),  # no label
        ("hỗ trợ 7 triệu", AT_MOST),
        ("tối đa 5 triệu", AT_MOST),
        ("xét hộ nghèo trước", POOR_FIRST),
        ("hợp xóm", "họp xóm"),  # another word, not a mark left out
        ("nhà văn. Hóa xóm", "nhà văn hóa"),
        ("lớp 4B", "lớp 4A"),
        ("lo cho đủ", "no đủ"),  # slips are forgiven in phrases only when the rest fits
        ("", "19 giờ 30"),
        ("mỗi hộ hai người", ONE_EACH),
        ("anything", FactPattern()),
    ],
)
def test_what_does_not_state_the_fact_is_not_taken_for_it(text: str, fact: Fact) -> None:
    assert find_fact(text, fact) is None


def test_half_past_seven_alone_is_taken_and_asked_about() -> None:
    statement = find_statement("họp lúc 7 rưỡi", "19 giờ 30")
    assert statement is not None
    assert statement.unclear_time == "7 rưỡi"


@pytest.mark.parametrize("text", ["họp 7 rưỡi tối", "họp 19h30", "tối 12/3 lúc 7 rưỡi"])
def test_a_clear_time_is_not_asked_about(text: str) -> None:
    statement = find_statement(text, "19 giờ 30")
    assert statement is not None
    assert statement.unclear_time == ""


@pytest.mark.parametrize("text", ["thứ Bảy 12/3", "12/03/2027 (thứ bảy)", "toi thu bay muoi hai thang ba"])
def test_a_wrong_weekday_contradicts_the_date(text: str) -> None:
    assert find_fact(text, "12/03/2027") is None
    contradiction = find_contradiction(text, "12/03/2027")
    assert contradiction is not None
    assert contradiction.said == 5


@pytest.mark.parametrize("text", ["thứ Sáu 12/3", "12/3", "thứ Bảy 13/3"])
def test_no_contradiction_where_there_is_none(text: str) -> None:
    assert find_contradiction(text, "12/03/2027") is None
