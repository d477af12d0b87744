"""states_pending: what is open is said to be open, and nothing of it is promised."""

from __future__ import annotations

from typing import Any

import pytest
from built_exercise import build

from autograders import wording
from autograders.models import Context
from autograders.rules.finding import Finding
from autograders.rules.pending import find_promise
from autograders.rules.registry import check
from course.criteria import Promise

RULE = {
    "on": "final",
    "rule": "states_pending",
    "topic": "hỗ trợ",
    "pending": ["chưa duyệt", "chưa được duyệt", "đang chờ duyệt", "chưa hẹn được", "chưa thể hẹn"],
    "forbid": "payment_date",
}


def told(text: str, context: Context, **more: Any) -> Finding:
    exercise = build("prompt", [{**RULE, **more}])
    return check(exercise.criterion[0], exercise, {"prompt": "", "final": text}, context)


@pytest.mark.parametrize(
    "text",
    [
        "Tiền hỗ trợ máy sao chè: danh sách chưa được duyệt nên xã chưa thể hẹn ngày chi trả. Xã sẽ trả lời bà trước "
        "ngày "
        "25/3/2027.",
        "tien ho tro danh sach chua duyet nen chua hen ngay chi tra xa se tra loi truoc ngay 25 thang 3",
        "Danh sách hỗ trợ chưa duyệt, xã sẽ trả lời bà trước 25/3 về việc chi trả.",
        "Danh sách hỗ trợ đang chờ duyệt. Khi nào được duyệt, xã sẽ chi trả ngay.",
        "Đèn thay xong trước 18/3/2027. Tiền hỗ trợ chưa duyệt, chưa hẹn được ngày nhận.",
        "Việc chi trả hỗ trợ thì chưa duyệt, trước ngày 25/3 xã trả lời bà.",
        "viec hoan tien ho tro chua duyet truoc 25/3 xa tra loi ba",
    ],
)
def test_saying_that_it_is_open_earns_everything(text: str, context: Context) -> None:
    assert told(text, context).share == 1


@pytest.mark.parametrize(
    "text",
    [
        "Xã sẽ chi trả tiền hỗ trợ trong tuần tới.",
        "Danh sách hỗ trợ chưa duyệt, xã sẽ chi trả trước ngày 25/3/2027.",
        "danh sach ho tro chua duyet xa se tra tien truoc 25/3",
        "Tiền hỗ trợ chưa duyệt nhưng bà cứ yên tâm, tuần sau nhận tiền.",
        "Tiền hỗ trợ chưa được duyệt. Tiền sẽ về tài khoản bà ngày 25/3.",
        "Phí hỗ trợ chưa duyệt. Hợp tác xã sẽ hoàn tiền trong tuần tới.",
        "Tiền ăn hỗ trợ chưa duyệt, nhà trường sẽ hoàn trả ngay ngày mai.",
        "Hỗ trợ chưa duyệt. Xã chi trả, chưa bao giờ chậm, trước ngày 25/3.",
    ],
)
def test_a_promise_earns_nothing_and_is_quoted(text: str, context: Context) -> None:
    finding = told(text, context)
    assert finding.share == 0
    assert finding.evidence
    assert finding.evidence in text
    assert wording.PROMISED.format(found=finding.evidence) in finding.message


@pytest.mark.parametrize("text", ["Xã đã nhận được thư.", "Việc này chưa duyệt.", "Xã có hỗ trợ máy sao chè."])
def test_topic_and_its_state_are_both_needed(text: str, context: Context) -> None:
    assert told(text, context).share == 0


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("Bà chắc chắn được duyệt", True),
        ("Hồ sơ của bà sẽ được duyệt", True),
        ("Hồ sơ của bà chưa được duyệt", False),
        ("Nếu được duyệt, xã sẽ báo", False),
    ],
)
def test_an_approval_may_be_promised_too(text: str, promised: bool) -> None:
    kind: Promise = "approval"
    assert bool(find_promise(text, kind)) is promised


def test_an_endless_text_is_read_in_time(context: Context) -> None:
    assert told("chi trả " * 2_500, context).share == 0
