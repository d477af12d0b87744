"""The gateway in front of a real endpoint that misbehaves."""

import json
from typing import Any

import httpx
import openai
import pytest
from gateway_run import KEY, Gateway
from openai.types.chat import ChatCompletionMessageParam
from openai_server import Behaviour, OpenAIServer
from running_hub import until

from hub_config.services.ai.practice.wording import CANNOT
from hub_config.services.ai.wording import ERRORS

ASK: list[ChatCompletionMessageParam] = [{"role": "user", "content": "Thủ đô của Pháp là gì?"}]
LABEL = {"label": "test-model", "practice": False, "fallback": False}
BEFORE_THE_FIRST_BYTE = ["refuse", "hang", "nonsense", "rate_limit", "error", "bad_key"]
CODES = {
    "refuse": (503, "upstream_unreachable"),
    "hang": (503, "upstream_timeout"),
    "nonsense": (502, "upstream_nonsense"),
    "rate_limit": (503, "upstream_busy"),
    "error": (502, "upstream_failed"),
    "bad_key": (502, "upstream_refused"),
}


def misbehave(model: OpenAIServer, how: str) -> None:
    model.retry_after = "0"
    if how == "refuse":
        model.refuse()
    else:
        model.behaviour = how  # type: ignore[assignment]


def label(answer: Any) -> Any:
    return answer.model_extra["hocai"]


def test_the_model_answers_under_its_own_name_and_gets_the_key(connected: Gateway, model: OpenAIServer) -> None:
    answer = connected.client().chat.completions.create(
        model="test-model", messages=ASK, user="hoa", max_tokens=100_000, temperature=0.2
    )
    assert (answer.choices[0].message.content, label(answer)) == (model.reply, LABEL)
    asked = model.requests[0]
    assert asked.authorization == f"Bearer {KEY}"
    assert asked.body["model"] == "test-model"
    assert asked.body["messages"] == ASK
    assert asked.body["max_tokens"] == 4096
    assert "user" not in asked.body and "token-hoa" not in json.dumps(asked.headers)


def test_a_stream_of_the_model_is_passed_on(connected: Gateway, model: OpenAIServer) -> None:
    chunks = list(connected.client().chat.completions.create(model="", messages=ASK, stream=True))
    assert "".join(c.choices[0].delta.content or "" for c in chunks) == model.reply
    assert all(label(chunk) == LABEL for chunk in chunks)


def test_the_practice_ai_can_be_asked_for_by_name(connected: Gateway, model: OpenAIServer) -> None:
    answer = connected.client().chat.completions.create(model="ai-luyen-tap", messages=ASK)
    assert label(answer)["practice"] is True
    assert model.requests == []


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("how", BEFORE_THE_FIRST_BYTE)
def test_a_learner_gets_the_practice_ai_when_the_model_fails(
    connected: Gateway, model: OpenAIServer, how: str, stream: bool
) -> None:
    misbehave(model, how)
    answer = connected.client().chat.completions.create(model="", messages=ASK, stream=stream)
    if isinstance(answer, openai.Stream):
        chunks = list(answer)
        assert "".join(c.choices[0].delta.content or "" for c in chunks) == CANNOT
        assert all(label(chunk)["practice"] is True for chunk in chunks)
    else:
        assert answer.choices[0].message.content == CANNOT
        assert label(answer)["practice"] is True


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("how", BEFORE_THE_FIRST_BYTE)
def test_a_service_gets_the_error_so_that_its_grading_waits(
    connected: Gateway, model: OpenAIServer, how: str, stream: bool
) -> None:
    misbehave(model, how)
    with pytest.raises(openai.InternalServerError) as caught:
        connected.client("token-campus").chat.completions.create(model="", messages=ASK, stream=stream)
    assert (caught.value.status_code, caught.value.code) == CODES[how]
    assert KEY not in caught.value.response.text


def test_a_service_never_gets_the_practice_ai(practice: Gateway) -> None:
    for name in ("", "ai-luyen-tap"):
        with pytest.raises(openai.InternalServerError) as caught:
            practice.client("token-campus").chat.completions.create(model=name, messages=ASK)
        assert (caught.value.status_code, caught.value.code) == (503, "no_model")


@pytest.mark.parametrize("how", ["error", "rate_limit"])
def test_a_passing_fault_is_tried_again(connected: Gateway, model: OpenAIServer, how: Behaviour) -> None:
    model.retry_after = "0"
    model.script = [how, how, "normal"]
    answer = connected.client("token-campus").chat.completions.create(model="", messages=ASK)
    assert answer.choices[0].message.content == model.reply
    assert len(model.requests) == 3


def test_a_long_retry_after_is_handed_on_instead_of_waited_for(connected: Gateway, model: OpenAIServer) -> None:
    model.behaviour, model.retry_after = "rate_limit", "120"
    with pytest.raises(openai.InternalServerError) as caught:
        connected.client("token-campus").chat.completions.create(model="", messages=ASK)
    assert caught.value.response.headers["retry-after"] == "120"
    assert len(model.requests) == 1


def test_a_request_that_the_model_rejects_is_the_askers_to_mend(connected: Gateway, model: OpenAIServer) -> None:
    model.behaviour = "bad_request"
    with pytest.raises(openai.BadRequestError) as caught:
        connected.client().chat.completions.create(model="", messages=ASK)
    assert caught.value.code == "upstream_rejected"
    assert len(model.requests) == 1


def test_a_model_that_wants_the_other_name_of_the_limit_gets_it(connected: Gateway, model: OpenAIServer) -> None:
    model.behaviour = "other_limit"
    for _ in range(2):
        answer = connected.client().chat.completions.create(model="", messages=ASK, max_tokens=50)
        assert label(answer) == LABEL
    assert ["max_tokens" in asked.body for asked in model.requests] == [True, False, False]
    assert model.requests[-1].body["max_completion_tokens"] == 50


@pytest.mark.parametrize("how", ["half_stream", "early_end", "error_chunk"])
def test_half_a_stream_ends_with_an_error_and_never_with_done(
    connected: Gateway, model: OpenAIServer, how: Behaviour
) -> None:
    model.behaviour = how
    with pytest.raises(openai.APIError) as caught:
        list(connected.client().chat.completions.create(model="", messages=ASK, stream=True))
    assert caught.value.message in (ERRORS["upstream_cut"], ERRORS["upstream_nonsense"])
    text = connected.post(json.dumps({"messages": ASK, "stream": True}).encode()).text
    assert "[DONE]" not in text
    assert '"content": "Đây"' in text and '"error"' in text.strip().splitlines()[-1]


def test_content_is_the_askers_to_read_even_when_it_is_broken(connected: Gateway, model: OpenAIServer) -> None:
    model.behaviour = "bad_content"
    answer = connected.client("token-campus").chat.completions.create(model="", messages=ASK)
    assert str(answer.choices[0].message.content).endswith("cut he")


@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_leaves_ends_the_request_to_the_model(
    connected: Gateway, model: OpenAIServer, stream: bool
) -> None:
    model.behaviour = "hang"
    body = {"messages": ASK, "stream": stream}
    headers = {"Authorization": "Bearer token-hoa"}
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{connected.url}/v1/chat/completions", json=body, headers=headers, timeout=0.5)
    until(model.cancelled.is_set, within_s=1.4, every_s=0.02)  # before the gateway's own 2 s are over
