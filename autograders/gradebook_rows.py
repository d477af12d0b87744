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
from sqlalchemy import Engine, Table, bindparam, event, insert, inspect, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from autograders.models import ExerciseGrade, Grade
from autograders.reasons import reasons
from course.assignment import NOTEBOOK, ExerciseCells
from course.wording import GRADE_LATER

_learner: Table = api.Student.__table__
_assignment: Table = api.Assignment.__table__
_notebook: Table = api.Notebook.__table__
_handed_in: Table = api.SubmittedAssignment.__table__
_submitted: Table = api.SubmittedNotebook.__table__
_cell: Table = api.BaseCell.__table__
_grade: Table = api.Grade.__table__
_comment: Table = api.Comment.__table__


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


def set_learner(session: Session, name: str, names: tuple[str, str] | None) -> None:
    """Add a learner or correct first and last name; None leaves what stands there."""
    new = upsert(_learner).values(id=name)
    if names is None:
        session.execute(new.on_conflict_do_nothing())
    else:
        called = dict(zip(("first_name", "last_name"), names, strict=True))
        session.execute(new.values(**called).on_conflict_do_update(index_elements=["id"], set_=called))


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


def submitted_notebook(session: Session, lesson_id: str, learner: str, submitted_at: datetime) -> str:
    """Id of the learner's `submitted_notebook`, with a row for every cell, made where missing.

    In statements of SQL: nbgrader's mapped classes take five times as long, and this is done for every submission.
    Raises GradebookError for a lesson that is no assignment of this class.
    """
    books = select(_assignment.c.id, _notebook.c.id).join(_notebook).where(_assignment.c.name == lesson_id)
    found = session.execute(books).one_or_none()
    if found is None:
        raise GradebookError(f"lesson {lesson_id!r} is no assignment of this class; publish it to the class first")
    assignment, book = found
    at = submitted_at.astimezone(UTC).replace(tzinfo=None)
    mine = (_handed_in.c.assignment_id == assignment) & (_handed_in.c.student_id == learner)
    if session.execute(update(_handed_in).where(mine).values(timestamp=at)).rowcount == 0:  # type: ignore[attr-defined]
        _add_submission(session, assignment, book, learner, at)
    return str(session.execute(select(_submitted.c.id).join(_handed_in).where(mine)).scalar_one())


def _add_submission(session: Session, assignment: str, book: str, learner: str, at: datetime) -> None:
    new = insert(_handed_in).values(assignment_id=assignment, student_id=learner, timestamp=at)
    handed_in = session.execute(new.returning(_handed_in.c.id)).scalar_one()
    new = insert(_submitted).values(notebook_id=book, assignment_id=handed_in)
    submitted = session.execute(new.returning(_submitted.c.id)).scalar_one()
    cells = session.execute(select(_cell.c.id, _cell.c.type).where(_cell.c.notebook_id == book)).all()
    for table, kind in ((_grade, "GradeCell"), (_comment, "SolutionCell")):
        if rows := [{"cell_id": id_, "notebook_id": submitted} for id_, type_ in cells if type_ == kind]:
            session.execute(insert(table), rows)


def set_scores(session: Session, submitted: str, cells: Mapping[str, ExerciseCells], grade: Grade) -> None:
    """Write auto_score, auto_comment and needs_manual_grade; what teachers gave is never touched.

    `submitted` is the id of a `submitted_notebook`.
    """
    exercises = {exercise.id: exercise for exercise in grade.exercises}
    owners = {cell: (exercises.get(id_), own) for id_, own in cells.items() for cell in (*own.points, *own.comments)}
    scored = select(_grade.c.id, _cell.c.name, _grade.c.auto_score, _grade.c.manual_score).join(_cell)
    scores = []
    for id_, name, auto, manual in session.execute(scored.where(_grade.c.notebook_id == submitted)):
        exercise, own = owners.get(name, (None, None))
        if exercise is None or own is None:  # not graded by us: a teacher has to
            scores.append({"row": id_, "auto_score": auto, "needs_manual_grade": manual is None})
        else:
            waits = exercise.waiting > 0 and manual is None
            scores.append({"row": id_, "auto_score": _share(exercise, own, name), "needs_manual_grade": waits})
    commented = select(_comment.c.id, _cell.c.name).join(_cell).where(_comment.c.notebook_id == submitted)
    comments = []
    for id_, name in session.execute(commented):
        exercise, _ = owners.get(name, (None, None))
        comments.append({"row": id_, "auto_comment": reasons(exercise) if exercise else GRADE_LATER})
    connection = session.connection()
    for table, rows in ((_grade, scores), (_comment, comments)):
        if rows:
            connection.execute(update(table).where(table.c.id == bindparam("row")), rows)


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
