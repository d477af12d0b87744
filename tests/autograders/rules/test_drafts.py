"""improves and repeated text: a later draft earns what it adds, and saying it again adds nothing."""

from __future__ import annotations

from typing import Any

import pytest
from built_exercise import build
from pydantic import ValidationError

from autograders import wording
from autograders.models import Context
from autograders.rules.finding import Finding
from autograders.rules.registry import check
from autograders.rules.repeated import repeated_share

RULE = {"rule": "improves", "facts": ["19 giờ 30", "12/03/2027", "nhà văn hóa"], "absent": ["8 giờ sáng"]}
BOXES = [{"id": "first", "label": "Bản đầu", "kind": "lines"}, {"id": "second", "label": "Bản sửa", "kind": "lines"}]
FIRST = "Mời bà con họp lúc 8 giờ sáng tại nhà văn hóa."


def mended(first: str, second: str, context: Context) -> Finding:
    exercise = build("fill", [{"on": "box.second", "from": "box.first", **RULE}], box=BOXES)
    return check(exercise.criterion[0], exercise, {"boxes": {"first": first, "second": second}}, context)


@pytest.mark.parametrize(
    ("second", "share"),
    [
        ("Mời bà con họp lúc 19 giờ 30, ngày 12/3, tại nhà văn hóa.", 1),
        ("moi ba con hop 7 ruoi toi 12/3 o nha van hoa", 1),
        ("Mời bà con họp lúc 19 giờ 30 tại nhà văn hóa.", 2 / 3),
        ("Mời bà con họp lúc 19 giờ 30 ngày 12/3.", 2 / 3),  # the place got lost
        ("Mời bà con họp lúc 8 giờ sáng tại nhà văn hóa nhé!", 0),
        (FIRST, 0),
        ("không họp ngày 12/3, không phải 19 giờ 30, tại nhà văn hóa", 1 / 3),
    ],
)
def test_a_draft_earns_what_it_adds_to_the_one_before(second: str, share: float, context: Context) -> None:
    assert mended(FIRST, second, context).share == pytest.approx(share)


def test_the_same_draft_is_said_to_be_the_same(context: Context) -> None:
    assert wording.SAME_DRAFT in mended(FIRST, FIRST.upper(), context).message


def test_a_good_first_draft_must_only_not_get_worse(context: Context) -> None:
    good = "Mời bà con họp lúc 19 giờ 30, ngày 12/3, tại nhà văn hóa."
    assert mended(good, good, context).share == 1
    assert mended(good, "Mời bà con họp ngày 12/3 tại nhà văn hóa.", context).share == pytest.approx(3 / 4)


def test_without_a_draft_there_is_nothing_to_compare(context: Context) -> None:
    finding = mended("", "Mời bà con họp lúc 19 giờ 30, ngày 12/3, tại nhà văn hóa.", context)
    assert (finding.share, finding.message) == (0, wording.NO_DRAFT)


def test_the_stored_reply_is_a_draft_too(context: Context) -> None:
    exercise = build("prompt", [{"on": "final", "from": "reply", **RULE}], reveal=FIRST)
    answer = {"prompt": "", "final": "Mời bà con họp lúc 19 giờ 30, ngày 12/3, tại nhà văn hóa."}
    assert check(exercise.criterion[0], exercise, answer, context).share == 1
    assert check(exercise.criterion[0], exercise, {"prompt": "", "final": FIRST}, context).share == 0


def test_parts_of_a_prompt_may_be_what_gets_better(context: Context) -> None:
    exercise = build(
        "fill",
        [{"on": "box.second", "from": "box.first", "rule": "improves", "parts": ["receiver", "length"]}],
        box=BOXES,
    )
    boxes = {"first": "viết thông báo họp", "second": "viết thông báo họp cho bà con, ngắn thôi"}
    assert check(exercise.criterion[0], exercise, {"boxes": boxes}, context).share == 1


@pytest.mark.parametrize("rule", [{"from": "final"}, {"from": "prompt", "facts": [], "absent": []}, {"from": "items"}])
def test_a_comparison_that_means_nothing_is_refused_when_the_lesson_is_read(rule: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        build("prompt", [{"on": "final", **RULE, **rule}])


SENTENCE = "Mời bà con xóm Đồng Chè đi họp bàn việc thay đường ống nước"


@pytest.mark.parametrize(
    ("text", "shut"),
    [
        (". ".join([SENTENCE] * 2), True),
        (" ".join([SENTENCE] * 4), True),  # dictated: no sentence ends
        (SENTENCE + ". " + SENTENCE.upper(), True),
        (SENTENCE, False),
        (SENTENCE + ". Xin nhắc lại: 19 giờ 30, nhà văn hóa xóm. Mời bà con đến đúng giờ, mỗi hộ một người.", False),
        (
            "- Thời gian: 19 giờ 30\n- Địa điểm: nhà văn hóa xóm\n- Thời gian nghỉ: 20 giờ 30\n- Địa điểm để xe: sân",
            False,
        ),
    ],
)
def test_a_text_that_repeats_itself_is_stopped(text: str, shut: bool, context: Context) -> None:
    rule = {"on": "text", "rule": "fits_length", "max_syllables": 100, "gate": ["not_repeated"]}
    exercise = build("text", [rule])
    finding = check(exercise.criterion[0], exercise, {"text": text}, context)
    assert (finding.message == wording.REPEATED, finding.share) == (shut, 0 if shut else 1)


def test_the_share_of_what_is_said_again_is_counted_in_words() -> None:
    assert repeated_share("") == 0
    assert repeated_share("một hai ba bốn năm sáu") == 0
    assert repeated_share("một hai ba bốn năm một hai ba bốn năm") == 0.5
