"""has_table: tables as phones and chat windows give them, compared by value."""

from __future__ import annotations

from typing import Any

import pytest
from built_exercise import build

from autograders import wording
from autograders.models import Context
from autograders.rules.finding import Finding
from autograders.rules.registry import check

RULE = {
    "on": "text",
    "rule": "has_table",
    "columns": [{"any": ["xóm", "tên xóm"]}, {"any": ["số hộ", "hộ"]}, "tiền"],
    "rows": [["Đồng Chè", "60 hộ", "9.000.000 đồng"], ["Khe Tát", "42", ""]],
}
MARKDOWN = "| Xóm | Số hộ | Tiền |\n|---|---:|---:|\n| Đồng Chè | 60 | 9 triệu |\n| Khe Tát | 42 | 6.300.000 |"


def table(text: str, context: Context, **more: Any) -> Finding:
    exercise = build("text", [{**RULE, **more}])
    return check(exercise.criterion[0], exercise, {"text": text}, context)


@pytest.mark.parametrize(
    "text",
    [
        MARKDOWN,
        "Bảng đây ạ:\n\n" + MARKDOWN + "\n\nXin cảm ơn.",
        MARKDOWN.replace("|---|---:|---:|\n", ""),
        MARKDOWN.replace("\n", "\n\n"),
        "Xóm\tSố hộ\tTiền\nĐồng Chè\t60\t9.000.000đ\nKhe Tát\t42\t",
        "xom | so ho | tien\ndong che | sáu mươi | 9 triệu đồng\nkhe tat | 42 hộ | 6,3 triệu",
        "| Tiền | Xóm | Số hộ |\n| 6300k | Khe Tát | 42 |\n| 9000k | Đồng Chè | 60 |",  # any order
    ],
)
def test_a_table_is_read_however_it_is_typed(text: str, context: Context) -> None:
    assert table(text, context).share == 1


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Đồng Chè có 60 hộ, 9 triệu. Khe Tát có 42 hộ.", 0),  # no table
        ("| Xóm | Số hộ | Tiền |", 0),  # a head alone
        (MARKDOWN.replace("| 60 |", "| 61 |"), 0.8),
        (MARKDOWN.replace("| 60 | 9 triệu |", "| 9 triệu | 60 |"), 0.8),  # in the wrong columns
        (MARKDOWN.replace("| Tiền |", "| Ghi chú |"), 0.6),
        (MARKDOWN.replace("| 60 |", "| 60 61 62 63 64 65 66 67 68 |"), 0.8),  # every possibility
        ("| Xóm | Số hộ | Tiền |\n| a | b | c |", 0.6),
    ],
)
def test_columns_and_rows_share_the_points(text: str, share: float, context: Context) -> None:
    assert table(text, context).share == pytest.approx(share)


def test_too_few_rows_earn_nothing_and_are_counted(context: Context) -> None:
    finding = table(MARKDOWN, context, min_rows=3)
    assert (finding.share, finding.message) == (0, wording.FEW_ROWS.format(n=2, limit=3))


def test_one_row_does_not_count_for_two(context: Context) -> None:
    rows = [["Đồng Chè", "", ""], ["Đồng Chè", "60", ""]]
    one = "| Xóm | Số hộ | Tiền |\n| Đồng Chè | 60 | 9 triệu |"
    assert table(one, context, rows=rows).share == pytest.approx(0.8)
