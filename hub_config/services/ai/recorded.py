"""The record as graders read it, and when it is forgotten."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, delete, func, or_, select

from autograders.models import AiReply
from hub_config.services.ai.completion import label
from hub_config.services.ai.record import Reply, invention, read, reply

LAST = 3
"""Replies of an exercise that are told besides those to the prompts that are asked for."""
MAX_CHARACTERS = 6_000
"""Of each reply that is told: what is handed in is hardly longer."""


def told(
    engine: Engine, learner: str, lesson: str, prompts: Collection[str] = (), until: datetime | None = None
) -> dict[str, list[AiReply]]:
    """Exercise id -> what graders are told of a learner's replies in it, oldest first.

    Of each exercise the latest reply to each of `prompts` (SHA-256), and the last few; none after `until`.
    """
    mine = [reply.c.learner == learner, reply.c.exercise.startswith(f"{lesson}/", autoescape=True)]
    if until is not None:
        mine.append(reply.c.at <= until.astimezone(UTC).isoformat())
    place = func.row_number().over(partition_by=reply.c.exercise, order_by=reply.c.id.desc()).label("place")
    same = (reply.c.exercise, reply.c.prompt_sha256)
    again = func.row_number().over(partition_by=same, order_by=reply.c.id.desc()).label("again")
    ranked = select(reply, place, again).where(*mine).subquery()
    answering = ranked.c.prompt_sha256.in_(prompts) & (ranked.c.again == 1)
    query = select(ranked).where(or_(ranked.c.place <= LAST, answering)).order_by(ranked.c.id)
    found: dict[str, list[AiReply]] = {}
    with engine.connect() as connection:
        for said in read(connection, connection.execute(query).all()):
            found.setdefault(said.exercise.partition("/")[2], []).append(_told(said))
    return found


def purge(connection: Connection, before: datetime) -> int:
    """Forget the replies from before a moment; how many. What a grade rests on campus keeps with its submission."""
    old = reply.c.at < before.astimezone(UTC).isoformat()
    connection.execute(delete(invention).where(invention.c.reply.in_(select(reply.c.id).where(old))))
    return connection.execute(delete(reply).where(old)).rowcount


def _told(said: Reply) -> AiReply:
    text = said.reply[:MAX_CHARACTERS]
    return AiReply(
        prompt_sha256=said.prompt_sha256,
        label=label(said.model, said.practice)["label"],
        practice=said.practice,
        text=text,
        at=said.at,
        invented=tuple((start, min(stop, len(text))) for start, stop in said.invented if start < len(text)),
    )
