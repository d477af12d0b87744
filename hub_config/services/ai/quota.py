"""How many tokens, and how much money, people and classes may use a day, held so that nobody can overrun it.

A request reserves what it may cost at most in all its budgets at once, then settles for what it did cost. Days are
those of Asia/Ho_Chi_Minh. One gateway process runs for a data folder: what a killed one held, the next one releases.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Engine,
    String,
    Table,
    bindparam,
    func,
    select,
    text,
    update,
)

from hub_config.services.ai.cost import Cost
from hub_config.services.ai.database import metadata

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
BYTES_A_TOKEN = 2
"""Vietnamese in UTF-8 runs at 2.5 to 4 bytes a token in present models' vocabularies; 2 stays on the safe side."""
MICRO = 1_000_000  # money is summed in whole millionths of a dong: sums of fractions would drift

day_use = Table(
    "day_use",
    metadata,
    Column("budget", String, primary_key=True),  # "user:NAME", "service:NAME", "class:ID"
    Column("day", Date, primary_key=True),
    Column("tokens", BigInteger, nullable=False),
    Column("held_tokens", BigInteger, nullable=False),  # reserved by requests that still run
    Column("money", BigInteger, nullable=False),
    Column("held_money", BigInteger, nullable=False),
)


@dataclass(frozen=True)
class Budget:
    """What somebody may use a day. `money` in VND, 0: as much as the tokens come to."""

    key: str
    tokens: int
    money: float = 0.0


@dataclass(frozen=True)
class Left:
    """What is left of a budget, reservations taken off. `money` None: it has no limit."""

    budget: Budget
    tokens: int
    money: float | None
    refilled_at: datetime  # aware


class QuotaExceeded(Exception):
    """Too little is left today of a budget. `refilled_at` is aware; the next day begins then."""

    def __init__(self, budget: Budget, refilled_at: datetime) -> None:
        super().__init__(f"{budget.key}: refilled at {refilled_at.isoformat()}")
        self.budget = budget
        self.refilled_at = refilled_at


@dataclass(frozen=True)
class Reservation:
    """What is held, and what is left then of the budget that has the fewest tokens left."""

    day: date
    budgets: tuple[Budget, ...]
    most: Cost
    left: Left


def estimate(text: str) -> int:
    """Tokens of a text where no model counted them: one for each two bytes of UTF-8, at least one."""
    return max(1, -(-len(text.encode("utf-8", "replace")) // BYTES_A_TOKEN))


# --- statements, built once: each request passes them
_use = day_use.c
# as text: SQLAlchemy would build an upsert anew each time, which takes longer than SQLite takes for it
_HOLD = text(
    """
    INSERT INTO day_use (budget, day, tokens, held_tokens, money, held_money)
    VALUES (:key, :on, 0, :hold_tokens, 0, :hold_money)
    ON CONFLICT (budget, day) DO UPDATE
    SET held_tokens = held_tokens + :hold_tokens, held_money = held_money + :hold_money
    WHERE tokens + held_tokens + :hold_tokens <= :most_tokens
    AND (:most_money = 0 OR money + held_money + :hold_money <= :most_money)
    RETURNING tokens + held_tokens, money + held_money
    """
).bindparams(bindparam("on", type_=Date))
_SETTLE = (
    update(day_use)
    .where(_use.budget == bindparam("key"), _use.day == bindparam("on"))
    .values(
        tokens=_use.tokens + bindparam("used_tokens"),
        money=_use.money + bindparam("used_money"),
        # a reservation that release_all() forgot must not make the sum negative
        held_tokens=func.max(0, _use.held_tokens - bindparam("hold_tokens")),
        held_money=func.max(0, _use.held_money - bindparam("hold_money")),
    )
)
_USED = select(day_use).where(_use.budget == bindparam("key"), _use.day == bindparam("on"))


class Quota:
    """Reserve and settle. Calls block for the length of one small transaction: make them off the event loop."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._clock = clock

    def release_all(self) -> None:
        """Forget reservations of a process that ended without settling; called once when the gateway starts."""
        with self._engine.begin() as connection:
            connection.execute(update(day_use).values(held_tokens=0, held_money=0))

    def reserve(self, budgets: Sequence[Budget], most: Cost) -> Reservation:
        """Hold `most` in every one of today's budgets. Raises QuotaExceeded, and holds nothing, where it is not left.

        `budgets` are at least one.
        """
        now = self._clock().astimezone(ZONE)
        refilled_at = datetime.combine(now.date() + timedelta(days=1), time(), ZONE)
        left = []
        # one transaction: SQLite lets one writer in at a time, so nobody reads a sum that another is changing
        with self._engine.begin() as connection:
            for budget in budgets:
                held = self._hold(connection, budget, now.date(), most)
                if held is None:
                    raise QuotaExceeded(budget, refilled_at)  # takes back what was held in the budgets before it
                left.append(_left(budget, held[0], held[1], refilled_at))
        return Reservation(now.date(), tuple(budgets), most, min(left, key=lambda one: one.tokens))

    def _hold(self, connection: Connection, budget: Budget, day: date, most: Cost) -> tuple[int, int] | None:
        """Tokens and money that are then used and held; None when it is more than there may be."""
        if most.tokens > budget.tokens or 0 < budget.money < most.money:
            return None  # also on a day without a row yet, which an insert would make
        given = {"key": budget.key, "on": day, "hold_tokens": most.tokens, "hold_money": _micro(most.money)}
        limits = {"most_tokens": budget.tokens, "most_money": _micro(budget.money)}
        row = connection.execute(_HOLD, given | limits).one_or_none()
        return None if row is None else (row[0], row[1])

    @staticmethod
    def settle(connection: Connection, reservation: Reservation, cost: Cost) -> None:
        """Give back what was held and book what the request did cost, within the transaction of `connection`."""
        booked = {"used_tokens": cost.tokens, "used_money": _micro(cost.money)}
        held = {"hold_tokens": reservation.most.tokens, "hold_money": _micro(reservation.most.money)}
        rows = [{"key": budget.key, "on": reservation.day, **booked, **held} for budget in reservation.budgets]
        connection.execute(_SETTLE, rows)

    def used(self, key: str) -> Cost:
        """What is booked today in the budget `key`."""
        row = self._row(key)
        return Cost(row.tokens, row.money / MICRO) if row else Cost()

    def left(self, budget: Budget) -> Left:
        """What is left today."""
        now = self._clock().astimezone(ZONE)
        refilled_at = datetime.combine(now.date() + timedelta(days=1), time(), ZONE)
        row = self._row(budget.key)
        tokens, money = (row.tokens + row.held_tokens, row.money + row.held_money) if row else (0, 0)
        return _left(budget, tokens, money, refilled_at)

    def _row(self, key: str) -> Any:
        today = self._clock().astimezone(ZONE).date()
        with self._engine.connect() as connection:
            return connection.execute(_USED, {"key": key, "on": today}).one_or_none()


def _micro(money: float) -> int:
    """Rounded up: what costs anything at all is never free."""
    return math.ceil(round(money * MICRO, 3))


def _left(budget: Budget, tokens: int, micro: int, refilled_at: datetime) -> Left:
    money = max(0.0, budget.money - micro / MICRO) if budget.money else None
    return Left(budget, max(0, budget.tokens - tokens), money, refilled_at)
