"""Who asked what of which model, when, and what it came to: written once, never changed.

A row holds no text. The text of prompt and reply stands in a table of its own, for as many days as the operator said.
"""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    delete,
    event,
    insert,
)

from hub_config.services.ai.call import Call
from hub_config.services.ai.database import metadata
from hub_config.services.ai.quota import MICRO, ZONE
from hub_config.services.ai.record import prompt_sha256

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False),  # of Asia/Ho_Chi_Minh
    Column("at", String, nullable=False),  # ISO 8601, UTC: when it was over
    Column("caller", String, nullable=False),  # "user:NAME" or "service:NAME"
    Column("role", String, nullable=False),
    Column("classes", String, nullable=False),  # "|ID|ID|", as enrolled then; "" for none
    Column("kind", String, nullable=False),
    Column("exercise", String, nullable=False),  # full id, or ""
    Column("prompt_sha256", String(64), nullable=False),
    Column("model", String, nullable=False),
    Column("upstream", String, nullable=False),  # the endpoint's name in the settings; "" for the practice AI
    Column("practice", Boolean, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("money", BigInteger, nullable=False),  # millionths of a dong
    Column("status", Integer, nullable=False),  # of the answer
    Column("outcome", String, nullable=False),  # call.Outcome
    Column("code", String, nullable=False),  # of what went wrong, also where somebody else stepped in; "" for nothing
    Column("latency_ms", Integer, nullable=False),
    Index("audit_by_day", "day"),
)
text = Table(
    "audit_text",
    metadata,
    Column("audit", Integer, ForeignKey("audit.id"), primary_key=True),
    Column("day", Date, nullable=False, index=True),
    Column("prompt", Text, nullable=False),
    Column("reply", Text, nullable=False),
)
for _change in ("UPDATE", "DELETE"):
    _trigger = (
        f"CREATE TRIGGER IF NOT EXISTS audit_no_{_change.lower()} BEFORE {_change} ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit is only ever added to'); END"
    )
    event.listen(audit, "after_create", DDL(_trigger))  # type: ignore[no-untyped-call]

_ADD = insert(audit).values({column.name: bindparam(column.name) for column in audit.c if column.name != "id"})
_KEEP_TEXT = insert(text).values({column.name: bindparam(column.name) for column in text.c})


def add(connection: Connection, call: Call[Any], at: datetime, *, with_text: bool) -> None:
    """Write down a request that is over; `at` is aware."""
    caller, cost = call.caller, call.cost()
    tokens_in, tokens_out = call.tokens_of_each
    prompt = call.question.prompt
    day = at.astimezone(ZONE).date()
    row = {
        "day": day,
        "at": at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "caller": caller.key,
        "role": caller.role,
        "classes": listed(caller.classes),
        "kind": call.kind,
        "exercise": call.exercise,
        "prompt_sha256": prompt_sha256(prompt),
        "model": call.model,
        "upstream": call.upstream,
        "practice": call.practice,
        "tokens_in": tokens_in,
        "tokens_out": tokens_out,
        "money": round(cost.money * MICRO),
        "status": call.status,
        "outcome": call.outcome,
        "code": call.error,
        "latency_ms": round(call.seconds * 1000),
    }
    key = connection.execute(_ADD, row).lastrowid
    if with_text:
        told = unicodedata.normalize("NFC", call.sent.prompt).encode("utf-8", "replace").decode()
        connection.execute(_KEEP_TEXT, {"audit": key, "day": day, "prompt": told, "reply": call.text})


def listed(classes: tuple[str, ...]) -> str:
    """Class ids as a row holds them: each between bars, so that one can be looked for."""
    return f"|{'|'.join(classes)}|" if classes else ""


def purge(connection: Connection, today: date, kept_days: int) -> int:
    """Delete texts older than so many days, today among them; how many. 0 days: all."""
    return connection.execute(delete(text).where(text.c.day <= today - timedelta(days=kept_days))).rowcount
