"""Test cells of lessons: run sealed, and refused where they cannot be."""

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from small_lesson import write_lesson

from autograders.code_tests import lesson_tests, run_code_tests, run_order
from autograders.lesson_check import check_lesson
from autograders.sandbox.executor import Cell, CellOutcome, Executor
from course.catalog import read_lesson
from course.variants import drawn_exercises


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ("assert total([1])", "test cell 'sum_test', line 1: the truth of total(…)"),
        ("assert total([1]) == 1\nassert total(iter([1])) == 1", "test cell 'sum_test', line 2: iter([1]) cannot be"),
        ("rate = 2\nassert total([1]) == 2", "test cell 'sum_test', line 1: rate is replaced here only"),
        ("%time total([1])", "test cell 'sum_test', line 1: not plain Python"),
        ("assert total([1, 2]) == 3 and total([variant['fee']]) == variant['fee'].real", ""),
    ],
)
def test_a_lessons_test_cell_that_cannot_be_sealed_is_a_problem(tmp_path: Path, test: str, words: str) -> None:
    path = write_lesson(tmp_path / "lesson", code=True)
    notebook = nbformat.read(path / "lesson.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "sum_test":
            cell.source = test
        elif "def total" in cell.source:
            cell.source = "rate = 1\n%precision 3\ndef total(xs):\n    return sum(xs) * rate"
    nbformat.write(notebook, path / "lesson.ipynb")
    problems = [text for text in check_lesson(read_lesson(path), None).problems if text.startswith("test cell")]
    assert len(problems) == (1 if words else 0), problems
    assert all(text.startswith(words) for text in problems)


def test_every_test_of_a_lesson_is_run_sealed(tmp_path: Path) -> None:
    source = read_lesson(write_lesson(tmp_path / "lesson", code=True)).notebook
    cells = run_order(source, lesson_tests(source))
    assert [cell.kind for cell in cells if cell.id == "sum_test"] == ["test"]
    assert {cell.kind for cell in cells} == {"code", "test"}


class RecordingExecutor(Executor):
    """The executor, noting which cells it was given."""

    def run(self, cells: Sequence[Cell], **given: Any) -> list[CellOutcome]:
        self.given = list(cells)
        return super().run(cells, **given)


def test_cells_behind_the_last_test_are_not_run(tmp_path: Path) -> None:
    folder = read_lesson(write_lesson(tmp_path / "lesson", code=True))
    notebook = copy.deepcopy(folder.notebook)  # with the solutions
    notebook.cells.append(new_code_cell("while True: pass"))
    exercises = drawn_exercises(folder.lesson, folder.lesson.variant[0])
    with RecordingExecutor() as executor:
        results = run_code_tests(folder, notebook, exercises, executor)
    assert results["sum_test"].ok
    assert executor.given[-1].id == "sum_test"
    assert any(cell.kind == "code" for cell in executor.given)
