"""official_date and document_parts: the forms of Decree 30/2020, and the forms that miss it."""

from __future__ import annotations

from typing import Any

import pytest
from built_exercise import build

from autograders import wording
from autograders.models import Context
from autograders.rules.finding import Finding
from autograders.rules.registry import check

FORMS = ["Khe Chè, ngày 03 tháng 3 năm 2027", "Khe Chè, ngày … tháng 3 năm 2027"]


def box(rule: dict[str, Any], text: str, context: Context) -> Finding:
    exercise = build("fill", [{"on": "box.a", **rule}], box=[{"id": "a", "label": "Ô", "kind": "lines"}])
    return check(exercise.criterion[0], exercise, {"boxes": {"a": text}}, context)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Khe Chè, ngày 03 tháng 3 năm 2027", 1),
        ("khe che, ngay 03 thang 3 nam 2027", 1),
        ("Xã Khe Chè, ngày 03 tháng 3 năm 2027", 1),
        ("Khe Chè, ngày 03 tháng 03 năm 2027", 1),  # more zeros than needed harm nobody
        ("Khe Chè, ngày … tháng 3 năm 2027", 1),
        ("Khe Chè, ngày ..... tháng 3 năm 2027", 1),
        ("Khe Chè, ngày 3 tháng 3 năm 2027", 0),
        ("Khe Chè, ngày 3/3/2027", 0),
        ("Khe Chè, 03/3/2027", 0),
        ("ngày 03 tháng 3 năm 2027", 0),  # where is missing
        ("Khe Chè, ngày 04 tháng 3 năm 2027", 0),
        ("Khe Chè, ngày 03 tháng 3 năm 2027, ngày 04 tháng 3 năm 2027", 0),
        ("Khe Chè, ngày 03 tháng 3 năm 2027 hoặc 04/3", 0),
        ("hôm nay", 0),
    ],
)
def test_a_date_is_official_in_words_with_its_zeros(text: str, share: float, context: Context) -> None:
    assert box({"rule": "official_date", "forms": FORMS}, text, context).share == share


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Khe Chè, ngày 09 tháng 02 năm 2027", 1),
        ("Khe Chè, ngày 09 tháng 2 năm 2027", 0),
        ("ngày 15 tháng 12 năm 2027", 1),
    ],
)
def test_without_forms_any_official_date_will_do(text: str, share: float, context: Context) -> None:
    assert box({"rule": "official_date"}, text, context).share == share


def test_what_misses_the_form_is_told_apart(context: Context) -> None:
    rule = {"rule": "official_date", "forms": FORMS}
    assert wording.DATE_ZEROS in box(rule, "Khe Chè, ngày 3 tháng 3 năm 2027", context).message
    assert wording.DATE_WORDS in box(rule, "Khe Chè, ngày 3/3/2027", context).message


LETTER = """ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ KHE CHÈ | Độc lập - Tự do - Hạnh phúc
Số:      /UBND-KT | Khe Chè, ngày 03 tháng 3 năm 2027
V/v đề nghị cử cán bộ tập huấn phòng trừ bệnh phồng lá chè
Kính gửi: Sở Nông nghiệp và Môi trường tỉnh Thái Nguyên
Hiện nay xã Khe Chè có 12 ha chè bị bệnh phồng lá. UBND xã kính đề nghị Quý Sở cử cán bộ tập huấn 02 buổi.
Đầu mối liên hệ là Phòng Kinh tế xã. Rất mong Quý Sở quan tâm, phối hợp./.
Nơi nhận:
- Như trên;
- Lưu: VT, KT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lường Thị Xuyến"""
NAMED = ["motto", "agency", "number", "place_date", "subject", "addressee", "body", "signature", "recipients"]


def letter(text: str, context: Context, **more: Any) -> Finding:
    return box({"rule": "document_parts", "document": "official_letter", **more}, text, context)


def test_a_whole_letter_has_every_part(context: Context) -> None:
    finding = letter(LETTER, context, draft=True)
    assert (finding.share, finding.message) == (
        1,
        wording.FULL_DOCUMENT.format(found=", ".join(wording.DOCUMENT_PARTS[part] for part in NAMED)),
    )


def test_case_and_one_column_do_not_matter(context: Context) -> None:
    column = (
        LETTER.replace(" | ", "\n").replace("XÃ KHE CHÈ", "Xã Khe Chè").replace("ỦY BAN NHÂN DÂN", "Ủy ban nhân dân")
    )
    assert letter(column, context).share == 1


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("Độc lập - Tự do - Hạnh phúc", "", "motto"),
        ("Số:      /UBND-KT", "", "number"),
        ("ngày 03 tháng 3 năm 2027", "3/3/2027", "place_date"),
        ("ngày 03 tháng", "ngày 3 tháng", "place_date"),
        ("V/v đề nghị cử cán bộ tập huấn phòng trừ bệnh phồng lá chè", "CÔNG VĂN", "subject"),
        ("Kính gửi: Sở Nông nghiệp và Môi trường tỉnh Thái Nguyên", "", "addressee"),
        ("Lường Thị Xuyến", "", "signature"),
        ("CHỦ TỊCH\n", "", "signature"),
        ("Nơi nhận:", "", "recipients"),
    ],
)
def test_each_part_is_missed_when_it_is_gone(old: str, new: str, part: str, context: Context) -> None:
    finding = letter(LETTER.replace(old, new), context)
    assert finding.share == pytest.approx(8 / 9)
    assert finding.message.endswith("|1")
    assert wording.DOCUMENT_PARTS[part] in finding.message


def test_a_letter_with_a_title_is_told_that_it_has_none(context: Context) -> None:
    finding = letter(LETTER.replace("V/v", "CÔNG VĂN\nV/v"), context, parts=["subject"])
    assert finding.share == 0
    assert wording.LETTER_TITLED.format(found="CÔNG VĂN") in finding.message


def test_a_draft_leaves_its_number_blank(context: Context) -> None:
    numbered = LETTER.replace("Số:      /UBND-KT", "Số: 128/UBND-KT")
    assert letter(numbered, context, parts=["number"]).share == 1
    drafted = letter(numbered, context, parts=["number"], draft=True)
    assert drafted.share == 0
    assert "128/UBND-KT" in drafted.message


def test_a_decision_has_a_title_and_what_it_is_about(context: Context) -> None:
    decision = LETTER.replace(
        "V/v đề nghị cử cán bộ tập huấn phòng trừ bệnh phồng lá chè\n"
        "Kính gửi: Sở Nông nghiệp và Môi trường tỉnh Thái Nguyên",
        "QUYẾT ĐỊNH\nVề việc thành lập tổ công nghệ số cộng đồng",
    )
    rule = {"rule": "document_parts", "document": "decision"}
    assert box(rule, decision, context).share == 1
    untitled = box(rule, decision.replace("QUYẾT ĐỊNH\n", ""), context)
    assert untitled.share == pytest.approx(7 / 9)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Quốc hiệu, tên cơ quan, số ký hiệu, địa danh, trích yếu, nơi nhận, người ký",
        "Kính thưa bà con, mai xóm mình họp.",
    ],
)
def test_names_of_parts_are_no_parts(text: str, context: Context) -> None:
    assert letter(text, context).share == 0


def test_an_endless_text_is_read_in_time(context: Context) -> None:
    assert box({"rule": "official_date", "forms": FORMS}, "ngày  tháng  năm " * 1_200, context).share == 0
