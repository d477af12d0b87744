"""The page that tells a learner what a submission earned and why.

Everything on it comes from the grade, the learner's own cells and what teachers wrote, all escaped; tests, solutions
and criteria never come near it. It loads nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from nbformat import NotebookNode

from autograders.gradebook import Override
from autograders.models import ExerciseGrade, Grade
from autograders.pictures.shown import data_url
from autograders.reasons import Reason, criterion_reason, number
from course.assignment import exercise_cells, nbgrader_metadata
from course.catalog import LessonFolder
from course.notebook import exercise_calls

TEXTS = ("prompt", "final", "text", "follow_up")
"""The parts of an answer that are the learner's own words; choices and touches are told by the reasons."""


@dataclass(frozen=True)
class Line:
    """An exercise on the page."""

    title: str
    points: float
    max: float
    scored_by_teacher: bool
    comment: str
    reasons: tuple[Reason, ...]
    note: str
    answer: str
    picture: str  # what was made, as an address that holds it

    @property
    def by_teacher(self) -> bool:
        return self.scored_by_teacher or bool(self.comment)


def feedback_html(
    folder: LessonFolder,
    notebook: NotebookNode,
    grade: Grade,
    overrides: Iterable[Override] = (),
    artefacts: Mapping[str, bytes] | None = None,
) -> str:
    """A whole HTML page. `overrides` are the learner's; those of other lessons are left out.

    `artefacts`: what was made, by SHA-256.
    """
    given = {o.exercise: o for o in overrides if o.lesson == grade.lesson}
    answers = _answers(folder, notebook)
    titles = {raw["id"]: str(raw["title"]) for raw in folder.lesson.exercise}
    pictures = {sha256: data_url(content) for sha256, content in (artefacts or {}).items()}
    lines = [
        _line(
            exercise,
            titles.get(exercise.id, exercise.id),
            answers.get(exercise.id, ""),
            given.get(exercise.id),
            pictures.get(exercise.artefact, ""),
        )
        for exercise in grade.exercises
    ]
    waiting = sum(
        exercise.waiting for exercise, line in zip(grade.exercises, lines, strict=True) if not line.scored_by_teacher
    )
    return (
        _pages()
        .get_template("feedback.html")
        .render(
            title=folder.lesson.title,
            points=sum(line.points for line in lines),
            max=grade.max,
            waiting=waiting,
            exercises=lines,
        )
    )


@lru_cache(maxsize=1)
def _pages() -> Environment:
    environment = Environment(loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True)
    environment.filters["number"] = number
    return environment


def _line(exercise: ExerciseGrade, title: str, answer: str, given: Override | None, picture: str) -> Line:
    score = given.manual_score if given else None
    return Line(
        title=title,
        points=exercise.points if score is None else score,
        max=exercise.max,
        scored_by_teacher=score is not None,
        comment=given.comment if given else "",
        reasons=tuple(criterion_reason(criterion) for criterion in exercise.criteria),
        note=exercise.note,
        answer=answer,
        picture=picture,
    )


def _answers(folder: LessonFolder, notebook: NotebookNode) -> dict[str, str]:
    """Exercise id -> the learner's own words or code in it."""
    words: dict[str, str] = {}
    for call in exercise_calls(notebook):
        lesson, _, exercise = call.exercise.partition("/")
        if lesson == folder.lesson.id and call.answer is not None:
            words.setdefault(exercise, _words(call.answer))
    kit = {str(raw["id"]) for raw in folder.lesson.exercise}
    own = {cell: id_ for id_, e in exercise_cells(folder).items() for cell in e.comments if cell not in kit}
    for cell in notebook.cells:
        grade_id = nbgrader_metadata(cell).get("grade_id")
        if isinstance(grade_id, str) and grade_id in own:
            words.setdefault(own[grade_id], cell.source)
    return words


def _words(answer: Mapping[str, Any]) -> str:
    boxes = answer.get("boxes")
    given = [*(answer.get(part) for part in TEXTS), *(boxes.values() if isinstance(boxes, dict) else ())]
    return "\n\n".join(text for text in given if isinstance(text, str) and text.strip())
