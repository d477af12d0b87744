"""Rows of nbgrader's gradebook: tables, an assignment's cells, a submission's scores and comments.

Works on an open session and never commits: the caller decides what is one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from alembic.script import ScriptDirectory
from nbformat import NotebookNode
from nbgrader import api
from nbgrader.utils import is_grade, is_locked, is_solution
from sqlalchemy import Engine, event, inspect, text
from sqlalchemy.orm import Session, selectinload

from autograders.models import ExerciseGrade, Grade
from autograders.reasons import reasons
from course.assignment import NOTEBOOK, ExerciseCells
from course.wording import GRADE_LATER


class GradebookError(RuntimeError):
    """The gradebook cannot take this; the text says what stands in the way."""


def prepare_connections(engine: Engine) -> None:
    """WAL mode, and transactions that take the write lock at their start: formgrader writes to the same file."""

    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own late BEGIN would fail instead of waiting
        connection.execute("PRAGMA journal_mode = WAL")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))


def create_tables(engine: Engine, class_id: str) -> None:
    """nbgrader's tables and the class's row, where they are not there yet.

    The schema's version is read from nbgrader's own scripts, without the `alembic` program that `Gradebook` runs.
    """
    with Session(engine) as session, session.begin():
        connection = session.connection()
        if not inspect(connection).get_table_names():
            api.Base.metadata.create_all(connection)
            head = ScriptDirectory(str(files("nbgrader") / "alembic")).get_current_head()
            session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            session.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": head})
        if session.get(api.Course, class_id) is None:
            session.add(api.Course(id=class_id))


def set_learner(session: Session, name: str, first_name: str | None, last_name: str | None) -> None:
    """Add a learner or correct the names; None leaves what stands there."""
    learner = session.get(api.Student, name)
    if learner is None:
        learner = api.Student(id=name)
        session.add(learner)
    if first_name is not None:
        learner.first_name = first_name
    if last_name is not None:
        learner.last_name = last_name


def set_assignment(session: Session, class_id: str, lesson_id: str, notebook: NotebookNode) -> None:
    """Rows of an assignment and its cells, brought up to `notebook` (`course.assignment.gradebook_notebook`).

    Raises GradebookError when cells are gone that submissions have scores for.
    """
    assignment = session.query(api.Assignment).filter_by(name=lesson_id).one_or_none()
    if assignment is None:
        assignment = api.Assignment(name=lesson_id, course_id=class_id)
        session.add(assignment)
    book = next((n for n in assignment.notebooks if n.name == NOTEBOOK), None)
    if book is None:
        book = api.Notebook(name=NOTEBOOK, assignment=assignment)
        session.add(book)
    book.kernelspec = json.dumps(notebook.metadata.get("kernelspec", {}))
    session.flush()
    wanted = _wanted_cells(notebook)
    _remove_cells(session, book, {(kind, name) for kind, name, _ in wanted}, lesson_id)
    for kind, name, values in wanted:
        _set_cell(session, book, kind, name, values)


def _wanted_cells(notebook: NotebookNode) -> list[tuple[Any, str, dict[str, Any]]]:
    cells: list[tuple[Any, str, dict[str, Any]]] = []
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if is_grade(cell):
            values = {"max_score": float(meta["points"]), "cell_type": cell.cell_type}
            cells.append((api.GradeCell, meta["grade_id"], values))
        if is_solution(cell):
            cells.append((api.SolutionCell, meta["grade_id"], {}))
        if is_grade(cell) or is_solution(cell) or is_locked(cell):
            source = {"source": cell.source, "checksum": meta["checksum"], "locked": is_locked(cell)}
            cells.append((api.SourceCell, meta["grade_id"], {**source, "cell_type": cell.cell_type}))
    return cells


def _remove_cells(session: Session, book: Any, wanted: set[tuple[Any, str]], lesson_id: str) -> None:
    gone = [cell for cell in [*book._base_cells, *book.source_cells] if (type(cell), cell.name) not in wanted]
    if gone and book.submissions:
        names = ", ".join(sorted({cell.name for cell in gone}))
        raise GradebookError(f"{lesson_id}: cells {names} are gone from the lesson, but submissions have rows for them")
    for cell in gone:
        session.delete(cell)
    session.flush()


def _set_cell(session: Session, book: Any, kind: Any, name: str, values: Mapping[str, Any]) -> None:
    cell = session.query(kind).filter_by(name=name, notebook_id=book.id).one_or_none()
    if cell is not None:
        for key, value in values.items():
            setattr(cell, key, value)
        return
    cell = kind(name=name, notebook_id=book.id, **values)
    session.add(cell)
    session.flush()
    for submitted in book.submissions:  # a cell added later: earlier submissions get their row too
        if kind is api.GradeCell:
            session.add(api.Grade(cell_id=cell.id, notebook_id=submitted.id))
        elif kind is api.SolutionCell:
            session.add(api.Comment(cell_id=cell.id, notebook_id=submitted.id))


def submitted_rows(session: Session, lesson_id: str, learner: str, submitted_at: datetime) -> Any:
    """The `SubmittedNotebook` of a learner with a row for every cell, made where missing.

    Raises GradebookError for a lesson that is no assignment of this class.
    """
    assignment = session.query(api.Assignment).filter_by(name=lesson_id).one_or_none()
    if assignment is None:
        raise GradebookError(f"lesson {lesson_id!r} is no assignment of this class; publish it to the class first")
    key = {"assignment_id": assignment.id, "student_id": learner}
    submission = session.query(api.SubmittedAssignment).filter_by(**key).one_or_none()
    if submission is None:
        submission = api.SubmittedAssignment(**key)
        session.add(submission)
        session.flush()
        for book in assignment.notebooks:
            _add_rows(session, book, submission)
        session.flush()
    submission.timestamp = submitted_at.astimezone(UTC).replace(tzinfo=None)
    session.flush()
    return (  # with all its rows at once: `set_scores` would ask for them one by one
        session.query(api.SubmittedNotebook)
        .options(
            selectinload(api.SubmittedNotebook.grades).joinedload(api.Grade.cell),
            selectinload(api.SubmittedNotebook.comments).joinedload(api.Comment.cell),
        )
        .filter_by(assignment_id=submission.id)
        .one()
    )


def _add_rows(session: Session, book: Any, submission: Any) -> None:
    submitted = api.SubmittedNotebook(notebook_id=book.id, assignment_id=submission.id)
    session.add(submitted)
    session.flush()
    session.add_all(api.Grade(cell_id=cell.id, notebook_id=submitted.id) for cell in book.grade_cells)
    session.add_all(api.Comment(cell_id=cell.id, notebook_id=submitted.id) for cell in book.solution_cells)


def set_scores(submitted: Any, cells: Mapping[str, ExerciseCells], grade: Grade) -> None:
    """Write auto_score, auto_comment and needs_manual_grade; what teachers gave is never touched."""
    exercises = {exercise.id: exercise for exercise in grade.exercises}
    owners = {cell: (exercises.get(id_), own) for id_, own in cells.items() for cell in (*own.points, *own.comments)}
    for row in submitted.grades:
        exercise, own = owners.get(row.cell.name, (None, None))
        if exercise is None or own is None:  # not graded by us: a teacher has to
            row.needs_manual_grade = row.manual_score is None
            continue
        row.auto_score = _share(exercise, own, row.cell.name)
        row.needs_manual_grade = exercise.waiting > 0 and row.manual_score is None
    for row in submitted.comments:
        exercise, _ = owners.get(row.cell.name, (None, None))
        row.auto_comment = reasons(exercise) if exercise else GRADE_LATER


def _share(exercise: ExerciseGrade, own: ExerciseCells, cell: str) -> float:
    """The cell's part of the exercise's points: what its own tests earned, where that is what the exercise earned.

    Else (a cap, a stand-in that earned more) cut in the order of the cells, so that the parts add up exactly.
    """
    if exercise.cells.keys() == own.points.keys() and round(sum(exercise.cells.values()), 2) == exercise.points:
        return exercise.cells[cell]
    whole, total, before, earned = exercise.points, sum(own.points.values()), 0.0, 0.0
    for name, points in own.points.items():
        before += points
        part = round(whole * before / total, 2) - earned
        if name == cell:
            return round(part, 2)
        earned += part
    return 0.0
