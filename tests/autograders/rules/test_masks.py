"""masks: no way of writing shows a person, and what the matter needs stays."""

from __future__ import annotations

from typing import Any

import pytest
from built_exercise import build

from autograders import wording
from autograders.models import Context
from autograders.rules.finding import Finding
from autograders.rules.masks import find_secret
from autograders.rules.registry import check

RULE = {
    "on": "prompt",
    "rule": "masks",
    "points": 6,
    "hide": ["Triệu Thị Mùi", "099301000123", "số 7 ngõ 2", "0400 111 222", "con tôi bị hen", "000111222333"],
    "keep": ["xóm Đồng Chè", "sau 22 giờ", "Ba bóng đèn"],
    "over_mask": -2,
    "missing": "{n}|{found}|{over}",
}
LETTER = (
    "Chào xã, tôi là Triệu Thị Mùi, số căn cước 099301000123, nhà số 7 ngõ 2 xóm Đồng Chè, điện thoại 0400 111 222. "
    "Ba bóng đèn đường đầu xóm hỏng. Xe tải chở đất chạy sau 22 giờ, con tôi bị hen không ngủ được. Số tài khoản của "
    "tôi "
    "000111222333."
)
MASKED = (
    "Chào xã, tôi là [HỌ TÊN], số căn cước [CĂN CƯỚC], nhà [SỐ NHÀ] xóm Đồng Chè, điện thoại [SĐT]. Ba bóng đèn "
    "đường đầu xóm hỏng. Xe tải chở đất chạy sau 22 giờ, trẻ nhỏ không ngủ được. Số tài khoản [STK]."
)


def masked(text: str, context: Context, **more: Any) -> Finding:
    exercise = build("prompt", [{**RULE, **more}])
    return check(exercise.criterion[0], exercise, {"prompt": text, "final": ""}, context)


@pytest.mark.parametrize(
    "text",
    [
        MASKED,
        MASKED.lower(),
        MASKED.replace("sau 22 giờ", "sau 10 giờ đêm").replace("Ba bóng", "3 bóng"),  # the same by value
        "Trả lời một người dân xóm Đồng Chè: 3 bóng đèn hỏng, xe chạy sau 22h làm cháu nhỏ mất ngủ.",
        MASKED.replace("[HỌ TÊN]", "bà T.T.M."),
        MASKED.replace("[SĐT]", "04xx xxx xxx"),
        MASKED + " Nhà bên có mùi khói.",
    ],
)
def test_a_letter_without_its_person_earns_everything(text: str, context: Context) -> None:
    assert masked(text, context).share == 1


def test_what_stands_open_is_counted_and_quoted(context: Context) -> None:
    finding = masked(LETTER, context)
    assert finding.share == 0
    assert finding.message.startswith("6|Triệu Thị Mùi, 099301000")
    assert finding.message.endswith(wording.NOTHING_GONE)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("tôi là TRIỆU THỊ MÙI", "Triệu Thị Mùi"),
        ("toi la trieu thi mui", "Triệu Thị Mùi"),
        ("tôi là TriệuThịMùi", "Triệu Thị Mùi"),
        ("tôi là T r i ệ u T h ị M ù i", "Triệu Thị Mùi"),
        ("tôi là Triệu\u200b Thị\u200b Mùi", "Triệu Thị Mùi"),
        ("tooi laf Trieeuj Thij Muif", "Triệu Thị Mùi"),
        ("tôi là Tri\u00eau Th\u0456 M\u00f9i", "Triệu Thị Mùi"),  # one letter is Cyrillic
        ("bà Triệu Mùi", "Triệu Thị Mùi"),
        ("bà Mùi kể", "Triệu Thị Mùi"),
        ("099 301 000 123", "099301000123"),
        ("0-9-9-3-0-1-0-0-0-1-2-3", "099301000123"),
        ("099301000", "099301000123"),  # most of it
        ("\uff10\uff19\uff19\uff13\uff10\uff11\uff10\uff10\uff10\uff11\uff12\uff13", "099301000123"),  # full width
        ("không chín chín ba không một không không không một hai ba", "099301000123"),
        ("0400111222", "0400 111 222"),
        ("0400.111.222", "0400 111 222"),
        ("nha so 7, ngo 2", "số 7 ngõ 2"),
        ("con toi bi hen", "con tôi bị hen"),
    ],
)
def test_no_way_of_writing_hides_a_secret(text: str, secret: str) -> None:
    assert find_secret(text, secret)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("[HỌ TÊN] ở xóm Đồng Chè", "Triệu Thị Mùi"),
        ("bà có mùi chè thơm", "Triệu Thị Mùi"),
        ("bà T.T.M.", "Triệu Thị Mùi"),
        ("ông Triệu Văn Sùng", "Triệu Thị Mùi"),
        ("số 7 ngõ 21", "số 7 ngõ 2"),
        ("số 17 ngõ 2", "số 7 ngõ 2"),
        ("0993xxxxxxxx", "099301000123"),
        ("con tôi bị ốm", "con tôi bị hen"),
        ("", "Triệu Thị Mùi"),
    ],
)
def test_what_shows_nobody_is_no_secret(text: str, secret: str) -> None:
    assert find_secret(text, secret) == ""


def test_hiding_the_matter_too_costs_points(context: Context) -> None:
    assert masked(MASKED.replace("sau 22 giờ", "đêm"), context).share == pytest.approx(4 / 6)
    finding = masked("Một người hỏi vài việc.", context)
    assert (finding.share, finding.message) == (0, "0||xóm Đồng Chè, sau 22 giờ, Ba bóng đèn")


def test_a_text_that_says_nothing_of_the_matter_has_hidden_nothing(context: Context) -> None:
    assert masked("Một người hỏi vài việc.", context, over_mask=-0.1).share == 0


SECRET_CARD = build(
    "prompt",
    [{"on": "final", "rule": "keeps_facts", "facts": ["19 giờ 30"], "gate": ["no_planted_secrets"]}],
    material=[
        {"kind": "card", "title": "", "facts": ["19 giờ 30"], "private": ["bà L. còn nợ 300.000 đồng tiền nước"]}
    ],
)


@pytest.mark.parametrize(
    ("final", "share"),
    [
        ("Mời bà con họp 19 giờ 30", 1),
        ("Mời bà con họp 19 giờ 30. Bà L. còn nợ 300.000 đồng tiền nước.", 0),
        ("moi ba con hop 19h30 ba l con no 300.000 dong tien nuoc", 0),
    ],
)
def test_a_gate_shuts_where_a_planted_secret_gets_out(final: str, share: float, context: Context) -> None:
    finding = check(SECRET_CARD.criterion[0], SECRET_CARD, {"prompt": "", "final": final}, context)
    assert finding.share == share
    assert (wording.SECRETS[:20] in finding.message) is (share == 0)
