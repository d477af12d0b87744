"""What every request passes, of whatever kind: who asks, whether there is enough left for it, what is kept of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import anyio
from anyio.to_thread import run_sync
from sqlalchemy import Engine
from starlette.requests import Request

from hub_config.services.ai import record
from hub_config.services.ai.auth import Caller, caller_of
from hub_config.services.ai.call import Call
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.practice.exercises import Exercises
from hub_config.services.ai.quota import ZONE, Quota, QuotaExceeded, Reservation
from hub_config.services.tokens import Tokens
from hub_config.settings import Settings

EXERCISE_HEADER = "x-hocai-exercise"


class Desk:
    """It holds no state of a request; `engine` is that of quota and record."""

    def __init__(self, settings: Settings, tokens: Tokens, engine: Engine, exercises: Exercises) -> None:
        self._settings = settings
        self._tokens = tokens
        self._engine = engine
        self._quota = Quota(engine)
        self._exercises = exercises

    async def caller(self, request: Request) -> Caller:
        """Who asks. Raises GatewayError 401, 403 or 503."""
        return await caller_of(self._tokens, request.headers.get("authorization"), self._settings)

    def exercise(self, request: Request) -> str:
        """The full id of the exercise that is asked in, "" for none. Raises GatewayError 404 for an unknown one."""
        exercise = request.headers.get(EXERCISE_HEADER, "").strip()
        if exercise and not self._exercises.known(exercise):
            raise GatewayError(404, "unknown_exercise")
        return exercise

    @asynccontextmanager
    async def admitted(self, call: Call[Any]) -> AsyncIterator[None]:
        """Hold what a call may cost for as long as the block runs; then book what it did cost and keep what was said.

        Raises GatewayError 429 when too little is left.
        """
        reservation = await self._reserve(call)
        try:
            yield
        finally:
            with anyio.CancelScope(shield=True):  # also when the client has gone
                await run_sync(self._book, call, reservation)

    async def _reserve(self, call: Call[Any]) -> Reservation:
        try:
            return await run_sync(self._quota.reserve, call.caller.key, call.most_tokens, call.caller.daily_tokens)
        except QuotaExceeded as error:
            at = error.refilled_at.astimezone(ZONE)
            wait = (error.refilled_at - datetime.now(UTC)).total_seconds()
            raise GatewayError(
                429, "quota_exceeded", retry_after_s=wait, time=f"{at:%H:%M}", day=f"{at:%d/%m/%Y}"
            ) from error

    def _book(self, call: Call[Any], reservation: Reservation) -> None:
        cost = call.cost()
        self._quota.settle(reservation, cost)
        if call.exercise and call.text and not call.caller.is_service:
            record.keep(
                self._engine,
                record.Reply(
                    learner=call.caller.name,
                    exercise=call.exercise,
                    prompt_sha256=record.prompt_sha256(call.question.prompt),
                    model=call.model,
                    practice=call.practice,
                    reply=call.text,
                    tokens=cost,
                    at=datetime.now(UTC),
                ),
            )
