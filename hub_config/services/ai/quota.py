"""How many tokens each caller may use a day, counted so that requests at the same time cannot overrun it.

A request reserves what it may cost at most, then settles for what it did cost. Days are those of Asia/Ho_Chi_Minh.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Column, Date, Engine, Integer, String, Table, func, select, update
from sqlalchemy.dialects.sqlite import insert

from hub_config.services.ai.database import metadata

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
BYTES_A_TOKEN = 2
"""Vietnamese in UTF-8 runs at 2.5 to 4 bytes a token in present models' vocabularies; 2 stays on the safe side."""

usage = Table(
    "usage",
    metadata,
    Column("caller", String, primary_key=True),  # "user:NAME" or "service:NAME"
    Column("day", Date, primary_key=True),
    Column("used", Integer, nullable=False),
    Column("held", Integer, nullable=False),  # reserved by requests that still run
)


class QuotaExceeded(Exception):
    """The caller has too few tokens left today. `refilled_at` is aware; the next day begins then."""

    def __init__(self, refilled_at: datetime) -> None:
        super().__init__(f"refilled at {refilled_at.isoformat()}")
        self.refilled_at = refilled_at


@dataclass(frozen=True)
class Reservation:
    caller: str
    day: date
    tokens: int


def estimate(text: str) -> int:
    """Tokens of a text where no model counted them: one for each two bytes of UTF-8, at least one."""
    return max(1, -(-len(text.encode("utf-8", "replace")) // BYTES_A_TOKEN))


class Quota:
    """Reserve and settle. Calls block for the length of one small transaction: make them off the event loop."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._clock = clock

    def release_all(self) -> None:
        """Forget reservations of a process that ended without settling; called once when the gateway starts."""
        with self._engine.begin() as connection:
            connection.execute(update(usage).values(held=0))

    def reserve(self, caller: str, tokens: int, limit: int) -> Reservation:
        """Hold `tokens` of today's `limit`. Raises QuotaExceeded and holds nothing when they are not left."""
        now = self._clock().astimezone(ZONE)
        # one statement: SQLite lets one writer in at a time, so nobody reads a sum that another is changing
        row = insert(usage).values(caller=caller, day=now.date(), used=0, held=tokens)
        upsert = row.on_conflict_do_update(
            index_elements=[usage.c.caller, usage.c.day],
            set_={"held": usage.c.held + tokens},
            where=usage.c.used + usage.c.held + tokens <= limit,
        )
        if tokens <= limit:
            with self._engine.begin() as connection:
                if connection.execute(upsert).rowcount:
                    return Reservation(caller, now.date(), tokens)
        raise QuotaExceeded(datetime.combine(now.date() + timedelta(days=1), time(), ZONE))

    def settle(self, reservation: Reservation, tokens: int) -> None:
        """Give back what was held and book what the request did cost."""
        with self._engine.begin() as connection:
            connection.execute(
                update(usage)
                .where(usage.c.caller == reservation.caller, usage.c.day == reservation.day)
                # a reservation that release_all() forgot must not make the sum negative
                .values(used=usage.c.used + tokens, held=func.max(0, usage.c.held - reservation.tokens))
            )

    def used(self, caller: str) -> int:
        """Tokens booked for the caller today."""
        today = self._clock().astimezone(ZONE).date()
        query = select(usage.c.used).where(usage.c.caller == caller, usage.c.day == today)
        with self._engine.connect() as connection:
            return connection.scalar(query) or 0
