"""The queue's rows, made and looked at with no campus running."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from campus_site import LESSON, Site
from sqlalchemy import select

from autograders.models import CriterionGrade, ExerciseGrade, Grade, Provenance
from hub_config.services.campus import queue, submissions, tables
from hub_config.services.campus.database import now, reading

LEASE = timedelta(seconds=30)


def entries(site: Site, submission: str) -> int:
    with reading(site.campus.engine) as connection:
        query = select(tables.grade_entry).where(tables.grade_entry.c.submission == submission)
        return len(connection.execute(query).all())


def handed_in(site: Site, name: str) -> str:
    """A submission, while campus does not run."""
    return submissions.submit(site.campus, name, None, LESSON, None, "phone").id


def graded_by(site: Site, version: str | None, points: float = 3, by: Any = "rule") -> str:
    """Claim what is next and store a grade for it; whose that is."""
    row = queue.claim(site.campus.engine, "me", LEASE)
    assert row is not None
    provenance = Provenance(by=by, prompt_version="1", rubric_version="1")
    line = CriterionGrade(id="c", points=points, max=4, status="scored", provenance=provenance)
    grade = Grade(lesson=LESSON, exercises=(ExerciseGrade(id="pick", max=4, criteria=(line,)),), graded_at=now())
    assert queue.store(site.campus.engine, "me", row.id, grade, version)
    return str(row.id)


def grading(site: Site, submission: str) -> Any:
    with reading(site.campus.engine) as connection:
        return connection.execute(select(tables.grading).where(tables.grading.c.submission == submission)).one()
