"""`Idempotency-Key`: a request that is sent again, because its answer was lost, is answered again and not paid again.

Answers are kept for ten minutes in the gateway's database, byte for byte, under a hash of caller, route and key.
"""

import asyncio
import hashlib
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from anyio.to_thread import run_sync
from sqlalchemy import Column, Engine, Float, LargeBinary, String, Table, Text, delete, select
from sqlalchemy.dialects.sqlite import insert
from starlette.types import Message, Send

from hub_config.services.ai.database import metadata
from hub_config.services.ai.errors import GatewayError

KEPT_S = 600.0
WAIT_S = 60.0  # for an earlier request with the same key
MAX_KEY = 200  # letters
MAX_KEPT = 16 * 1024 * 1024  # bytes

answer = Table(
    "answer",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("fingerprint", String, nullable=False),  # of what was asked
    Column("headers", Text, nullable=False),  # JSON
    Column("body", LargeBinary, nullable=False),
    Column("at", Float, nullable=False),  # seconds since 1970
)


@dataclass
class _Running:
    fingerprint: str
    over: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Recording:
    """What is sent, as it is sent; `complete` answers with status 200 may be kept."""

    send: Send
    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)
    complete: bool = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in message["headers"]]
        elif len(self.body) <= MAX_KEPT:
            self.body += message.get("body", b"")
        self.complete = self.status == 200 and not message.get("more_body", True) and len(self.body) <= MAX_KEPT
        await self.send(message)


class Once:
    """The keys of one gateway."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(writes=True)
        self._running: dict[str, _Running] = {}

    async def answer(
        self, caller: str, route: str, key: str, fingerprint: str, send: Send, work: Callable[[Send], Awaitable[bool]]
    ) -> None:
        """Let `work` send its answer, or send the one that was sent before. `work` says whether it may be kept.

        Raises GatewayError: 400 for a key that is none, 422 when it was used for something else, 409 when the request
        that had it first takes too long.
        """
        if not key.isascii() or not key.isprintable() or len(key) > MAX_KEY:
            raise GatewayError(400, "bad_idempotency_key", param="Idempotency-Key", limit=MAX_KEY)
        name = hashlib.sha256(f"{caller}\0{route}\0{key}".encode()).hexdigest()
        while running := self._running.get(name):
            if running.fingerprint != fingerprint:
                raise GatewayError(422, "idempotency_key_reused", param="Idempotency-Key")
            try:
                async with asyncio.timeout(WAIT_S):
                    await running.over.wait()
            except TimeoutError:
                raise GatewayError(409, "still_answering", retry_after_s=5) from None
        self._running[name] = running = _Running(fingerprint)
        try:
            if await self._sent_again(name, fingerprint, send):
                return
            recording = Recording(send)
            if await work(recording) and recording.complete:
                await run_sync(self._keep, name, fingerprint, recording)
        finally:
            del self._running[name]
            running.over.set()

    async def _sent_again(self, name: str, fingerprint: str, send: Send) -> bool:
        kept = await run_sync(self._kept, name)
        if kept is None:
            return False
        if kept[0] != fingerprint:
            raise GatewayError(422, "idempotency_key_reused", param="Idempotency-Key")
        headers = [(given.encode("latin-1"), value.encode("latin-1")) for given, value in json.loads(kept[1])]
        headers.append((b"idempotent-replayed", b"true"))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": kept[2], "more_body": False})
        return True

    def _kept(self, name: str) -> tuple[str, str, bytes] | None:
        query = select(answer.c.fingerprint, answer.c.headers, answer.c.body).where(
            answer.c.key == name, answer.c.at > time.time() - KEPT_S
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return (row[0], row[1], row[2]) if row else None

    def _keep(self, name: str, fingerprint: str, recording: Recording) -> None:
        values = {
            "fingerprint": fingerprint,
            "headers": json.dumps(recording.headers),
            "body": bytes(recording.body),
            "at": time.time(),
        }
        with self._engine.begin() as connection:
            connection.execute(delete(answer).where(answer.c.at <= time.time() - KEPT_S))
            row = insert(answer).values(key=name, **values)
            connection.execute(row.on_conflict_do_update(index_elements=[answer.c.key], set_=values))
