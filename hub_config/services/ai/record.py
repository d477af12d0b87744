"""What the AI said to a learner in an exercise, kept so that graders need not trust the notebook for it.

The prompt itself is not kept, only its SHA-256: enough to tell whether a reply belongs to a prompt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    bindparam,
    insert,
    select,
)

from autograders.models import prompt_sha256
from hub_config.services.ai.database import metadata

__all__ = ["Reply", "invention", "keep", "prompt_sha256", "read", "replies", "reply"]

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
invention = Table(
    "invention",
    metadata,
    Column("reply", ForeignKey(reply.c.id), nullable=False, index=True),
    Column("start", Integer, nullable=False),  # in characters of the reply
    Column("stop", Integer, nullable=False),
)


@dataclass(frozen=True)
class Reply:
    """One reply of the AI. `tokens` counts prompt and reply; `at` is aware, UTC.

    `invented`: start and end in `reply` of what the practice AI made up.
    """

    learner: str
    exercise: str
    prompt_sha256: str
    model: str
    practice: bool
    reply: str
    tokens: int
    at: datetime
    invented: tuple[tuple[int, int], ...] = ()


def keep(connection: Connection, said: Reply) -> None:
    """Append a reply, within the transaction of `connection`."""
    values = {**said.__dict__, "at": said.at.astimezone(UTC).isoformat()}
    spans = values.pop("invented")
    made = connection.execute(_KEEP, values).inserted_primary_key
    assert made is not None  # noqa: S101 - for the type alone
    if spans:
        rows = [{"reply": made[0], "start": start, "stop": stop} for start, stop in spans]
        connection.execute(insert(invention), rows)


def replies(engine: Engine, learner: str, exercise: str) -> list[Reply]:
    """All replies to this learner in this exercise (full id), oldest first."""
    query = select(reply).where(reply.c.learner == learner, reply.c.exercise == exercise).order_by(reply.c.id)
    with engine.connect() as connection:
        return read(connection, connection.execute(query).all())


def read(connection: Connection, rows: Sequence[Row[Any]]) -> list[Reply]:
    """The replies of these rows of the table `reply`."""
    spans: dict[int, tuple[tuple[int, int], ...]] = {}
    query = select(invention).where(invention.c.reply.in_([row.id for row in rows])).order_by(invention.c.start)
    for found in connection.execute(query):
        spans[found.reply] = (*spans.get(found.reply, ()), (found.start, found.stop))
    kept = [key for key in Reply.__annotations__ if key not in ("at", "invented")]
    return [
        Reply(
            **{key: getattr(row, key) for key in kept},
            at=datetime.fromisoformat(row.at),
            invented=spans.get(row.id, ()),
        )
        for row in rows
    ]
