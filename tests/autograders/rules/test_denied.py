"""A fact that is taken back or left open is not stated; honest negations and choices cost nothing."""

from __future__ import annotations

from typing import Any

import pytest
from built_exercise import CARD_FACTS, build

from autograders import wording
from autograders.models import Context
from autograders.rules.finding import Finding
from autograders.rules.registry import check

DATE, TIME, MONEY, PLACE = "12/03/2027", "19 giờ 30", "150.000 đồng", "nhà văn hóa xóm"
CARD = {"kind": "card", "title": "Cần báo", "facts": CARD_FACTS}


def states(fact: Any, text: str, context: Context) -> Finding:
    exercise = build("prompt", [{"on": "final", "rule": "keeps_facts", "facts": [fact]}], material=[CARD])
    return check(exercise.criterion[0], exercise, {"prompt": "", "final": text}, context)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (DATE, "Xóm không họp ngày 12/3 nhé bà con"),
        (DATE, "xom khong hop ngay 12/3"),
        (DATE, "Không họp vào thứ Sáu 12/3"),
        (DATE, "Ngày 12/3 không họp"),
        (DATE, "Họp ngày 12/3 bị hoãn"),
        (TIME, "Không phải 19 giờ 30 đâu"),
        (MONEY, "Bà con không phải đóng 150.000 đồng"),
        (PLACE, "Xóm không họp ở nhà văn hóa xóm"),
        (TIME, "Họp 19 giờ 30 hoặc 20 giờ"),
        (TIME, "Họp 20 giờ hay 19 giờ 30"),
        (TIME, "Họp lúc 19h30 (hoặc 20h)"),
        (DATE, "Họp thứ Sáu 12/3 hoặc thứ Bảy 13/3"),
        (MONEY, "Góp 150.000 đồng hoặc 200.000 đồng"),
        (TIME, "Họp 18 giờ, 18 giờ 30, 19 giờ, 19 giờ 30, 20 giờ"),
        (DATE, "Họp 10/3, 11/3, 12/3, 13/3"),
    ],
)
def test_what_is_denied_or_left_open_is_not_stated(fact: str, text: str, context: Context) -> None:
    assert states(fact, text, context).share == 0


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (DATE, "Không họp ngày 18/3 mà họp ngày 12/3"),
        (DATE, "Nếu không họp được tối 12/3 xóm sẽ báo lại"),
        (MONEY, "Hộ nào không góp 150.000 đồng thì báo trưởng xóm"),
        (MONEY, "Xóm không thu quá 150.000 đồng"),
        (MONEY, "Bà con đừng quên 150.000 đồng"),
        (TIME, "Họp 7 giờ 30 tối hay 19 giờ 30 như mọi khi"),  # the same time twice
        (TIME, "Họp 19 giờ 30, ai bận thì 20 giờ đến"),
        (DATE, "Ngày 12/3, bà con không nghỉ làm, tối họp"),
        (TIME, "Mời họp 19 giờ 30, có mặt từ 19 giờ 15, tan lúc 21 giờ"),  # a plan of one's own is no scatter
        ({"any": ["chưa cần hóa đơn"]}, "Hồ sơ chưa cần hóa đơn"),
        ({"all": ["7.000.000 đồng"], "near": ["không quá"]}, "Hỗ trợ không quá 7 triệu"),
    ],
)
def test_honest_negations_and_choices_cost_nothing(fact: Any, text: str, context: Context) -> None:
    assert states(fact, text, context).share == 1


def test_it_is_said_why_a_fact_that_stands_there_does_not_count(context: Context) -> None:
    assert wording.DENIED.format(found="19 giờ 30") in states(TIME, "Họp 19 giờ 30 hoặc 20 giờ", context).message
    scattered = states(TIME, "Họp 18 giờ, 19 giờ, 19 giờ 30, 20 giờ", context).message
    assert wording.SCATTERED.format(found="18 giờ, 19 giờ, 20 giờ") in scattered


def test_a_box_that_denies_its_form_does_not_hold_it(context: Context) -> None:
    rule = {"on": "box.a", "rule": "matches_any", "forms": ["19 giờ 30"]}
    exercise = build("fill", [rule], box=[{"id": "a", "label": "Ô"}])
    shares = [
        check(exercise.criterion[0], exercise, {"boxes": {"a": text}}, context).share
        for text in ("19h30", "không phải 19h30", "19h30 hoặc 20h")
    ]
    assert shares == [1, 0, 0]


POINTS = {
    "on": "final",
    "rule": "keeps_facts_by_point",
    "facts": {
        "den": ["đèn", "18/03/2027"],
        "xe": ["xe", "Công an xã", "12/03/2027"],
        "tien": ["hỗ trợ", {"all": ["25/03/2027"], "near": ["trả lời", "thông báo", "phản hồi"]}],
    },
}
LETTER = (
    "Kính gửi bà [HỌ TÊN]. Ba bóng đèn thay xong trước ngày 18/3/2027. Công an xã kiểm tra xe tải từ tối 12/3/2027. "
    "Tiền hỗ trợ chưa duyệt, xã sẽ trả lời bà trước ngày 25/3/2027."
)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (LETTER, 1),
        (LETTER.replace("18/3/2027", "tháng này"), 2 / 3),
        (LETTER.replace("trả lời bà", "chi tiền"), 2 / 3),
        ("Xã đã tiếp nhận và sẽ xem xét.", 0),
    ],
)
def test_each_point_needs_all_its_facts(text: str, share: float, context: Context) -> None:
    exercise = build("prompt", [POINTS])
    finding = check(exercise.criterion[0], exercise, {"prompt": "", "final": text}, context)
    assert finding.share == pytest.approx(share)


def test_what_a_point_lacks_is_named(context: Context) -> None:
    exercise = build("prompt", [POINTS])
    answer = {"prompt": "", "final": LETTER.replace("Công an xã kiểm tra xe tải", "Xã xem xe tải")}
    assert check(exercise.criterion[0], exercise, answer, context).message.startswith("Công an xã|")
