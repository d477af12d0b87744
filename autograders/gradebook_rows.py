"""Rows of nbgrader's gradebook: tables, an assignment's cells, a submission's scores and comments.

Works on an open session or connection and never commits: the caller decides what is one transaction.
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
from sqlalchemy import Connection, Engine, Table, bindparam, event, insert, inspect, select, text, update
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

# built once: every submission goes through them, and building takes longer than asking
_ADD = upsert(_learner)
_ADD_LEARNER = _ADD.on_conflict_do_nothing()
_NAME_LEARNER = _ADD.on_conflict_do_update(
    index_elements=["id"], set_={name: _ADD.excluded[name] for name in ("first_name", "last_name")}
)
_BOOK = select(_assignment.c.id, _notebook.c.id).join(_notebook).where(_assignment.c.name == bindparam("lesson"))
_mine = (_handed_in.c.assignment_id == bindparam("of_assignment")) & (
    _handed_in.c.student_id == bindparam("of_learner")
)
_HAND_IN_AGAIN = update(_handed_in).where(_mine)
_HAND_IN = insert(_handed_in).returning(_handed_in.c.id)
_ADD_SUBMITTED = insert(_submitted).returning(_submitted.c.id)
_SUBMITTED = select(_submitted.c.id).join(_handed_in).where(_mine)
_CELLS = select(_cell.c.id, _cell.c.type).where(_cell.c.notebook_id == bindparam("book"))
_SCORED = (
    select(_grade.c.id, _cell.c.name, _grade.c.auto_score, _grade.c.manual_score)
    .join(_cell)
    .where(_grade.c.notebook_id == bindparam("submitted"))
)
_COMMENTED = select(_comment.c.id, _cell.c.name).join(_cell).where(_comment.c.notebook_id == bindparam("submitted"))
_SCORE = update(_grade).where(_grade.c.id == bindparam("row"))
_COMMENT = update(_comment).where(_comment.c.id == bindparam("row"))


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


def set_learner(connection: Connection, name: str, names: tuple[str, str] | None) -> None:
    """Add a learner or correct first and last name; None leaves what stands there."""
    if names is None:
        connection.execute(_ADD_LEARNER, {"id": name})
    else:
        connection.execute(_NAME_LEARNER, {"id": name, "first_name": names[0], "last_name": names[1]})


def submitted_notebook(connection: Connection, lesson_id: str, learner: str, submitted_at: datetime) -> str:
    """Id of the learner's `submitted_notebook`, with a row for every cell, made where missing.

    In statements of SQL: nbgrader's mapped classes take five times as long, and this is done for every submission.
    Raises GradebookError for a lesson that is no assignment of this class.
    """
    found = connection.execute(_BOOK, {"lesson": lesson_id}).one_or_none()
    if found is None:
        raise GradebookError(f"lesson {lesson_id!r} is no assignment of this class; publish it to the class first")
    assignment, book = found
    at = submitted_at.astimezone(UTC).replace(tzinfo=None)
    mine = {"of_assignment": assignment, "of_learner": learner}
    if connection.execute(_HAND_IN_AGAIN, {**mine, "timestamp": at}).rowcount == 0:
        _add_submission(connection, assignment, book, learner, at)
    return str(connection.execute(_SUBMITTED, mine).scalar_one())


def _add_submission(connection: Connection, assignment: str, book: str, learner: str, at: datetime) -> None:
    new = {"assignment_id": assignment, "student_id": learner, "timestamp": at}
    handed_in = connection.execute(_HAND_IN, new).scalar_one()
    new = {"notebook_id": book, "assignment_id": handed_in}
    submitted = connection.execute(_ADD_SUBMITTED, new).scalar_one()
    cells = connection.execute(_CELLS, {"book": book}).all()
    for table, kind in ((_grade, "GradeCell"), (_comment, "SolutionCell")):
        if rows := [{"cell_id": id_, "notebook_id": submitted} for id_, type_ in cells if type_ == kind]:
            connection.execute(insert(table), rows)


def set_scores(connection: Connection, submitted: str, cells: Mapping[str, ExerciseCells], grade: Grade) -> None:
    """Write auto_score, auto_comment and needs_manual_grade; what teachers gave is never touched.

    `submitted` is the id of a `submitted_notebook`.
    """
    exercises = {exercise.id: exercise for exercise in grade.exercises}
    owners = {cell: (exercises.get(id_), own) for id_, own in cells.items() for cell in (*own.points, *own.comments)}
    scores = []
    for id_, name, auto, manual in connection.execute(_SCORED, {"submitted": submitted}):
        exercise, own = owners.get(name, (None, None))
        if exercise is None or own is None:  # not graded by us: a teacher has to
            scores.append({"row": id_, "auto_score": auto, "needs_manual_grade": manual is None})
        else:
            waits = exercise.waiting > 0 and manual is None
            scores.append({"row": id_, "auto_score": _share(exercise, own, name), "needs_manual_grade": waits})
    comments = []
    for id_, name in connection.execute(_COMMENTED, {"submitted": submitted}):
        exercise, _ = owners.get(name, (None, None))
        comments.append({"row": id_, "auto_comment": reasons(exercise) if exercise else GRADE_LATER})
    for statement, rows in ((_SCORE, scores), (_COMMENT, comments)):
        if rows:
            connection.execute(statement, rows)


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
