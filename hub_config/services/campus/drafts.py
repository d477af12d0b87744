"""Answers that learners are working on, and how long they were at it."""

from __future__ import annotations

import json
import math
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, update

from hub_config.services.campus import tables
from hub_config.services.campus.database import now
from hub_config.services.campus.refusals import Refusal

MAX_ANSWER = 64_000  # bytes of JSON
MAX_DEPTH = 8
MAX_WRITER = 64
MAX_ACTIVE_S = 600.0  # one report; a phone that slept in a pocket was not at work

_draft = tables.draft
_of_exercise = (
    (_draft.c.learner == bindparam("of_learner"))
    & (_draft.c.lesson == bindparam("of_lesson"))
    & (_draft.c.exercise == bindparam("of_exercise"))
)
# built once: every answer goes through them, and building takes longer than asking
_STORED = select(_draft.c.answer, _draft.c.saved_at, _draft.c.writer).where(_of_exercise).with_for_update()
_REPLACE = update(_draft).where(_of_exercise)
_INSERT = insert(_draft)
_INSERT_TIME = insert(tables.active_time)


def clean_answer(value: Any) -> dict[str, Any]:
    """An answer as it is stored: a JSON object of bounded size and depth, texts in NFC.

    Raises Refusal("bad_answer").
    """
    if not isinstance(value, dict):
        raise Refusal("bad_answer")
    cleaned: dict[str, Any] = _clean(value, MAX_DEPTH)
    if len(json.dumps(cleaned, ensure_ascii=False).encode()) > MAX_ANSWER:
        raise Refusal("bad_answer")
    return cleaned


def _clean(value: Any, depth: int) -> Any:
    if depth == 0:
        raise Refusal("bad_answer")
    if isinstance(value, str):  # lone surrogates and NUL cannot be stored everywhere
        text = value.encode("utf-8", "ignore").decode().replace("\0", "")
        return unicodedata.normalize("NFC", text)
    if isinstance(value, dict):
        return {_clean(str(key), depth - 1): _clean(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item, depth - 1) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise Refusal("bad_answer")
    return value


@dataclass(frozen=True)
class Origin:
    """Which draft an answer goes on from (`base`: its `saved_at` in ISO, None: none), and the page that wrote it."""

    base: str | None
    writer: str

    @classmethod
    def of(cls, body: dict[str, Any]) -> Origin | None:
        """As a request says it; None for a program that says nothing. Raises Refusal("bad_request")."""
        if "writer" not in body:
            return None
        base, writer = body.get("base"), body["writer"]
        if not isinstance(writer, str) or not 0 < len(writer) <= MAX_WRITER or not isinstance(base, str | None):
            raise Refusal("bad_request")
        return cls(base, writer)


def save(
    connection: Connection,
    learner: str,
    lesson: str,
    exercise: str,
    answer: dict[str, Any],
    origin: Origin | None = None,
) -> tuple[datetime, bool]:
    """Keep the latest draft of an exercise; when it was saved, and False when it lay there from the same page already.

    Raises Refusal("newer_draft") when somebody else's draft lies there that `origin` did not go on from: a page that
    was asleep or without a line puts nothing over what was written elsewhere meanwhile. Raises Refusal("new_try") when
    the draft it went on from is gone: the learner has begun anew, on another variant.
    """
    here = {"of_learner": learner, "of_lesson": lesson, "of_exercise": exercise}
    stored = connection.execute(_STORED, here).one_or_none()
    if origin is not None and stored is None and origin.base is not None:
        raise Refusal("new_try")
    if origin is not None and stored is not None and stored.saved_at.isoformat() != origin.base:
        if stored.answer == answer:
            return stored.saved_at, stored.writer != origin.writer
        if stored.writer != origin.writer:
            raise Refusal("newer_draft", saved_at=stored.saved_at.isoformat())
    at = now()
    values = {"answer": answer, "saved_at": at, "writer": origin.writer if origin else None}
    if stored is None:
        connection.execute(_INSERT, {"learner": learner, "lesson": lesson, "exercise": exercise, **values})
    else:
        connection.execute(_REPLACE, {**here, **values})
    return at, True


def drafts(connection: Connection, learner: str, lesson: str) -> dict[str, dict[str, Any]]:
    """Exercise id -> the latest draft."""
    rows = connection.execute(select(tables.draft.c.exercise, tables.draft.c.answer).where(_of(learner, lesson)))
    return {row.exercise: row.answer for row in rows}


def saved_at(connection: Connection, learner: str, lesson: str, exercise: str) -> datetime | None:
    """When the draft of an exercise was saved."""
    query = select(tables.draft.c.saved_at).where(_of(learner, lesson) & (tables.draft.c.exercise == exercise))
    return connection.execute(query).scalar_one_or_none()


def add_active_time(connection: Connection, learner: str, lesson: str, exercise: str, seconds: Any) -> float:
    """Note seconds of work since the last report, within bounds; what was noted. Raises Refusal("bad_request")."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not math.isfinite(seconds):
        raise Refusal("bad_request")
    counted = min(max(float(seconds), 0.0), MAX_ACTIVE_S)
    if counted:
        of = {"learner": learner, "lesson": lesson, "exercise": exercise}
        connection.execute(_INSERT_TIME, {**of, "seconds": counted, "at": now()})
    return counted


def _of(learner: str, lesson: str) -> ColumnElement[bool]:
    return (tables.draft.c.learner == learner) & (tables.draft.c.lesson == lesson)
