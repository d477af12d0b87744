"""Limits over real HTTP: a day's quota of people and classes, how fast one may ask, how many are answered at a time."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from gateway_run import CLASS, Gateway, gateway
from openai.types.chat import ChatCompletionMessageParam
from openai_server import OpenAIServer
from running_hub import until

from hub_config.services.ai import database
from hub_config.services.ai.cost import Cost
from hub_config.services.ai.quota import Quota
from hub_config.services.ai.wording import PRACTICE_LABEL

ASK: list[ChatCompletionMessageParam] = [{"role": "user", "content": "Xin chào"}]
WIDE = {"HOCAI_AI_CONCURRENCY_EACH": "100"}
PRICES = {"HOCAI_AI_INPUT_PRICE": "1000000", "HOCAI_AI_OUTPUT_PRICE": "2000000"}  # 1 and 2 VND a token


def behind(model: OpenAIServer, **more: str) -> dict[str, str]:
    return {"HOCAI_AI_BASE_URL": model.base_url, "HOCAI_AI_MODEL": "m", **more}


def used(running: Gateway, key: str) -> Cost:
    return Quota(database.connect(running.settings.ai_database)).used(key)


def at_once(url: str, tokens: list[str], **body: Any) -> list[httpx.Response]:
    """One request a token, all at the same time."""

    async def all_of_them() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=url, timeout=60, limits=httpx.Limits(max_connections=200)) as client:
            sent = {"messages": ASK, **body}
            path = "v1/chat/completions"
            asked = [client.post(path, json=sent, headers={"Authorization": f"Bearer {token}"}) for token in tokens]
            return await asyncio.gather(*asked)

    return asyncio.run(all_of_them())


# --- a day's quota
def test_a_hundred_requests_at_once_do_not_overrun_the_quota(tmp_path: Path, hub_api: str, model: OpenAIServer) -> None:
    model.behaviour, model.delay_s = "delay", 0.3
    limit = 5000  # each request holds 5 for the prompt and 1024 for the reply: 4 at a time
    model.respond = lambda body: "chữ " * 1000
    with gateway(tmp_path, hub_api, **behind(model, **WIDE), HOCAI_AI_DAILY_TOKENS=str(limit)) as running:
        statuses = Counter(answer.status_code for answer in at_once(running.url, ["token-hoa"] * 100, model="m"))
        booked = used(running, "user:hoa")
    assert set(statuses) == {200, 429}
    assert statuses[200] == len(model.requests)
    assert 0 < booked.tokens <= limit
    assert booked.tokens == 1002 * statuses[200]


def test_a_hundred_requests_of_a_class_at_once_do_not_overrun_its_money(
    tmp_path: Path, hub_api: str, model: OpenAIServer
) -> None:
    model.behaviour, model.delay_s = "delay", 0.3
    model.respond = lambda body: "chữ " * 1000
    given = behind(model, **WIDE, **PRICES, HOCAI_AI_CLASS_DAILY_MONEY="9000")  # each may cost 5 + 2 * 1024 VND
    with gateway(tmp_path, hub_api, **given) as running:
        answers = at_once(running.url, ["token-hoa", "token-binh"] * 50, model="m")
        booked = used(running, f"class:{CLASS}")
        own = used(running, "user:hoa").money + used(running, "user:binh").money
    statuses = Counter(answer.status_code for answer in answers)
    codes = {answer.json()["error"]["code"] for answer in answers if answer.status_code == 429}
    assert (set(statuses), codes) == ({200, 429}, {"class_quota_exceeded"})
    assert statuses[200] == len(model.requests)
    assert booked.money == own == 2002 * statuses[200] <= 9000


def test_over_the_quota_a_sentence_says_when_it_is_refilled(tmp_path: Path, hub_api: str, model: OpenAIServer) -> None:
    given = behind(model, HOCAI_AI_DAILY_TOKENS="1030", HOCAI_AI_SERVICE_DAILY_TOKENS="10")
    with gateway(tmp_path, hub_api, **given) as running:
        running.client().chat.completions.create(model="m", messages=ASK)
        with pytest.raises(openai.RateLimitError) as caught:
            running.client().chat.completions.create(model="m", messages=ASK)
        running.client("token-binh").chat.completions.create(model="m", messages=ASK)
        with pytest.raises(openai.RateLimitError):
            running.client("token-campus").chat.completions.create(model="", messages=ASK)
    tomorrow = datetime.now(UTC) + timedelta(hours=7 + 24)
    assert caught.value.code == "quota_exceeded"
    assert f"Đến 00:00 ngày {tomorrow:%d/%m/%Y}" in str(caught.value.body["message"])  # type: ignore[index]
    assert caught.value.response.headers["x-should-retry"] == "false"


@pytest.mark.parametrize("setting", ["DAILY_TOKENS", "CLASS_DAILY_TOKENS"])
def test_who_leaves_the_choice_to_the_gateway_is_answered_by_the_practice_ai_with_a_note(
    tmp_path: Path, hub_api: str, model: OpenAIServer, setting: str
) -> None:
    with gateway(tmp_path, hub_api, **behind(model), **{f"HOCAI_AI_{setting}": "1030"}) as running:
        client = running.client()
        first = client.chat.completions.create(model="", messages=ASK)
        second = client.chat.completions.create(model="", messages=ASK)
        (chunk, *_) = client.chat.completions.create(model="", messages=ASK, stream=True)
        booked = used(running, "user:hoa")
    assert first.model_extra is not None and second.model_extra is not None and chunk.model_extra is not None
    assert "note" not in first.model_extra["hocai"]
    assert second.model_extra["hocai"]["label"] == PRACTICE_LABEL
    note = second.model_extra["hocai"]["note"]
    assert ("cả lớp" in note) == (setting == "CLASS_DAILY_TOKENS") and "AI luyện tập trả lời thay" in note
    assert chunk.model_extra["hocai"]["note"] == note
    assert len(model.requests) == 1 and booked.tokens == first.usage.total_tokens  # type: ignore[union-attr]


def test_the_practice_ai_is_free_of_the_quota(tmp_path: Path, hub_api: str) -> None:
    with gateway(tmp_path, hub_api, HOCAI_AI_DAILY_TOKENS="0", HOCAI_AI_CLASS_DAILY_TOKENS="0") as running:
        for _ in range(3):
            answer = running.client().chat.completions.with_raw_response.create(model="ai-luyen-tap", messages=ASK)
        assert used(running, "user:hoa") == Cost()
    assert not [name for name in answer.headers if name.startswith("x-ratelimit")]


def test_what_is_left_stands_in_the_headers(tmp_path: Path, hub_api: str, model: OpenAIServer) -> None:
    with gateway(tmp_path, hub_api, **behind(model), HOCAI_AI_CLASS_DAILY_TOKENS="40000") as running:
        told = [
            running.client().chat.completions.with_raw_response.create(model="", messages=ASK, stream=stream).headers
            for stream in (False, True)
        ]
        teachers = running.client("token-lan").chat.completions.with_raw_response.create(model="", messages=ASK)
    first, streamed = told
    assert (first["x-ratelimit-limit-tokens"], first["x-ratelimit-remaining-tokens"]) == ("40000", str(40_000 - 1030))
    assert int(streamed["x-ratelimit-remaining-tokens"]) < int(first["x-ratelimit-remaining-tokens"])
    assert first["x-ratelimit-reset-tokens"].endswith("s") and "h" in first["x-ratelimit-reset-tokens"]
    assert teachers.headers["x-ratelimit-limit-tokens"] == "200000"  # a teacher's own, and no class's


def test_a_question_that_the_model_did_not_take_up_costs_nothing(connected: Gateway, model: OpenAIServer) -> None:
    model.behaviour = "error"
    with pytest.raises(openai.InternalServerError):
        connected.client("token-campus").chat.completions.create(model="", messages=ASK)
    connected.client().chat.completions.create(model="", messages=ASK)
    assert used(connected, "service:campus") == used(connected, "user:hoa") == Cost()


def test_a_client_that_leaves_pays_for_its_question(connected: Gateway, model: OpenAIServer) -> None:
    model.behaviour = "hang"
    headers = {"Authorization": "Bearer token-hoa"}
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{connected.url}/v1/chat/completions", json={"messages": ASK}, headers=headers, timeout=0.5)
    until(lambda: used(connected, "user:hoa").tokens, within_s=5, every_s=0.05)


# --- how fast
def test_who_asks_too_fast_is_told_for_how_long_to_wait(tmp_path: Path, hub_api: str, model: OpenAIServer) -> None:
    given = behind(model, HOCAI_AI_BURST_REQUESTS="3", HOCAI_AI_PRACTICE_BURST="5")
    with gateway(tmp_path, hub_api, **given) as running:
        answers = [at_once(running.url, ["token-hoa"], model="m")[0] for _ in range(4)]
        others = at_once(running.url, ["token-binh"], model="m")[0]
        practised = [at_once(running.url, ["token-hoa"], model="ai-luyen-tap")[0] for _ in range(6)]
        services = [at_once(running.url, ["token-campus"])[0] for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].json()["error"]["code"] == "too_fast"
    assert answers[3].headers["retry-after"] == "20" and "20 giây" in answers[3].json()["error"]["message"]
    assert others.status_code == 200
    assert [answer.status_code for answer in practised] == [200] * 5 + [429]
    assert {answer.status_code for answer in services} == {200}


def test_tokens_a_minute_have_a_limit_too(tmp_path: Path, hub_api: str, model: OpenAIServer) -> None:
    with gateway(tmp_path, hub_api, **behind(model, HOCAI_AI_BURST_TOKENS="1200")) as running:
        answers = [at_once(running.url, ["token-hoa"], model="m")[0] for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]


# --- how many at a time
def test_more_questions_than_places_wait_for_their_turn(tmp_path: Path, hub_api: str, model: OpenAIServer) -> None:
    answered, most = 0, 0

    def slowly(body: dict[str, Any]) -> str:
        nonlocal answered, most
        most = max(most, len(model.requests) - answered)  # those that have come and wait for an answer now
        answered += 1
        return "Chào"

    model.behaviour, model.delay_s, model.respond = "delay", 0.2, slowly
    given = behind(model, HOCAI_AI_CONCURRENCY="2", HOCAI_AI_CONCURRENCY_EACH="2", HOCAI_AI_QUEUE_S="30")
    with gateway(tmp_path, hub_api, **given) as running:
        answers = at_once(running.url, ["token-hoa", "token-binh", "token-lan"] * 4, model="m")
    assert {answer.status_code for answer in answers} == {200}
    assert (len(model.requests), most) == (12, 2)


def test_who_waited_long_enough_is_told_to_come_back(tmp_path: Path, hub_api: str, model: OpenAIServer) -> None:
    model.behaviour, model.delay_s = "delay", 2.0
    given = behind(model, HOCAI_AI_CONCURRENCY="3", HOCAI_AI_CONCURRENCY_EACH="2", HOCAI_AI_QUEUE_S="0.3")
    with gateway(tmp_path, hub_api, **given) as running:
        answers = at_once(running.url, ["token-hoa"] * 5 + ["token-binh"] * 2, model="m")
        booked = used(running, "user:hoa")
    codes = Counter(a.json()["error"]["code"] if a.status_code >= 400 else "ok" for a in answers)
    assert codes == {"ok": 3, "own_still_running": 3, "crowded": 1}
    (crowded,) = [answer for answer in answers if answer.status_code == 503]
    assert int(crowded.headers["retry-after"]) >= 1
    assert booked.tokens == 2 * (2 + 9) or booked.tokens == 2 + 9  # who was crowded out has nothing held
