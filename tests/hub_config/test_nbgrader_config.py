"""nbgrader's own programs with our configuration: formgrader on a class's server, `nbgrader` on a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import nbformat
import pytest
from jupyter_double import NBGRADER_CONFIG, jupyter
from nbgrader.api import Gradebook
from small_lesson import write_lesson

from autograders.grade import grade
from autograders.gradebook import ClassGradebook, Override
from autograders.models import Context
from course.assignment import student_notebook
from course.catalog import LessonFolder, read_lesson
from course.notebook import exercise_calls, with_answer

PORT = 21310
LESSON = "text.small"
AT = datetime(2027, 3, 12, 8, 30, tzinfo=UTC)
CONTEXT = Context(role="official", variant="A")
EVIL = "<script>alert('x')</script>"
PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
MARKDOWN = f"Em viết thêm {EVIL}\n\n```\n{EVIL}\n[x](javascript:alert(1))"


def submission(folder: LessonFolder, final: str) -> nbformat.NotebookNode:
    """What a learner hands in: one prompt, and Markdown that tries to run a script on the teacher's page."""
    notebook = student_notebook(folder)
    for call in exercise_calls(notebook):
        if call.exercise.endswith("/notice"):
            cell = notebook.cells[call.cell]
            cell.source = with_answer(cell.source, {"prompt": "viết", "final": final})
    notebook.cells.append(nbformat.v4.new_markdown_cell(MARKDOWN))
    notebook.cells.append(nbformat.v4.new_code_cell("open('stolen', 'w').write('x')"))
    return notebook


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> LessonFolder:
    """A level folder with one lesson in it."""
    level = tmp_path_factory.mktemp("lessons") / "level1_text"
    level.mkdir()
    (level / "level.toml").write_text(
        'number = 1\ntitle = "Chữ"\noutcome = "Viết được"\ncolour = "#112233"\nbadge = "x"\n', "utf-8"
    )
    small = write_lesson(level / "01_small", code=True)
    notebook = nbformat.read(small / "lesson.ipynb", as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell("![lá chè](material/leaf.svg)"))
    nbformat.write(notebook, small / "lesson.ipynb")
    return read_lesson(small)


def class_folder(data: Path, folder: LessonFolder) -> Path:
    with ClassGradebook(data / "classes" / "demo", "demo") as gradebook:
        gradebook.add_assignment(folder)
        for learner, names, final in (
            ("lan", ("Lan", "Nông Thị"), "Họp 12/03/2027 tại nhà văn hóa xóm."),
            ("minh", ("Minh", "Hoàng Văn"), "Họp nhé"),
        ):
            notebook = submission(folder, final)
            gradebook.write(learner, LESSON, notebook, grade(folder, notebook, CONTEXT), AT, CONTEXT, names)
    return data / "classes" / "demo"


@dataclass
class Formgrader:
    client: httpx.Client
    path: Path

    def json(self, path: str) -> object:
        response = self.client.get(f"/formgrader/api/{path}")
        assert response.status_code == 200, response.text
        return response.json()


@pytest.fixture(scope="module")
def formgrader(tmp_path_factory: pytest.TempPathFactory, folder: LessonFolder) -> Iterator[Formgrader]:
    data = tmp_path_factory.mktemp("data")
    path = class_folder(data, folder)
    material = data / "published" / "apps" / LESSON / "material"
    material.mkdir(parents=True)
    (material / "leaf.svg").write_bytes(PICTURE)
    (material.parent / "index.html").write_text("page")
    environ = {"HOCAI_CLASS": "demo", "HOCAI_PUBLISHED": str(data / "published")}
    with jupyter(path, PORT, {"course.exchange.formgrader": True}, environ) as client:
        yield Formgrader(client, path)


def test_both_submissions_stand_in_formgrader_as_graded(formgrader: Formgrader) -> None:
    found = formgrader.json(f"submissions/{LESSON}")
    assert isinstance(found, list)
    by_name = {s["student"]: s for s in found}
    assert {name: s["autograded"] for name, s in by_name.items()} == {"lan": True, "minh": True}
    assert by_name["lan"]["score"] > by_name["minh"]["score"]
    assert (by_name["lan"]["max_score"], by_name["lan"]["display_timestamp"]) == (13, "12/03/2027 15:30")
    assert by_name["lan"]["last_name"] == "Nông Thị" and by_name["lan"]["needs_manual_grade"]


@pytest.mark.parametrize(
    "page", ["manage_assignments", f"manage_submissions/{LESSON}", "gradebook", f"gradebook/{LESSON}",
             f"gradebook/{LESSON}/lesson", "manage_students"]
)  # fmt: skip
def test_formgraders_pages_open(formgrader: Formgrader, page: str) -> None:
    response = formgrader.client.get(f"/formgrader/{page}")
    assert response.status_code == 200
    assert "exchange directory" not in response.text


def submission_page(formgrader: Formgrader, learner: str) -> tuple[str, str]:
    found = formgrader.json(f"submitted_notebooks/{LESSON}/lesson")
    assert isinstance(found, list)
    id_ = next(s["id"] for s in found if s["student"] == learner)
    response = formgrader.client.get(f"/formgrader/submissions/{id_}/")
    assert response.status_code == 200
    return id_, response.text


def test_a_submissions_page_shows_the_answer_and_runs_nothing_of_the_learners(formgrader: Formgrader) -> None:
    _, page = submission_page(formgrader, "lan")
    assert "nhà văn hóa xóm" in page and 'id="notice-comment"' in page
    assert EVIL not in page and "&lt;script&gt;alert(" in page
    assert 'href="javascript:' not in page
    for address in ("https://", "http://"):
        assert f'src="{address}' not in page and f'href="{address}' not in page


def test_a_picture_of_the_lesson_shows_on_a_submissions_page(formgrader: Formgrader) -> None:
    id_, page = submission_page(formgrader, "lan")
    assert 'src="material/leaf.svg"' in page
    picture = formgrader.client.get(f"/formgrader/submissions/{id_}/material/leaf.svg")
    assert (picture.content, picture.headers["content-type"]) == (PICTURE, "image/svg+xml")
    nobody = httpx.get(str(picture.url))
    assert nobody.status_code in (302, 403)


@pytest.mark.parametrize("name", ["none.svg", "..%2findex.html", "%2e%2e/index.html", "..%2f..%2f..%2f..%2fclasses"])
def test_beside_a_submission_lies_nothing_but_what_the_lesson_shows(formgrader: Formgrader, name: str) -> None:
    id_, _ = submission_page(formgrader, "lan")
    reply = formgrader.client.get(f"{formgrader.client.base_url}/formgrader/submissions/{id_}/material/{name}")
    assert reply.status_code in (403, 404) and reply.text != "page"
    assert formgrader.client.get("/formgrader/submissions/none/material/leaf.svg").status_code == 404


def test_a_changed_score_and_comment_come_back_as_an_override(formgrader: Formgrader) -> None:
    id_, _ = submission_page(formgrader, "minh")
    client = formgrader.client
    with ClassGradebook(formgrader.path, "demo") as gradebook:
        assert gradebook.overrides() == []
        grades = client.get("/formgrader/api/grades", params={"submission_id": id_}).json()
        comments = client.get("/formgrader/api/comments", params={"submission_id": id_}).json()
        row = next(g for g in grades if g["name"] == "notice")
        comment = next(c for c in comments if c["name"] == "notice")
        assert "Chưa có" in comment["auto_comment"] and row["manual_score"] is None
        sent = {"manual_score": 5.5, "extra_credit": None}
        assert client.put(f"/formgrader/api/grade/{row['id']}", json=sent).status_code == 200
        said = {"manual_comment": "Bổ sung địa điểm nhé."}
        assert client.put(f"/formgrader/api/comment/{comment['id']}", json=said).status_code == 200
        assert gradebook.overrides() == [Override("minh", LESSON, "notice", 5.5, "Bổ sung địa điểm nhé.")]
    assert client.put(f"/formgrader/api/grade/{row['id']}", json={}).status_code == 200


def test_formgrader_shows_what_was_written_while_it_runs(formgrader: Formgrader, folder: LessonFolder) -> None:
    before, _ = submission_page(formgrader, "lan")
    notebook = submission(folder, "Họp nhé")
    with ClassGradebook(formgrader.path, "demo") as gradebook:
        gradebook.write("lan", LESSON, notebook, grade(folder, notebook, CONTEXT), AT, CONTEXT)
    grades = formgrader.client.get("/formgrader/api/grades", params={"submission_id": before}).json()
    assert next(g["auto_score"] for g in grades if g["name"] == "notice") == 0
    assert "nhà văn hóa xóm" not in submission_page(formgrader, "lan")[1]


@pytest.mark.parametrize(
    ("button", "sentence"),
    [
        (f"submission/{LESSON}/lan/autograde", "chấm tự động"),
        (f"assignment/{LESSON}/assign", "phát cho lớp"),
        (f"assignment/{LESSON}/release", "phát cho lớp"),
        (f"assignment/{LESSON}/unrelease", "phát cho lớp"),
        (f"assignment/{LESSON}/collect", "sổ điểm"),
        (f"assignment/{LESSON}/generate_feedback", "nhận xét"),
        (f"assignment/{LESSON}/lan/generate_feedback", "nhận xét"),
        (f"assignment/{LESSON}/lan/release_feedback", "nhận xét"),
    ],
)
def test_buttons_that_would_run_or_delete_say_that_campus_does_it(
    formgrader: Formgrader, button: str, sentence: str
) -> None:
    answer = formgrader.client.post(f"/formgrader/api/{button}").json()
    assert answer["success"] is False and sentence in answer["log"]
    assert (formgrader.path / "autograded" / "lan" / LESSON / "lesson.ipynb").is_file()
    assert not list(formgrader.path.rglob("stolen"))


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
