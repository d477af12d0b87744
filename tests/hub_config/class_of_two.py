"""A class in which two learners have handed in a small lesson, one of them with Markdown that tries to run a script."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import nbformat
from small_lesson import write_lesson

from autograders.grade import grade
from autograders.gradebook import ClassGradebook
from autograders.models import Context
from course.assignment import student_notebook
from course.catalog import LessonFolder, read_lesson
from course.notebook import exercise_calls, with_answer

LESSON = "text.small"
AT = datetime(2027, 3, 12, 8, 30, tzinfo=UTC)
CONTEXT = Context(role="official", variant="A")
EVIL = "<script>alert('x')</script>"
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


def lesson_folder(place: Path) -> LessonFolder:
    """A level folder with one lesson in it."""
    level = place / "level1_text"
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
