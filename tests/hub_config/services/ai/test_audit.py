"""What is written down of each request, over real HTTP; and what is not."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from gateway_run import CLASS, KEY, Gateway, environment, gateway, started
from openai.types.chat import ChatCompletionMessageParam
from openai_server import OpenAIServer
from running_hub import until

from hub_config.services.ai import audit, database, record
from hub_config.services.ai.call import CLIENT_LEFT

PROMPT = "Viết thông báo họp."
ASK: list[ChatCompletionMessageParam] = [{"role": "user", "content": PROMPT}]
PRICES = {"HOCAI_AI_INPUT_PRICE": "1000000", "HOCAI_AI_OUTPUT_PRICE": "2000000"}  # 1 and 2 VND a token


def rows(running: Gateway, table: str = "audit") -> list[dict[str, Any]]:
    with closing(sqlite3.connect(running.settings.ai_database)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]  # noqa: S608 - a table's name


def test_a_row_tells_who_asked_what_of_which_model_and_what_it_cost(
    tmp_path: Path, hub_api: str, model: OpenAIServer
) -> None:
    given = {"HOCAI_AI_BASE_URL": model.base_url, "HOCAI_AI_MODEL": "test-model", **PRICES}
    with gateway(tmp_path, hub_api, **given) as running:
        answer = running.client(X_Hocai_Exercise="text.small/notice").chat.completions.create(model="", messages=ASK)
        (row,) = rows(running)
    assert answer.usage is not None
    assert row["caller"] == "user:hoa" and row["role"] == "learner" and row["classes"] == f"|{CLASS}|"
    assert (row["kind"], row["exercise"], row["model"]) == ("chat", "text.small/notice", "test-model")
    assert row["prompt_sha256"] == record.prompt_sha256(PROMPT)
    assert (row["tokens_in"], row["tokens_out"]) == (answer.usage.prompt_tokens, answer.usage.completion_tokens)
    assert row["money"] == 1_000_000 * (answer.usage.prompt_tokens + 2 * answer.usage.completion_tokens)
    assert (row["status"], row["code"], row["practice"]) == (200, "", 0)
    assert row["latency_ms"] >= 0 and date.fromisoformat(row["day"])


@pytest.mark.parametrize(
    ("token", "behaviour", "stream", "told"),
    [
        ("token-hoa", "error", False, (200, "upstream_failed", True)),  # the practice AI stepped in
        ("token-campus", "error", False, (502, "upstream_failed", False)),
        ("token-hoa", "half_stream", True, (200, "upstream_cut", False)),
        ("token-hoa", "bad_request", False, (400, "upstream_rejected", False)),
    ],
)
def test_what_went_wrong_is_told_by_its_code(
    connected: Gateway, model: OpenAIServer, token: str, behaviour: Any, stream: bool, told: tuple[int, str, bool]
) -> None:
    model.behaviour = behaviour
    headers = {"Authorization": f"Bearer {token}"}
    body = {"messages": ASK, "stream": stream}
    answer = httpx.post(f"{connected.url}/v1/chat/completions", json=body, headers=headers, timeout=30)
    (row,) = rows(connected)
    assert answer.status_code == row["status"]
    assert (row["status"], row["code"], bool(row["practice"])) == told


def test_who_left_and_who_had_nothing_left_are_told_apart(tmp_path: Path, hub_api: str, model: OpenAIServer) -> None:
    given = {"HOCAI_AI_BASE_URL": model.base_url, "HOCAI_AI_MODEL": "m", "HOCAI_AI_DAILY_TOKENS": "1040"}
    with gateway(tmp_path, hub_api, **given) as running:
        model.behaviour = "hang"
        headers = {"Authorization": "Bearer token-hoa"}
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{running.url}/v1/chat/completions", json={"messages": ASK}, headers=headers, timeout=0.5)
        until(lambda: rows(running), within_s=5, every_s=0.05)
        with pytest.raises(openai.RateLimitError):
            running.client().chat.completions.create(model="m", messages=ASK)
        found = [(row["status"], row["code"]) for row in rows(running)]
    assert found == [(CLIENT_LEFT, "client_left"), (429, "quota_exceeded")]


def test_rows_can_be_neither_changed_nor_deleted(practice: Gateway) -> None:
    practice.client().chat.completions.create(model="", messages=ASK)
    for change in ("UPDATE audit SET caller = 'user:binh'", "DELETE FROM audit"):
        refused = pytest.raises(sqlite3.IntegrityError, match="only ever added to")
        with closing(sqlite3.connect(practice.settings.ai_database)) as connection, refused:
            connection.execute(change)
    assert len(rows(practice)) == 1


def test_text_is_kept_beside_the_row_and_only_if_the_operator_wants_it(tmp_path: Path, hub_api: str) -> None:
    with gateway(tmp_path / "kept", hub_api) as running:
        said = running.client().chat.completions.create(model="", messages=ASK).choices[0].message.content
        (text,) = rows(running, "audit_text")
        assert (text["audit"], text["prompt"], text["reply"]) == (rows(running)[0]["id"], PROMPT, said)
        assert PROMPT not in str(rows(running))
    with gateway(tmp_path / "not", hub_api, HOCAI_AI_TEXT_KEPT_DAYS="0") as running:
        running.client().chat.completions.create(model="", messages=ASK)
        assert len(rows(running)) == 1 and rows(running, "audit_text") == []


def test_text_is_deleted_when_its_days_are_over_and_the_row_stays(tmp_path: Path, hub_api: str) -> None:
    with gateway(tmp_path, hub_api) as running:
        running.client().chat.completions.create(model="", messages=ASK)
        file = running.settings.ai_database
    engine = database.connect(file)
    today = date.fromisoformat(rows(running)[0]["day"])
    with engine.begin() as connection:
        assert audit.purge(connection, today, 1) == 0
        assert audit.purge(connection, today.replace(year=today.year + 1), 30) == 1
    assert len(rows(running)) == 1


def test_a_start_deletes_what_the_setting_no_longer_allows(tmp_path: Path, hub_api: str) -> None:
    environ = environment(tmp_path, JUPYTERHUB_API_URL=hub_api)
    with started(environ) as running:
        running.client().chat.completions.create(model="", messages=ASK)
        assert len(rows(running, "audit_text")) == 1
    with started({**environ, "HOCAI_AI_TEXT_KEPT_DAYS": "0"}) as running:
        until(lambda: rows(running, "audit_text") == [], within_s=5, every_s=0.05)
        assert len(rows(running)) == 1


def test_no_key_of_an_endpoint_and_no_token_is_written_down(connected: Gateway, model: OpenAIServer) -> None:
    for behaviour in ("bad_key", "bad_request", "error", "normal"):
        model.behaviour = behaviour  # type: ignore[assignment]
        for token in ("token-hoa", "token-campus"):
            headers = {"Authorization": f"Bearer {token}"}
            httpx.post(f"{connected.url}/v1/chat/completions", json={"messages": ASK}, headers=headers, timeout=30)
    told = "".join(str(rows(connected, table)) for table in ("audit", "audit_text", "reply", "day_use"))
    assert "upstream_refused" in told
    assert KEY not in told and "token-hoa" not in told and "token-campus" not in told
