"""Lessons as nbgrader assignments, through nbgrader's own preprocessors."""

from __future__ import annotations

import copy
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import ComputeChecksums
from nbgrader.utils import compute_checksum
from small_lesson import write_lesson

from course.assignment import exercise_cells, gradebook_notebook, student_notebook, teacher_notebook
from course.catalog import LessonFolder, read_lesson
from course.errors import LessonError
from course.notebook import exercise_calls, with_answer

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> LessonFolder:
    return read_lesson(write_lesson(tmp_path / "small", code=True))


def changed(folder: LessonFolder, change: object) -> LessonFolder:
    """The lesson with `change(notebook)` applied to its notebook on disk."""
    notebook = copy.deepcopy(folder.notebook)
    change(notebook)  # type: ignore[operator]
    nbformat.write(notebook, folder.path / "lesson.ipynb")
    return read_lesson(folder.path)


def by_id(notebook: NotebookNode) -> dict[str, NotebookNode]:
    return {c.metadata.nbgrader.grade_id: c for c in notebook.cells if "nbgrader" in c.metadata}


def test_students_get_the_exercise_calls_but_no_solution_and_no_hidden_test(folder: LessonFolder) -> None:
    student = student_notebook(folder)
    assert [c.exercise for c in exercise_calls(student)] == [c.exercise for c in exercise_calls(folder.notebook)]
    text = nbformat.writes(student)
    assert "return sum(xs)" not in text and "HIDDEN" not in text and "variant[" not in text
    cells = by_id(student)
    assert cells["sum_answer"].source == "# Viết lời giải của bạn ở đây\nraise NotImplementedError()"
    assert cells["sum_test"].source == "assert total([1, 2]) == 3"


def test_teachers_keep_solution_and_hidden_tests(folder: LessonFolder) -> None:
    cells = by_id(teacher_notebook(folder))
    assert "return sum(xs)" in cells["sum_answer"].source
    assert "HIDDEN TESTS" in cells["sum_test"].source


def test_the_gradebook_compares_with_stubs_and_puts_hidden_tests_back(folder: LessonFolder) -> None:
    cells = by_id(gradebook_notebook(folder))
    assert "return sum(xs)" not in cells["sum_answer"].source
    assert "HIDDEN TESTS" in cells["sum_test"].source


@pytest.mark.parametrize("version", [teacher_notebook, gradebook_notebook, student_notebook])
def test_nbgrader_accepts_metadata_and_checksums(folder: LessonFolder, version: object) -> None:
    notebook = version(folder)  # type: ignore[operator]
    MetadataValidator().validate_nb(notebook)
    nbformat.validate(notebook)
    for cell in by_id(notebook).values():
        assert cell.metadata.nbgrader.checksum == compute_checksum(cell)
    again, _ = ComputeChecksums()(notebook, {})
    assert again == notebook


def test_answers_may_be_changed_and_tests_may_not(folder: LessonFolder) -> None:
    cells = by_id(student_notebook(folder))
    assert cells["sum_test"].metadata.editable is False and cells["sum_test"].metadata.deletable is False
    assert "editable" not in cells["notice"].metadata and cells["notice"].metadata.deletable is False


def test_making_a_version_leaves_the_source_alone(folder: LessonFolder) -> None:
    before = copy.deepcopy(folder.notebook)
    student_notebook(folder)
    assert folder.notebook == before


def test_a_marked_solution_beside_a_call_is_cleared(folder: LessonFolder) -> None:
    def mark(notebook: NotebookNode) -> None:
        notebook.cells[2].source += "\n### BEGIN SOLUTION\nsecret = 1\n### END SOLUTION"

    assert "secret" not in nbformat.writes(student_notebook(changed(folder, mark)))


def test_an_answer_in_a_lesson_is_refused_by_name(folder: LessonFolder) -> None:
    def answer(notebook: NotebookNode) -> None:
        notebook.cells[2].source = with_answer(notebook.cells[2].source, {"prompt": "x", "final": "y"})

    with pytest.raises(LessonError, match=r"lesson\.ipynb.*text\.small/notice.*no answers"):
        student_notebook(changed(folder, answer))


def test_an_open_solution_region_is_named_with_its_file(folder: LessonFolder) -> None:
    def open_region(notebook: NotebookNode) -> None:
        notebook.cells[4].source = "### BEGIN SOLUTION\nx = 1"

    with pytest.raises(LessonError, match=r"lesson\.ipynb: nbgrader refuses it: no end solution"):
        student_notebook(changed(folder, open_region))


def test_points_stand_in_the_kit_cell_or_in_the_test_cells(folder: LessonFolder) -> None:
    cells = exercise_cells(folder)
    assert {id_: own.points for id_, own in cells.items()} == {
        "pick": {"pick": 4.0},
        "notice": {"notice": 6.0},
        "sum": {"sum_test": 3.0},
    }
    assert cells["notice"].comments == ("notice",)
    assert cells["sum"].comments == ("sum_answer", "sum_touch")


def test_a_graded_exercise_without_its_cell_is_refused(folder: LessonFolder) -> None:
    with pytest.raises(LessonError, match=r"'notice': 0 cells have the grade_id 'notice'"):
        exercise_cells(changed(folder, lambda notebook: notebook.cells.pop(2)))


def test_points_that_differ_from_the_lesson_are_refused(folder: LessonFolder) -> None:
    def cheaper(notebook: NotebookNode) -> None:
        notebook.cells[2].metadata.nbgrader.points = 5

    with pytest.raises(LessonError, match=r"'notice': its cells have 5 points, lesson\.toml says 6"):
        exercise_cells(changed(folder, cheaper))


@pytest.mark.parametrize("place", sorted(ROOT.glob("level*/*/lesson.toml")), ids=lambda place: place.parent.name)
def test_every_lesson_of_the_courseware_is_an_assignment_nbgrader_accepts(place: Path) -> None:
    folder = read_lesson(place.parent)
    student = student_notebook(folder)
    MetadataValidator().validate_nb(student)
    assert exercise_cells(folder)
    assert "SOLUTION" not in nbformat.writes(student) and "HIDDEN" not in nbformat.writes(student)
