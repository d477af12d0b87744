"""keeps_facts, matches_any and number_is over the boxes of real exercises."""

from __future__ import annotations

from typing import Any

import pytest
from built_exercise import build

from autograders import wording
from autograders.models import Context
from autograders.rules.finding import Finding
from autograders.rules.registry import check

NUMBER = ["Số:      /UBND-KT", "/UBND-KT"]
OFFICE = ["Sở Nông nghiệp và Môi trường", "Sở NN và MT", "Sở NN&MT"]


def box(rule: dict[str, Any], text: Any, context: Context) -> Finding:
    exercise = build("fill", [{"on": "box.a", **rule}], box=[{"id": "a", "label": "Ô"}])
    return check(exercise.criterion[0], exercise, {"boxes": {"a": text}}, context)


@pytest.mark.parametrize(
    ("forms", "text", "share"),
    [
        (NUMBER, "Số:    /UBND-KT", 1),
        (NUMBER, "số … /ubnd-kt", 1),
        (NUMBER, "Số: 128/UBND-KT", 0),  # the number is not the writer's to give
        (OFFICE, "Kính gửi: Sở Nông nghiệp và Môi trường tỉnh Thái Nguyên", 1),
        (OFFICE, "so nn&mt", 1),
        (OFFICE, "Ủy ban nhân dân huyện", 0),
        (["16/03/2027"], "ngày 16 tháng 3", 1),
        (["16/03/2027"], "16/3 hoặc 17/3 hoặc 18/3", 0),  # every possibility is no answer
        (["chị Hoa"], "chị Hoa, anh Thắng, cô Lụa, bác Thìn, ông Kiên, bà Sửu, chú Bình, em Nam, cả tổ", 0),
        (["thay 3 bóng đèn"], "thay ba bóng đèn", 1),
        (["B1"], "theo đoạn b1", 1),
        (["B1"], "A1, A2, B1, B2, C1", 0),  # each passage there is
        (["4/6"], "T6 4/6", 1),
        ([{"any": ["bác Thìn"], "near": ["giao"]}], "giao bác Thìn làm", 1),
    ],
)
def test_a_box_holds_one_of_the_forms_and_hardly_more(
    forms: list[Any], text: str, share: float, context: Context
) -> None:
    assert box({"rule": "matches_any", "forms": forms}, text, context).share == share


@pytest.mark.parametrize(
    ("value", "tolerance", "text", "share"),
    [
        (1234.5, 0, "1.234,5", 1),
        (1234.5, 0, "1234.5 kg", 1),
        (1234, 0, "1.234", 1),
        (1234, 0, "1,234", 1),
        (12, 0, "12 ha", 1),
        (12, 0, "mười hai", 1),
        (150000, 0, "150k", 1),
        (20, 0, "20%", 1),
        (20, 0.5, "20,4", 1),
        (20, 0.5, "20,6", 0),
        (60, 0, "20 + 40 = 60", 1),
        (60, 0, "20 + 40", 0),
        (60, 0, "50 60 70", 0),
        (-5, 0, "-5", 1),
        (5, 0, "-5", 0),
        (12, 0, 12, 1),
        (12, 0, "không biết", 0),
    ],
)
def test_a_number_is_compared_by_value(
    value: float, tolerance: float, text: Any, share: float, context: Context
) -> None:
    assert box({"rule": "number_is", "value": value, "tolerance": tolerance}, text, context).share == share


MEND = {
    "rule": "keeps_facts",
    "max_syllables": 20,
    "facts": [
        {"any": ["50%", "nửa giá máy"], "name": "50%"},
        {"all": ["7.000.000 đồng"], "near": ["tối đa", "không quá"], "name": "tối đa 7 triệu"},
    ],
}


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Mỗi hộ được hỗ trợ 50% giá máy, tối đa 7.000.000 đồng.", 1),
        ("ho tro mot nua gia may khong qua 7 trieu", 1),
        ("Mỗi hộ được 7.000.000 đồng, bằng 50% giá máy", 0.5),
        ("hỗ trợ máy sao chè", 0),
        ("Mỗi hộ được hỗ trợ 50% giá máy, tối đa 7.000.000 đồng" + " nữa" * 20, 0),  # the whole source poured in
    ],
)
def test_facts_share_the_points_and_the_limit_holds(text: str, share: float, context: Context) -> None:
    assert box(MEND, text, context).share == share


def test_lost_facts_are_named_and_found_ones_quoted(context: Context) -> None:
    finding = box(MEND, "Hỗ trợ một nửa giá máy", context)
    assert finding.message == "tối đa 7 triệu|một nửa|1"
    assert finding.evidence == "một nửa"


def test_a_wrong_weekday_is_said_to_be_one(context: Context) -> None:
    finding = box({"rule": "keeps_facts", "facts": ["12/03/2027"]}, "thứ Bảy 12/3", context)
    assert finding.share == 0
    assert "thứ Bảy" in finding.message
    assert "thứ Sáu" in finding.message


WATER = ["14/4", {"any": ["8 giờ đến 11 giờ"]}]
TO = {
    "people": build(
        "text", [{"on": "text", "rule": "keeps_facts", "facts": WATER, "address": ["bà con"], "absent": ["kính gửi"]}]
    ),
    "office": build(
        "text",
        [{"on": "text", "rule": "keeps_facts", "facts": WATER, "address": ["kính gửi"], "absent": ["thưa bà con"]}],
    ),
}


@pytest.mark.parametrize(
    ("text", "people", "office", "said"),
    [
        ("Thưa bà con, 14/4 cắt nước 8 giờ đến 11 giờ.", 1.0, 0.0, wording.FOR_ANOTHER.format(found="Thưa bà con")),
        ("thua ba con 14/4 cat nuoc 8 gio den 11 gio", 1.0, 0.0, wording.FOR_ANOTHER.format(found="thua ba con")),
        ("Kính gửi xã: 14/4 cắt nước.", 0.0, 0.5, "8 giờ đến 11 giờ"),
        ("14/4 cắt nước 8 giờ đến 11 giờ.", 0.0, 0.0, wording.NOT_ADDRESSED.format(address="kính gửi")),
        ("Kính gửi xã, thưa bà con: 14/4, 8 giờ đến 11 giờ.", 0.0, 0.0, "thưa bà con"),
    ],
)
def test_a_text_counts_for_the_receiver_it_calls_and_for_no_other(
    text: str, people: float, office: float, said: str, context: Context
) -> None:
    shares = {to: check(e.criterion[0], e, {"text": text}, context).share for to, e in TO.items()}
    assert shares == {"people": people, "office": office}
    assert said in check(TO["office"].criterion[0], TO["office"], {"text": text}, context).message
