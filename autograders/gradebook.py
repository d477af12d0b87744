"""The gradebook of one class: a folder as nbgrader lays it out, so that formgrader shows and corrects it.

Files are written whole or not at all, rows in one transaction. Everything may be written again: the ledger is the
truth, and this a view of it that teachers can write to.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import writes_json
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from autograders import gradebook_rows as rows
from autograders.gradebook_rows import GradebookError
from autograders.graded_notebook import graded_notebook
from autograders.models import Context, Grade
from course.assignment import (
    NOTEBOOK,
    ExerciseCells,
    exercise_cells,
    gradebook_notebook,
    student_notebook,
    teacher_notebook,
)
from course.catalog import LessonFolder

__all__ = ["CONTEXT_FILE", "ClassGradebook", "GradebookError", "Override", "write_file", "write_notebook"]

FILE = f"{NOTEBOOK}.ipynb"
CONTEXT_FILE = "context.json"
BUSY_SECONDS = 30.0

GRADES = """
SELECT sa.student_id, a.name, c.name, g.auto_score, g.manual_score, g.extra_credit
FROM grade g JOIN base_cell c ON c.id = g.cell_id JOIN submitted_notebook sn ON sn.id = g.notebook_id
JOIN submitted_assignment sa ON sa.id = sn.assignment_id JOIN assignment a ON a.id = sa.assignment_id
"""
COMMENTS = """
SELECT sa.student_id, a.name, c.name, m.manual_comment
FROM comment m JOIN base_cell c ON c.id = m.cell_id JOIN submitted_notebook sn ON sn.id = m.notebook_id
JOIN submitted_assignment sa ON sa.id = sn.assignment_id JOIN assignment a ON a.id = sa.assignment_id
WHERE m.manual_comment IS NOT NULL AND m.manual_comment <> ''
"""


@dataclass(frozen=True)
class Override:
    """What a teacher changed of one exercise.

    `manual_score` is the exercise's points as they stand now, extra credit included; None when only a comment was
    written. nbgrader keeps no time and no author of a change.
    """

    learner: str
    lesson: str
    exercise: str
    manual_score: float | None
    comment: str


class ClassGradebook:
    """One class's gradebook. May be used from several threads; beside it formgrader works on the same file."""

    def __init__(self, path: Path, class_id: str) -> None:
        """Open or create the gradebook in the class's folder. Raises OSError, sqlalchemy.exc.OperationalError."""
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = path
        self.class_id = class_id
        self._engine = create_engine(f"sqlite:///{path / 'gradebook.db'}", connect_args={"timeout": BUSY_SECONDS})
        rows.prepare_connections(self._engine)
        rows.create_tables(self._engine, class_id)
        self._watch = sqlite3.connect(path / "gradebook.db", timeout=BUSY_SECONDS, check_same_thread=False)
        self._watching = threading.Lock()
        self._seen = -1
        self._overrides: list[Override] = []
        self._markings: dict[str, tuple[int, NotebookNode]] = {}

    def close(self) -> None:
        """Close all connections."""
        self._watch.close()
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add_assignment(self, folder: LessonFolder) -> None:
        """Make a lesson an assignment of the class, or bring it up to date.

        Raises LessonError for a notebook that does not fit lesson.toml, GradebookError when cells are gone that
        submissions have scores for.
        """
        lesson_id = folder.lesson.id
        cells = {id_: asdict(own) for id_, own in exercise_cells(folder).items()}
        source, release = teacher_notebook(folder), student_notebook(folder)
        marking = gradebook_notebook(folder)
        with Session(self._engine) as session, session.begin():
            rows.set_assignment(session, self.class_id, lesson_id, marking)
            write_notebook(self.path / "source" / lesson_id / FILE, source)
            write_notebook(self.path / "release" / lesson_id / FILE, release)
            write_notebook(self._marking_file(lesson_id), marking)
            write_file(self._cells_file(lesson_id), json.dumps(cells, indent=1).encode())

    def write(
        self,
        learner: str,
        lesson_id: str,
        notebook: NotebookNode,
        grade: Grade,
        submitted_at: datetime,
        context: Context | None = None,
        names: tuple[str, str] | None = None,
        artefacts: Mapping[str, bytes] | None = None,
    ) -> None:
        """Put a graded submission into the gradebook, in place of an earlier one; teachers' scores stay.

        `submitted_at` is aware of its time zone. `context` is kept beside the submission for `nbgrader autograde`.
        `names` are the learner's first and last name; None leaves what stands there. `artefacts` are what was made.
        Raises GradebookError for a lesson that is no assignment of the class; then nothing is written.
        """
        cells = self.cells(lesson_id)
        replies = context.replies if context else None
        graded = graded_notebook(self._marking(lesson_id), notebook, replies=replies, artefacts=artefacts)
        stamp = f"{submitted_at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC".encode()
        submitted_folder = self.path / "submitted" / learner / lesson_id
        write_notebook(submitted_folder / FILE, notebook)
        if context is not None:
            write_file(submitted_folder / CONTEXT_FILE, context.model_dump_json().encode())
        for step, content in (("submitted", None), ("autograded", graded)):
            place = self.path / step / learner / lesson_id
            if content is not None:
                write_notebook(place / FILE, content)
            write_file(place / "timestamp.txt", stamp)
        with self._engine.begin() as connection:
            rows.set_learner(connection, learner, names)
            submitted = rows.submitted_notebook(connection, lesson_id, learner, submitted_at)
            rows.set_scores(connection, submitted, cells, grade)

    def cells(self, lesson_id: str) -> dict[str, ExerciseCells]:
        """Exercise id -> its cells, as the assignment was added. Raises GradebookError for an unknown lesson."""
        try:
            stored = json.loads(self._cells_file(lesson_id).read_bytes())
        except FileNotFoundError:
            raise GradebookError(
                f"lesson {lesson_id!r} is no assignment of class {self.class_id!r}; publish it to the class first"
            ) from None
        return {id_: ExerciseCells(own["points"], tuple(own["comments"])) for id_, own in stored.items()}

    def overrides(self) -> list[Override]:
        """Everything teachers changed that still stands, sorted; a change taken back is not in the list any more.

        Cheap to call often: nothing is read while the database is as it was.
        """
        with self._watching:
            version = self._watch.execute("PRAGMA data_version").fetchone()[0]
            if version != self._seen:
                self._overrides = self._read_overrides()
                self._seen = version
            return list(self._overrides)

    def _read_overrides(self) -> list[Override]:
        scores: dict[tuple[str, str, str], float] = {}
        touched: set[tuple[str, str, str]] = set()
        comments: dict[tuple[str, str, str], list[str]] = {}
        owner = _Owners(self)
        for learner, lesson, cell, auto, manual, extra in self._watch.execute(GRADES):
            key = (learner, lesson, owner.exercise(lesson, cell))
            given = manual if manual is not None else auto
            scores[key] = scores.get(key, 0.0) + (given or 0.0) + (extra or 0.0)
            if manual is not None or extra is not None:
                touched.add(key)
        for learner, lesson, cell, comment in self._watch.execute(COMMENTS):
            comments.setdefault((learner, lesson, owner.exercise(lesson, cell)), []).append(comment)
        return [
            Override(*key, round(scores[key], 2) if key in touched else None, "\n".join(comments.get(key, [])))
            for key in sorted(touched | comments.keys())
        ]

    def _marking(self, lesson_id: str) -> NotebookNode:
        """The assignment's notebook with hidden tests, read again when it has changed. Not to be changed."""
        file = self._marking_file(lesson_id)
        at = file.stat().st_mtime_ns
        if self._markings.get(lesson_id, (0, None))[0] != at:
            self._markings[lesson_id] = (at, nbformat.read(file, as_version=4))
        return self._markings[lesson_id][1]

    def _cells_file(self, lesson_id: str) -> Path:
        return self.path / "marking" / lesson_id / "cells.json"

    def _marking_file(self, lesson_id: str) -> Path:
        return self.path / "marking" / lesson_id / FILE


class _Owners:
    """Which exercise a cell of the gradebook belongs to; a cell that is nobody's stands for itself."""

    def __init__(self, gradebook: ClassGradebook) -> None:
        self._gradebook = gradebook
        self._known: dict[str, dict[str, str]] = {}

    def exercise(self, lesson_id: str, cell: str) -> str:
        if lesson_id not in self._known:
            try:
                own = self._gradebook.cells(lesson_id)
            except GradebookError:  # a teacher made it in formgrader: it is not graded by us
                own = {}
            self._known[lesson_id] = {cell: id_ for id_, e in own.items() for cell in (*e.points, *e.comments)}
        return self._known[lesson_id].get(cell, cell)


def write_notebook(path: Path, notebook: NotebookNode) -> None:
    """Write a notebook as `write_file` does; that it is a valid one is the caller's business."""
    write_file(path, writes_json(notebook).encode())


def write_file(path: Path, content: bytes) -> None:
    """Write a file so that a reader finds the old content or the new, never half. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary: Any = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
