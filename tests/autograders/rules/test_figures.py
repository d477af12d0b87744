"""Figures in every usual Vietnamese way of writing them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from autograders.normalize import read_text
from autograders.rules.figures import find_figures
from autograders.rules.values import Date, Money, Number, Time, Value, Weekday

HALF_PAST_SEVEN = Time(19, 30)


def number(amount: str, percent: bool = False) -> Number:
    return Number(Decimal(amount), percent)


def money(amount: int) -> Money:
    return Money(Decimal(amount))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("19h30", HALF_PAST_SEVEN),
        ("19:30", HALF_PAST_SEVEN),
        ("19 giờ 30", HALF_PAST_SEVEN),
        ("19 giờ 30 phút", HALF_PAST_SEVEN),
        ("19g30", HALF_PAST_SEVEN),
        ("7 rưỡi tối", HALF_PAST_SEVEN),
        ("7h30 tối", HALF_PAST_SEVEN),
        ("7 giờ rưỡi tối", HALF_PAST_SEVEN),
        ("bảy giờ rưỡi tối", HALF_PAST_SEVEN),
        ("bay gio ruoi toi", HALF_PAST_SEVEN),
        ("tối thứ Sáu lúc 7 rưỡi", HALF_PAST_SEVEN),
        ("mười chín giờ ba mươi", HALF_PAST_SEVEN),
        ("8 giờ kém 15 sáng", Time(7, 45)),
        ("5 giờ chiều", Time(17, 0)),
        ("từ 8 đến 11 giờ sáng", Time(8, 0)),
        ("8-11h", Time(8, 0)),
        ("7 tới 9h tối", Time(19, 0)),
        ("12 giờ trưa", Time(12, 0)),
        ("1 giờ trưa", Time(13, 0)),
        ("11 giờ đêm", Time(23, 0)),
        ("12/3", Date(12, 3)),
        ("12-3", Date(12, 3)),
        ("12.3.2027", Date(12, 3, 2027)),
        ("12/03/27", Date(12, 3, 2027)),
        ("2027-03-12", Date(12, 3, 2027)),
        ("ngày 12 tháng 3", Date(12, 3)),
        ("ngày 12 tháng 3 năm 2027", Date(12, 3, 2027)),
        ("mười hai tháng ba", Date(12, 3)),
        ("muoi hai thang ba", Date(12, 3)),
        ("thu sau muoi hai thang ba", Date(12, 3)),
        ("mùng ba tháng giêng", Date(3, 1)),
        ("mười hai tháng ba năm hai nghìn không trăm hai mươi bảy", Date(12, 3, 2027)),
        ("ngày 16 và 17 tháng 3 năm 2027", Date(16, 3, 2027)),
        ("ngày 16, 17 và 18/3", Date(17, 3)),
        ("16-17/3", Date(16, 3)),
        ("thứ Bảy, ngày 12 tháng 3", Date(12, 3)),
        ("thứ Bảy, ngày 12 tháng 3", Weekday(5)),
        ("chủ nhật, ngày 14/3", Date(14, 3)),
        ("chủ nhật, ngày 14/3", Weekday(6)),
        ("hơn tháng hai tháng tư", Date(0, 2)),
        ("hơn tháng 2, tháng 4", Date(0, 4)),
        ("hơn tháng 12 tháng 4", Date(0, 4)),
        ("tháng 3/2027", Date(0, 3, 2027)),
        ("thứ Sáu", Weekday(4)),
        ("thứ 6", Weekday(4)),
        ("thu sau", Weekday(4)),
        ("Chủ nhật", Weekday(6)),
        ("150k", money(150_000)),
        ("150 nghìn", money(150_000)),
        ("150 ngàn", money(150_000)),
        ("150,000", money(150_000)),
        ("150.000", money(150_000)),
        ("150.000đ", money(150_000)),
        ("150 000 đồng", money(150_000)),
        ("trăm rưỡi", money(150_000)),
        ("tram ruoi", money(150_000)),
        ("hai trăm rưỡi", money(250_000)),
        ("một trăm năm mươi nghìn", money(150_000)),
        ("mot tram nam muoi nghin", money(150_000)),
        ("1tr5", money(1_500_000)),
        ("một triệu rưỡi", money(1_500_000)),
        ("1 triệu 200 nghìn", money(1_200_000)),
        ("hết 2 triệu 4, xin xã", money(2_400_000)),
        ("hai triệu bốn đồng", money(2_400_000)),
        ("2 triệu 4 hộ", money(2_000_000)),  # four households, not 2,4 million
        ("7 triệu đồng", money(7_000_000)),
        ("1,2 tỷ", money(1_200_000_000)),
        ("12 ha", number("12")),
        ("12ha", number("12")),
        ("hai buổi", number("2")),
        ("02 buổi", number("2")),
        ("1.234,5", number("1234.5")),
        ("1234.5", number("1234.5")),
        ("1234,5", number("1234.5")),
        ("50%", number("50", percent=True)),
        ("50 phần trăm", number("50", percent=True)),
        ("năm mươi phần trăm", number("50", percent=True)),
        ("một nửa", number("50", percent=True)),
        ("nửa giá máy", number("50", percent=True)),
        ("hai mươi mốt", number("21")),
        ("hai lăm", number("25")),
        ("ba trăm linh năm", number("305")),
        ("5 dong", number("5")),  # five lines, not five đồng
    ],
)
def test_a_value_is_read_however_it_is_written(written: str, value: Value) -> None:
    assert any(figure.says(value) for figure in find_figures(written)), find_figures(written)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("7 rưỡi sáng", HALF_PAST_SEVEN),
        ("07:30", HALF_PAST_SEVEN),
        ("12/3", Date(3, 12)),
        ("32/3", Date(32, 3)),
        ("thứ Bảy, ngày 12 tháng 3", Date(7, 3)),
        ("thu 7, ngay 12 thang 3", Date(7, 3)),
        ("họp thứ Năm, ngày 12/3", Date(5, 3)),
        ("12/13", Date(12, 13)),
        ("150 hộ", money(150)),
        ("150.000 hộ", money(150_000)),
        ("lớp 4A", number("4")),
        ("nửa đêm", number("50", percent=True)),
        ("năm nay", number("5")),
        ("đầu tư", number("4")),
        ("bà con", number("3")),
        ("ba con xom Dong Che", number("3")),
        ("lần thứ 2", Weekday(0)),
        ("thu 5 nghìn", Weekday(3)),
        ("12 ha", Time(12, 0)),
        ("8 đến 11 người", Time(8, 0)),
        ("5 dong", money(5)),
        ("5 dòng", money(5)),
    ],
)
def test_what_only_looks_like_a_value_is_none(written: str, value: Value) -> None:
    assert not any(figure.says(value) for figure in find_figures(written)), find_figures(written)


@pytest.mark.parametrize("written", ["7 rưỡi", "7h30", "7 giờ 30", "bảy giờ rưỡi", "toi se den 7h30"])
def test_a_time_without_its_part_of_the_day_may_be_morning_or_evening(written: str) -> None:
    (figure,) = find_figures(written)
    assert figure.unclear
    assert figure.says(Time(7, 30))
    assert figure.says(HALF_PAST_SEVEN)


@pytest.mark.parametrize("written", ["thứ Bảy 12/3", "12/3 (thứ bảy)", "thứ 7, 19h30, ngày 12 tháng 3", "thu bay 12/3"])
def test_a_weekday_next_to_a_date_belongs_to_it(written: str) -> None:
    assert [figure.weekday for figure in find_figures(written) if figure.says(Date(12, 3))] == [5]


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("ngày 16, 17 và 18 tháng 3", [16, 17, 18]),
        ("thứ Bảy, ngày 12 và 13 tháng 3", [12, 13]),
        ("chủ nhật, ngày 14/3", [14]),
    ],
)
def test_days_that_share_a_month_are_a_date_each(written: str, days: list[int]) -> None:
    found = {value for figure in find_figures(written) for value in figure.values if isinstance(value, Date)}
    assert {date for date in found if date.month} == {Date(day, 3) for day in days}


def test_dictated_text_without_punctuation_or_diacritics_is_read_whole() -> None:
    text = "hop luc bay gio ruoi toi thu sau muoi hai thang ba gop mot tram nam muoi nghin moi ho mot nguoi"
    found = find_figures(text)
    for value in (HALF_PAST_SEVEN, Date(12, 3), Weekday(4), money(150_000)):
        assert any(figure.says(value) for figure in found), value


def test_figures_are_quoted_as_written() -> None:
    text = "Góp Một Trăm Năm Mươi nghìn, lúc 7 rưỡi tối."
    read = read_text(text)
    quotes = [read.quote_tokens(figure.first, figure.last) for figure in find_figures(text)]
    assert quotes == ["Một Trăm Năm Mươi nghìn", "7 rưỡi tối"]
