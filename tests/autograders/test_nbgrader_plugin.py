"""`nbgrader autograde` with our configuration over an assignment that is no lesson of ours: hostile and odd ones.

All submissions are handed in first and graded by one run of the command line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader_course import COURSE, Change, NbgraderCourse, answers, cell, duplicate, insert, quickstart
from traitlets.config import Config

from autograders import nbgrader_plugin
from autograders.assignment_tests import FILES_LIMIT
from autograders.sandbox.executor import Executor
from autograders.sandbox.seal import Capabilities
from hub_config.nbgrader_config import configure

TESTS = ("correct_squares", "squares_invalid_input", "correct_sum_of_squares", "sum_of_squares_uses_squares")
POINTS = (1.0, 1.0, 0.5, 0.5)
SQUARES = """def squares(n):
    if n < 1:
        raise ValueError("n")
    return [i ** 2 for i in range(1, n + 1)]"""
SUM = "def sum_of_squares(n):\n    return sum(squares(n))"
RIGHT = answers(squares=SQUARES, sum_of_squares=SUM)
WRONG = answers(squares="def squares(n):\n    return None", sum_of_squares="def sum_of_squares(n):\n    return None")
SECRET = "matkhau-cua-thay"
EVIL = "<script>alert(1)</script>"


def emptied(notebook: nbformat.NotebookNode) -> None:
    WRONG(notebook)
    answers(**dict.fromkeys(TESTS, ""))(notebook)


def deleted(notebook: nbformat.NotebookNode) -> None:
    notebook.cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") not in TESTS]


def deleted_wrong(notebook: nbformat.NotebookNode) -> None:
    WRONG(notebook)
    deleted(notebook)


def deleted_right(notebook: nbformat.NotebookNode) -> None:
    RIGHT(notebook)
    deleted(notebook)


def copied(notebook: nbformat.NotebookNode) -> None:
    WRONG(notebook)
    for grade_id in TESTS:
        duplicate(notebook, grade_id).source = "pass"
        duplicate(notebook, grade_id)


def relabelled(notebook: nbformat.NotebookNode) -> None:
    """Tests become plain cells, and plain cells tests that are worth more."""
    WRONG(notebook)
    for grade_id in TESTS:
        test = cell(notebook, grade_id)
        label = dict(test.metadata.nbgrader)
        test.metadata.nbgrader |= {"grade": False, "solution": True, "locked": False, "grade_id": f"mine-{grade_id}"}
        insert(notebook, "squares", "1000")
        notebook.cells[notebook.cells.index(cell(notebook, "squares")) - 1].metadata = {
            "nbgrader": label | {"points": 1000}
        }


def labelled_own_code(notebook: nbformat.NotebookNode) -> None:
    """A right answer in a cell that was made by copying a test and typing over it."""
    answers(sum_of_squares=SUM)(notebook)
    duplicate(notebook, "correct_squares").source = SQUARES
    notebook.cells.insert(notebook.cells.index(cell(notebook, "correct_squares")), notebook.cells.pop())


def first(source: str, answer: Change = WRONG) -> Change:
    """These lines run before anything else; the answers are wrong, if not said otherwise."""

    def change(notebook: nbformat.NotebookNode) -> None:
        answer(notebook)
        insert(notebook, "squares", source)

    return change


TRANSFORMER = """import ast
class Empty(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
    def visit_Raise(self, node):
        return ast.Pass()
get_ipython().ast_transformers.append(Empty())"""
QUIET = """def quiet(*a, **k):
    return None
shell = get_ipython()
shell.showtraceback = shell.showsyntaxerror = quiet
type(shell).showtraceback = quiet"""
PATCHED = """import builtins, sys
builtins.AssertionError = type("Fine", (Exception,), {})
sys.excepthook = lambda *a: None
class Same(list):
    def __eq__(self, other):
        return True"""
EXIT_BETWEEN = "import os\nos._exit(0)"
READS = """import os
found = []
for top, _, names in os.walk("/"):
    found += [top for name in names if name in ("gradebook.db", "secret.txt") and "site-packages" not in top]
print("thấy:", found, os.environ.get("HOCAI_DATA"))
open("gradebook.db", "w").write("x")"""


def exit_between(notebook: nbformat.NotebookNode) -> None:
    RIGHT(notebook)
    insert(notebook, "sum_of_squares", EXIT_BETWEEN)


def script(notebook: nbformat.NotebookNode) -> None:
    RIGHT(notebook)
    source = f"from IPython.display import HTML, display\ndisplay(HTML('{EVIL}'))\nHTML('{EVIL}')"
    insert(notebook, "correct_squares", source)
    notebook.cells.append(new_markdown_cell(EVIL, attachments={"a.png": {"image/png": "AAAA"}}))
    notebook.metadata["kernelspec"] = {"name": "bash", "language": "bash", "display_name": "bash"}
    for made in notebook.cells:
        made.metadata["tags"] = ["deleted-by-learner"]
        made.pop("id", None)


SUBMISSIONS: Mapping[str, Change | None] = {
    "right": RIGHT,
    "emptied": emptied,
    "deleted_wrong": deleted_wrong,
    "deleted_right": deleted_right,
    "copied": copied,
    "relabelled": relabelled,
    "labelled_own_code": labelled_own_code,
    "transformer": first(TRANSFORMER),
    "quiet": first(QUIET),
    "patched": first(PATCHED, answers(squares=f"{PATCHED}\ndef squares(n):\n    return Same()")),
    "system_exit": first("import sys\nsys.exit(0)"),
    "exit_at_once": first(EXIT_BETWEEN, RIGHT),
    "exit_between": exit_between,
    "reads": first(READS),
    "script": script,
    "link": first("print(open('link.txt').read())", RIGHT),
    "too_big": RIGHT,
    "sneak": None,
    "again": RIGHT,
}
NONE, ALL = (0.0, 0.0, 0.0, 0.0), POINTS
EXPECTED = {
    "right": ALL, "emptied": NONE, "deleted_wrong": NONE, "deleted_right": ALL, "copied": NONE, "relabelled": NONE,
    "labelled_own_code": ALL, "transformer": NONE, "quiet": NONE, "patched": NONE, "system_exit": NONE,
    "exit_at_once": NONE, "exit_between": (1.0, 1.0, 0.0, 0.0), "reads": NONE, "script": ALL, "link": ALL,
}  # fmt: skip


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NbgraderCourse]:
    """All submissions graded once; the run's messages are in the file log."""
    data = tmp_path_factory.mktemp("data")
    course = quickstart(data / "classes" / COURSE, ours=True)
    for student, change in SUBMISSIONS.items():
        folder = course.submit(student, "ps1", "problem1", change)
        if student == "link":
            (data / "secret.txt").write_text(SECRET)
            (folder / "link.txt").symlink_to(data / "secret.txt")
        elif student == "too_big":
            (folder / "big.bin").write_bytes(bytes(FILES_LIMIT + 1))
        elif student == "sneak":
            (folder / "problem1.ipynb").unlink()
            (folder / "problem1.ipynb").symlink_to(course.path / "submitted" / "right" / "ps1" / "problem1.ipynb")
    done = course.run("autograde", "ps1")
    (course.path / "log").write_text(done.stderr)
    yield course


def points(course: NbgraderCourse, student: str) -> tuple[float | None, ...]:
    scores = course.scores(student, "ps1", "problem1")
    return tuple(scores[test][0] for test in TESTS)


@pytest.mark.parametrize("student", EXPECTED)
def test_a_submission_gets_what_its_answers_are_worth(course: NbgraderCourse, student: str) -> None:
    assert points(course, student) == EXPECTED[student]


@pytest.mark.parametrize("student", ["emptied", "deleted_wrong", "copied", "relabelled", "labelled_own_code"])
def test_each_cell_of_the_gradebook_stands_exactly_once(course: NbgraderCourse, student: str) -> None:
    shown = course.graded(student, "ps1", "problem1")
    right = course.graded("right", "ps1", "problem1")
    ids, theirs = (
        sorted(c.metadata["nbgrader"]["grade_id"] for c in notebook.cells if "nbgrader" in c.metadata)
        for notebook in (shown, right)
    )
    assert ids == theirs
    for test in TESTS:
        mine, own = cell(shown, test), cell(right, test)
        assert (mine.source, mine.metadata) == (own.source, own.metadata)


def test_nothing_of_the_learners_markup_reaches_the_teachers_page(course: NbgraderCourse) -> None:
    shown = course.graded("script", "ps1", "problem1")
    kinds = {key for c in shown.cells for output in c.get("outputs", ()) for key in output.get("data", ())}
    assert kinds <= {"text/plain"}
    assert shown.cells[-1].source == f"```\n{EVIL}\n```"
    assert not any(c.get("attachments") for c in shown.cells)


def test_a_submissions_code_sees_no_file_of_the_course(course: NbgraderCourse) -> None:
    shown = course.graded("reads", "ps1", "problem1")
    said = [o.text for c in shown.cells for o in c.get("outputs", ()) if o.output_type == "stream"]
    assert "thấy: [] None\n" in "".join(said)


def test_a_link_in_a_submission_brings_nothing_along(course: NbgraderCourse) -> None:
    place = course.path / "autograded" / "link" / "ps1"
    assert not (place / "link.txt").exists()
    assert SECRET not in (place / "problem1.ipynb").read_text()


def test_a_notebook_that_is_a_link_is_not_graded(course: NbgraderCourse) -> None:
    assert not list((course.path / "autograded" / "sneak").rglob("*"))
    assert points(course, "sneak") == (None, None, None, None)
    assert "is a link, not a submission" in (course.path / "log").read_text()


def test_tests_that_cannot_run_wait_for_the_teacher(course: NbgraderCourse) -> None:
    scores = course.scores("too_big", "ps1", "problem1")
    assert [scores[test] for test in TESTS] == [(None, True)] * 4
    assert "test correct_squares waits for the teacher" in (course.path / "log").read_text()


def test_a_deleted_test_keeps_no_points_of_an_earlier_submission(course: NbgraderCourse) -> None:
    assert points(course, "again") == ALL
    course.submit("again", "ps1", "problem1", deleted_wrong)
    grade_again(course, "again")
    assert points(course, "again") == NONE


def grade_again(course: NbgraderCourse, student: str) -> None:
    """nbgrader's own API with our configuration, in this process."""
    config = Config()
    configure(config, {"HOCAI_CLASS": COURSE, "HOCAI_DATA": str(course.path.parent.parent)})
    done = NbGraderAPI(CourseDirectory(config=config), config=config).autograde("ps1", student, force=True)
    assert done["success"], done


def test_where_nothing_can_seal_the_grade_waits_and_is_not_zero(
    course: NbgraderCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    course.submit("unsealed", "ps1", "problem1", RIGHT)
    nothing = Executor(machine=Capabilities(0, bwrap=False, can_seal=False, sentence="no seal here"))
    monkeypatch.setattr(nbgrader_plugin._own, "executor", nothing)
    grade_again(course, "unsealed")
    scores = course.scores("unsealed", "ps1", "problem1")
    assert [scores[test] for test in TESTS] == [(None, True)] * 4
    monkeypatch.undo()
    grade_again(course, "unsealed")
    assert points(course, "unsealed") == ALL


def test_a_notebook_of_another_kernel_waits_whatever_the_learner_writes_there(course: NbgraderCourse) -> None:
    course.submit("other_kernel", "ps1", "problem1", RIGHT)
    with Gradebook(course.database) as gradebook:
        book = gradebook.find_notebook("problem1", "ps1")
        before, book.kernelspec = book.kernelspec, json.dumps({"name": "ir", "language": "R", "display_name": "R"})
        gradebook.db.commit()
    grade_again(course, "other_kernel")
    scores = course.scores("other_kernel", "ps1", "problem1")
    assert [scores[test] for test in TESTS] == [(None, True)] * 4
    with Gradebook(course.database) as gradebook:
        gradebook.find_notebook("problem1", "ps1").kernelspec = before
        gradebook.db.commit()
