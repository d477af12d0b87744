"""`nbgrader` on an operator's terminal, with our configuration."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from class_of_two import LESSON, class_folder, lesson_folder
from jupyter_double import NBGRADER_CONFIG
from nbgrader.api import Gradebook

from course.catalog import LessonFolder
from course.notebook import exercise_calls


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> LessonFolder:
    return lesson_folder(tmp_path_factory.mktemp("lessons"))


@pytest.fixture
def terminal(tmp_path: Path, folder: LessonFolder) -> tuple[Path, dict[str, str]]:
    """A class's folder with both submissions and no scores in it, and the operator's environment."""
    path = class_folder(tmp_path, folder)
    (path / "nbgrader_config.py").write_bytes(NBGRADER_CONFIG.read_bytes())
    with Gradebook(f"sqlite:///{path / 'gradebook.db'}", "demo") as gb:
        for learner in ("lan", "minh"):
            gb.remove_submission(LESSON, learner)
    bin_ = str(Path(sys.executable).parent)
    lessons = str(folder.path.parent)
    env = os.environ | {"HOCAI_CLASS": "demo", "HOCAI_DATA": str(tmp_path), "HOCAI_LESSONS": lessons}
    return path, env | {"PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}"}


def nbgrader(path: Path, env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nbgrader", *words]
    return subprocess.run(command, env=env, cwd=path, capture_output=True, text=True, timeout=120)


def test_nbgrader_autograde_grades_with_our_rules_and_runs_nothing_itself(
    terminal: tuple[Path, dict[str, str]],
) -> None:
    path, env = terminal
    done = nbgrader(path, env, "autograde", LESSON, "--force")
    assert done.returncode == 0, done.stderr
    with Gradebook(f"sqlite:///{path / 'gradebook.db'}", "demo") as gb:
        scores = {n: gb.find_grade("notice", "lesson", LESSON, n).auto_score for n in ("lan", "minh")}
        assert scores == {"lan": 4, "minh": 0}
        assert gb.find_grade("pick", "lesson", LESSON, "lan").auto_score == 0
        assert gb.find_grade("notice", "lesson", LESSON, "lan").needs_manual_grade  # its judged criterion waits
        assert "Chưa có" in gb.find_comment("notice", "lesson", LESSON, "minh").auto_comment
    assert not list(path.rglob("stolen"))
    shown = nbformat.read(path / "autograded" / "lan" / LESSON / "lesson.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in shown.cells)


def test_nbgrader_autograde_without_the_context_of_a_submission_says_so(
    terminal: tuple[Path, dict[str, str]],
) -> None:
    path, env = terminal
    (path / "submitted" / "lan" / LESSON / "context.json").unlink()
    done = nbgrader(path, env, "autograde", LESSON, "--student", "lan", "--force")
    assert done.returncode != 0 and "context.json: missing" in done.stderr


RIGHT_CODE, WRONG_CODE = "def total(xs):\n    return sum(xs)", "def total(xs):\n    return 3"
EMPTIES_ASSERTS = """import ast
class Empty(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
get_ipython().ast_transformers.append(Empty())
"""


def write_code(path: Path, learner: str, source: str, *, keep_test: bool) -> None:
    """Hand in other code; the test cell emptied, or deleted."""
    file = path / "submitted" / learner / LESSON / "lesson.ipynb"
    notebook = nbformat.read(file, as_version=4)
    cells = {c.metadata.get("nbgrader", {}).get("grade_id"): c for c in notebook.cells}
    cells["sum_answer"].source = source
    cells["sum_test"].source = ""
    if not keep_test:
        notebook.cells.remove(cells["sum_test"])
    nbformat.write(notebook, file)


def test_nbgrader_autograde_judges_a_lessons_code_by_the_lessons_own_tests(
    terminal: tuple[Path, dict[str, str]],
) -> None:
    path, env = terminal
    write_code(path, "lan", RIGHT_CODE, keep_test=False)
    write_code(path, "minh", EMPTIES_ASSERTS + WRONG_CODE, keep_test=True)
    done = nbgrader(path, env, "autograde", LESSON, "--force")
    assert done.returncode == 0, done.stderr
    with Gradebook(f"sqlite:///{path / 'gradebook.db'}", "demo") as gb:
        scores = {n: gb.find_grade("sum_test", "lesson", LESSON, n).auto_score for n in ("lan", "minh")}
    assert scores == {"lan": 3, "minh": 0}


def test_nbgrader_autograde_takes_a_lesson_that_it_cannot_find_for_no_other_assignment(
    terminal: tuple[Path, dict[str, str]],
) -> None:
    path, env = terminal
    done = nbgrader(path, env | {"HOCAI_LESSONS": ""}, "autograde", LESSON, "--force")
    assert done.returncode != 0 and "set LessonPreprocessor.lessons" in done.stderr
    with Gradebook(f"sqlite:///{path / 'gradebook.db'}", "demo") as gb:
        assert gb.find_grade("sum_test", "lesson", LESSON, "lan").auto_score is None


def test_nbgrader_generate_assignment_keeps_the_exercise_calls(terminal: tuple[Path, dict[str, str]]) -> None:
    path, env = terminal
    done = nbgrader(path, env, "generate_assignment", LESSON, "--force")
    assert done.returncode == 0, done.stderr
    release = nbformat.read(path / "release" / LESSON / "lesson.ipynb", as_version=4)
    assert "text.small/notice" in [c.exercise for c in exercise_calls(release)]
    assert "return sum(xs)" not in nbformat.writes(release)


def test_nbgrader_collect_says_that_campus_does_it(terminal: tuple[Path, dict[str, str]]) -> None:
    path, env = terminal
    done = nbgrader(path, env, "collect", LESSON)
    assert done.returncode != 0 and "Bài nộp tự về sổ điểm" in done.stderr
