"""Notebooks of other teachers in the sealed executor: what stands in the cells, which tests wait, which files go in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade

from autograders import wording
from autograders.assignment_tests import (
    FILE_COUNT,
    FilesTooBig,
    all_waiting,
    execute,
    files_beside,
    shared_tests,
)
from autograders.sandbox.executor import Executor


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with Executor() as opened:
        yield opened


def graded(grade_id: str, source: str, points: float = 2.0) -> NotebookNode:
    meta: dict[str, Any] = {"grade": True, "solution": False, "locked": True, "grade_id": grade_id, "points": points}
    return new_code_cell(source, metadata={"nbgrader": meta})


def run(executor: Executor, *cells: NotebookNode | str, shared: tuple[str, ...] = ()) -> tuple[NotebookNode, list[str]]:
    """The executed notebook and the tests that wait."""
    made = [new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    notebook = new_notebook(cells=made)
    waiting = execute(notebook, executor, {}, shared, seconds=20)
    return notebook, [test.grade_id for test in waiting]


@pytest.mark.parametrize(
    ("source", "points"),
    [
        ("assert x == 3", 2),
        ("assert x == 4", 0),
        ("x / 4", 0.75),
        ("0", 0),
        ("x == 3", 2),
        ("import sys\nprint('?', file=sys.stderr)\nassert x == 3", 2),
        ("print('1.5')\nassert x == 3", 2),
        ("", 2),
        ("không phải Python", 0),
    ],
)
def test_nbgrader_reads_the_points_from_the_outputs(executor: Executor, source: str, points: float) -> None:
    notebook, waiting = run(executor, "x = 3", graded("t", source))
    if source == "không phải Python":
        assert waiting == ["t"], "a test that does not compile is the teacher's fault"
        return
    assert waiting == []
    assert determine_grade(notebook.cells[-1]) == (points, 2)


@pytest.mark.parametrize("last_line", ["x - 4", "x * 10"])
def test_partial_points_outside_the_tests_points_wait(executor: Executor, last_line: str) -> None:
    """nbgrader gives full points for less than none, and drops the whole submission for too many."""
    notebook, waiting = run(executor, "x = 3", graded("t", last_line))
    assert waiting == ["t"]
    assert notebook.cells[-1].outputs == []


def test_what_a_cell_printed_and_raised_stands_in_it_as_plain_text(executor: Executor) -> None:
    notebook, _ = run(executor, "print('Tổng ✓')\n1 / 0", graded("t", "assert False, 'chưa đúng'"))
    first, test = notebook.cells
    assert first.outputs[0].text.startswith("Tổng ✓\n")
    assert (first.outputs[-1].ename, first.outputs[-1].evalue) == ("ZeroDivisionError", "division by zero")
    assert [output.traceback for output in test.outputs] == [["chưa đúng"]]


def test_a_cell_that_was_deleted_and_put_back_is_not_run_over_the_learners_own(executor: Executor) -> None:
    stub = new_code_cell("x = None", metadata={"tags": ["deleted-by-learner"]})
    notebook, _ = run(executor, "x = 3", stub, graded("t", "assert x == 3"))
    assert determine_grade(notebook.cells[-1]) == (2, 2)


def test_a_test_that_cannot_be_sealed_runs_with_the_answer_and_says_so(executor: Executor) -> None:
    notebook, waiting = run(executor, "x = 3", graded("t", "%time y = x\nassert y == 3"), shared=("t",))
    assert waiting == []
    assert wording.RUN_TOGETHER in notebook.cells[-1].outputs[0].text
    assert determine_grade(notebook.cells[-1]) == (2, 2)
    notebook, _ = run(executor, "x = 4", graded("t", "%time y = x\nassert y == 3"), shared=("t",))
    assert determine_grade(notebook.cells[-1]) == (0, 2)


def test_the_course_decides_which_tests_are_sealed(executor: Executor) -> None:
    helper = graded("helper", "def gần(a, b):\n    return abs(a - b) < 1e-9\nassert gần(nửa(2), 1)")
    assignment = new_notebook(
        cells=[
            helper,
            graded("sealed", "assert gần(nửa(4), 2)"),
            graded("file", "assert open('ra.txt').read() == '2'"),
            graded("replaces", "hệ_số = 3\nassert nhân(1) == 3"),
        ]
    )
    source = new_notebook(
        cells=[new_code_cell("hệ_số = 2\ndef nhân(x):\n    return x * hệ_số"), new_code_cell("%time 1")]
    )
    assert shared_tests(assignment, source) == {"file", "replaces"}


def test_every_test_of_a_notebook_that_is_not_run_waits() -> None:
    notebook = new_notebook(cells=[new_code_cell("x"), graded("a", "x"), graded("b", "x")])
    assert [test.grade_id for test in all_waiting(notebook, "why")] == ["a", "b"]


def test_files_beside_the_notebook_are_taken_the_courses_over_the_learners(tmp_path: Path) -> None:
    submitted, source = tmp_path / "submitted", tmp_path / "source"
    for folder in (submitted / "so_lieu", source, submitted / ".ipynb_checkpoints"):
        folder.mkdir(parents=True)
    (submitted / "so_lieu" / "a.csv").write_text("1")
    (submitted / "b.csv").write_text("của em")
    (source / "b.csv").write_text("của lớp")
    (submitted / "x.ipynb").write_text("{}")
    (submitted / ".ipynb_checkpoints" / "a.txt").write_text("x")
    (tmp_path / "secret").write_text("x")
    (submitted / "link").symlink_to(tmp_path / "secret")
    (submitted / "folder").symlink_to(tmp_path)
    assert files_beside([submitted, source]) == {"so_lieu/a.csv": b"1", "b.csv": "của lớp".encode()}


def test_more_files_than_fit_are_refused(tmp_path: Path) -> None:
    for number in range(FILE_COUNT + 1):
        (tmp_path / str(number)).touch()
    with pytest.raises(FilesTooBig):
        files_beside([tmp_path])
