"""Tables of a lesson's cells: read with their dates, asked by SQL that reaches nothing but them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from course.tables import QuestionError, ask, read_table

CSV = "ngay,khach,so_kg\n2027-03-30,bác Sáng,3\n2027-03-31,bác Sáng,\n2027-04-01,cô Hằng,2\n"


@pytest.fixture
def sold() -> pd.DataFrame:
    return read_table(CSV)


def test_days_become_dates_and_a_blank_stays_blank(sold: pd.DataFrame) -> None:
    assert str(sold["ngay"].dtype).startswith("datetime64")
    assert sold["so_kg"].isna().sum() == 1
    assert not str(read_table("ma\n2027-03\n2027-04\n")["ma"].dtype).startswith("datetime64")


@pytest.mark.parametrize(
    ("select", "found"),
    [
        ("COUNT(*)", 3),
        ("COUNT(DISTINCT khach)", 2),
        ("COUNT(so_kg)", 2),
        ("COUNT(*) FILTER (ngay <= '2027-03-31')", 2),
        ("COUNT(*) FILTER (ngay < '2027-03-31')", 1),
    ],
)
def test_a_query_counts_lines_people_blanks_and_days_as_sql_does(sold: pd.DataFrame, select: str, found: int) -> None:
    assert ask(" ".join(("SELECT", select, "FROM so_ban")), so_ban=sold).iloc[0, 0] == found


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELECT * FROM so_mua", "Bảng đang có: so_ban."),
        ("SELECT * FROM sold", "Bảng đang có: so_ban."),
        ("SELECT gia FROM so_ban", "Các cột: ngay, khach, so_kg."),
        ("SELEC khach FROM so_ban", "viết chưa đúng"),
        ("SELECT 1; SELECT 2", "một câu SELECT"),
        ("", "một câu SELECT"),
        ("DROP VIEW so_ban", "một câu SELECT"),
        ("SET enable_external_access = true", "một câu SELECT"),
        ("SELECT * FROM so_ban WHERE ngay = 'hôm qua'", "kiểu của từng cột"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(sold: pd.DataFrame, sql: str, says: str) -> None:
    with pytest.raises(QuestionError, match=says):
        ask(sql, so_ban=sold)


def test_no_query_reads_or_writes_a_file(sold: pd.DataFrame, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a\n1\n", "utf-8")
    for source in (f"'{file}'", f"read_csv('{file}')", f"read_text('{file}')"):
        with pytest.raises(QuestionError):
            ask(" ".join(("SELECT * FROM", source)), so_ban=sold)
    with pytest.raises(QuestionError):
        ask(f"COPY so_ban TO '{tmp_path / 'b.csv'}'", so_ban=sold)
    assert not (tmp_path / "b.csv").exists()


def test_a_closed_process_knows_tables_by_their_given_names_alone() -> None:
    source = """
import duckdb, pandas as pd
from course.tables import ask, close_database
rain = pd.DataFrame({"mm": [1, 2]})
assert duckdb.sql("select sum(mm) from rain").fetchall() == [(3,)]
close_database()
for base in (duckdb, duckdb.connect(), duckdb.connect(config={"enable_external_access": "true"})):
    try:
        base.sql("select * from rain").fetchall()
    except duckdb.CatalogException:
        continue
    raise AssertionError("a name of Python's was a table")
duckdb.register("rain", rain)
assert duckdb.sql("select sum(mm) from rain").fetchall() == [(3,)]
assert ask("select sum(mm) from rain", rain=rain).iloc[0, 0] == 3
"""
    assert subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=False).stderr == ""
