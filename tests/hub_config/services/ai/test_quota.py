"""Quota: exact under concurrency, by the day of Vietnam, and worded for learners."""

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import openai
import pytest
from gateway_run import Gateway, gateway
from openai.types.chat import ChatCompletionMessageParam
from openai_server import OpenAIServer
from running_hub import until

from hub_config.services.ai import database
from hub_config.services.ai.quota import Quota, QuotaExceeded, estimate

ASK: list[ChatCompletionMessageParam] = [{"role": "user", "content": "Xin chào"}]


def test_reservations_at_the_same_time_never_pass_the_limit(tmp_path: Path) -> None:
    quota = Quota(database.connect(tmp_path / "ai.sqlite"))

    def attempt(_: int) -> bool:
        try:
            quota.reserve("user:hoa", 30, 1000)
        except QuotaExceeded:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        granted = sum(pool.map(attempt, range(100)))
    assert granted == 33


def test_a_settled_request_costs_what_it_cost(tmp_path: Path) -> None:
    quota = Quota(database.connect(tmp_path / "ai.sqlite"))
    held = quota.reserve("user:hoa", 900, 1000)
    with pytest.raises(QuotaExceeded):
        quota.reserve("user:hoa", 200, 1000)
    quota.reserve("service:hoa", 200, 1000)
    quota.settle(held, 100)
    assert quota.used("user:hoa") == 100
    quota.reserve("user:hoa", 900, 1000)


def test_a_request_larger_than_the_whole_quota_is_refused_on_an_empty_day(tmp_path: Path) -> None:
    quota = Quota(database.connect(tmp_path / "ai.sqlite"))
    with pytest.raises(QuotaExceeded):
        quota.reserve("user:hoa", 1001, 1000)
    quota.reserve("user:hoa", 1000, 1000)


def test_the_day_changes_at_midnight_in_vietnam(tmp_path: Path) -> None:
    times = [datetime(2027, 3, 12, 16, 59, tzinfo=UTC)]
    quota = Quota(database.connect(tmp_path / "ai.sqlite"), clock=lambda: times[-1])
    quota.settle(quota.reserve("user:hoa", 1000, 1000), 1000)
    with pytest.raises(QuotaExceeded) as caught:
        quota.reserve("user:hoa", 1, 1000)
    assert caught.value.refilled_at == datetime(2027, 3, 12, 17, 0, tzinfo=UTC)
    times.append(times[-1] + timedelta(minutes=1))
    quota.reserve("user:hoa", 1000, 1000)


def test_what_a_dead_process_held_is_free_again_after_a_start(tmp_path: Path) -> None:
    quota = Quota(database.connect(tmp_path / "ai.sqlite"))
    held = quota.reserve("user:hoa", 1000, 1000)
    quota.release_all()
    quota.reserve("user:hoa", 1000, 1000)
    quota.settle(held, 5)
    assert quota.used("user:hoa") == 5


def test_tokens_are_estimated_by_bytes() -> None:
    assert [estimate(text) for text in ("", "a", "abcd", "đường")] == [1, 1, 2, 5]


def test_a_hundred_requests_at_once_do_not_overrun_the_quota(tmp_path: Path, hub_api: str, model: OpenAIServer) -> None:
    model.behaviour, model.delay_s = "delay", 0.3
    limit = 5000  # each request holds 5 for the prompt and 1024 for the reply: 4 at a time
    given = {"HOCAI_AI_BASE_URL": model.base_url, "HOCAI_AI_MODEL": "m", "HOCAI_AI_DAILY_TOKENS": str(limit)}
    model.respond = lambda body: "chữ " * 1000

    async def ask(client: httpx.AsyncClient) -> int:
        return (await client.post("v1/chat/completions", json={"messages": ASK})).status_code

    async def all_at_once(url: str) -> list[int]:
        headers = {"Authorization": "Bearer token-hoa"}
        async with httpx.AsyncClient(base_url=url, headers=headers, timeout=60) as client:
            return await asyncio.gather(*(ask(client) for _ in range(100)))

    with gateway(tmp_path, hub_api, **given) as running:
        statuses = Counter(asyncio.run(all_at_once(running.url)))
        used = Quota(database.connect(running.settings.ai_database)).used("user:hoa")
    assert set(statuses) == {200, 429}
    assert statuses[200] == len(model.requests)
    assert 0 < used <= limit
    assert used == 1002 * statuses[200]


def test_over_the_quota_a_sentence_says_when_it_is_refilled(tmp_path: Path, hub_api: str) -> None:
    with gateway(tmp_path, hub_api, HOCAI_AI_DAILY_TOKENS="1100", HOCAI_AI_SERVICE_DAILY_TOKENS="10") as running:
        running.client().chat.completions.create(model="", messages=ASK)
        with pytest.raises(openai.RateLimitError) as caught:
            running.client().chat.completions.create(model="", messages=ASK)
        running.client("token-binh").chat.completions.create(model="", messages=ASK)
        with pytest.raises(openai.RateLimitError):
            running.client("token-campus").chat.completions.create(model="", messages=ASK)
    tomorrow = datetime.now(UTC) + timedelta(hours=7 + 24)
    assert caught.value.code == "quota_exceeded"
    assert f"Đến 00:00 ngày {tomorrow:%d/%m/%Y}" in str(caught.value.body["message"])  # type: ignore[index]
    assert caught.value.response.headers["x-should-retry"] == "false"


def test_a_question_that_the_model_did_not_take_up_costs_nothing(connected: Gateway, model: OpenAIServer) -> None:
    model.behaviour = "error"
    with pytest.raises(openai.InternalServerError):
        connected.client("token-campus").chat.completions.create(model="", messages=ASK)
    assert Quota(database.connect(connected.settings.ai_database)).used("service:campus") == 0


def test_a_client_that_leaves_pays_for_its_question(connected: Gateway, model: OpenAIServer) -> None:
    model.behaviour = "hang"
    headers = {"Authorization": "Bearer token-hoa"}
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{connected.url}/v1/chat/completions", json={"messages": ASK}, headers=headers, timeout=0.5)
    quota = Quota(database.connect(connected.settings.ai_database))
    until(lambda: quota.used("user:hoa"), within_s=5, every_s=0.05)
