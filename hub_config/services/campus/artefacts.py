"""What learners make for an exercise: kept by its SHA-256, told to the grader as what was seen of it.

An answer names an artefact by its hash. Only those of the same learner, lesson and exercise are found by it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from autograders.models import Context, Picture
from autograders.rules.answers import artefact_of
from course.lesson import Lesson
from hub_config.services.campus import tables
from hub_config.services.campus.database import now

NEWEST = 8
"""So many artefacts of an exercise stay that were not handed in: tries, and the pictures behind them."""

_artefact = tables.artefact


def are_made_in(lesson: Lesson) -> bool:
    """Whether an exercise of the lesson asks for an artefact."""
    return any(raw.get("kind") == "make" for raw in lesson.exercise)


def store(connection: Connection, learner: str, lesson: str, exercise: str, content: bytes, seen: Picture) -> str:
    """Keep an artefact; its SHA-256. The same content again is the same artefact, as it was seen last."""
    sha256 = hashlib.sha256(content).hexdigest()
    here = (_artefact.c.learner == learner, _artefact.c.lesson == lesson, _artefact.c.exercise == exercise)
    told = {"seen": seen.model_dump_json(), "at": now()}
    known = connection.execute(update(_artefact).where(*here, _artefact.c.sha256 == sha256).values(**told))
    if known.rowcount == 0:
        key = {"learner": learner, "lesson": lesson, "exercise": exercise, "sha256": sha256}
        connection.execute(insert(_artefact).values(**key, **told, content=content, handed_in=False))
    tries = select(_artefact.c.sha256).where(*here, _artefact.c.handed_in.is_(False))
    newest = tries.order_by(_artefact.c.at.desc()).limit(NEWEST).scalar_subquery()
    old = delete(_artefact).where(*here, _artefact.c.handed_in.is_(False), _artefact.c.sha256.not_in(newest))
    connection.execute(old)
    return sha256


def content_of(connection: Connection, learner: str, sha256: str, lesson: str | None = None) -> bytes | None:
    """The bytes of a learner's artefact."""
    query = select(_artefact.c.content).where(_artefact.c.learner == learner, _artefact.c.sha256 == sha256)
    if lesson is not None:
        query = query.where(_artefact.c.lesson == lesson)
    return connection.execute(query.limit(1)).scalar_one_or_none()


def contents(connection: Connection, learner: str, lesson: str, named: Iterable[str]) -> dict[str, bytes]:
    """SHA-256 -> bytes of those that are the learner's."""
    found = {sha256: content_of(connection, learner, sha256, lesson) for sha256 in named if sha256}
    return {sha256: content for sha256, content in found.items() if content is not None}


def with_artefacts(
    connection: Connection, context: Context, learner: str, lesson: str, answers: Iterable[Mapping[str, Any]]
) -> Context:
    """The context with what was seen of the learner's own artefacts that these answers name."""
    named = {sha256 for answer in answers if (sha256 := artefact_of(answer))}
    query = select(_artefact.c.sha256, _artefact.c.seen)
    query = query.where(_artefact.c.learner == learner, _artefact.c.lesson == lesson, _artefact.c.sha256.in_(named))
    found = {row.sha256: Picture.model_validate_json(row.seen) for row in connection.execute(query)}
    return context.model_copy(update={"artefacts": found})


def hand_in(connection: Connection, learner: str, lesson: str, named: Iterable[str]) -> None:
    """From now on these stay: a submission names them."""
    mine = (_artefact.c.learner == learner, _artefact.c.lesson == lesson, _artefact.c.sha256.in_(list(named)))
    connection.execute(update(_artefact).where(*mine).values(handed_in=True))
