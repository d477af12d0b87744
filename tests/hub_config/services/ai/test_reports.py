"""What campus is told of use, and Prometheus of everything, over real HTTP."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from gateway_run import CLASS, Gateway, gateway
from openai.types.chat import ChatCompletionMessageParam
from openai_server import OpenAIServer
from prometheus_client.parser import text_string_to_metric_families

ASK: list[ChatCompletionMessageParam] = [{"role": "user", "content": "Xin chào"}]


def get(running: Gateway, path: str, token: str = "token-campus") -> httpx.Response:
    return httpx.get(f"{running.url}/{path}", headers={"Authorization": f"Bearer {token}"})


def usage(running: Gateway, query: str) -> dict[str, Any]:
    answer = get(running, f"usage?{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture
def used(tmp_path: Path, hub_api: str, model: OpenAIServer) -> Any:
    """hoa asked the model twice and the practice AI once, binh got the practice AI in its place; the grader failed."""
    given = {"HOCAI_AI_BASE_URL": model.base_url, "HOCAI_AI_MODEL": "test-model"}
    with gateway(tmp_path, hub_api, **given, HOCAI_AI_OUTPUT_PRICE="1000000") as running:
        for name in ("", "", "ai-luyen-tap"):
            running.client().chat.completions.create(model=name, messages=ASK)
        model.behaviour = "error"
        running.client("token-binh").chat.completions.create(model="", messages=ASK)
        with pytest.raises(openai.InternalServerError):
            running.client("token-campus").chat.completions.create(model="", messages=ASK)
        yield running


def test_a_class_is_told_of_its_learners_alone(used: Gateway) -> None:
    found = usage(used, f"class={CLASS}&days=3")
    people = {one["caller"]: one for one in found["people"]}
    assert set(people) == {"user:hoa", "user:binh"}
    hoa, binh = people["user:hoa"], people["user:binh"]
    assert (hoa["requests"], hoa["practice"], hoa["failed"]) == (3, 1, 0)
    assert (binh["requests"], binh["practice"], binh["failed"], binh["tokens"]) == (1, 1, 0, 0)
    assert hoa["tokens"] == 2 * (2 + 9) and hoa["money"] == 2 * 9
    assert [day["requests"] for day in found["days"]] == [0, 0, 4]
    today = (datetime.now(UTC) + timedelta(hours=7)).date()
    assert found["days"][0]["day"] == (today - timedelta(days=2)).isoformat()
    assert found["models"] == [
        {"model": "test-model", "requests": 2, "failed": 0, "practice": 0, "tokens": 22, "money": 18.0}
    ]
    assert found["reasons"] == [{"code": "upstream_failed", "number": 1}]
    assert found["left"]["class"]["tokens_left"] == 1_000_000 - 22 and found["left"]["class"]["money_left"] is None
    assert usage(used, "class=none")["people"] == []


def test_without_a_class_all_are_told(used: Gateway) -> None:
    found = usage(used, "days=1")
    assert {one["caller"]: one["failed"] for one in found["people"]} == {
        "user:hoa": 0,
        "user:binh": 0,
        "service:campus": 1,
    }
    assert [(one["class"], one["requests"], one["tokens"]) for one in found["classes"]] == [(CLASS, 4, 22)]


@pytest.mark.parametrize("path", ["usage", "metrics"])
@pytest.mark.parametrize(
    ("token", "status"),
    [("token-hoa", 403), ("token-lan", 403), ("token-noscope", 403), ("wrong", 401), ("token-admin", 200)],
)
def test_only_services_and_admins_are_told(practice: Gateway, path: str, token: str, status: int) -> None:
    assert get(practice, path, token).status_code == status


@pytest.mark.parametrize("days", ["0", "-1", "x", "367", "²", "9" * 5000])
def test_days_that_are_none_are_refused(practice: Gateway, days: str) -> None:
    answer = get(practice, f"usage?days={days}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_request")


def test_prometheus_reads_metrics_with_a_scope_of_its_own_and_nothing_else(practice: Gateway) -> None:
    assert get(practice, "metrics", "token-prometheus").status_code == 200
    assert get(practice, "usage", "token-prometheus").status_code == 403
    assert get(practice, "v1/models", "token-prometheus").status_code == 403


def test_metrics_count_by_kind_model_and_outcome_and_name_nobody(used: Gateway) -> None:
    text = get(used, "metrics").text
    samples = {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }

    def of(name: str, **labels: str) -> float:
        return samples[(f"hocai_ai_{name}", *sorted(labels.items()))]

    assert of("requests_total", kind="chat", model="test-model", outcome="ok") == 2
    assert of("requests_total", kind="chat", model="ai-luyen-tap", outcome="ok") == 1
    assert of("requests_total", kind="chat", model="ai-luyen-tap", outcome="fallback") == 1
    assert of("requests_total", kind="chat", model="test-model", outcome="upstream_failed") == 1
    assert of("tokens_total", kind="chat", model="test-model", way="out") == 18
    assert of("cost_vnd_total", kind="chat", model="test-model") == 18
    assert of("request_seconds_count", kind="chat") == 5
    assert of("in_flight") == of("waiting") == 0
    assert "hoa" not in text and "binh" not in text and f'"{CLASS}"' not in text
