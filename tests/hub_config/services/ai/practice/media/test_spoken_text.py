"""Figures, hours, dates, money, units and abbreviations are written out before they are read aloud."""

import pytest

from hub_config.services.ai.practice.media.spoken_text import spoken_text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("lúc 19h30", "lúc 19 giờ 30"),
        ("từ 7h đến 9H", "từ 7 giờ đến 9 giờ"),
        ("7:30", "7 giờ 30"),
        ("08h00", "8 giờ"),
        ("12/3/2027", "ngày 12 tháng 3 năm 2027"),
        ("ngày 03/12/2027", "ngày 3 tháng 12 năm 2027"),
        ("sáng 15/3", "sáng 15 tháng 3"),
        ("tháng 3/2027", "tháng 3 năm 2027"),
        ("3/4 số hộ", "3/4 số hộ"),
        ("UBND xã", "ủy ban nhân dân xã"),
        ("TP Thái Nguyên, TP. Sông Công", "thành phố Thái Nguyên, thành phố Sông Công"),
        ("150.000 đ", "150000 đồng"),
        ("15.000đ/kg", "15000 đồng một ki lô gam"),
        ("150k", "150 nghìn"),
        ("2,5 km2", "2 phẩy 5 ki lô mét vuông"),
        ("60 km/h", "60 ki lô mét một giờ"),
        ("30-40%", "30 đến 40 phần trăm"),
        ("1.234.567 người", "1234567 người"),
        ("0912 345 678", "không chín một hai, ba bốn năm, sáu bảy tám"),
        ("ĐT: 0208.3855.123", "điện thoại: không hai không tám, ba tám năm năm, một hai ba"),
        ("học AI", "học ây ai"),
        ("HAI CON GÀ", "HAI CON GÀ"),
        ("Họp 😀 xóm\x00\u200b", "Họp xóm"),
    ],
)
def test_as_one_reads_it_aloud(written: str, said: str) -> None:
    assert spoken_text(written) == said


def test_phoneme_brackets_never_reach_the_program() -> None:
    assert spoken_text("[[h@'loU]] <break/> xin chào") == "h@'loU break/ xin chào"
