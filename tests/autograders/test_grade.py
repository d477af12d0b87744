"""The one door to every score: what counts, what waits, and what a tampered notebook cannot change."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from small_lesson import write_lesson

from autograders.grade import grade, grade_exercise, lesson_version
from autograders.judge.judge import JudgeUnavailable
from autograders.models import Context, CriterionGrade, Grade
from autograders.sandbox.executor import Executor
from course.catalog import LessonFolder, read_lesson
from course.criteria import Judged
from course.lesson import Exercise
from course.notebook import with_answer
from course.variants import drawn_exercise, variant_of

CONTEXT = Context(role="official", variant="A")
ANSWERS: dict[str, dict[str, Any]] = {
    "pick": {"items": {"day": "right", "fee": "right"}},
    "notice": {"prompt": "Viết thông báo họp", "final": "Họp ngày 12/3 tại nhà văn hóa xóm."},
}
SOLUTION = "def total(xs):\n    return sum(xs)"


@pytest.fixture
def folder(tmp_path: Path) -> LessonFolder:
    return read_lesson(write_lesson(tmp_path / "lesson", code=True))


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with Executor() as executor:
        yield executor


def submitted(folder: LessonFolder, answers: Mapping[str, dict[str, Any]], code: str = SOLUTION) -> NotebookNode:
    notebook = copy.deepcopy(folder.notebook)
    for cell in notebook.cells:
        for exercise, answer in answers.items():
            if f'text.small/{exercise}"' in cell.source:
                cell.source = with_answer(cell.source, answer)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "sum_answer":
            cell.source = code
    return notebook


def points(graded: Grade) -> dict[str, float]:
    return {e.id: e.points for e in graded.exercises}


def test_answers_in_the_notebook_earn_points_and_judged_ones_wait(folder: LessonFolder, executor: Executor) -> None:
    graded = grade(folder, submitted(folder, ANSWERS), CONTEXT, None, executor)
    assert points(graded) == {"pick": 4, "notice": 4, "sum": 3}
    assert (graded.max, graded.waiting) == (13, 2)


def test_a_draft_counts_where_the_notebook_holds_no_answer(folder: LessonFolder) -> None:
    context = Context(role="official", variant="A", answers=ANSWERS)
    assert points(grade(folder, folder.notebook, context))["pick"] == 4


def test_the_notebook_outranks_the_draft(folder: LessonFolder) -> None:
    wrong = {"pick": {"items": {"day": "wrong", "fee": "wrong"}}}
    context = Context(role="official", variant="A", answers=ANSWERS)
    assert points(grade(folder, submitted(folder, wrong), context))["pick"] == 0


def test_code_waits_without_an_executor_and_never_becomes_zero(folder: LessonFolder) -> None:
    graded = grade(folder, submitted(folder, ANSWERS), CONTEXT)
    (criterion,) = next(e for e in graded.exercises if e.id == "sum").criteria
    assert (criterion.status, criterion.points) == ("waiting", None)


def test_the_stand_in_of_the_phone_earns_what_code_would(folder: LessonFolder, executor: Executor) -> None:
    phone = {**ANSWERS, "sum_touch": {"boxes": {"total": "300.000"}}}
    graded = grade(folder, submitted(folder, phone, "raise NotImplementedError()"), CONTEXT, None, executor)
    assert points(graded)["sum"] == 3
    assert "sum_touch" not in points(graded)
    assert graded.max == 13


@pytest.mark.parametrize(
    "tampered",
    [
        lambda cells: [c for c in cells if "assert" not in c.source],
        lambda cells: [c for c in cells for _ in range(2)],
        lambda cells: [new_code_cell("pass", metadata=c.metadata) if "assert" in c.source else c for c in cells],
        lambda cells: list(reversed(cells)),
    ],
    ids=["test deleted", "all cells doubled", "test emptied", "turned upside down"],
)
def test_wrong_code_earns_nothing_whatever_is_done_to_the_cells(
    folder: LessonFolder, executor: Executor, tampered: Any
) -> None:
    notebook = submitted(folder, ANSWERS, "def total(xs):\n    return 3")
    notebook.cells = tampered(notebook.cells)
    assert points(grade(folder, notebook, CONTEXT, None, executor)) == {"pick": 4, "notice": 4, "sum": 0}


def test_the_learners_error_is_told_and_the_hidden_test_is_not(folder: LessonFolder, executor: Executor) -> None:
    graded = grade(folder, submitted(folder, {}, "total = toal"), CONTEXT, None, executor)
    shown = next(e for e in graded.exercises if e.id == "sum").model_dump_json()
    assert "toal" in shown
    assert "variant" not in shown and "assert" not in shown


def test_an_item_right_only_after_a_wrong_check_earns_half(folder: LessonFolder) -> None:
    context = Context(role="official", variant="A", wrong_before={"pick": ("day",)})
    assert points(grade(folder, submitted(folder, ANSWERS), context))["pick"] == 3


def test_a_solution_seen_first_caps_the_points(folder: LessonFolder) -> None:
    context = Context(role="official", variant="A", caps={"pick": 1.0})
    graded = grade(folder, submitted(folder, ANSWERS), context)
    assert points(graded)["pick"] == 1
    assert next(e for e in graded.exercises if e.id == "pick").note


class SilentJudge:
    """A judge whose endpoint is down."""

    def score(self, criterion: Judged, exercise: Exercise, answer: Mapping[str, Any]) -> CriterionGrade:
        raise JudgeUnavailable("connection refused")


def test_a_judge_out_of_reach_leaves_the_criterion_waiting(folder: LessonFolder) -> None:
    notice = drawn_exercise(folder.lesson, "notice", variant_of(folder.lesson, "official", "A"))
    graded = grade_exercise(notice, ANSWERS["notice"], CONTEXT, SilentJudge())
    assert [(c.id, c.status, c.points) for c in graded.criteria] == [("facts", "scored", 4), ("fit", "waiting", None)]


def test_an_empty_answer_gets_nothing_and_nobody_has_to_judge_it(folder: LessonFolder) -> None:
    notice = drawn_exercise(folder.lesson, "notice", variant_of(folder.lesson, "official", "A"))
    graded = grade_exercise(notice, {"prompt": "", "final": "  "}, CONTEXT, SilentJudge())
    assert [(c.id, c.status, c.points) for c in graded.criteria] == [("facts", "scored", 0), ("fit", "scored", 0)]


def test_a_lesson_is_another_version_when_its_table_changed(folder: LessonFolder) -> None:
    before = lesson_version(folder)
    (folder.path / "material").mkdir()
    (folder.path / "material" / "so_ban.csv").write_text("khach\nbác Sáng\n", "utf-8")
    with_table = lesson_version(folder)
    (folder.path / "material" / "so_ban.csv").write_text("khach\ncô Hằng\n", "utf-8")
    assert len({before, with_table, lesson_version(folder)}) == 3
