"""no_placeholders: gaps that a draft leaves are named; masks, prose and forms to sign are none."""

from __future__ import annotations

from typing import Any

import pytest
from built_exercise import build

from autograders.models import Context
from autograders.rules.finding import Finding
from autograders.rules.registry import check


def filled(text: str, context: Context, **more: Any) -> Finding:
    exercise = build("text", [{"on": "text", "rule": "no_placeholders", **more}])
    return check(exercise.criterion[0], exercise, {"text": text}, context)


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("Kính gửi [Tên]", "[Tên]"),
        ("Họp ngày [NGÀY HỌP]", "[NGÀY HỌP]"),
        ("Kính gửi [tên người nhận]", "[tên người nhận]"),
        ("Họp lúc ... giờ", "lúc ... giờ"),
        ("Khe Chè, ngày…tháng 3", "ngày … tháng"),
        ("Số: …/UBND-KT", "Số: … /UBND-KT"),
        ("Họ tên: .........", "tên: ........."),
        ("Gọi số xxx nhé", "xxx"),
        ("Họp ngày xx/xx/2027", "xx"),
        ("Kính gửi <điền tên>", "<điền tên>"),
        ("Tại nhà văn hóa (ghi rõ xóm nào)", "(ghi rõ xóm nào)"),
        ("Mời bà con họp (thời gian)", "(thời gian)"),
        ("Kính gửi {{ten}}", "{{ten}}"),
        ("Tên: ______", "Tên: ______"),
        ("kinh gui [ten nguoi nhan]", "[ten nguoi nhan]"),
    ],
)
def test_a_gap_is_named(text: str, gap: str, context: Context) -> None:
    finding = filled(text, context)
    assert (finding.share, finding.message.split("|")[1]) == (0, gap)


@pytest.mark.parametrize(
    "text",
    [
        "Kính gửi bà [HỌ TÊN], số [SỐ CĂN CƯỚC]",
        "Kính gửi [HỌ TÊN 1] và [HỌ TÊN 2]",
        "Mang ghế, nước uống, ô...",
        "Thì... tôi cũng chưa biết.",
        "Bà con nhớ nhé… Xin cảm ơn.",
        "Theo nguồn [1] và [2b], xã hỗ trợ.",
        "Người viết đơn (Ký, ghi rõ họ tên)",
        "Chiến dịch từ thế kỷ XX",
        "Gọi 0912 xxx xxx để hỏi",  # a number half hidden
        "<b>Họp xóm</b><br>",
        "Thư gửi <xa@khe-che.vn>",
        "Họp lúc 19 giờ (thời gian khoảng 2 tiếng)",
        "Việc cần làm: [x] báo loa [ ] kê ghế",
    ],
)
def test_what_is_meant_to_stand_is_no_gap(text: str, context: Context) -> None:
    finding = filled(text, context)
    assert (finding.share, finding.message) == (1, finding.message)


def test_a_lesson_may_leave_a_gap_on_purpose(context: Context) -> None:
    assert filled("Kính gửi [Tên khách]", context, allow=["Tên khách"]).share == 1
