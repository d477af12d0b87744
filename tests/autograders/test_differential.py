"""The sealed executor gives honest work the scores of stock `nbgrader autograde`, test cell by test cell.

Stock is nbgrader's own command line with its default configuration and a real kernel. Three assignments:

- nbgrader's quickstart course (ps1), graded by our configuration on the same command line;
- a notebook as teachers write them: a data file and a module beside it, plots, hidden tests, partial points, tests
  that cannot be sealed;
- the code tests of this project's lesson `text.report`. Stock knows neither the learner's material nor the drawn
  values that its tests read as `variant`, so it is given both: the material by HOCAI_MATERIAL, as in our sandbox,
  and a first cell `variant = {...}`. Only the test cells are compared: answers to the other exercises are judged
  by rules that stock does not have.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader_course import COURSE, Change, NbgraderCourse, answers, cell, insert, quickstart

from autograders import wording
from autograders.code_tests import MATERIAL_FILE, lesson_tests, material_file, run_code_tests, values_for_tests
from autograders.gradebook import ClassGradebook
from autograders.sandbox.executor import Executor
from course.assignment import student_notebook
from course.catalog import LessonFolder, read_lesson
from course.lesson import Exercise
from course.variants import drawn_exercises, variant_of

REPORT = Path(__file__).parents[2] / "level1_text" / "07_report"
Scores = dict[str, tuple[float | None, bool]]

SQUARES = """def squares(n):
    if n < 1:
        raise ValueError("n must be at least 1")
    return [i ** 2 for i in range(1, n + 1)]"""
SUM = "def sum_of_squares(n):\n    return sum(squares(n))"
RIGHT = answers(squares=SQUARES, sum_of_squares=SUM)


def crash_between(notebook: nbformat.NotebookNode) -> None:
    RIGHT(notebook)
    insert(notebook, "sum_of_squares", "ket_qua = squares(3)\nket_qua[10]")


def exit_between(notebook: nbformat.NotebookNode) -> None:
    RIGHT(notebook)
    insert(notebook, "sum_of_squares", "import sys\nsys.exit(1)")


def plot(notebook: nbformat.NotebookNode) -> None:
    RIGHT(notebook)
    source = (
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot(squares(5))\nplt.title('Bậc hai')\nplt.show()"
    )
    insert(notebook, "correct_squares", source)


def numpy_answer(notebook: nbformat.NotebookNode) -> None:
    array = "import numpy as np\ndef squares(n):\n    return np.arange(1, n + 1) ** 2"
    answers(squares=array, sum_of_squares=SUM)(notebook)


def own_cells(notebook: nbformat.NotebookNode) -> None:
    """Answers in new cells, the given ones deleted, as learners do who prefer their own."""
    for grade_id in ("squares", "sum_of_squares"):
        notebook.cells.remove(cell(notebook, grade_id))
    insert(notebook, "correct_squares", SQUARES)
    insert(notebook, "correct_sum_of_squares", SUM)


LOUD_SUM = "import sys\n\ndef sum_of_squares(n):\n    print('đang tính', file=sys.stderr)\n    return sum(squares(n))"
LOUD = answers(squares=SQUARES, sum_of_squares=LOUD_SUM)

QUICKSTART: Mapping[str, Change | None] = {
    "untouched": None,
    "right": RIGHT,
    "reimplemented": answers(squares=SQUARES, sum_of_squares="def sum_of_squares(n):\n    return n*(n+1)*(2*n+1)//6"),
    "wrong_values": answers(squares="def squares(n):\n    return [i ** 2 for i in range(n)]", sum_of_squares=SUM),
    "syntax_error": answers(squares="def squares(n)\n    return []", sum_of_squares=SUM),
    "unicode": answers(squares=SQUARES, sum_of_squares=SUM.replace("\n", "\n    print('Tổng ✓ các bình phương')\n")),
    "crash": crash_between,
    "exit": exit_between,
    "plot": plot,
    "numpy": numpy_answer,
    "own_cells": own_cells,
}


def autograde(assignment: str, *courses: NbgraderCourse) -> None:
    """Grade an assignment in all courses at once."""
    with ThreadPoolExecutor() as threads:
        for done in threads.map(lambda course: course.run("autograde", assignment), courses):
            assert done.returncode == 0, done.stderr


def expect_equal(
    stock: NbgraderCourse, ours: NbgraderCourse, assignment: str, notebook: str, students: Iterable[str]
) -> None:
    theirs = {student: stock.scores(student, assignment, notebook) for student in students}
    assert {student: ours.scores(student, assignment, notebook) for student in students} == theirs
    assert len({json.dumps(scores) for scores in theirs.values()}) > 1, "the submissions tell nothing apart"


@pytest.fixture(scope="module")
def ps1(tmp_path_factory: pytest.TempPathFactory) -> tuple[NbgraderCourse, NbgraderCourse]:
    """The quickstart course with all submissions, graded by (stock, us)."""
    stock = quickstart(tmp_path_factory.mktemp("stock") / COURSE)
    for student, change in {**QUICKSTART, "loud": LOUD}.items():
        stock.submit(student, "ps1", "problem1", change)
    stock.submit("right", "ps1", "problem2", answers(**{"part-a": "Dãy Fibonacci."}))
    ours = stock.graded_by_us(tmp_path_factory.mktemp("data"))
    autograde("ps1", stock, ours)
    return stock, ours


def test_the_quickstart_course_scores_the_same(ps1: tuple[NbgraderCourse, NbgraderCourse]) -> None:
    stock, ours = ps1
    expect_equal(stock, ours, "ps1", "problem1", QUICKSTART)
    expect_equal(stock, ours, "ps1", "problem2", ["right", "plot"])
    assert ours.scores("right", "ps1", "problem1")["sum_of_squares_uses_squares"] == (0.5, False)


def test_what_goes_to_stderr_costs_points_in_stock_and_none_with_us(
    ps1: tuple[NbgraderCourse, NbgraderCourse],
) -> None:
    """nbgrader's issue 1904. Stock is wrong: the answer is right, and a warning is no error."""
    stock, ours = ps1
    assert stock.scores("loud", "ps1", "problem1")["correct_sum_of_squares"] == (0, False)
    assert ours.scores("loud", "ps1", "problem1")["correct_sum_of_squares"] == (0.5, False)


def meta(grade_id: str, *, points: float | None = None, solution: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = {"grade": points is not None, "solution": solution, "locked": points is not None}
    found |= {"task": False, "grade_id": grade_id, "schema_version": 3, "cell_type": "code"}
    return {"nbgrader": found if points is None else found | {"points": points}}


def solution(grade_id: str, source: str) -> nbformat.NotebookNode:
    marked = f"### BEGIN SOLUTION\n{source}\n### END SOLUTION"
    return new_code_cell(marked, metadata=meta(grade_id, solution=True))


READ, MEAN = "mua = pd.read_csv('mua.csv')", "def trung_binh(bang):\n    return bang['mm'].mean()"
READ_TEST = "assert list(mua.columns) == ['thang', 'mm']\nassert mua['mm'].sum() == 60"
MEAN_TEST = """import pandas as pd
### BEGIN HIDDEN TESTS
assert abs(trung_binh(pd.DataFrame({'mm': [1.0, 2.0]})) - 1.5) < 1e-9
### END HIDDEN TESTS
assert trung_binh(mua) == 20"""
SAVE = "mua.to_csv('sao.csv')\n\nclass Tram:\n    def __init__(self, ten):\n        self.ten = ten"
FILE_TEST = "import pandas as pd\nassert len(pd.read_csv('sao.csv')) == 3"
CLASS_TEST = "assert Tram('Quản Bạ').ten == 'Quản Bạ'"
SHARE_TEST = """dung = [abs(trung_binh(mua) - 20) < 1e-6, len(mua) == 3, to_metres(2000) == 2]
sum(dung) / len(dung) * 3"""
RAIN = new_notebook(
    metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    cells=[
        new_code_cell("import numpy as np\nimport pandas as pd\nfrom helper import to_metres"),
        solution("read", READ),
        new_code_cell(READ_TEST, metadata=meta("read_test", points=2)),
        solution("mean", MEAN),
        new_code_cell(MEAN_TEST, metadata=meta("mean_test", points=3)),
        new_code_cell(SHARE_TEST, metadata=meta("share_test", points=3)),
        solution("save", SAVE),
        new_code_cell(FILE_TEST, metadata=meta("file_test", points=1)),
        new_code_cell(CLASS_TEST, metadata=meta("class_test", points=1)),
    ],
)


def rain_with_plot(notebook: nbformat.NotebookNode) -> None:
    answers(read=READ, mean=MEAN)(notebook)
    insert(notebook, "read_test", "ax = mua.plot.bar(x='thang', y='mm')\nax.set_title('Mưa')\nmua.to_csv('sao.csv')")


RAINY: Mapping[str, Change | None] = {
    "untouched": None,
    "right": answers(read=READ, mean=MEAN, save=SAVE),
    "plot": rain_with_plot,
    "part": answers(read=READ, mean="def trung_binh(bang):\n    return 21"),
    "hard_coded": answers(read=READ, mean="def trung_binh(bang):\n    return 20", save=SAVE.replace(".ten", ".ho")),
}


def rain(path: Path) -> NbgraderCourse:
    """A teacher's own assignment, with a data file and a module beside the notebook."""
    source = path / "source" / "mua"
    source.mkdir(parents=True)
    nbformat.write(RAIN, source / "rain.ipynb")
    (source / "mua.csv").write_text("thang,mm\n1,10\n2,20\n3,30\n")
    (source / "helper.py").write_text("def to_metres(mm):\n    return mm / 1000\n")
    course = NbgraderCourse(path)
    course.write_config()
    done = course.run("generate_assignment", "mua")
    assert done.returncode == 0, done.stderr
    return course


def test_a_teachers_own_notebook_scores_the_same(tmp_path: Path) -> None:
    stock = rain(tmp_path / "stock" / COURSE)
    for student, change in RAINY.items():
        stock.submit(student, "mua", "rain", change)
    ours = stock.graded_by_us(tmp_path / "data")
    autograde("mua", stock, ours)
    expect_equal(stock, ours, "mua", "rain", RAINY)
    part = {"read_test": 2, "mean_test": 0, "share_test": 2, "file_test": 0, "class_test": 0}
    assert ours.scores("part", "mua", "rain") == {test: (points, False) for test, points in part.items()}
    shown = ours.graded("right", "mua", "rain")
    together = [c.metadata.nbgrader.grade_id for c in shown.cells if wording.RUN_TOGETHER in str(c.get("outputs"))]
    assert together == ["file_test", "class_test"]


TOTAL, GROWTH = (
    "def tong(x):\n    return sum(x)\n",
    "def phan_tram_tang(dau, cuoi):\n    return (cuoi - dau) / dau * 100",
)
REPORTS: Mapping[str, str] = {
    "untouched": "",
    "right": TOTAL + GROWTH,
    "wrong_base": TOTAL + GROWTH.replace("/ dau", "/ cuoi"),
    "hard_coded": "def tong(x):\n    return 6\n\ndef phan_tram_tang(dau, cuoi):\n    return 50",
    "crash": f"{TOTAL}\nprint(so_luong[99])\n{GROWTH}",
    "loop": "def tong(x):\n    t = 0\n    for so in x:\n        t += so\n    print('Tổng là', t)\n    return t",
}


def report(folder: LessonFolder, source: str) -> nbformat.NotebookNode:
    notebook = student_notebook(folder)
    if source:
        head = 'from course.exercises import material\nso_luong = material("text.report/change")["so_luong"]\n'
        cell(notebook, "change_answer").source = head + source
    return notebook


def by_stock(path: Path, folder: LessonFolder, exercises: list[Exercise]) -> dict[str, Scores]:
    """Student -> scores by stock, which is given what its kernel lacks: see the module's text."""
    with ClassGradebook(path, COURSE) as gradebook:
        gradebook.add_assignment(folder)
    material = path / MATERIAL_FILE
    material.write_bytes(material_file(folder.lesson.id, exercises)[MATERIAL_FILE])
    course = NbgraderCourse(path, environ={"HOCAI_MATERIAL": str(material)})
    course.write_config()
    given = new_code_cell(f"import datetime\nvariant = {values_for_tests(exercises)!r}")
    for student, source in REPORTS.items():
        notebook = report(folder, source)
        notebook.cells.insert(0, given)
        place = path / "submitted" / student / folder.lesson.id / "lesson.ipynb"
        place.parent.mkdir(parents=True)
        nbformat.write(notebook, place)
    autograde(folder.lesson.id, course)
    return {student: course.scores(student, folder.lesson.id, "lesson") for student in REPORTS}


def test_the_code_tests_of_our_own_lesson_score_the_same(tmp_path: Path) -> None:
    folder = read_lesson(REPORT)
    raw = folder.lesson.variant[0]
    exercises = list(drawn_exercises(folder.lesson, variant_of(folder.lesson, raw.role, raw.id)))
    stock = by_stock(tmp_path / "classes" / COURSE, folder, exercises)
    tests = lesson_tests(folder.notebook)
    with Executor() as executor:
        for student, source in REPORTS.items():
            results = run_code_tests(folder, report(folder, source), exercises, executor)
            ours = {name: results[name].points if results[name].ok else 0 for name in tests}
            assert ours == {name: stock[student][name][0] for name in tests}, student
    assert {name: stock["right"][name][0] for name in tests} == {"change_tong": 2, "change_phan_tram": 3}
    assert stock["wrong_base"]["change_phan_tram"][0] == 0
