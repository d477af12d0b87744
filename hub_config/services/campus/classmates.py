"""What others of a class handed in earlier, for rules that compare: read when a submission is graded, never stored."""

from __future__ import annotations

import logging
from collections import defaultdict
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, Row, func, select

from autograders.grade import submitted_answers
from autograders.models import Context
from autograders.rules.answers import text_of
from course.lesson import Lesson
from course.notebook import stored_notebook
from hub_config.services.campus import tables
from hub_config.services.campus.database import reading

log = logging.getLogger(__name__)

MAX_OTHERS = 200
MAX_CHARACTERS = 5_000
KEPT = 2_000
"""Submissions whose texts stay in memory: each is read and parsed once, not once for every classmate."""

TYPED_KINDS = ("prompt", "text", "teach_back")
_TYPED_PARTS = ("prompt", "final", "text", "follow_up")

_submission, _draw = tables.submission, tables.draw


class Classmates:
    """Texts of classmates. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._texts = lru_cache(maxsize=KEPT)(self._read)

    def texts(self, row: Row[Any], context: Context, lesson: Lesson) -> dict[str, tuple[str, ...]]:
        """Exercise id -> one text of each other learner of the class who has the same variant, the latest first.

        `row` of the table `submission`, with its context. Of each of at most 200 others what was handed in last
        before this one; exercises that are answered by typing only.
        """
        typed = {str(raw["id"]) for raw in lesson.exercise if raw.get("kind") in TYPED_KINDS}
        found: dict[str, list[str]] = defaultdict(list)
        for submission in self._earlier(row, context):
            for exercise, text in self._texts(submission):
                if exercise in typed:
                    found[exercise].append(text)
        return {exercise: tuple(texts) for exercise, texts in found.items()}

    def _earlier(self, row: Row[Any], context: Context) -> list[str]:
        by_learner = func.row_number().over(
            partition_by=_submission.c.learner, order_by=_submission.c.submitted_at.desc()
        )
        same_variant = (
            (_draw.c.learner == _submission.c.learner)
            & (_draw.c.lesson == _submission.c.lesson)
            & (_draw.c.role == context.role)
            & (_draw.c.variant == context.variant)
        )
        others = (
            select(_submission.c.id, _submission.c.submitted_at, by_learner.label("place"))
            .join(_draw, same_variant)
            .where(_submission.c.class_id == row.class_id, _submission.c.lesson == row.lesson)
            .where(_submission.c.learner != row.learner, _submission.c.submitted_at < row.submitted_at)
            .subquery()
        )
        query = select(others.c.id).where(others.c.place == 1).order_by(others.c.submitted_at.desc()).limit(MAX_OTHERS)
        with reading(self._engine) as connection:
            return list(connection.scalars(query))

    def _read(self, submission: str) -> tuple[tuple[str, str], ...]:
        """Exercise id and text of every answer that holds typed text."""
        columns = (_submission.c.lesson, _submission.c.notebook, _submission.c.context)
        with reading(self._engine) as connection:
            row = connection.execute(select(*columns).where(_submission.c.id == submission)).one()
        try:
            notebook = stored_notebook(row.notebook)
            answers = submitted_answers(notebook, row.lesson, Context.model_validate_json(row.context))
            texts = [(exercise, "\n".join(_parts(answer))) for exercise, answer in answers.items()]
        except Exception:  # one learner's notebook must not stop the grading of another's
            log.exception("submission %s cannot be compared with others", submission)
            return ()
        return tuple((exercise, text[:MAX_CHARACTERS]) for exercise, text in texts if text)


def _parts(answer: Any) -> list[str]:
    return [text for part in _TYPED_PARTS if (text := text_of(answer, part).strip())]
