"""no_new_figures: what is an invention and what is none."""

from __future__ import annotations

import pytest
from built_exercise import build

from autograders import wording
from autograders.models import Context
from autograders.rules.registry import check
from course.lesson import Exercise

PROMPT = "Viết thông báo cho bà con xóm Đồng Chè, có mặt trước 15 phút, dưới 80 chữ"
START = "Mời bà con họp lúc 19 giờ 30, thứ Sáu 12/03/2027. "


def share_and_message(notice: Exercise, context: Context, final: str, prompt: str = PROMPT) -> tuple[float, str]:
    finding = check(notice.criterion[2], notice, {"prompt": prompt, "final": final}, context)
    return finding.share, finding.message


@pytest.mark.parametrize(
    "added",
    [
        "",
        "Tối thứ Sáu bà con nhớ nhé.",  # the weekday of a stated date
        "Năm 2027 là năm nước sạch.",  # a year
        "1. Bàn đường ống. 2. Biểu quyết.",  # numbers of a list
        "Có 2 việc: bàn và biểu quyết.",
        "Xin có mặt trước 15 phút.",  # from the learner's own prompt
        "Bản tin dưới 80 chữ.",  # an echoed limit
        "Góp 150k một hộ, tức trăm rưỡi.",
        "Ngày 12 tháng 3, 7 rưỡi tối.",
        "Một lần nữa xin cảm ơn. Mỗi nhà một người, hai người cũng được.",
        "[HỌ TÊN]",
    ],
)
def test_no_invention(notice: Exercise, context: Context, added: str) -> None:
    assert share_and_message(notice, context, START + added) == (1, wording.FULL_FIGURES)


@pytest.mark.parametrize(
    ("added", "found"),
    [
        ("Góp 200.000 đồng.", "200.000 đồng"),
        ("Bắt đầu 8 giờ sáng.", "8 giờ sáng"),
        ("Họp lại Chủ nhật tới.", "Chủ nhật"),
        ("Hạn nộp 20/3.", "20/3"),
        ("Liên hệ 0400 111 222.", "0400 111 222"),
        ("Hỗ trợ 50%.", "50%"),
        ("Có hai mươi lăm hộ dự.", "hai mươi lăm"),
        ("Nhà bà L. còn nợ.", "bà L"),
        ("Còn một nhà nợ 300 nghìn.", "300 nghìn"),
        ("Nhắc lại: thứ Bảy 12/3.", "12/3"),
    ],
)
def test_an_invention_is_asked_about(notice: Exercise, context: Context, added: str, found: str) -> None:
    share, message = share_and_message(notice, context, START + added)
    assert share == 0
    assert found.rstrip("%") in message


def test_a_private_figure_stays_private_even_when_the_prompt_gave_it_away(notice: Exercise, context: Context) -> None:
    prompt = PROMPT + ", nhắc bà L. nợ 300.000 đồng"
    assert share_and_message(notice, context, START + "Còn nợ 300.000 đồng.", prompt)[0] == 0


def test_the_figures_of_a_private_line_need_not_be_listed(context: Context) -> None:
    card = {"kind": "card", "facts": ["Họp 19 giờ 30"], "private": ["ông K. nợ 450.000 đồng"]}
    exercise = build("prompt", [{"on": "final", "rule": "no_new_figures"}], material=[card])
    given = {"prompt": "Viết thông báo, nhắc 450.000 đồng", "final": "Họp 19h30. Còn nợ 450k."}
    assert check(exercise.criterion[0], exercise, given, context).share == 0


def test_a_text_that_says_nothing_of_the_matter_earns_nothing(notice: Exercise, context: Context) -> None:
    assert share_and_message(notice, context, "Chúc bà con vui vẻ.") == (0, wording.NOTHING_OF_OURS)


def test_a_figure_that_is_part_of_another_finding_is_named_once(notice: Exercise, context: Context) -> None:
    _, message = share_and_message(notice, context, START + "Bà L. nợ 300.000 đồng.")
    assert message == "|300.000 đồng, Bà L|2"
