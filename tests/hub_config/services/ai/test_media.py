"""Pictures, speech and transcriptions, through the real openai client over HTTP."""

import base64
from typing import Any
from urllib.parse import unquote

import httpx
import openai
import pytest
from gateway_run import KEY, Gateway
from model_media import PNG, SOUND
from openai_server import Behaviour, OpenAIServer

from hub_config.services.ai.wording import PRACTICE_LABEL

POSTER = "Áp phích dọc mời bà con họp xóm, có nhà văn hóa và cờ, màu đỏ, chữ “Họp xóm”"
SENTENCE = "Mời bà con họp xóm lúc 19 giờ."
PRACTICE = {"label": PRACTICE_LABEL, "practice": True, "fallback": False}


def extra(answer: Any) -> Any:
    return answer.model_extra["hocai"]


def label_of(headers: httpx.Headers) -> dict[str, object]:
    practice, fallback = (headers[f"x-hocai-{name}"] == "true" for name in ("practice", "fallback"))
    return {"label": unquote(headers["x-hocai-label"]), "practice": practice, "fallback": fallback}


def spoken(gateway: Gateway, form: Any = "wav", text: str = SENTENCE) -> httpx.Response:
    raw = gateway.client().audio.speech.with_raw_response.create(
        model="auto", voice="alloy", input=text, response_format=form
    )
    return raw.http_response


# --- the practice AI
def test_the_practice_ai_draws_and_says_what(practice: Gateway) -> None:
    answer = practice.client().images.generate(model="auto", prompt=POSTER, size="1024x1536")
    again = practice.client().images.generate(prompt=POSTER, size="1024x1536")
    assert answer.data and again.data
    drawn = base64.b64decode(answer.data[0].b64_json or "")
    assert drawn.startswith(b"\x89PNG") and drawn == base64.b64decode(again.data[0].b64_json or "")
    assert int.from_bytes(drawn[16:20], "big") == 1024 and int.from_bytes(drawn[20:24], "big") == 1536
    assert "nhà văn hóa" in (answer.data[0].revised_prompt or "")
    assert extra(answer) == PRACTICE


def test_the_practice_ai_speaks_and_writes_its_own_words_down(practice: Gateway) -> None:
    sound = spoken(practice)
    assert (sound.headers["content-type"], sound.content[:4]) == ("audio/wav", b"RIFF")
    assert label_of(sound.headers) == PRACTICE
    client = practice.client().audio.transcriptions
    told = client.create(model="auto", file=("a.wav", sound.content))
    assert told.text == SENTENCE and extra(told) == PRACTICE
    assert client.create(model="auto", file=("a.wav", sound.content), response_format="text") == SENTENCE + "\n"
    srt = client.create(model="auto", file=("a.wav", sound.content), response_format="srt")
    assert srt.startswith("1\n00:00:00,000 --> 00:00:0") and SENTENCE in srt
    long = client.create(model="auto", file=("a.wav", sound.content), response_format="verbose_json")
    assert long.duration > 1 and long.language == "vi"


def test_the_practice_ai_looks_at_a_picture(practice: Gateway) -> None:
    drawn = practice.client().images.generate(prompt=POSTER, size="512x512").data
    assert drawn
    url = f"data:image/png;base64,{drawn[0].b64_json}"
    content: Any = [
        {"type": "text", "text": "Trong ảnh có gì?"},
        {"type": "image_url", "image_url": {"url": url}},
    ]
    said = practice.client().chat.completions.create(model="", messages=[{"role": "user", "content": content}])
    assert "512" in str(said.choices[0].message.content)


@pytest.mark.parametrize("what", ["sound", "picture", "size", "form", "schema"])
def test_what_the_practice_ai_cannot_it_says_in_a_sentence(practice: Gateway, what: str) -> None:
    client = practice.client()
    url = {"url": "data:image/png;base64," + base64.b64encode(b"no picture").decode()}
    content: Any = [{"type": "image_url", "image_url": url}]
    schema: Any = {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "string", "pattern": "^z$"}}}
    tries = {
        "sound": lambda: client.audio.transcriptions.create(model="", file=("a.wav", b"RIFF no sound")),
        "picture": lambda: client.chat.completions.create(model="", messages=[{"role": "user", "content": content}]),
        "size": lambda: client.images.generate(prompt=POSTER, size="333x77"),  # type: ignore[call-overload]
        "form": lambda: client.audio.speech.create(model="", voice="alloy", input="Chào", response_format="opus"),
        "schema": lambda: client.chat.completions.create(
            model="", messages=[{"role": "user", "content": "Chào"}], response_format=schema
        ),
    }
    with pytest.raises(openai.UnprocessableEntityError) as caught:
        tries[what]()
    assert caught.value.code == "practice_cannot"
    assert str(caught.value.body["message"]).endswith((".", "nhé."))  # type: ignore[index]


# --- models
def test_a_model_draws_and_the_picture_comes_in_the_answer(kinds: Gateway, model: OpenAIServer) -> None:
    answer = kinds.client().images.generate(model="auto", prompt=POSTER)
    assert answer.data and base64.b64decode(answer.data[0].b64_json or "") == PNG
    assert extra(answer) == {"label": "pic", "practice": False, "fallback": False}
    assert model.requests[0].body == {"model": "pic", "prompt": POSTER, "n": 1, "response_format": "b64_json"}


def test_a_model_speaks_and_its_sound_is_passed_through(kinds: Gateway, model: OpenAIServer) -> None:
    sound = spoken(kinds, "mp3")
    assert (sound.content, sound.headers["content-type"]) == (SOUND, "audio/mpeg")
    assert label_of(sound.headers) == {"label": "say", "practice": False, "fallback": False}
    assert model.requests[0].body == {
        "model": "say", "input": SENTENCE, "voice": "alloy", "response_format": "mp3", "speed": 1.0,
    }  # fmt: skip


def test_a_model_writes_down_and_is_not_told_the_files_name(kinds: Gateway, model: OpenAIServer) -> None:
    big = b"RIFF" + bytes(range(256)) * 8192  # more than is kept in memory
    asking = kinds.client().audio.transcriptions
    told = asking.create(model="auto", file=("Giọng chị Hoa.WAV", big), language="vi", prompt="họp xóm")
    assert told.text == model.reply and extra(told)["label"] == "hear"
    asked = model.requests[0].body
    assert asked == {"model": "hear", "language": "vi", "prompt": "họp xóm", "file": big}
    assert model.requests[0].authorization == f"Bearer {KEY}"


@pytest.mark.parametrize("how", ["hang", "error", "nonsense", "bad_key"])
def test_when_the_model_fails_learners_get_the_practice_ai_and_services_the_error(
    kinds: Gateway, model: OpenAIServer, how: Behaviour
) -> None:
    model.behaviour = how
    assert extra(kinds.client().images.generate(prompt=POSTER, size="512x512")) == {**PRACTICE, "fallback": True}
    assert label_of(spoken(kinds).headers) == {**PRACTICE, "fallback": True}
    with pytest.raises(openai.InternalServerError) as caught:
        kinds.client("token-campus").audio.speech.create(model="", voice="alloy", input="Chào")
    assert str(caught.value.code).startswith("upstream_")


def test_a_file_is_sent_again_from_its_start_after_a_passing_fault(kinds: Gateway, model: OpenAIServer) -> None:
    model.script = ["error", "normal"]
    kinds.client().audio.transcriptions.create(model="auto", file=("a.wav", b"RIFF 12345"))
    assert [asked.body["file"] for asked in model.requests] == [b"RIFF 12345"] * 2


def test_sound_that_breaks_off_never_looks_whole(kinds: Gateway, model: OpenAIServer) -> None:
    model.behaviour = "half_stream"
    with pytest.raises(openai.APIConnectionError):
        spoken(kinds, "mp3")


@pytest.mark.parametrize("route", ["images/generations", "audio/speech", "embeddings"])
def test_a_client_that_leaves_ends_the_request_to_the_model(kinds: Gateway, model: OpenAIServer, route: str) -> None:
    model.behaviour = "hang"
    body = {"prompt": POSTER, "input": "Chào"}
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{kinds.url}/v1/{route}", json=body, headers={"Authorization": "Bearer token-hoa"}, timeout=0.4)
    assert model.cancelled.wait(1.4), "the model still works on it"


# --- broken requests
@pytest.mark.parametrize(
    ("route", "body", "param"),
    [
        ("images/generations", {"prompt": ""}, "prompt"),
        ("images/generations", {"prompt": "x", "n": 10}, "n"),
        ("images/generations", {"prompt": "x", "size": "wide"}, "size"),
        ("images/generations", {"prompt": "x", "response_format": "url"}, "response_format"),
        ("audio/speech", {"input": "x" * 4097}, "input"),
        ("audio/speech", {"input": "x", "speed": 9}, "speed"),
        ("audio/speech", {"input": "x", "response_format": "exe"}, "response_format"),
        ("audio/transcriptions", {"input": "x"}, "file"),
    ],
)
def test_what_is_wrong_is_named(practice: Gateway, route: str, body: dict[str, Any], param: str) -> None:
    answer = httpx.post(f"{practice.url}/v1/{route}", json=body, headers={"Authorization": "Bearer token-hoa"})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["param"]) == (400, "invalid_request", param)


BOUNDARY = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\nRIFF'


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (BOUNDARY, "multipart/form-data; boundary=x", 400, None),
        (b"\x00\xff" * 50, "multipart/form-data; boundary=x", 400, "broken_upload"),
        (b"RIFF", "multipart/form-data", 400, "broken_upload"),
        (b"file=RIFF", "application/x-www-form-urlencoded", 400, "invalid_request"),
        (BOUNDARY + b"\r\n" + BOUNDARY + b"\r\n--x--", "multipart/form-data; boundary=x", 400, "broken_upload"),
        (BOUNDARY + b"." * (26 * 2**20) + b"\r\n--x--", "multipart/form-data; boundary=x", 413, "too_large"),
    ],
    ids=["cut", "noise", "no boundary", "no form", "two files", "26 MB"],
)
def test_broken_uploads_are_refused(practice: Gateway, content: bytes, kind: str, status: int, code: str) -> None:
    headers = {"Authorization": "Bearer token-hoa", "Content-Type": kind}
    answer = httpx.post(f"{practice.url}/v1/audio/transcriptions", content=content, headers=headers)
    assert answer.status_code == status
    assert code in (None, answer.json()["error"]["code"])
