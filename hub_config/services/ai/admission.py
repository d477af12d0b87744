"""How fast somebody may ask, and how many questions are answered at a time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from aiolimiter import AsyncLimiter
from anyio import CapacityLimiter

from hub_config.services.ai.auth import Caller
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.metrics import Metrics
from hub_config.settings import Settings

MINUTE_S = 60.0


class Burst:
    """A leaky bucket of requests and one of tokens for each person: full ones leak dry within a minute.

    The practice AI has a bucket of its own, so that it can still be asked by whom the model has to slow down.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._buckets: dict[tuple[str, str], AsyncLimiter] = {}  # no more of them than three an account

    async def pass_through(self, caller: Caller, tokens: int, *, metered: bool) -> None:
        """Take note of a request of at most so many tokens. Raises GatewayError 429 when it comes too early.

        Services are not slowed down: how many questions they ask at a time is limited, and what they use a day.
        """
        if caller.is_service:
            return
        if not metered:
            wanted = [(self._bucket(caller, "practice", self._settings.ai_practice_burst), 1.0)]
        else:
            limit = self._settings.ai_burst_tokens
            asked = self._bucket(caller, "requests", self._settings.ai_burst_requests)
            wanted = [(asked, 1.0), (self._bucket(caller, "tokens", limit), float(min(tokens, limit)))]
        # a bucket that has no room has it after this long at the latest, unless more is poured in
        waits = [amount / bucket.max_rate * MINUTE_S for bucket, amount in wanted if not bucket.has_capacity(amount)]
        if waits:
            raise GatewayError(429, "too_fast", retry_after_s=max(waits), seconds=max(1, round(max(waits))))
        for bucket, amount in wanted:
            await bucket.acquire(amount)  # at once: there is room, and nobody else runs in between

    def _bucket(self, caller: Caller, kind: str, a_minute: int) -> AsyncLimiter:
        key = (caller.key, kind)
        if key not in self._buckets:
            self._buckets[key] = AsyncLimiter(a_minute, MINUTE_S)
        return self._buckets[key]


class Places:
    """So many questions at a time, of one caller and to models in all; whoever comes too many waits in line.

    Nobody stands in line for a model with more questions than they may have answered at a time, so one who asks a lot
    is not before all others.
    """

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._settings = settings
        self._metrics = metrics
        self._models = CapacityLimiter(settings.ai_concurrency)
        self._own: dict[str, CapacityLimiter] = {}  # of callers who have or want a place now

    @asynccontextmanager
    async def own(self, caller: Caller) -> AsyncIterator[None]:
        """One of the caller's own places, for as long as the block runs. Raises GatewayError 429."""
        each = self._settings.judge_concurrency if caller.is_service else self._settings.ai_concurrency_each
        places = self._own.get(caller.key)
        if places is None:
            places = self._own[caller.key] = CapacityLimiter(each)
        try:
            async with self._one_of(places, GatewayError(429, "own_still_running", retry_after_s=2)):
                yield
        finally:
            if not places.borrowed_tokens and not places.statistics().tasks_waiting:
                self._own.pop(caller.key, None)

    @asynccontextmanager
    async def at_models(self) -> AsyncIterator[None]:
        """A place among all who ask a model, for as long as the block runs. Raises GatewayError 503."""
        async with self._one_of(self._models, GatewayError(503, "crowded", retry_after_s=5)):
            yield

    @asynccontextmanager
    async def _one_of(self, places: CapacityLimiter, full: GatewayError) -> AsyncIterator[None]:
        borrower = object()
        try:
            places.acquire_on_behalf_of_nowait(borrower)
        except anyio.WouldBlock:
            with anyio.move_on_after(self._settings.ai_queue_s) as patience, self._metrics.waiting.track_inprogress():
                await places.acquire_on_behalf_of(borrower)
            if patience.cancelled_caught:
                raise full from None
        try:
            yield
        finally:
            places.release_on_behalf_of(borrower)
