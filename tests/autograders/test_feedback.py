"""The feedback page, read as HTML."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbformat import NotebookNode
from small_lesson import write_lesson

from autograders.feedback import feedback_html
from autograders.gradebook import Override
from autograders.models import CriterionGrade, ExerciseGrade, Grade, Provenance
from course.assignment import student_notebook
from course.catalog import LessonFolder, read_lesson
from course.notebook import exercise_calls, with_answer

EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def folder(tmp_path: Path) -> LessonFolder:
    return read_lesson(write_lesson(tmp_path / "small", code=True))


def criterion(points: float | None, max_: float, message: str, evidence: str = "") -> CriterionGrade:
    return CriterionGrade(
        id="c",
        points=points,
        max=max_,
        status="waiting" if points is None else "scored",
        message=message,
        evidence=evidence,
        provenance=Provenance(by="rule"),
    )


@pytest.fixture
def grade() -> Grade:
    notice = (criterion(2.5, 4, "Chưa có: nhà văn hóa xóm.", EVIL), criterion(None, 2, "Chờ thầy cô."))
    return Grade(
        lesson="text.small",
        graded_at=datetime(2027, 3, 12, tzinfo=UTC),
        exercises=(
            ExerciseGrade(id="notice", max=6, criteria=notice, note="Đã xem lời giải."),
            ExerciseGrade(id="sum", max=3, criteria=(criterion(1, 3, "Còn 1 phép kiểm tra chưa qua."),)),
        ),
    )


def submitted(folder: LessonFolder) -> NotebookNode:
    notebook = student_notebook(folder)
    for call in exercise_calls(notebook):
        if call.exercise.endswith("/notice"):
            cell = notebook.cells[call.cell]
            cell.source = with_answer(cell.source, {"prompt": "viết giúp", "final": EVIL})
    notebook.cells[4].source = "def total(xs): return 0"
    return notebook


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_each_exercise_has_its_points_and_reasons(folder: LessonFolder, grade: Grade) -> None:
    page = text(feedback_html(folder, submitted(folder), grade))
    assert "Tổng điểm: 3,5/9" in page and "Còn 2 điểm đang chờ chấm" in page
    assert "Viết 2,5/6 điểm" in page and "2,5/4 điểm : Chưa có: nhà văn hóa xóm." in page
    assert "Chờ thầy cô." in page and "Đã xem lời giải." in page
    assert "Còn 1 phép kiểm tra chưa qua." in page and "def total(xs): return 0" in page


def test_what_a_teacher_changed_stands_first_and_counts(folder: LessonFolder, grade: Grade) -> None:
    overrides = [
        Override("lan", "text.small", "notice", 5.5, "Rất rõ <b>"),
        Override("lan", "text.other", "sum", 3, "khác"),
    ]
    page = feedback_html(folder, submitted(folder), grade, overrides)
    assert "Tổng điểm: 6,5/9" in text(page) and "chờ chấm. Mở lại" not in page
    assert "Thầy cô ghi: Rất rõ &lt;b&gt;" in page and "khác" not in page


def test_learners_words_are_shown_as_text(folder: LessonFolder, grade: Grade) -> None:
    page = feedback_html(folder, submitted(folder), grade)
    assert "<img" not in page and page.count("&lt;img src=x onerror=alert(1)&gt;") == 2


def test_no_test_no_solution_and_no_remote_address_stands_on_the_page(folder: LessonFolder, grade: Grade) -> None:
    notebook = submitted(folder)
    page = feedback_html(folder, notebook, grade)
    assert "assert total" not in page and "sum(xs)" not in page and "HIDDEN" not in page
    assert not re.search(r"https?://|<script|<link|url\(", page)
    assert 'name="viewport"' in page and 'lang="vi"' in page
