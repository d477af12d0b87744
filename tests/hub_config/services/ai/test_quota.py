"""Reserve and settle: exact under concurrency, by the day of Vietnam, in all budgets or in none."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from hub_config.services.ai import database
from hub_config.services.ai.cost import Cost, Price
from hub_config.services.ai.quota import Budget, Quota, QuotaExceeded, Reservation, estimate

HOA = Budget("user:hoa", 1000)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return database.connect(tmp_path / "ai.sqlite")


def settle(engine: Engine, held: Reservation, cost: Cost) -> None:
    with engine.begin() as connection:
        Quota.settle(connection, held, cost)


def test_reservations_at_the_same_time_never_pass_a_limit_of_tokens_or_of_money(engine: Engine) -> None:
    quota = Quota(engine)
    klass = Budget("class:demo", 100_000, money=500.0)

    def attempt(number: int) -> bool:
        try:
            quota.reserve([Budget(f"user:{number % 4}", 300), klass], Cost(30, 7.0))
        except QuotaExceeded:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        granted = sum(pool.map(attempt, range(100)))
    assert granted == 40  # 4 people with 10 each; the class had money for 71
    assert quota.left(klass).tokens == 100_000 - 40 * 30
    assert quota.left(klass).money == 500 - 40 * 7


def test_money_has_a_limit_of_its_own(engine: Engine) -> None:
    quota = Quota(engine)
    poor = Budget("user:hoa", 1000, money=10.0)
    quota.reserve([poor], Cost(1, 6.0))
    with pytest.raises(QuotaExceeded):
        quota.reserve([poor], Cost(1, 4.000001))
    quota.reserve([poor], Cost(1, 4.0))
    with pytest.raises(QuotaExceeded):
        quota.reserve([Budget("user:binh", 1000, money=10.0)], Cost(1, 10.1))


def test_no_limit_of_money_means_as_much_as_the_tokens_come_to(engine: Engine) -> None:
    quota = Quota(engine)
    quota.reserve([HOA], Cost(1, 1e9))
    quota.reserve([HOA], Cost(1, 1e9))
    assert quota.left(HOA).money is None


def test_what_one_budget_refuses_is_held_in_none(engine: Engine) -> None:
    quota = Quota(engine)
    full = Budget("class:demo", 100)
    with pytest.raises(QuotaExceeded) as caught:
        quota.reserve([HOA, full], Cost(101))
    quota.reserve([full], Cost(50))
    with pytest.raises(QuotaExceeded) as again:
        quota.reserve([HOA, full], Cost(51))
    assert caught.value.budget == again.value.budget == full
    assert quota.left(HOA).tokens == 1000


def test_a_settled_request_costs_what_it_cost_in_every_budget(engine: Engine) -> None:
    quota = Quota(engine)
    klass = Budget("class:demo", 5000)
    held = quota.reserve([HOA, klass], Cost(900, 3.0))
    with pytest.raises(QuotaExceeded):
        quota.reserve([HOA, klass], Cost(200))
    quota.reserve([Budget("service:hoa", 1000)], Cost(200))
    settle(engine, held, Cost(100, 0.25))
    assert quota.used("user:hoa") == quota.used("class:demo") == Cost(100, 0.25)
    assert quota.reserve([HOA, klass], Cost(900)).left.tokens == 0


def test_the_tightest_budget_is_told(engine: Engine) -> None:
    klass = Budget("class:demo", 500)
    assert Quota(engine).reserve([HOA, klass], Cost(100)).left.budget == klass


def test_small_sums_of_money_do_not_drift(engine: Engine) -> None:
    quota = Quota(engine)
    thrifty = Budget("user:hoa", 10_000, money=2.0)
    for _ in range(30):
        settle(engine, quota.reserve([thrifty], Cost(1, 0.1)), Cost(1, 0.0333333))
    left = quota.left(thrifty)
    assert left.money == pytest.approx(2 - 30 * 0.033334, abs=1e-9)


def test_a_request_larger_than_the_whole_quota_is_refused_on_an_empty_day(engine: Engine) -> None:
    quota = Quota(engine)
    with pytest.raises(QuotaExceeded):
        quota.reserve([HOA], Cost(1001))
    quota.reserve([HOA], Cost(1000))


def test_the_day_changes_at_midnight_in_vietnam(engine: Engine) -> None:
    times = [datetime(2027, 3, 12, 16, 59, tzinfo=UTC)]
    quota = Quota(engine, clock=lambda: times[-1])
    settle(engine, quota.reserve([HOA], Cost(1000)), Cost(1000))
    with pytest.raises(QuotaExceeded) as caught:
        quota.reserve([HOA], Cost(1))
    assert caught.value.refilled_at == datetime(2027, 3, 12, 17, 0, tzinfo=UTC)
    times.append(times[-1] + timedelta(minutes=1))
    quota.reserve([HOA], Cost(1000))


def test_what_a_dead_process_held_is_free_again_after_a_start(engine: Engine) -> None:
    quota = Quota(engine)
    held = quota.reserve([HOA], Cost(1000, 5.0))
    quota.release_all()
    quota.reserve([HOA], Cost(1000))
    settle(engine, held, Cost(5))
    assert quota.used("user:hoa") == Cost(5)


def test_tokens_are_estimated_by_bytes() -> None:
    assert [estimate(text) for text in ("", "a", "abcd", "đường")] == [1, 1, 2, 5]


def test_a_price_is_for_a_million_tokens_or_one_unit() -> None:
    assert Price(input=4000, output=16_000).of(500, 1000) == Cost(1500, 2 + 16)
    assert Price(unit=900).of(10, 0, 2) == Cost(10, 1800)
