"""The figures of lessons that lean on a table or a simulation, counted again from what learners hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course.catalog import read_lesson
from course.lesson import Variant
from course.tables import ask, read_table

ROOT = Path(__file__).parents[2]
ASK = read_lesson(ROOT / "level4_data" / "04_ask").lesson
EXPERIMENT = read_lesson(ROOT / "level5_innovation" / "04_experiment").lesson


def name(variant: Variant) -> str:
    return f"{variant.role}-{variant.id}"


@pytest.mark.parametrize("variant", ASK.variant, ids=name)
def test_the_counts_of_a_book_are_those_that_answers_are_checked_against(variant: Variant) -> None:
    drawn: dict[str, Any] = variant.values
    book = read_table(drawn["so"])
    kind, month = book[drawn["cot_loai"]] == drawn["loai"], book["ngay"].between(str(drawn["d1"]), str(drawn["d2"]))
    wanted, whole_month = book[kind & month], book[month]
    before = wanted[wanted["ngay"] < str(drawn["d2"])]
    assert len(book) == 204
    assert len(wanted) == drawn["rows"]
    assert wanted[drawn["cot_ai"]].nunique() == drawn["n"]
    assert wanted[drawn["cot_so"]].count() == drawn["filled"]
    assert before[drawn["cot_ai"]].nunique() == drawn["n_before"]
    assert before[drawn["cot_so"]].count() == drawn["ai_says"], "what the weak query of the first card finds"
    assert whole_month[drawn["cot_ai"]].nunique() == drawn["n_all"]
    wrong = {drawn[key] for key in ("rows", "filled", "n_before", "n_all", "rows_all", "ai_says")}
    assert drawn["n"] not in wrong, "a wrong way of counting must not lead to the right figure"


@pytest.mark.parametrize("variant", ASK.variant, ids=name)
def test_the_twelve_lines_stand_in_the_book_and_are_counted_as_the_lesson_says(variant: Variant) -> None:
    drawn: dict[str, Any] = variant.values
    book = read_table(drawn["so"])
    lines = ask(
        f"SELECT strftime(ngay, '%d/%m') || ', ' || {drawn['cot_ai']} FROM so "  # noqa: S608
        f"WHERE ngay BETWEEN DATE '{drawn['d2']}' - 2 AND DATE '{drawn['d2']}' + 1",
        so=book,
    )
    shown = [row[0] for row in drawn["trich"][1:]]
    assert sorted(lines.iloc[:, 0]) == sorted(shown)
    counted = [
        row for row in drawn["trich"][1:] if row[1].startswith(drawn["loai"]) and day(row) <= f"{drawn['d2']:%m%d}"
    ]
    assert len(counted) == drawn["e_rows"]
    assert len({row[0].partition(", ")[2] for row in counted}) == drawn["e_n"]
    assert sum(drawn["blank"] not in row[1] for row in counted) == drawn["e_filled"]


def day(row: list[str]) -> str:
    """Month and day of "29/03, bac Sang", to be compared."""
    return row[0][3:5] + row[0][:2]


def chance(rate: float, people: int) -> float:
    """As the lesson's cell has it: points that two equal versions differ by at most, 95 times of 100."""
    luck = np.random.default_rng(1945)
    a, b = luck.binomial(people, rate, 4000), luck.binomial(people, rate, 4000)
    return float(np.quantile(np.abs((b - a) / people * 100), 0.95))


@pytest.mark.parametrize("variant", EXPERIMENT.variant, ids=name)
def test_the_figures_of_a_trial_are_those_of_its_counts_and_of_chance(variant: Variant) -> None:
    drawn: dict[str, Any] = variant.values
    a, b, rate = drawn["ket_qua_a"], drawn["ket_qua_b"], drawn["base"] / 100
    assert len(a) == len(b) == 20
    assert all(0 <= after - before <= 10 for side in (a, b) for before, after in zip([0, *side], side, strict=False))
    assert (a[-1], b[-1]) == (drawn["ka"], drawn["kb"])
    assert drawn["diff"] == (b[-1] - a[-1]) / 2 == drawn["pb"] - drawn["pa"]
    assert drawn["diff20"] == abs(b[1] - a[1]) * 5
    assert round(chance(rate, 200), 1) == drawn["band"]
    assert chance(rate, 20) == drawn["small"]
    steps = range(20, 201, 20)
    assert next(people for people in steps if chance(rate, people) <= drawn["worth"]) == drawn["need"]
    enough = drawn["diff"] > drawn["band"]
    assert ("chưa đủ" in drawn["verdict"]) is not enough
    assert abs(drawn["diff"] - drawn["band"]) > 2, "too close to chance to be read by a beginner"
