"""The same answers through the doors of a lesson: a check in the app, a hand-in from the phone, nbgrader's own way.

Samples are packed into as few notebooks as there are samples of one exercise in one variant. Each notebook goes the
way of a phone (answers written into the calls, as bytes, graded) and the way of nbgrader (answers as drafts, cells
restored, graded, scores put into rows of a gradebook and read back from them); single answers are checked besides.
"""

from __future__ import annotations

import contextlib
import copy
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from nbformat import NotebookNode
from nbgrader import api
from sqlalchemy import Connection, create_engine
from sqlalchemy.orm import Session

from autograders import gradebook_rows as rows
from autograders.grade import grade
from autograders.graded_notebook import graded_notebook
from autograders.models import Context, ExerciseGrade, Grade
from autograders.samples import Outcome, write_code
from autograders.sandbox.executor import Executor
from course.assignment import exercise_cells, gradebook_notebook, student_notebook
from course.catalog import LessonFolder

HandIn = Callable[[NotebookNode, str, Mapping[str, dict[str, Any]]], NotebookNode]
"""What campus stores of a student notebook, a lesson's id and a learner's drafts when the learner hands in."""
Score = tuple[float, bool]  # points, and whether some still wait
CLASS, LEARNER = "check", "learner"


@dataclass
class _Work:
    """One learner's work in one variant: answers by exercise, code by cell, and what a check of each gave."""

    context: Context
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    code: dict[str, str] = field(default_factory=dict)
    checked: dict[str, tuple[str, Score]] = field(default_factory=dict)  # exercise that counts -> sample, score
    runs: bool = False  # whether it holds code of the learner's; running it takes longest


def differing_doors(
    folder: LessonFolder, outcomes: Sequence[Outcome], hand_in: HandIn, executor: Executor | None
) -> list[str]:
    """A sentence for each sample whose score depends on the door. Raises LessonError as `course.assignment` does."""
    student, marking = student_notebook(folder), gradebook_notebook(folder)
    code = {raw["id"] for raw in folder.lesson.exercise if raw["kind"] == "code"}
    found = []
    with _gradebook(folder, marking) as connection:
        for work in _packed(folder, outcomes, with_code=executor is not None):
            runner = executor if work.runs else None
            written = copy.deepcopy(student)
            write_code(written, work.code)
            handed_in = hand_in(copy.deepcopy(written), folder.lesson.id, work.answers)
            phone = {e.id: _score(e) for e in grade(folder, handed_in, work.context, None, runner).exercises}
            restored = graded_notebook(marking, written)
            drafts = work.context.model_copy(update={"answers": work.answers})
            shown = _in_gradebook(folder, grade(folder, restored, drafts, None, runner), connection)
            for id_, (sample, checked) in work.checked.items():
                by_door = {"a check": checked, "the app": phone[id_], "nbgrader": shown[id_]}
                if id_ in code and not work.runs:  # a stand-in; the code beside it, which was not run, may wait
                    by_door = {door: (points, False) for door, (points, _) in by_door.items()}
                if len(set(by_door.values())) > 1:
                    found.append(_sentence(sample, id_, by_door))
    return found


def _sentence(sample: str, exercise: str, by_door: Mapping[str, Score]) -> str:
    told = ", ".join(f"{points:g}{' (some wait)' * waits} by {door}" for door, (points, waits) in by_door.items())
    mend = "compare grade_id and points of its cells with lesson.toml"
    return f"sample {sample}: exercise {exercise!r} earns {told}; {mend}"


def _packed(folder: LessonFolder, outcomes: Sequence[Outcome], *, with_code: bool) -> Iterator[_Work]:
    """Samples of single exercises, at most one of each exercise in a notebook; samples of the whole lesson alone."""
    counts_as = {raw["id"]: raw.get("stands_in_for") or raw["id"] for raw in folder.lesson.exercise}
    code = {raw["id"] for raw in folder.lesson.exercise if raw["kind"] == "code"}
    packs: dict[tuple[str, str], list[_Work]] = defaultdict(list)
    for outcome in outcomes:
        file = outcome.answered
        whole = file.exercise == "*"
        answers = file.answer if whole else {file.exercise: file.answer}
        scores = {counts_as[g.id]: _score(g) for g in outcome.grades if g.id in answers or g.id in code}
        if whole or (file.code and not with_code):
            scores = {id_: score for id_, score in scores.items() if id_ not in code}
        if not scores:
            continue
        of_variant = packs[file.role, file.variant]
        work = None if whole else next((w for w in of_variant if scores.keys().isdisjoint(w.checked)), None)
        if work is None:
            work = _Work(Context(role=file.role, variant=file.variant))
            of_variant.append(work)
        work.answers |= {id_: answer for id_, answer in answers.items() if answer}
        artefacts = {**(work.context.artefacts or {}), **outcome.artefacts}
        work.context = work.context.model_copy(update={"artefacts": artefacts})
        work.code |= file.code
        work.runs = work.runs or bool(file.code)
        work.checked |= {id_: (outcome.sample.name, score) for id_, score in scores.items()}
    for of_variant in packs.values():
        yield from of_variant


def _score(given: ExerciseGrade) -> Score:
    return round(given.points, 2), given.waiting > 0


@contextlib.contextmanager
def _gradebook(folder: LessonFolder, marking: NotebookNode) -> Iterator[Connection]:
    """nbgrader's gradebook in memory, with the lesson as its assignment and one learner."""
    engine = create_engine("sqlite://")
    rows.prepare_connections(engine)
    rows.create_tables(engine, CLASS)
    with Session(engine) as session, session.begin():
        rows.set_assignment(session, CLASS, folder.lesson.id, marking)
    with engine.begin() as connection:
        rows.set_learner(connection, LEARNER, None)
        yield connection
    engine.dispose()


def _in_gradebook(folder: LessonFolder, given: Grade, connection: Connection) -> dict[str, Score]:
    """Write a grade as campus and `nbgrader autograde` do, and read it as formgrader does."""
    cells = exercise_cells(folder)
    submitted = rows.submitted_notebook(connection, folder.lesson.id, LEARNER, datetime.now(UTC))
    rows.set_scores(connection, submitted, cells, given)
    with Session(connection) as session:
        shown = {row.name: row for row in session.get_one(api.SubmittedNotebook, submitted).grades}
        return {
            id_: (
                round(sum(shown[cell].score or 0.0 for cell in own.points), 2),
                any(bool(shown[cell].needs_manual_grade) for cell in own.points),
            )
            for id_, own in cells.items()
        }
