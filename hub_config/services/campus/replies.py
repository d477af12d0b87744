"""What the AI said to learners, from the gateway's record: asked for when a check or a submission is graded.

The replies that a grade rests on are stored with the submission, in the transaction that stores the grade. While the
record cannot be read, criteria that rest on it wait, and are graded when it can be read again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

import httpx
from pydantic import TypeAdapter, ValidationError

from autograders.models import AiReply, Context, prompt_sha256
from autograders.rules.answers import text_of
from course.lesson import Lesson
from hub_config.services.campus.gateway import gateway_client
from hub_config.settings import Settings

log = logging.getLogger(__name__)

ASK_SECONDS = 2.0
PAUSE_SECONDS = 10.0
"""After a failure nobody asks for so long: a gateway that hangs holds one check up, not all."""

Replies = Mapping[str, tuple[AiReply, ...]]
"""Exercise id -> what the AI said in it, oldest first."""
_ANSWER = TypeAdapter(dict[str, dict[str, tuple[AiReply, ...]]])


class RecordAwayError(Exception):
    """The record cannot be read now."""


class Record(Protocol):
    """Where replies are asked for: the gateway, or in a preview its record itself."""

    def replies(self, learner: str, lesson: str, prompts: list[str], until: datetime | None = None) -> Replies:
        """What was said in a lesson to these prompts (SHA-256), and last, up to `until`. Raises RecordAwayError."""

    def close(self) -> None: ...


class GatewayRecord:
    """Asks the gateway with campus's own token. Safe to use from several threads."""

    def __init__(self, settings: Settings, token: str) -> None:
        self._client = gateway_client(settings, token, ASK_SECONDS)
        self._away_until = 0.0

    def replies(self, learner: str, lesson: str, prompts: list[str], until: datetime | None = None) -> Replies:
        """As Record says."""
        if time.monotonic() < self._away_until:
            raise RecordAwayError("the gateway did not answer a moment ago")
        given: dict[str, Any] = {"learner": learner, "lesson": lesson, "prompt": prompts}
        if until is not None:
            given["until"] = until.isoformat()
        try:
            answer = self._client.get("/replies", params=given)
            if answer.status_code == httpx.codes.OK:
                return _ANSWER.validate_json(answer.content)["replies"]
            problem = f"status {answer.status_code}"
        except (httpx.HTTPError, ValidationError, KeyError) as error:
            problem = type(error).__name__  # the message may quote what was said to whom
        self._away_until = time.monotonic() + PAUSE_SECONDS
        log.warning("the gateway's record of replies could not be read: %s", problem)
        raise RecordAwayError(problem)

    def close(self) -> None:
        self._client.close()


def asks_ai(lesson: Lesson) -> set[str]:
    """The ids of the exercises in which learners ask the AI."""
    return {str(raw["id"]) for raw in lesson.exercise if raw.get("kind") == "prompt"}


def with_replies(
    context: Context,
    record: Record | None,
    learner: str,
    lesson: str,
    answers: Mapping[str, Mapping[str, Any]],
    until: datetime | None = None,
) -> Context:
    """The context with what the AI said to the learner in the exercises of `answers`; or that it is not known."""
    if record is None:
        return context
    prompts = [prompt_sha256(text) for answer in answers.values() if (text := text_of(answer, "prompt").strip())]
    try:
        found = record.replies(learner, lesson, prompts, until)
    except RecordAwayError:
        return context.model_copy(update={"replies_unknown": True})
    said = {exercise: replies for exercise, replies in found.items() if exercise in answers}
    return context.model_copy(update={"replies": said, "replies_unknown": False})
