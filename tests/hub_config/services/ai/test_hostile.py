"""Bodies and endpoints that mean ill, over HTTP: each has its answer in OpenAI's shape and a calm sentence."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from gateway_run import KEY, Gateway, gateway
from openai_server import Behaviour, OpenAIServer

from hub_config.services.ai import events, upstream
from hub_config.services.ai.wording import ERRORS, PRACTICE_LABEL


def ask(running: Gateway, token: str = "token-hoa", **more: Any) -> httpx.Response:
    body = {"messages": [{"role": "user", "content": "Chào"}], **more}
    return httpx.post(
        f"{running.url}/v1/chat/completions", json=body, headers={"Authorization": f"Bearer {token}"}, timeout=30
    )


def last_event(answer: httpx.Response) -> Any:
    assert answer.status_code == 200 and "[DONE]" not in answer.text
    return json.loads(answer.text.strip().splitlines()[-1].removeprefix("data: "))


# --- bodies
def nested(depth: int) -> bytes:
    return b'{"messages": [{"role": "user", "content": "x"}], "tools": [{"a": ' + b"[" * depth + b"]" * depth + b"}]}"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"messages": [{"role": "user", "content": "' + b"dai " * 500_000 + b'"}]}', 413, "too_large"),
        (b'{"messages": [{"role": "user", "content": "' + b"x" * 2_000_000 + b'"}]}', 413, "too_large"),
        (b'{"messages": [' + b"0," * 1_000_000 + b"0]}", 413, "too_large"),
        (b" " * 9_000_000, 413, "too_large"),
        (nested(100_000), 400, "invalid_request"),
        (nested(500), 400, "invalid_request"),
        (b'{"messages": [{"role": "user", "content": "\xc3\x28"}]}', 400, "broken_text"),
        (b'{"messages": [{"role": "user", "content": "ch\xe0o"}]}', 400, "broken_text"),
        (b"\xff\xfe{\x00}\x00", 400, "broken_text"),
        (b"", 400, "invalid_request"),
        (b"null", 400, "invalid_request"),
        (b'{"messages": [{"role": "user", "content": "x"}], "temperature": 1e999}', 400, "invalid_request"),
        (b'{"messages": [{"role": "user", "content": "x"}], "seed": ' + b"9" * 5000 + b"}", 400, "invalid_request"),
    ],
    ids=["2 MB of words", "2 MB of one letter", "a million numbers", "9 MB of nothing", "deep", "rather deep",
         "broken UTF-8", "Latin-1", "UTF-16", "nothing", "null", "infinite", "endless number"],
)  # fmt: skip
def test_a_body_that_is_none_is_refused_with_a_sentence(practice: Gateway, body: bytes, status: int, code: str) -> None:
    answer = practice.post(body)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert set(error) == {"message", "type", "param", "code"} and error["message"].endswith(".")
    assert ask(practice).json()["hocai"]["label"] == PRACTICE_LABEL, "it does not answer any more"


def test_a_picture_of_a_phone_is_no_prompt_that_is_too_long(kinds: Gateway, model: OpenAIServer) -> None:
    url = "data:image/jpeg;base64," + "abcd" * 700_000
    content = [{"type": "text", "text": "Đây là gì?"}, {"type": "image_url", "image_url": {"url": url}}]
    answer = ask(kinds, messages=[{"role": "user", "content": content}])
    assert answer.status_code == 200
    assert model.requests[0].body["messages"][0]["content"][1]["image_url"]["url"] == url


# --- endpoints
@pytest.fixture
def short(tmp_path: Path, hub_api: str, model: OpenAIServer) -> Any:
    """A gateway that waits 1 s for each piece of a stream and 2 s for all of it."""
    given = {"HOCAI_AI_BASE_URL": model.base_url, "HOCAI_AI_KEY": KEY, "HOCAI_AI_MODEL": "test-model"}
    with gateway(tmp_path / "short", hub_api, HOCAI_AI_TIMEOUT_S="1", HOCAI_AI_STREAM_S="2", **given) as running:
        yield running


def test_a_stream_without_end_is_cut(short: Gateway, model: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MAX_STREAM", 200_000)
    model.behaviour = "endless"
    answer = ask(short, stream=True)
    assert last_event(answer)["error"]["message"] == ERRORS["upstream_endless"]
    assert len(answer.content) < 600_000
    assert model.cancelled.wait(5), "the model still writes"


def test_a_stream_that_takes_for_ever_is_cut(short: Gateway, model: OpenAIServer) -> None:
    model.behaviour, model.delay_s, model.reply = "delay", 0.3, "từ " * 100
    answer = ask(short, stream=True)
    assert last_event(answer)["error"]["code"] == "upstream_endless"


@pytest.mark.parametrize("stream", [False, True])
def test_an_endpoint_that_drips_is_given_up_like_one_that_says_nothing(
    short: Gateway, model: OpenAIServer, stream: bool
) -> None:
    model.behaviour, model.delay_s = "drip", 0.3  # faster than the time-out of a read
    assert PRACTICE_LABEL in ask(short, stream=stream).text
    refused = ask(short, "token-campus", stream=stream)
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "upstream_timeout")


def test_an_answer_without_end_is_given_up(
    short: Gateway, model: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upstream, "MAX_ANSWER", 200_000)
    model.behaviour = "endless"
    refused = ask(short, "token-campus")
    assert (refused.status_code, refused.json()["error"]["code"]) == (502, "upstream_endless")
    assert ask(short).json()["hocai"]["practice"] is True


@pytest.mark.parametrize("how", ["half_stream", "early_end", "error_chunk"])
def test_a_stream_that_breaks_off_ends_with_an_error_event(short: Gateway, model: OpenAIServer, how: Behaviour) -> None:
    model.behaviour = how
    said = last_event(ask(short, stream=True))
    assert said["error"]["message"] in (ERRORS["upstream_cut"], ERRORS["upstream_nonsense"])
    assert said["hocai"]["label"] == "test-model"
