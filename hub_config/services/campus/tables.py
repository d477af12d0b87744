"""What campus remembers of learning: draws, drafts, attempts, help that was seen, submissions and their grades.

`attempt`, `help_view`, `active_time`, `submission`, `grade_entry` and `marking` are only ever added to. `draw`,
`draft`, `grading` and `judging` hold one current row a key; of `artefact` old rows go that were not handed in;
`verdict_cache` may be emptied at any time.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    inspect,
)

from hub_config.services.campus import accounts
from hub_config.services.campus.database import UtcDateTime, metadata, migration

_ACCOUNT = accounts.account.c.name

draw = Table(
    "draw",
    metadata,
    Column("learner", String, ForeignKey(_ACCOUNT), primary_key=True),
    Column("lesson", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("variant", String, nullable=False),
    Column("drawn_at", UtcDateTime, nullable=False),  # when the present try began
    Column("try", Integer, nullable=False, server_default="0"),  # how many went before it
    Column("ends_at", UtcDateTime),  # of a level challenge: when its sitting ends; None: nobody has begun one
)
draft = Table(
    "draft",
    metadata,
    Column("learner", String, ForeignKey(_ACCOUNT), primary_key=True),
    Column("lesson", String, primary_key=True),
    Column("exercise", String, primary_key=True),
    Column("answer", JSON, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("writer", String),  # the page that wrote it, a key of its own making
)
attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("learner", String, ForeignKey(_ACCOUNT), nullable=False),
    Column("lesson", String, nullable=False),
    Column("exercise", String, nullable=False),
    Column("role", String, nullable=False),
    Column("variant", String, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("grade", Text, nullable=False),  # an ExerciseGrade as JSON
    Column("first", Boolean, nullable=False),
    Column("hints", Integer, nullable=False),  # seen before this attempt
    Column("solution_seen", Boolean, nullable=False),
    Column("active_s", Float, nullable=False),
    Column("idempotency_key", String),  # of the page's making; None from a program that gives none
    Column("at", UtcDateTime, nullable=False),
    Index("attempt_of", "learner", "lesson", "exercise"),
)
_a = attempt.c
attempt_by_key = Index("attempt_by_key", _a.learner, _a.lesson, _a.exercise, _a.idempotency_key, unique=True)
help_view = Table(
    "help_view",
    metadata,
    Column("learner", String, ForeignKey(_ACCOUNT), primary_key=True),
    Column("lesson", String, primary_key=True),
    Column("exercise", String, primary_key=True),
    Column("kind", String, primary_key=True),  # hint, solution
    Column("number", Integer, primary_key=True),  # of the hint, from 1; of the try for the solution, from 0
    Column("at", UtcDateTime, nullable=False),
)
active_time = Table(
    "active_time",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("learner", String, ForeignKey(_ACCOUNT), nullable=False),
    Column("lesson", String, nullable=False),
    Column("exercise", String, nullable=False),  # empty for the lesson as a whole
    Column("seconds", Float, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("active_time_of", "learner", "at"),
)
submission = Table(
    "submission",
    metadata,
    Column("id", String, primary_key=True),
    Column("learner", String, ForeignKey(_ACCOUNT), nullable=False),
    Column("class_id", String, ForeignKey(accounts.course_class.c.id), nullable=False),
    Column("lesson", String, nullable=False),
    Column("door", String, nullable=False),  # phone, jupyterlab
    Column("idempotency_key", String),
    Column("notebook", LargeBinary, nullable=False),  # nbformat JSON, UTF-8
    Column("context", Text, nullable=False),  # autograders.models.Context as JSON
    Column("submitted_at", UtcDateTime, nullable=False),
    UniqueConstraint("learner", "lesson", "idempotency_key"),
)
# who asks for the time alone must not have SQLite read past the notebook to find it
_s = submission.c
by_time = Index("submission_by_time", _s.id, _s.submitted_at)
by_class = Index("submission_by_class", _s.class_id, _s.lesson, _s.learner, _s.submitted_at, _s.id)
grading = Table(
    "grading",
    metadata,
    Column("submission", String, ForeignKey("submission.id"), primary_key=True),
    Column("state", String, nullable=False),  # queued, grading, graded, failed
    Column("tries", Integer, nullable=False, default=0),
    Column("owner", String),  # the process that grades it
    Column("lease_until", UtcDateTime),
    Column("problem", String, nullable=False, default=""),  # English, for the operator
    Column("grade", Text),  # autograders.models.Grade as JSON, the latest
    Column("scores", JSON),  # exercise id -> [points, max, waiting]
    Column("graded_at", UtcDateTime),
    Column("lesson_version", String),  # autograders.grade.lesson_version of the lesson it was graded by
    Column("in_gradebook_at", UtcDateTime),  # when the class's gradebook was brought up to date with it
    Index("grading_state", "state"),
)
grade_entry = Table(
    "grade_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("submission", String, ForeignKey("submission.id"), nullable=False),
    Column("exercise", String, nullable=False),
    Column("criterion", String, nullable=False),  # empty: the exercise as a whole, by a teacher
    Column("points", Float),
    Column("max", Float),
    Column("status", String, nullable=False),  # scored, waiting, failed; withdrawn: a teacher took a change back
    Column("message", Text, nullable=False, default=""),
    Column("evidence", Text, nullable=False, default=""),
    Column("provenance", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("grade_entry_of", "submission"),
)
judging = Table(  # graded submissions whose rubric criteria a judge still has to read
    "judging",
    metadata,
    Column("submission", String, ForeignKey("submission.id"), primary_key=True),
    Column("state", String, nullable=False),  # queued, judging, judged, failed
    Column("tries", Integer, nullable=False, default=0),
    Column("owner", String),
    Column("lease_until", UtcDateTime),
    Column("retry_at", UtcDateTime),  # not before; None: at once
    Column("problem", String, nullable=False, default=""),  # English, for the operator
    Index("judging_state", "state"),
)
verdict_cache = Table(
    "verdict_cache",
    metadata,
    Column("key", String, primary_key=True),  # see autograders.judge.cache
    Column("verdict", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
marking = Table(  # a teacher's own reading of one criterion, made without seeing the judge's or another teacher's
    "marking",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("submission", String, ForeignKey("submission.id"), nullable=False),
    Column("exercise", String, nullable=False),
    Column("criterion", String, nullable=False),
    Column("teacher", String, ForeignKey(_ACCOUNT), nullable=False),
    Column("level", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("marking_of", "submission"),
)
daily_run = Table(
    "daily_run",
    metadata,
    Column("day", String, primary_key=True),  # yyyy-mm-dd in Asia/Ho_Chi_Minh
    Column("queued", Integer, nullable=False),  # submissions put into the queue
    Column("at", UtcDateTime, nullable=False),
)


artefact = Table(  # what learners made for an exercise; the newest few of each, and all that were handed in
    "artefact",
    metadata,
    Column("learner", String, ForeignKey(_ACCOUNT), primary_key=True),
    Column("lesson", String, primary_key=True),
    Column("exercise", String, primary_key=True),
    Column("sha256", String, primary_key=True),  # of the content
    Column("seen", Text, nullable=False),  # autograders.models.Picture as JSON
    Column("handed_in", Boolean, nullable=False, default=False),
    Column("at", UtcDateTime, nullable=False),
    Column("content", LargeBinary, nullable=False),  # as campus made it or stored it anew
)


@migration("0002_learning")
def _create(connection: Connection) -> None:
    for table in (draw, draft, attempt, help_view, active_time, submission, grading, grade_entry):
        table.create(connection)


@migration("0003_grading")
def _create_grading(connection: Connection) -> None:
    for table in (judging, verdict_cache, marking, daily_run):
        table.create(connection)
    by_time.create(connection, checkfirst=True)
    if "lesson_version" not in {column["name"] for column in inspect(connection).get_columns("grading")}:
        connection.exec_driver_sql("ALTER TABLE grading ADD COLUMN lesson_version VARCHAR")


@migration("0004_submission_by_class")
def _create_by_class(connection: Connection) -> None:
    by_class.create(connection, checkfirst=True)
    connection.exec_driver_sql("DROP INDEX IF EXISTS submission_in")


@migration("0005_draft_writer")
def _add_writer(connection: Connection) -> None:
    if "writer" not in {column["name"] for column in inspect(connection).get_columns("draft")}:
        connection.exec_driver_sql("ALTER TABLE draft ADD COLUMN writer VARCHAR")


@migration("0006_attempt_key")
def _add_attempt_key(connection: Connection) -> None:
    if "idempotency_key" not in {column["name"] for column in inspect(connection).get_columns("attempt")}:
        connection.exec_driver_sql("ALTER TABLE attempt ADD COLUMN idempotency_key VARCHAR")
    attempt_by_key.create(connection, checkfirst=True)


@migration("0008_tries")
def _add_tries(connection: Connection) -> None:
    there = {column["name"] for column in inspect(connection).get_columns("draw")}
    if "try" not in there:
        connection.exec_driver_sql('ALTER TABLE draw ADD COLUMN "try" INTEGER NOT NULL DEFAULT 0')
        connection.exec_driver_sql("ALTER TABLE draw ADD COLUMN ends_at DATETIME")


@migration("0009_artefact")
def _create_artefact(connection: Connection) -> None:
    artefact.create(connection, checkfirst=True)
