"""A campus on disk whose submissions are written as rows, for tests of counts and states; nobody grades here."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from small_lesson import write_lesson
from sqlalchemy import insert, select, update

from autograders.grade import lesson_version
from autograders.models import Context, CriterionGrade, ExerciseGrade, Grade, Provenance
from hub_config.services.campus import accounts, ledger, tables
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import now, reading
from hub_config.settings import Settings

ROOT = Path(__file__).parent.parent
LESSON = "text.small"
LEARNER = "an.nguyen"


def settings_of(data: Path) -> Settings:
    return Settings.load(environment_of(data))


def environment_of(data: Path) -> dict[str, str]:
    return {"HOCAI_DATA": str(data), "HOCAI_LESSONS": str(data / "level1_text")}


@contextmanager
def campus_with_rows(data: Path) -> Iterator[Campus]:
    """The small lesson, the classes `demo` and `khac`, and one learner."""
    write_lesson(data / "level1_text" / "01_small")
    shutil.copy(ROOT / "level1_text" / "level.toml", data / "level1_text")
    campus = Campus.open(settings_of(data))
    for course in ("demo", "khac"):
        accounts.create_class(campus.engine, course, f"Lớp {course}")
    accounts.create_account(campus.engine, LEARNER, "Nguyễn Văn An", password=None)
    yield campus
    campus.engine.dispose()


def current_version(campus: Campus) -> str:
    return lesson_version(campus.lesson(LESSON))


def add_submission(
    campus: Campus,
    state: str,
    *,
    version: str | None = None,
    problem: str = "",
    class_id: str = "demo",
    caps: dict[str, float] | None = None,
    at: datetime | None = None,
) -> str:
    """A submission in this state; its id."""
    id_ = uuid.uuid4().hex
    row = {
        "id": id_,
        "learner": LEARNER,
        "class_id": class_id,
        "lesson": LESSON,
        "door": "phone",
        "notebook": b"{}",
        "context": Context(role="official", variant="A", caps=caps or {}).model_dump_json(),
        "submitted_at": at or now(),
    }
    grading = {"submission": id_, "state": state, "tries": 3 if state == "failed" else 1}
    grading |= {"lesson_version": version, "problem": problem}
    if state == "grading":
        grading |= {"owner": "grader", "lease_until": now() + timedelta(minutes=1)}
    with campus.engine.begin() as connection:
        connection.execute(insert(tables.submission).values(**row))
        connection.execute(insert(tables.grading).values(**grading))
    return id_


def set_state(campus: Campus, submission: str, state: str) -> None:
    """As a grader would leave it."""
    with campus.engine.begin() as connection:
        change = update(tables.grading).where(tables.grading.c.submission == submission)
        connection.execute(change.values(state=state, lease_until=None))


def state_of(campus: Campus, submission: str) -> tuple[str, int]:
    """State and tries."""
    columns = (tables.grading.c.state, tables.grading.c.tries)
    with reading(campus.engine) as connection:
        query = select(*columns).where(tables.grading.c.submission == submission)
        return connection.execute(query).one()._tuple()


def line(id_: str, points: float | None, max_: float, by: str = "rule", message: str = "") -> CriterionGrade:
    """One criterion's line; None waits."""
    return CriterionGrade(
        id=id_,
        points=points,
        max=max_,
        status="waiting" if points is None else "scored",
        message=message,
        provenance=Provenance.model_validate({"by": by}),
    )


def add_grade(campus: Campus, submission: str, at: datetime, **exercises: list[CriterionGrade]) -> None:
    """Append a grade to the ledger."""
    graded = tuple(
        ExerciseGrade(id=id_, max=sum(line.max for line in lines), criteria=tuple(lines))
        for id_, lines in exercises.items()
    )
    with campus.engine.begin() as connection:
        ledger.add_grade(connection, submission, Grade(lesson=LESSON, exercises=graded, graded_at=at))
