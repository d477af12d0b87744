"""Rows chosen, sorted, counted and grouped, changes told, tables given back."""

import re

import pandas as pd
import pytest

from hub_config.services.ai.practice.replies import free_reply
from hub_config.services.ai.practice.tables.numbers import number
from hub_config.services.ai.practice.tables.wording import NEEDS_TABLE
from hub_config.services.ai.practice.vocabulary import fold

TABLE = """| Xóm | Nhóm | Số hộ | Hộ nghèo 2026 | Hộ nghèo 2027 |
|---|---|---|---|---|
| Nà Pồng | A | 120 | 30 | 20 |
| Khau Cút | B | 80 | 10 | 15 |
| Pác Ngòi | A | 95 | 12 | 12 |
| Bản Mới | B | 60 | 9 | 0 |"""


def reply(question: str) -> str:
    first = free_reply(f"{question}\n{TABLE}")
    assert first == free_reply(f"{TABLE}\n\n{question}")
    return first


def names(question: str) -> list[str]:
    rows = [line.split("|")[1].strip() for line in reply(question).splitlines() if line.startswith("| ")]
    return rows[2:]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Lọc các dòng có số hộ trên 80", ["Nà Pồng", "Pác Ngòi"]),
        ("loc cac dong co so ho tren 80", ["Nà Pồng", "Pác Ngòi"]),
        ("lọc giúp tôi các xóm có từ 80 hộ trở lên", ["Nà Pồng", "Khau Cút", "Pác Ngòi"]),
        ("Liệt kê các xóm có số hộ không quá 80", ["Khau Cút", "Bản Mới"]),
        ("Những xóm có số hộ từ 70 đến 100", ["Khau Cút", "Pác Ngòi"]),
        ("Lọc các xóm nhóm B", ["Khau Cút", "Bản Mới"]),
        ("Lọc xóm nhóm B có số hộ > 70", ["Khau Cút"]),
        ("Sắp xếp theo số hộ giảm dần", ["Nà Pồng", "Pác Ngòi", "Khau Cút", "Bản Mới"]),
        ("xep theo so ho tang dan", ["Bản Mới", "Khau Cút", "Pác Ngòi", "Nà Pồng"]),
        ("Sắp xếp theo hộ nghèo 2027 từ cao đến thấp", ["Nà Pồng", "Khau Cút", "Pác Ngòi", "Bản Mới"]),
        ("2 xóm có số hộ nhiều nhất", ["Nà Pồng", "Pác Ngòi"]),
        ("hai xóm có số hộ ít nhất là xóm nào", ["Bản Mới", "Khau Cút"]),
        ("Top 3 theo số hộ", ["Nà Pồng", "Pác Ngòi", "Khau Cút"]),
        ("Kẻ lại thành bảng giúp tôi", ["Nà Pồng", "Khau Cút", "Pác Ngòi", "Bản Mới"]),
    ],
)
def test_rows_are_chosen_and_given_back_as_a_table(question: str, rows: list[str]) -> None:
    assert names(question) == rows


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Có bao nhiêu xóm có số hộ từ 90 trở lên?", "Số dòng có “Số hộ” từ 90: 2 (trong 4 dòng)."),
        ("dem so xom co so ho duoi 90", "Số dòng có “Số hộ” dưới 90: 2 (trong 4 dòng)."),
        ("Tổng số hộ của nhóm A?", "Tổng “Số hộ”: 215."),
        ("Tổng hộ nghèo là bao nhiêu?", "Tổng “Hộ nghèo 2026”: 61."),
        ("Tổng hộ nghèo là bao nhiêu?", "Tổng “Hộ nghèo 2027”: 47."),
        ("nhom B trung binh bao nhieu so ho", "Trung bình “Số hộ”: 70."),
        ("Tổng số hộ của Nà Pồng và Bản Mới?", "Tổng “Số hộ”: 180."),
        ("Hộ nghèo của Nà Pồng tăng hay giảm?", "Nà Pồng: “Hộ nghèo 2026” 30, “Hộ nghèo 2027” 20, giảm 10 (33,33 %)."),
        ("ho ngheo tang giam bao nhieu phan tram", "Khau Cút: “Hộ nghèo 2026” 10, “Hộ nghèo 2027” 15, tăng 5 (50 %)."),
        ("Hộ nghèo 2027 so với 2026 thay đổi thế nào?", "Pác Ngòi: “Hộ nghèo 2026” 12, “Hộ nghèo 2027” 12, không đổi."),
        ("Hộ nghèo tăng giảm thế nào?", "Cả bảng: “Hộ nghèo 2026” 61, “Hộ nghèo 2027” 47, giảm 14 (22,95 %)."),
    ],
)  # fmt: skip
def test_figures_are_those_of_the_rows_that_are_meant(question: str, line: str) -> None:
    assert line in reply(question).splitlines()


def test_no_row_that_fits_is_said_so() -> None:
    assert "không dòng nào có “Số hộ” trên 500" in reply("Lọc các dòng có số hộ trên 500")


@pytest.mark.parametrize(
    "question", ["Tổng số hộ theo từng nhóm", "tinh tong so ho theo nhom", "Mỗi nhóm tổng số hộ là bao nhiêu?"]
)
def test_groups_are_summed(question: str) -> None:
    head = ["| Nhóm | Số dòng | Tổng số hộ |", "| --- | --- | --- |"]
    assert reply(question).splitlines()[2:] == [*head, "| A | 2 | 215 |", "| B | 2 | 140 |"]


def test_years_as_rows_are_compared_too() -> None:
    years = "Năm;Sản lượng (tấn)\n2025;120\n2026;150\n2027;135"
    assert "“2025” 120, “2027” 135, tăng 15 (12,5 %)" in free_reply(f"{years}\nSản lượng tăng bao nhiêu phần trăm?")
    assert "“2026” 150, “2027” 135, giảm 15 (10 %)" in free_reply(
        f"{years}\nNăm 2027 so với năm 2026 sản lượng giảm mấy %"
    )


def test_sums_are_those_of_pandas() -> None:
    numbers = [(n * 37) % 101 + 0.5 for n in range(40)]
    table = "\n".join(["Hộ|Sào", *(f"Hộ {n}|{str(value).replace('.', ',')}" for n, value in enumerate(numbers))])
    series = pd.Series(numbers)
    found = re.search(
        r"Tổng “Sào”: (.+)\.$", free_reply(f"{table}\nTổng sào của những hộ có sào trên 50"), re.MULTILINE
    )
    assert found and number(found[1]) == series[series > 50].sum()


def test_percentages_of_rows_stay_shares() -> None:
    assert "Nà Pồng chiếm 33,8 % tổng “Số hộ”." in reply("Số hộ của Nà Pồng chiếm bao nhiêu phần trăm?").splitlines()


def test_a_table_without_diacritics_is_read() -> None:
    assert "Tổng “So ho”: 355." in free_reply(fold(f"Tổng số hộ?\n{TABLE}"))


def test_without_a_table_it_asks_for_one() -> None:
    assert free_reply("Tính trung bình cột số hộ trong bảng") == NEEDS_TABLE
