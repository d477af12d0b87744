"""Replies of a model that are said again to whoever asks the same in the same exercise, where the lesson allows it."""

import hashlib
import time
from collections.abc import Sequence

from sqlalchemy import Column, Engine, Float, String, Table, Text, delete, select
from sqlalchemy.dialects.sqlite import insert

from hub_config.services.ai.call import Call
from hub_config.services.ai.database import metadata
from hub_config.services.ai.practice.exercises import Exercises
from hub_config.services.ai.question import Question
from hub_config.services.ai.routing import Candidate

KEPT_S = 30 * 24 * 3600.0

saved_reply = Table(
    "saved_reply",
    metadata,
    Column("key", String(64), primary_key=True),  # of model, exercise, attached material and all that was asked
    Column("reply", Text, nullable=False),
    Column("at", Float, nullable=False),  # seconds since 1970
)


class SavedReplies:
    """Calls block for the length of a small transaction: make them off the event loop."""

    def __init__(self, engine: Engine, exercises: Exercises) -> None:
        self._engine = engine.execution_options(writes=True)
        self._exercises = exercises

    def key(self, call: Call[Question], candidates: Sequence[Candidate]) -> str:
        """What a reply to this call is saved under; "" where it is to be the model's own."""
        if not candidates or call.caller.is_service or call.question.tools:
            return ""
        if not call.exercise or not self._exercises.replies_are_saved(call.exercise):
            return ""
        asked = call.question.model_dump_json(exclude={"model", "before", "stream", "stream_options"})
        parts = (candidates[0].model.id, call.exercise, call.attached, asked)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def read(self, key: str) -> str | None:
        query = select(saved_reply.c.reply).where(saved_reply.c.key == key, saved_reply.c.at > time.time() - KEPT_S)
        with self._engine.connect() as connection:
            return connection.scalar(query)

    def save(self, key: str, reply: str) -> None:
        now = time.time()
        with self._engine.begin() as connection:
            connection.execute(delete(saved_reply).where(saved_reply.c.at <= now - KEPT_S))
            row = insert(saved_reply).values(key=key, reply=reply, at=now)
            connection.execute(row.on_conflict_do_nothing(index_elements=[saved_reply.c.key]))
