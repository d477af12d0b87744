"""The same answers get the same score through each door: phone, JupyterLab with drafts, and nbgrader's own cells."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode

from autograders.grade import grade, grade_exercise
from autograders.models import Context, Grade
from autograders.samples import read_samples
from autograders.sandbox.executor import Executor
from course.assignment import student_notebook
from course.catalog import Catalog, LessonFolder
from course.notebook import exercise_calls, with_answer
from course.variants import drawn_exercise, variant_of

ROOT = Path(__file__).parents[2]
LESSONS = list(Catalog(sorted(ROOT.glob("level*"))))


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with Executor() as executor:
        yield executor


def answers_of(folder: LessonFolder, meaning: str, role: str, variant: str) -> dict[str, dict[str, Any]]:
    """The first sample of this meaning for each exercise that has one in this variant."""
    answers: dict[str, dict[str, Any]] = {}
    for sample in read_samples(folder):
        file = sample.file
        if (sample.meaning, file.role, file.variant) == (meaning, role, variant) and file.answer:
            if file.exercise == "*":
                continue
            answers.setdefault(file.exercise, file.answer)
    return answers


def filled(notebook: NotebookNode, answers: dict[str, dict[str, Any]]) -> NotebookNode:
    """The notebook as a phone submits it: every answer in its call."""
    notebook = copy.deepcopy(notebook)
    for call in exercise_calls(notebook):
        answer = answers.get(call.exercise.partition("/")[2])
        if answer is not None:
            notebook.cells[call.cell].source = with_answer(notebook.cells[call.cell].source, answer)
    return notebook


def scores(made: Grade) -> dict[str, tuple[float, float]]:
    return {e.id: (e.points, e.waiting) for e in made.exercises}


@pytest.mark.parametrize("meaning", ["pass", "fail", "lazy"])
@pytest.mark.parametrize("folder", LESSONS, ids=lambda f: f.lesson.id)
def test_phone_and_jupyterlab_give_the_same_score(folder: LessonFolder, meaning: str, executor: Executor) -> None:
    first = folder.lesson.variant[0]
    answers = answers_of(folder, meaning, first.role, first.id)
    assert len(answers) >= 2, "too few samples in the lesson's first variant to compare"
    student = student_notebook(folder)
    context = Context(role=first.role, variant=first.id)

    phone = grade(folder, filled(student, answers), context, None, executor)
    lab = grade(folder, student, context.model_copy(update={"answers": answers}), None, executor)
    assert scores(phone) == scores(lab)

    stand_ins = {raw["id"]: raw["stands_in_for"] for raw in folder.lesson.exercise if raw.get("stands_in_for")}
    for id_, answer in answers.items():
        exercise = drawn_exercise(folder.lesson, id_, variant_of(folder.lesson, first.role, first.id))
        if exercise.graded:
            checked = grade_exercise(exercise, answer, context)
            assert scores(phone)[stand_ins.get(id_, id_)] == (checked.points, checked.waiting), id_
