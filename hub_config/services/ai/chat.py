"""`POST v1/chat/completions`: who asks, what it may cost, which AI answers, what is kept of it."""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import anyio
from anyio.to_thread import run_sync
from sqlalchemy import Engine
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from hub_config.services.ai import record
from hub_config.services.ai.attached import attached_document
from hub_config.services.ai.auth import Caller, caller_of
from hub_config.services.ai.completion import (
    DONE,
    PRACTICE_MODEL,
    cut_to,
    event,
    label,
    practice_chunks,
    practice_completion,
)
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.practice import PracticeAI
from hub_config.services.ai.practice.exercises import Exercises
from hub_config.services.ai.question import Question, read_question
from hub_config.services.ai.quota import ZONE, Quota, QuotaExceeded, Reservation, estimate
from hub_config.services.ai.upstream import Upstream, UpstreamError
from hub_config.services.tokens import Tokens
from hub_config.settings import Settings

log = logging.getLogger(__name__)
EXERCISE_HEADER = "x-hocai-exercise"
CHUNK_PAUSE_S = 0.008  # the practice AI writes at about the pace of a fast model


@dataclass
class Turn:
    """One question on its way, and what was said to it so far. `tokens` is what it cost: None while only estimated."""

    caller: Caller
    question: Question
    exercise: str  # full id, or ""
    attached: str = ""  # what a real model is told besides: the exercise's material
    model: str = PRACTICE_MODEL
    practice: bool = True
    text: str = ""
    asked: bool = False  # a model works or has worked on it
    tokens: int | None = None

    @property
    def label(self) -> dict[str, Any]:
        return label(self.model, self.practice)

    def heard(self, answer: dict[str, Any]) -> None:
        """Take note of a completion or of a chunk."""
        for choice in answer.get("choices") or ():
            said = choice.get("message") or choice.get("delta") or {}
            self.text += said.get("content") or ""
        total = (answer.get("usage") or {}).get("total_tokens")
        if isinstance(total, int) and total >= 0:
            self.tokens = total

    @property
    def prompt_tokens(self) -> int:
        """An estimate from the safe side of all that the model is sent."""
        return self.question.prompt_tokens + (estimate(self.attached) if self.attached else 0)

    def cost(self) -> int:
        """Tokens to book: as counted by the model, else estimated; nothing when no model took the question up."""
        if self.tokens is not None:
            return self.tokens
        return self.prompt_tokens + estimate(self.text) if self.asked else 0


class ChatEndpoint:
    """The ASGI app of the route. It holds no state of a request; `engine` is that of quota and record."""

    def __init__(
        self, settings: Settings, tokens: Tokens, engine: Engine, exercises: Exercises, upstream: Upstream | None
    ) -> None:
        self._settings = settings
        self._tokens = tokens
        self._engine = engine
        self._quota = Quota(engine)
        self._exercises = exercises
        self._practice = PracticeAI(exercises)
        self._upstream = upstream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            caller = await caller_of(self._tokens, request.headers.get("authorization"), self._settings)
            exercise = request.headers.get(EXERCISE_HEADER, "").strip()
            if exercise and not self._exercises.known(exercise):
                raise GatewayError(404, "unknown_exercise")
            turn = Turn(caller, await read_question(request), exercise)
            if exercise and self._asks_model(turn) and not caller.is_service:
                turn.attached = attached_document(await run_sync(self._exercises.drawn, exercise, caller.name))
            await _while_connected(receive, lambda: self._answer(turn, scope, receive, send))
        except ClientDisconnect:
            log.info("client left before its question was read")
        except GatewayError as error:
            await error.response()(scope, receive, send)

    async def _answer(self, turn: Turn, scope: Scope, receive: Receive, send: Send) -> None:
        """Reserve, answer, settle. Raises GatewayError as long as nothing was sent."""
        reservation = await self._reserve(turn)
        try:
            if turn.question.stream:
                last = await self._send_stream(turn, send)
            else:
                answer = await self._completion(turn)
        finally:
            with anyio.CancelScope(shield=True):  # also when the client has gone
                await run_sync(self._book, turn, reservation)
        # whoever has read the end of an answer finds it recorded
        if turn.question.stream:
            await send({"type": "http.response.body", "body": last, "more_body": False})
        else:
            await JSONResponse({**answer, "hocai": turn.label})(scope, receive, send)

    async def _reserve(self, turn: Turn) -> Reservation:
        most = turn.prompt_tokens + turn.question.reply_tokens
        try:
            return await run_sync(self._quota.reserve, turn.caller.key, most, turn.caller.daily_tokens)
        except QuotaExceeded as error:
            at = error.refilled_at.astimezone(ZONE)
            wait = (error.refilled_at - datetime.now(UTC)).total_seconds()
            raise GatewayError(
                429, "quota_exceeded", retry_after_s=wait, time=f"{at:%H:%M}", day=f"{at:%d/%m/%Y}"
            ) from error

    def _book(self, turn: Turn, reservation: Reservation) -> None:
        cost = turn.cost()
        self._quota.settle(reservation, cost)
        if turn.exercise and turn.text and not turn.caller.is_service:
            record.keep(
                self._engine,
                record.Reply(
                    learner=turn.caller.name,
                    exercise=turn.exercise,
                    prompt_sha256=record.prompt_sha256(turn.question.prompt),
                    model=turn.model,
                    practice=turn.practice,
                    reply=turn.text,
                    tokens=cost,
                    at=datetime.now(UTC),
                ),
            )

    # --- which AI answers
    async def _completion(self, turn: Turn) -> dict[str, Any]:
        upstream = self._chosen(turn)
        if upstream:
            try:
                answer = await upstream.complete(turn.question.forwarded(upstream.model, turn.attached))
                turn.heard(answer)
                return answer
            except UpstreamError as error:
                self._fall_back(turn, error)
        text, finish = await self._practised(turn)
        answer = practice_completion(text, finish, turn.prompt_tokens)
        turn.heard(answer)
        return answer

    async def _chunks(self, turn: Turn) -> AsyncGenerator[dict[str, Any], None]:
        upstream = self._chosen(turn)
        if upstream:
            begun = False
            try:
                async with aclosing(upstream.stream(turn.question.forwarded(upstream.model, turn.attached))) as chunks:
                    async for chunk in chunks:
                        begun = True
                        turn.heard(chunk)
                        yield chunk
                return
            except UpstreamError as error:
                if begun:
                    raise
                self._fall_back(turn, error)
        text, finish = await self._practised(turn)
        for chunk in practice_chunks(text, finish, turn.prompt_tokens):
            turn.heard(chunk)
            yield chunk
            await anyio.sleep(CHUNK_PAUSE_S)

    def _asks_model(self, turn: Turn) -> bool:
        return self._upstream is not None and (turn.caller.is_service or turn.question.model != PRACTICE_MODEL)

    def _chosen(self, turn: Turn) -> Upstream | None:
        """The model that shall answer; None for the practice AI, which a service must never take for a model."""
        if self._upstream and self._asks_model(turn):
            turn.model, turn.practice, turn.asked = self._upstream.model, False, True
            return self._upstream
        if turn.caller.is_service:
            raise GatewayError(503, "no_model")
        turn.asked = True
        return None

    def _fall_back(self, turn: Turn, error: UpstreamError) -> None:
        """Let the practice AI answer a learner; a service gets the error, so that what it grades waits."""
        turn.asked = False
        if turn.caller.is_service or error.status < 500:
            raise error
        turn.model, turn.practice, turn.asked, turn.attached = PRACTICE_MODEL, True, True, ""

    async def _practised(self, turn: Turn) -> tuple[str, str]:
        text = await run_sync(self._practice.reply, turn.question.prompt, turn.exercise, turn.caller.name)
        return cut_to(text, turn.question.reply_tokens)

    # --- server-sent events
    async def _send_stream(self, turn: Turn, send: Send) -> bytes:
        """Send all but the last event, which is returned: [DONE], or the error that cut the stream."""
        async with aclosing(self._chunks(turn)) as chunks:
            chunk = await anext(chunks)  # while this fails, an error still has a status of its own
            headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-cache")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            try:
                await _send_chunk(turn, chunk, send)
                async for chunk in chunks:
                    await _send_chunk(turn, chunk, send)
            except UpstreamError as error:
                return event({**error.body(), "hocai": turn.label})
        return DONE


async def _send_chunk(turn: Turn, chunk: dict[str, Any], send: Send) -> None:
    if not chunk["choices"] and not turn.question.wants_usage:
        return  # the count of tokens, which the gateway asks for on its own account
    await send({"type": "http.response.body", "body": event({**chunk, "hocai": turn.label}), "more_body": True})


async def _while_connected(receive: Receive, work: Callable[[], Awaitable[None]]) -> None:
    """Do the work, but stop it, and with it the request to the model, as soon as the client has gone."""
    failure: GatewayError | None = None
    async with anyio.create_task_group() as group:

        async def watch() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            group.cancel_scope.cancel()

        group.start_soon(watch)
        try:
            await work()
        except GatewayError as error:
            failure = error  # raised outside of the group, which would wrap it
        group.cancel_scope.cancel()
    if failure:
        raise failure
