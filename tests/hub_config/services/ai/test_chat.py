"""Through the real openai client, over real HTTP."""

import json
import sqlite3

import httpx
import openai
import pytest
from gateway_run import Gateway
from openai.types.chat import ChatCompletion, ChatCompletionChunk, ChatCompletionMessageParam

from hub_config.services.ai import database, record
from hub_config.services.ai.wording import PRACTICE_LABEL

ASK: list[ChatCompletionMessageParam] = [{"role": "user", "content": "Thủ đô của Pháp là gì?"}]
TABLE = "Xóm\tSố hộ\nNà Pồng\t120\nKhau Cút\t85\nTổng số hộ?"
NOTICE = "Viết thông báo gửi bà con trong xóm, họp ngày {day} tại {place}."


def hocai(answer: ChatCompletion | ChatCompletionChunk) -> dict[str, object]:
    assert answer.model_extra is not None
    found = answer.model_extra["hocai"]
    assert isinstance(found, dict)
    return found


def test_the_practice_ai_answers_under_its_label(practice: Gateway) -> None:
    answer = practice.client().chat.completions.create(model="auto", messages=[{"role": "user", "content": TABLE}])
    assert "205" in str(answer.choices[0].message.content)
    label = {"label": PRACTICE_LABEL, "practice": True, "fallback": False}
    assert (answer.model, hocai(answer)) == ("ai-luyen-tap", label)
    assert answer.usage is not None and answer.usage.total_tokens > answer.usage.prompt_tokens > 0


def test_a_stream_says_the_same_in_pieces_each_with_the_label(practice: Gateway) -> None:
    ask: list[ChatCompletionMessageParam] = [{"role": "user", "content": TABLE}]
    whole = practice.client().chat.completions.create(model="", messages=ask).choices[0].message.content
    options = {"include_usage": True}
    chunks = list(
        practice.client().chat.completions.create(
            model="", messages=ask, stream=True, extra_body={"stream_options": options}
        )
    )
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices) == whole
    assert len(chunks) > 5
    assert all(hocai(chunk)["practice"] is True for chunk in chunks)
    assert chunks[-1].usage is not None and chunks[-2].choices[0].finish_reason == "stop"


def test_a_stream_ends_with_done_and_counts_tokens_only_when_asked(practice: Gateway) -> None:
    answer = practice.post(json.dumps({"messages": ASK, "stream": True}).encode())
    events = [line for line in answer.text.split("\n") if line]
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert events[-1] == "data: [DONE]"
    assert all(json.loads(event[6:])["choices"] for event in events[:-1])


def test_models_and_health(practice: Gateway, connected: Gateway) -> None:
    assert [m.id for m in practice.client().models.list()] == ["ai-luyen-tap"]
    assert [m.id for m in connected.client().models.list()] == ["test-model", "ai-luyen-tap"]
    assert httpx.get(f"{connected.url}/health").json() == {"status": "ok"}
    with pytest.raises(openai.AuthenticationError):
        practice.client("nobody").models.list()


def test_unknown_paths_answer_in_the_same_shape(practice: Gateway) -> None:
    error = httpx.get(f"{practice.url}/v1/embeddings").json()["error"]
    assert error["code"] == "not_found"
    assert httpx.get(practice.url.removesuffix("/services/ai") + "/v1/models").status_code == 404


@pytest.mark.parametrize(
    ("token", "status", "code"), [("wrong", 401, "unknown_token"), ("token-noscope", 403, "lacking_scope")]
)
def test_only_tokens_with_the_scope_are_let_in(practice: Gateway, token: str, status: int, code: str) -> None:
    with pytest.raises(openai.APIStatusError) as caught:
        practice.client(token).chat.completions.create(model="", messages=ASK)
    assert (caught.value.status_code, caught.value.code) == (status, code)
    assert str(caught.value.body["message"]).endswith(".")  # type: ignore[index]


def test_without_a_token_the_request_is_refused(practice: Gateway) -> None:
    answer = httpx.post(f"{practice.url}/v1/chat/completions", json={"messages": ASK})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "missing_token")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"messages": "hello"}', 400, "invalid_request"),
        (b'{"messages": []}', 400, "invalid_request"),
        (b'{"messages": [{"role": "king", "content": "x"}]}', 400, "invalid_request"),
        (b'{"messages": [{"role": "user", "content": "  "}]}', 400, "no_question"),
        (b'{"messages": [{"role": "user", "content": "\\ud800"}]}', 400, "invalid_request"),
        (b'{"messages": [{"role": "user", "content": "x"}], "max_tokens": 0}', 400, "invalid_request"),
        (b'{"messages": [{"role": "user", "content": "\xff\xfe"}]}', 400, "broken_text"),
        (b"not json", 400, "invalid_request"),
        (b'{"messages": [{"role": "user", "content": "' + b"x" * 262_144 + b'"}]}', 413, "too_large"),
        (
            b'{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "http://x/y"}}]}]}',
            400,
            "invalid_request",
        ),
    ],
)
def test_broken_requests_are_refused_with_a_sentence(practice: Gateway, body: bytes, status: int, code: str) -> None:
    answer = practice.post(body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert "{" not in answer.json()["error"]["message"]


def test_a_reply_stays_within_max_tokens(practice: Gateway) -> None:
    answer = practice.client().chat.completions.create(model="", messages=ASK, max_tokens=20)
    assert answer.choices[0].finish_reason == "length"
    assert answer.usage is not None and answer.usage.completion_tokens <= 20


def test_an_exercise_answers_by_its_fragments_drawn_for_the_learner(practice: Gateway) -> None:
    client = practice.client(X_Hocai_Exercise="text.small/notice")
    prompt = NOTICE.format(day="12/3/2027", place="nhà văn hóa xóm")
    full = client.chat.completions.create(model="", messages=[{"role": "user", "content": prompt}])
    assert str(full.choices[0].message.content).splitlines() == [
        "THÔNG BÁO",
        "Kính gửi: bà con trong xóm",
        "Thời gian: 12/3/2027",
        "Địa điểm: nhà văn hóa xóm",
        "Trân trọng.",
    ]
    bare = client.chat.completions.create(model="", messages=[{"role": "user", "content": "Viết thông báo họp."}])
    assert str(bare.choices[0].message.content).splitlines() == [
        "THÔNG BÁO",
        "Kính gửi: Quý vị",
        "Thời gian: sớm nhất có thể",
        "Trân trọng.",
    ]


def test_an_unknown_exercise_is_refused(practice: Gateway) -> None:
    for exercise in ("text.small/none", "nope", "text.small"):
        with pytest.raises(openai.NotFoundError) as caught:
            practice.client(X_Hocai_Exercise=exercise).chat.completions.create(model="", messages=ASK)
        assert caught.value.code == "unknown_exercise"


def test_a_fault_of_ours_is_an_error_in_the_same_shape(practice: Gateway) -> None:
    with sqlite3.connect(practice.settings.data / "campus.sqlite") as campus:
        campus.execute("DROP TABLE draw")
    with pytest.raises(openai.InternalServerError) as caught:
        practice.client(X_Hocai_Exercise="text.small/notice").chat.completions.create(model="", messages=ASK)
    assert (caught.value.status_code, caught.value.code) == (500, "internal")
    assert "draw" not in caught.value.response.text


def test_replies_of_an_exercise_are_recorded_for_graders(practice: Gateway) -> None:
    client = practice.client(X_Hocai_Exercise="text.small/notice")
    said = client.chat.completions.create(model="", messages=[{"role": "user", "content": " Viết thông báo họp.\n"}])
    practice.client().chat.completions.create(model="", messages=ASK)
    engine = database.connect(practice.settings.ai_database)
    kept = record.replies(engine, "hoa", "text.small/notice")
    assert [(k.reply, k.model, k.practice) for k in kept] == [(said.choices[0].message.content, "ai-luyen-tap", True)]
    assert kept[0].prompt_sha256 == record.prompt_sha256("Viết thông báo họp.")
    assert said.usage is not None and kept[0].tokens == said.usage.total_tokens
    assert kept[0].at.tzinfo is not None
    assert record.replies(engine, "binh", "text.small/notice") == record.replies(engine, "hoa", "") == []
