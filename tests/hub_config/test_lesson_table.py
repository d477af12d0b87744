"""Reports as people read them."""

from __future__ import annotations

import re

from autograders.lesson_check import Report
from autograders.lesson_limits import limits
from hub_config import lesson_table

GOOD = {
    "syllables": 507, "syllables_with_material": 806, "syllables_before_action": 82, "syllables_per_action": 33.8,
    "sentence_mean": 6.9, "sentence_longest": 25, "typed": 23, "terms": 3, "first_check_cell": 2, "cells": 12,
    "exercises": 5, "kinds": ["choice", "find"], "offline_points_share": 0.9, "samples": 62, "lazy_share_max": 0.1,
    "roles": 3, "variants_min": 3,
}  # fmt: skip


def report(problems: list[str], notes: list[str] | None = None, **figures: object) -> Report:
    return Report(id="text.x", ok=not problems, problems=problems, notes=notes or [], **{**GOOD, **figures})  # type: ignore[arg-type]


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_a_row_marks_what_is_past_its_limit_and_nothing_else() -> None:
    assert plain(lesson_table.row(report([]), 1.25)).split() == [
        "ok", "text.x", "507", "806", "82", "23", "25", "12", "5", "0.9", "0.1", "62", "1.2", "s",
    ]  # fmt: skip
    row = plain(lesson_table.row(report(["…"], cells=9, lazy_share_max=0.25), 1.0))
    assert row.startswith("FAIL text.x")
    assert re.findall(r"\S+!", row) == ["9!", "0.25!"]


def test_head_and_rows_stand_in_the_same_columns() -> None:
    assert len(plain(lesson_table.head())) == len(plain(lesson_table.row(report([]), 1.0)))


def test_every_figure_is_told_beside_its_limit() -> None:
    lines = list(lesson_table.figures(report(["…"], cells=21)))
    assert len(lines) == len(limits("text.x")) + 1
    (cells,) = [line for line in lines if " cells " in line and "checked" not in line]
    assert cells.split() == ["!", "cells", "21", "10", "to", "20"]
    assert any("choice, find" in line for line in lines)


def test_problems_and_notes_stand_below_their_lesson_and_good_ones_are_left_out() -> None:
    told = list(lesson_table.problems([report([]), report(["cell 3 is empty"], ["a note"])]))
    assert told == ["\ntext.x: 1 to mend", "  ! cell 3 is empty", "  - a note"]
