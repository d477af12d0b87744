"""Over HTTP: what reaches an endpoint outside under each policy, and what the learner is told."""

from pathlib import Path
from typing import Any

import openai
import pytest
from gateway_run import Gateway
from openai_server import OpenAIServer
from outside_run import ID, MAIL, MASKED, PHONE, PROMPT, outside, said, sent

SECRETS = (PHONE, ID, MAIL)


@pytest.fixture
def policy(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", "warn"))


@pytest.fixture
def running(tmp_path: Path, hub_api: str, model: OpenAIServer, policy: str) -> Any:
    with outside(tmp_path / "outside", hub_api, (model, True), HOCAI_AI_PERSONAL_DATA=policy) as gateway:
        yield gateway


def refused(running: Gateway, *messages: Any, **headers: str) -> dict[str, Any]:
    with pytest.raises(openai.UnprocessableEntityError) as caught:
        said(running, *messages, **headers)
    assert caught.value.code == "personal_data"
    return dict(caught.value.body)  # type: ignore[call-overload, no-any-return]


def test_a_warning_says_what_was_noticed_where_and_nothing_leaves(running: Gateway, model: OpenAIServer) -> None:
    error = refused(running, PROMPT)
    assert model.requests == []
    assert [(f["kind"], f["label"], PROMPT[f["start"] : f["end"]], f["place"]) for f in error["findings"]] == [
        ("phone", "số điện thoại", PHONE, "messages.0.content"),
        ("citizen_id", "số căn cước", ID, "messages.0.content"),
        ("email", "địa chỉ email", MAIL, "messages.0.content"),
    ]
    assert (error["masked"], error["choices"]) == (MASKED, ["mask", "send"])
    assert "số điện thoại, số căn cước, địa chỉ email" in error["message"]
    assert not any(secret in error["message"] for secret in SECRETS)


@pytest.mark.parametrize("stream", [False, True])
def test_told_to_mask_the_gateway_sends_masks_and_says_so(running: Gateway, model: OpenAIServer, stream: bool) -> None:
    client = running.client(X_Hocai_Personal_Data="mask")
    answer: Any = client.chat.completions.create(
        model="", messages=[{"role": "user", "content": PROMPT}], stream=stream
    )
    first = next(iter(answer)) if stream else answer
    assert model.requests[0].body["messages"] == [{"role": "user", "content": MASKED}]
    assert first.hocai["masked"] == ["phone", "citizen_id", "email"]
    assert not any(secret in sent(model) for secret in SECRETS)


def test_after_a_warning_the_learner_may_send_it_as_it_is(running: Gateway, model: OpenAIServer) -> None:
    answer = said(running, PROMPT, X_Hocai_Personal_Data="send")
    assert model.requests[0].body["messages"][0]["content"] == PROMPT
    assert "masked" not in answer.hocai


@pytest.mark.parametrize("policy", ["block"], indirect=True)
def test_where_it_is_blocked_only_masks_leave(running: Gateway, model: OpenAIServer) -> None:
    for wish in ("", "send"):
        assert refused(running, PROMPT, X_Hocai_Personal_Data=wish)["choices"] == ["mask"]
    assert model.requests == []
    said(running, PROMPT, X_Hocai_Personal_Data="mask")
    assert model.requests[0].body["messages"][0]["content"] == MASKED


@pytest.mark.parametrize("policy", ["mask"], indirect=True)
def test_where_it_is_masked_nobody_is_asked(running: Gateway, model: OpenAIServer) -> None:
    for wish in ("", "send", "nonsense"):
        assert said(running, PROMPT, X_Hocai_Personal_Data=wish).hocai["masked"] == ["phone", "citizen_id", "email"]
    assert not any(secret in sent(model) for secret in SECRETS)


def test_what_holds_nothing_personal_goes_as_it_is(running: Gateway, model: OpenAIServer) -> None:
    text = "Thông báo số 137/KH-UBND: 19 giờ 30 ngày 12/03/2027, mỗi hộ góp 150.000 đồng."
    assert "masked" not in said(running, text).hocai
    assert model.requests[0].body["messages"][0]["content"] == text


CALL = {"id": "c1", "type": "function", "function": {"name": "look", "arguments": f'{{"id": "{ID}"}}'}}
EVERYWHERE: dict[str, list[dict[str, Any]]] = {
    "system": [{"role": "system", "content": ID}],
    "earlier": [{"role": "user", "content": ID}, {"role": "assistant", "content": "Vâng."}],
    "assistant": [{"role": "assistant", "content": f"Số của bạn là {ID}."}],
    "part": [{"role": "user", "content": [{"type": "text", "text": "Xem:"}, {"type": "text", "text": ID}]}],
    "called tool": [{"role": "assistant", "tool_calls": [CALL]}, {"role": "tool", "tool_call_id": "c1", "content": ""}],
    "tool's answer": [
        {"role": "assistant", "tool_calls": [{**CALL, "function": {"name": "look", "arguments": "{}"}}]},
        {"role": "tool", "tool_call_id": "c1", "content": ID},
    ],
    "unseen characters": [{"role": "user", "content": "\u200b".join(ID)}],
    "full width": [{"role": "user", "content": "００１０９９０１２３４５"}],
}


@pytest.mark.parametrize("where", EVERYWHERE)
def test_every_text_of_a_request_is_looked_through(running: Gateway, model: OpenAIServer, where: str) -> None:
    messages = EVERYWHERE[where]
    error = refused(running, *messages, "Viết lại.")
    assert [finding["kind"] for finding in error["findings"]] == ["citizen_id"]
    assert (model.requests, error["masked"]) == ([], "Viết lại.")
    said(running, *messages, "Viết lại.", X_Hocai_Personal_Data="mask")
    assert "[SỐ CĂN CƯỚC]" in sent(model)
    assert ID not in sent(model)
    assert all(secret not in sent(model) for secret in ("\u200b", "００１"))


def test_names_within_the_protocol_and_pictures_stay_as_they_are(running: Gateway, model: OpenAIServer) -> None:
    call = {**CALL, "id": PHONE, "function": {"name": "look", "arguments": "{}"}}
    picture = {"type": "image_url", "image_url": {"url": f"data:image/png;base64,/{ID}/"}}
    messages = [
        {"role": "assistant", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": PHONE, "content": "xong"},
        {"role": "user", "content": [{"type": "text", "text": "Xem ảnh."}, picture]},
    ]
    said(running, *messages)
    assert model.requests[0].body["messages"] == messages
