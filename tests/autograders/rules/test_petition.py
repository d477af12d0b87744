"""document_parts of a petition: what custom asks of a villager's paper, signed by who writes it."""

from __future__ import annotations

from typing import Any

import pytest
from built_exercise import build

from autograders import wording
from autograders.models import Context
from autograders.rules.finding import Finding
from autograders.rules.registry import check

PETITION = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
ĐƠN ĐỀ NGHỊ
Về việc sửa mương xóm Đồng Chè
Kính gửi: Ủy ban nhân dân xã Khe Chè
Chúng tôi là 15 hộ trồng lúa ở xóm Đồng Chè. Đoạn mương dài 40 m sạt lở nên 3 ha lúa thiếu nước.
Kính đề nghị Ủy ban nhân dân xã cử cán bộ xuống xem và cho sửa trước ngày 20/4/2027.
Xin trân trọng cảm ơn.
Khe Chè, ngày 3 tháng 3 năm 2027
NGƯỜI LÀM ĐƠN
(Ký, ghi rõ họ tên)
Nông Văn Hảo"""


def petition(text: str, context: Context, **more: Any) -> Finding:
    rule = {"rule": "document_parts", "document": "petition", "on": "text", **more}
    exercise = build("text", [rule])
    return check(exercise.criterion[0], exercise, {"text": text}, context)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("ngày 3 tháng 3", "ngày … tháng 3"),
        ("ĐƠN ĐỀ NGHỊ\nVề việc sửa mương xóm Đồng Chè", "ĐƠN ĐỀ NGHỊ SỬA MƯƠNG"),
        ("Nông Văn Hảo", "[HỌ TÊN]"),
        ("NGƯỜI LÀM ĐƠN", "Thay mặt các hộ"),
        ("NGƯỜI LÀM ĐƠN\n(Ký, ghi rõ họ tên)\n", "Người viết đơn: "),
    ],
)
def test_a_villagers_paper_is_whole_in_the_ways_it_is_written(old: str, new: str, context: Context) -> None:
    assert petition(PETITION.replace(old, new) if old else PETITION, context).share == 1


def test_a_petition_without_diacritics_is_whole(context: Context) -> None:
    plain = """CONG HOA XA HOI CHU NGHIA VIET NAM
Doc lap - Tu do - Hanh phuc
DON DE NGHI
Kinh gui: Uy ban nhan dan xa Khe Che
Chung toi la 15 ho trong lua o xom Dong Che. Doan muong dai 40 m sat lo nen 3 ha lua thieu nuoc.
Kinh de nghi xa cu can bo xuong xem va cho sua truoc ngay 20/4/2027.
Khe Che, ngay 3 thang 3 nam 2027
NGUOI LAM DON
Nong Van Hao"""
    assert petition(plain, context).share == 1


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("Độc lập - Tự do - Hạnh phúc", "", "motto"),
        ("ĐƠN ĐỀ NGHỊ\n", "CÔNG VĂN\n", "title"),
        ("ĐƠN ĐỀ NGHỊ\n", "Đơn vị chúng tôi xin trình bày như sau\n", "title"),
        ("Kính gửi: Ủy ban nhân dân xã Khe Chè\n", "", "addressee"),
        ("ngày 3 tháng 3 năm 2027", "3/3/2027", "place_date"),
        ("Khe Chè, ngày 3 tháng", "Ngày 3 tháng", "place_date"),
        ("NGƯỜI LÀM ĐƠN", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "signature"),
        ("Nông Văn Hảo", "", "signature"),
    ],
)
def test_each_part_of_a_petition_is_missed_when_it_is_gone(old: str, new: str, part: str, context: Context) -> None:
    finding = petition(PETITION.replace(old, new), context)
    assert finding.share == pytest.approx(5 / 6)
    assert wording.PETITION_PARTS[part] in finding.message


def test_who_writes_a_petition_signs_no_official_paper(context: Context) -> None:
    assert petition(PETITION, context, document="official_letter", parts=["signature"]).share == 0
