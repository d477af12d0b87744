"""Handing in: one atomic, append-only write, whatever the door."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import nbformat
from nbformat import NotebookNode
from sqlalchemy import ColumnElement, Connection, Row, insert, select
from sqlalchemy.exc import IntegrityError

from autograders.grade import submitted_answers
from hub_config.services.campus import artefacts, attempts, drafts, draws, tables, tries
from hub_config.services.campus.accounts import list_enrolments
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import now, reading
from hub_config.services.campus.notebooks import MAX_BYTES, check_length, filled, to_bytes
from hub_config.services.campus.refusals import Refusal

Door = Literal["phone", "jupyterlab"]
State = Literal["queued", "grading", "graded", "failed"]

_submission, _grading = tables.submission, tables.grading
_columns = (
    _submission.c.id,
    _submission.c.learner,
    _submission.c.class_id,
    _submission.c.lesson,
    _submission.c.door,
    _submission.c.submitted_at,
    _grading.c.state,
    _grading.c.scores,
)


@dataclass(frozen=True)
class Submission:
    """A submission without its notebook."""

    id: str
    learner: str
    class_id: str
    lesson: str
    door: Door
    submitted_at: datetime
    state: State
    scores: dict[str, list[float]] | None  # exercise id -> [points, max, waiting], once graded


def submit(
    campus: Campus,
    learner: str,
    class_id: str | None,
    lesson_id: str,
    notebook: NotebookNode | None,
    door: Door,
    idempotency_key: str | None = None,
) -> Submission:
    """Store a submission and queue it for grading; when this returns, it is on disk.

    `notebook=None` builds it from the published student notebook; `class_id=None` is the learner's first class.
    The same key again gives the same submission. Raises Refusal.
    """
    folder = campus.lesson(lesson_id)
    chosen = _class_of(campus, learner, class_id)
    built = notebook if notebook is not None else _published(campus, lesson_id)
    try:
        with campus.engine.begin() as connection:
            earlier = _by_key(connection, learner, lesson_id, idempotency_key)
            if earlier is not None:
                return earlier
            tries.must_be_open(connection, folder.lesson, learner)
            variant = draws.drawn_variant(connection, folder.lesson, learner)
            answers = drafts.drafts(connection, learner, lesson_id)
            # of a challenge counts what was written in its sitting
            whole = filled(built, lesson_id, answers, drafts_alone=folder.lesson.is_challenge)
            check_length(whole)
            blob = to_bytes(whole)
            if len(blob) > MAX_BYTES:
                raise Refusal("too_big")
            context = attempts.context(connection, learner, lesson_id, variant.role, variant.id, answers)
            if artefacts.are_made_in(folder.lesson):
                handed_in = submitted_answers(whole, lesson_id, context).values()
                context = artefacts.with_artefacts(connection, context, learner, lesson_id, handed_in)
                artefacts.hand_in(connection, learner, lesson_id, context.artefacts or {})
            made = Submission(uuid.uuid4().hex, learner, chosen, lesson_id, door, now(), "queued", None)
            _store(connection, made, idempotency_key, blob, context.model_dump_json())
    except IntegrityError:  # the same key at the same moment: the other request stored it
        with reading(campus.engine) as connection:
            earlier = _by_key(connection, learner, lesson_id, idempotency_key)
        if earlier is None:
            raise
        return earlier
    return made


def find(connection: Connection, submission_id: str) -> Submission | None:
    """The submission with this id."""
    query = select(*_columns).join(_grading).where(_submission.c.id == submission_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else _read(row)


def own(connection: Connection, submission_id: str, learner: str) -> Submission:
    """The learner's own submission. Raises Refusal("not_found") for everybody else's."""
    found = find(connection, submission_id)
    if found is None or found.learner != learner:
        raise Refusal("not_found")
    return found


def list_submissions(
    connection: Connection, *, learner: str | None = None, class_id: str | None = None, lesson: str | None = None
) -> list[Submission]:
    """Submissions, the latest first."""
    query = select(*_columns).join(_grading).order_by(_submission.c.submitted_at.desc())
    query = query.where(*matching(learner=learner, class_id=class_id, lesson=lesson))
    return [_read(row) for row in connection.execute(query)]


def matching(
    *, learner: str | None = None, class_id: str | None = None, lesson: str | None = None
) -> list[ColumnElement[bool]]:
    """Conditions on the table `submission`; None: any."""
    given = {"learner": learner, "class_id": class_id, "lesson": lesson}
    return [_submission.c[name] == value for name, value in given.items() if value is not None]


def _class_of(campus: Campus, learner: str, class_id: str | None) -> str:
    classes = [e.class_id for e in list_enrolments(campus.engine, learner) if e.as_ == "learner"]
    if class_id is None:
        if not classes:
            raise Refusal("no_class")
        return classes[0]
    if class_id not in classes:
        raise Refusal("not_in_class")
    return class_id


def _published(campus: Campus, lesson_id: str) -> NotebookNode:
    path = campus.student_notebook(lesson_id)
    if not path.is_file():
        raise Refusal("unknown_lesson")
    return nbformat.read(path, as_version=4)


def _by_key(connection: Connection, learner: str, lesson: str, key: str | None) -> Submission | None:
    if key is None:
        return None
    query = select(*_columns).join(_grading)
    query = query.where(_submission.c.learner == learner, _submission.c.lesson == lesson)
    row = connection.execute(query.where(_submission.c.idempotency_key == key)).one_or_none()
    return None if row is None else _read(row)


def _store(connection: Connection, made: Submission, key: str | None, blob: bytes, context: str) -> None:
    values = {k: v for k, v in vars(made).items() if k not in ("state", "scores")}
    connection.execute(insert(_submission).values(**values, idempotency_key=key, notebook=blob, context=context))
    connection.execute(insert(_grading).values(submission=made.id, state="queued", tries=0))


def _read(row: Row[Any]) -> Submission:
    return Submission(**row._mapping)
