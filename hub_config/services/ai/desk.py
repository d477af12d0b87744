"""What every request passes, of whatever kind: who asks, whether there is enough left for it, what is kept of it."""

import logging
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from sqlalchemy import Engine
from starlette.requests import Request

from hub_config.services.ai import audit, record, recorded
from hub_config.services.ai.admission import Burst, Places
from hub_config.services.ai.auth import Caller, Roles, caller_of, may_read
from hub_config.services.ai.budgets import CLASS, budgets_of
from hub_config.services.ai.call import CLIENT_LEFT, Call
from hub_config.services.ai.completion import PRACTICE_MODEL
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.guard.policy import Guard
from hub_config.services.ai.metrics import Metrics
from hub_config.services.ai.practice.exercises import Exercises
from hub_config.services.ai.quota import ZONE, Left, Quota, QuotaExceeded, Reservation
from hub_config.services.ai.wording import NOTES
from hub_config.services.tokens import Tokens
from hub_config.settings import Settings

log = logging.getLogger(__name__)
EXERCISE_HEADER = "x-hocai-exercise"
DAY_S = 24 * 3600.0


class Desk:
    """One for each gateway. `engine` is that of quota, record and audit, `campus` that of campus's database."""

    def __init__(
        self, settings: Settings, tokens: Tokens, engine: Engine, exercises: Exercises, campus: Engine
    ) -> None:
        self.metrics = Metrics()
        self.guard = Guard(settings, campus, exercises, self.metrics)
        self._settings = settings
        self._tokens = tokens
        self._engine = engine.execution_options(writes=True)
        self._quota = Quota(self._engine)
        self._exercises = exercises
        self._roles = Roles(campus)
        self._burst = Burst(settings)
        self._places = Places(settings, self.metrics)
        # SQLite has one writer at a time; two that meet sleep for up to 0.1 s, whereas a line moves on at once
        self._writer = CapacityLimiter(1)

    async def caller(self, request: Request) -> Caller:
        """Who asks. Raises GatewayError 401, 403 or 503."""
        return await caller_of(self._tokens, self._roles, request.headers.get("authorization"))

    async def lets_in(self, request: Request, scope: str) -> bool:
        """Whether who asks may read what is told of all: `auth.may_read`."""
        return await may_read(self._tokens, self._roles, request.headers.get("authorization"), scope)

    def exercise(self, request: Request) -> str:
        """The full id of the exercise that is asked in, "" for none. Raises GatewayError 404 for an unknown one."""
        exercise = request.headers.get(EXERCISE_HEADER, "").strip()
        if exercise and not self._exercises.known(exercise):
            raise GatewayError(404, "unknown_exercise")
        return exercise

    @asynccontextmanager
    async def admitted(self, call: Call[Any]) -> AsyncIterator[None]:
        """Hold what a call may cost for as long as the block runs; then book what it did cost and keep what was said.

        A call that is not `metered` is free. One whose quota is used up is handed to the practice AI if it
        `may_practise`. Raises GatewayError: 429 when too little is left, or when the caller asks too fast or too much
        at a time; 503 when too many ask.
        """
        reservation: Reservation | None = None
        try:
            await self._burst.pass_through(call.caller, call.most_cost.tokens, metered=call.metered)
        except GatewayError as error:
            self._count(call, error.code)  # no row of the audit: those who ask too fast would fill the disk with them
            raise
        try:
            async with AsyncExitStack() as places:
                places.enter_context(self.metrics.in_flight.track_inprogress())
                await places.enter_async_context(self._places.own(call.caller))
                if call.metered:
                    reservation = await self._reserve(call)
                if call.metered:  # still: too little left makes it one for the practice AI
                    await places.enter_async_context(self._places.at_models())
                yield
        except GatewayError as error:
            call.status, call.error = error.status, error.code
            raise
        except anyio.get_cancelled_exc_class():
            call.status, call.error = CLIENT_LEFT, "client_left"
            raise
        except Exception:
            call.status, call.error = 500, "internal"
            raise
        finally:
            call.seconds = time.monotonic() - call.begun
            with anyio.CancelScope(shield=True):  # also when the client has gone
                await run_sync(self._book, call, reservation, limiter=self._writer)
            self._count(call, call.outcome if call.outcome in ("ok", "fallback") else call.error)

    async def keep_purged(self) -> None:
        """Delete texts whose days are over, now and then once a day, until cancelled."""
        while True:
            try:
                await run_sync(self._purge, limiter=self._writer)
            except Exception:  # tried again tomorrow
                log.exception("texts whose days are over could not be deleted")
            await anyio.sleep(DAY_S)

    async def _reserve(self, call: Call[Any]) -> Reservation | None:
        """What is held for a call; None when it goes to the practice AI instead. Raises GatewayError 429."""
        budgets = budgets_of(call.caller, self._settings)
        try:
            held = await run_sync(self._quota.reserve, budgets, call.most_cost, limiter=self._writer)
        except QuotaExceeded as error:
            code = "class_quota_exceeded" if error.budget.key.startswith(CLASS) else "quota_exceeded"
            at = error.refilled_at.astimezone(ZONE)
            when = {"time": f"{at:%H:%M}", "day": f"{at:%d/%m/%Y}"}
            if call.may_practise:
                call.leave_to_practice(code, NOTES[code].format_map(when))
                return None
            wait = (error.refilled_at - datetime.now(UTC)).total_seconds()
            raise GatewayError(429, code, retry_after_s=wait, practice=PRACTICE_MODEL, **when) from error
        call.headers |= _headers(held.left)
        return held

    def _book(self, call: Call[Any], reservation: Reservation | None) -> None:
        """Settle, record and audit, all or nothing."""
        now = datetime.now(UTC)
        kept = self._settings.ai_text_kept_days > 0 and call.asked
        with self._engine.begin() as connection:
            if reservation:
                self._quota.settle(connection, reservation, call.cost())
            audit.add(connection, call, now, with_text=kept)
            if call.exercise and call.text and not call.caller.is_service:
                record.keep(connection, _reply(call, now))

    def _purge(self) -> None:
        with self._engine.begin() as connection:
            today = datetime.now(ZONE).date()
            texts = audit.purge(connection, today, self._settings.ai_text_kept_days)
            kept = timedelta(days=max(1, self._settings.ai_text_kept_days))  # what is handed in today is graded by it
            replies = recorded.purge(connection, datetime.now(UTC) - kept)
        log.info("deleted the text of %d requests and %d recorded replies", texts, replies)

    def _count(self, call: Call[Any], outcome: str) -> None:
        metrics, (tokens_in, tokens_out) = self.metrics, call.tokens_of_each
        metrics.requests.labels(call.kind, call.model, outcome).inc()
        metrics.seconds.labels(call.kind).observe(call.seconds)
        metrics.tokens.labels(call.kind, call.model, "in").inc(tokens_in)
        metrics.tokens.labels(call.kind, call.model, "out").inc(tokens_out)
        metrics.cost.labels(call.kind, call.model).inc(call.cost().money)


def _headers(left: Left) -> dict[str, str]:
    """What is left, as OpenAI's API tells it: of the own day or of the class's, whichever has less."""
    seconds = max(0, round((left.refilled_at - datetime.now(UTC)).total_seconds()))
    return {
        "x-ratelimit-limit-tokens": str(left.budget.tokens),
        "x-ratelimit-remaining-tokens": str(left.tokens),
        "x-ratelimit-reset-tokens": f"{seconds // 3600}h{seconds % 3600 // 60}m{seconds % 60}s",
    }


def _reply(call: Call[Any], at: datetime) -> record.Reply:
    return record.Reply(
        learner=call.caller.name,
        exercise=call.exercise,
        prompt_sha256=record.prompt_sha256(call.question.prompt),
        model=call.model,
        practice=call.practice,
        reply=call.text,
        tokens=sum(call.tokens_of_each),
        at=at,
        invented=call.invented,
    )
