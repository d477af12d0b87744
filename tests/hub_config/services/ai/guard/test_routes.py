"""Over HTTP: the guard stands at every route, for whole replies, streams, sound and pictures alike."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gateway_run
import httpx
import openai
import pytest
from gateway_run import Gateway
from openai_server import OpenAIServer
from outside_run import MASKED, PHONE, PROMPT, outside, sent

ROUTES: dict[str, Callable[[openai.OpenAI], Any]] = {
    "embeddings": lambda c: c.embeddings.create(model="", input=["Xin chào", PROMPT], encoding_format="float"),
    "images": lambda c: c.images.generate(model="", prompt=PROMPT, response_format="b64_json"),
    "speech": lambda c: c.audio.speech.create(model="", voice="alloy", input=PROMPT),
    "transcriptions": lambda c: c.audio.transcriptions.create(model="", file=("hoa.wav", b"RIFF0000"), prompt=PROMPT),
}


@pytest.fixture
def running(tmp_path: Path, hub_api: str, model: OpenAIServer) -> Iterator[Gateway]:
    with outside(tmp_path / "outside", hub_api, (model, True)) as gateway:
        yield gateway


@pytest.mark.parametrize("route", ROUTES)
def test_no_route_lets_personal_data_out_unasked(running: Gateway, model: OpenAIServer, route: str) -> None:
    with pytest.raises(openai.UnprocessableEntityError) as caught:
        ROUTES[route](running.client())
    assert caught.value.code == "personal_data"
    assert model.requests == []
    ROUTES[route](running.client(X_Hocai_Personal_Data="mask"))
    assert MASKED in sent(model)
    assert PROMPT not in sent(model)
    model.requests.clear()
    ROUTES[route](running.client(X_Hocai_Personal_Data="send"))
    assert PROMPT in sent(model)


def test_a_masked_answer_without_json_says_so_in_its_headers(running: Gateway) -> None:
    client = running.client(X_Hocai_Personal_Data="mask")
    with client.audio.speech.with_streaming_response.create(model="", voice="alloy", input=PROMPT) as answer:
        assert answer.headers["x-hocai-masked"] == "phone,citizen_id,email"


def test_a_refused_request_may_come_again_with_the_same_idempotency_key(running: Gateway, model: OpenAIServer) -> None:
    keyed = {"extra_headers": {"Idempotency-Key": "k-1"}}
    for wish in ("", "mask", "mask"):
        client = running.client(X_Hocai_Personal_Data=wish)
        ask: Any = client.chat.completions.create
        try:
            ask(model="", messages=[{"role": "user", "content": PROMPT}], **keyed)
        except openai.UnprocessableEntityError:
            assert wish == ""
    assert [asked.body["messages"][0]["content"] for asked in model.requests] == [MASKED]


def test_a_talk_with_the_coach_is_looked_through_but_not_what_the_lesson_says_in_it(
    tmp_path: Path, hub_api: str, model: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = gateway_run.LESSON_TOML.replace("Họp {{day|weekday}}", "Gọi 0987 654 321. Họp")
    monkeypatch.setattr(gateway_run, "LESSON_TOML", lesson)
    model.respond = lambda body: "Bạn đã ghi giờ họp ở đâu?"
    with outside(tmp_path / "coach", hub_api, (model, True)) as running:
        headers = {"Authorization": "Bearer token-hoa", "X-Hocai-Exercise": "text.small/notice"}

        def asked(message: str, **more: str) -> httpx.Response:
            body = {"message": message, "answer": {"prompt": "Gọi 0987654321", "final": ""}, "history": []}
            return httpx.post(f"{running.url}/v1/coach", json=body, headers={**headers, **more}, timeout=30)

        assert asked("Tôi nên thêm gì?").status_code == 200
        assert "0987 654 321" in sent(model)
        assert asked(f"Số tôi là {PHONE}").json()["error"]["code"] == "personal_data"
        reply = asked(f"Số tôi là {PHONE}", **{"X-Hocai-Personal-Data": "mask"}).json()
    assert reply["hocai"]["masked"] == ["phone"]
    assert "[SỐ ĐIỆN THOẠI]" in sent(model)
    assert PHONE not in sent(model)
