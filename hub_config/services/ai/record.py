"""What the AI said to a learner in an exercise, kept so that graders need not trust the notebook for it.

The prompt itself is not kept, only its SHA-256: enough to tell whether a reply belongs to a prompt.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    insert,
    select,
)

from hub_config.services.ai.database import metadata

reply = Table(
    "reply",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("learner", String, nullable=False),
    Column("exercise", String, nullable=False),  # full id, such as "text.first_prompt/notice"
    Column("prompt_sha256", String(64), nullable=False),
    Column("model", String, nullable=False),
    Column("practice", Boolean, nullable=False),
    Column("reply", Text, nullable=False),
    Column("tokens", Integer, nullable=False),
    Column("at", String, nullable=False),  # ISO 8601, UTC
    Index("reply_by_learner", "learner", "exercise"),
)
_KEEP = insert(reply).values({column.name: bindparam(column.name) for column in reply.c if column.name != "id"})


@dataclass(frozen=True)
class Reply:
    """One reply of the AI. `tokens` counts prompt and reply; `at` is aware, UTC."""

    learner: str
    exercise: str
    prompt_sha256: str
    model: str
    practice: bool
    reply: str
    tokens: int
    at: datetime


def prompt_sha256(prompt: str) -> str:
    """The hash a prompt is recorded under: NFC, without white space at its ends."""
    return hashlib.sha256(unicodedata.normalize("NFC", prompt).strip().encode("utf-8", "replace")).hexdigest()


def keep(connection: Connection, said: Reply) -> None:
    """Append a reply, within the transaction of `connection`."""
    connection.execute(_KEEP, {**said.__dict__, "at": said.at.astimezone(UTC).isoformat()})


def replies(engine: Engine, learner: str, exercise: str) -> list[Reply]:
    """All replies to this learner in this exercise (full id), oldest first."""
    query = select(reply).where(reply.c.learner == learner, reply.c.exercise == exercise).order_by(reply.c.id)
    with engine.connect() as connection:
        rows = connection.execute(query).mappings()
        return [
            Reply(
                **{key: row[key] for key in Reply.__annotations__ if key != "at"}, at=datetime.fromisoformat(row["at"])
            )
            for row in rows
        ]
