"""A class of learners with answers to the report lesson: the same notebooks for us and for the peer."""

from __future__ import annotations

import copy
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from course.assignment import student_notebook
from course.catalog import read_lesson
from course.notebook import exercise_calls, with_answer
from hub_config.services.campus import accounts, draws
from hub_config.services.campus.campus import Campus
from hub_config.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
LESSONS = ROOT / "level1_text"
LESSON = LESSONS / "07_report"
CLASS = "bench"
CODE = ("pass_code", "fail_code_constant", "pass_code_loop", "fail_code_crashes", "fail_code_divides_by_last")
ANSWERS = ("pass_find", "pass_report", "pass_plan", "pass_tell")


@dataclass(frozen=True)
class Learner:
    """One learner and what they hand in."""

    name: str
    role: str
    variant: str
    notebook: NotebookNode


def campus_in(data: Path) -> Campus:
    """A campus with an empty class, on a database of its own."""
    settings = Settings.load({"HOCAI_DATA": str(data), "HOCAI_LESSONS": str(LESSON.parent)})
    campus = Campus.open(settings)
    accounts.create_class(campus.engine, CLASS, "Benchmark")
    return campus


def enrolled(campus: Campus, count: int, *, first: int = 0) -> list[Learner]:
    """New learners of the class, each with a notebook: right, wrong and crashing code in turn."""
    folder = read_lesson(LESSON)
    base = student_notebook(folder)
    codes = [sample(LESSON, name)["code"] for name in CODE]
    answers = {sample["exercise"]: sample["answer"] for sample in (sample(LESSON, name) for name in ANSWERS)}
    made = []
    for number in range(first, first + count):
        name = f"learner{number:04}"
        accounts.create_account(campus.engine, name, f"Learner {number}", password=None)
        accounts.enrol(campus.engine, CLASS, name, "learner")
        with campus.engine.begin() as connection:
            drawn = draws.drawn_variant(connection, folder.lesson, name)
        notebook = handed_in(base, answers, codes[number % len(codes)])
        made.append(Learner(name, drawn.role, drawn.id, notebook))
    return made


def handed_in(base: NotebookNode, answers: dict[str, dict[str, object]], code: dict[str, str]) -> NotebookNode:
    """The student notebook with answers in its calls and code in its cells."""
    notebook = copy.deepcopy(base)
    for call in exercise_calls(notebook):
        answer = answers.get(call.exercise.partition("/")[2])
        if answer is not None:
            cell = notebook.cells[call.cell]
            cell.source = with_answer(cell.source, answer)
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in code:
            cell.source = code[grade_id]
    return notebook


def sample(folder: Path, name: str) -> dict[str, Any]:
    """One of the samples in a lesson's folder."""
    return tomllib.loads((folder / "samples" / f"{name}.toml").read_text("utf-8"))
