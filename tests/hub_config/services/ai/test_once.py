"""Requests that are sent again with the same Idempotency-Key, over HTTP."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from gateway_run import Gateway
from openai_server import OpenAIServer
from running_hub import until

from hub_config.services.ai import once


def ask(gateway: Gateway, key: str, text: str = "Chào", token: str = "token-hoa", **more: Any) -> httpx.Response:
    timeout = more.pop("timeout", 20)
    return httpx.post(
        f"{gateway.url}/v1/chat/completions",
        json={"messages": [{"role": "user", "content": text}], **more},
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": key},
        timeout=timeout,
    )


@pytest.mark.parametrize("stream", [False, True])
def test_the_same_request_is_answered_again_and_asked_once(
    connected: Gateway, model: OpenAIServer, stream: bool
) -> None:
    first = ask(connected, "k1", stream=stream)
    again = ask(connected, "k1", stream=stream)
    assert first.status_code == again.status_code == 200
    assert first.text == again.text and model.reply.split()[0] in again.text
    assert first.headers["content-type"] == again.headers["content-type"]
    assert ("idempotent-replayed" in first.headers, again.headers["idempotent-replayed"]) == (False, "true")
    assert len(model.requests) == 1


def test_another_key_another_person_and_no_key_are_asked_anew(connected: Gateway, model: OpenAIServer) -> None:
    ask(connected, "k1")
    ask(connected, "k2")
    ask(connected, "k1", token="token-binh")
    for _ in range(2):
        connected.client().chat.completions.create(model="", messages=[{"role": "user", "content": "Chào"}])
    assert len(model.requests) == 5


def test_a_key_is_good_for_one_request_only(connected: Gateway) -> None:
    ask(connected, "k1")
    other = ask(connected, "k1", "Chào buổi tối")
    assert (other.status_code, other.json()["error"]["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize("key", ["x" * 201, "a\tb"])
def test_a_key_that_is_none_is_refused(connected: Gateway, key: str) -> None:
    refused = ask(connected, key)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "bad_idempotency_key")


def test_many_at_once_get_one_answer(connected: Gateway, model: OpenAIServer) -> None:
    model.behaviour, model.delay_s = "delay", 0.3
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(connected, "k1").text, range(8)))
    assert len(set(answers)) == 1
    assert len(model.requests) == 1


def test_while_the_first_still_runs_long_the_second_is_told_when_to_come_back(
    connected: Gateway, model: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "WAIT_S", 0.1)
    model.behaviour, model.delay_s = "delay", 1.0
    first = threading.Thread(target=ask, args=(connected, "k1"))
    first.start()
    until(lambda: model.requests)
    waiting, other = ask(connected, "k1"), ask(connected, "k1", "Khác")
    first.join()
    assert (waiting.status_code, waiting.json()["error"]["code"]) == (409, "still_answering")
    assert waiting.headers["retry-after"] == "5"
    assert other.json()["error"]["code"] == "idempotency_key_reused"


def test_an_answer_that_was_lost_on_the_way_is_there_when_asked_again(connected: Gateway, model: OpenAIServer) -> None:
    model.behaviour, model.delay_s = "delay", 0.6
    with pytest.raises(httpx.ReadTimeout):
        ask(connected, "k1", timeout=0.2)
    assert model.reply in ask(connected, "k1").json()["choices"][0]["message"]["content"]
    assert len(model.requests) == 1


@pytest.mark.parametrize("how", ["half_stream", "bad_request"])
def test_what_went_wrong_is_not_kept(connected: Gateway, model: OpenAIServer, how: Any) -> None:
    model.script = [how]
    failed = ask(connected, "k1", stream=True)
    assert '"error"' in failed.text
    assert model.reply.split()[-1] in ask(connected, "k1", stream=True).text
    assert len(model.requests) == 2


def test_kept_answers_are_deleted_after_their_time(
    connected: Gateway, model: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(connected, "k1")
    monkeypatch.setattr(once, "KEPT_S", 0)
    ask(connected, "k1")
    assert len(model.requests) == 2, "it was answered with what should be gone"
    ask(connected, "k2")
    with sqlite3.connect(connected.settings.ai_database) as kept:
        assert kept.execute("SELECT count(*) FROM answer").fetchone() == (1,)
