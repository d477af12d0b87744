"""What a real endpoint is told of an exercise's material: all of it where it is attached, nothing elsewhere."""

import json
from pathlib import Path
from typing import Any

import openai
import pytest
from gateway_run import LEARNER, Gateway, gateway
from openai.types.chat import ChatCompletionMessageParam
from openai_server import OpenAIServer

from course.lesson import Block, Exercise, Passage
from hub_config.services.ai.attached import attached_document

ASK: list[ChatCompletionMessageParam] = [
    {"role": "system", "content": "Trả lời ngắn."},
    {"role": "user", "content": "Tóm tắt tài liệu đính kèm trong năm dòng."},
]
DOCUMENT = """=== BẮT ĐẦU TÀI LIỆU ĐÍNH KÈM ===
Thông báo 12/03/2027
Họp tại nhà văn hóa xóm.

Mức góp
Hộ | Đồng
Thường | 150.000

Cần báo
- mang theo sổ
=== HẾT TÀI LIỆU ĐÍNH KÈM ==="""


def ask(
    running: Gateway, exercise: str, *, model: str = "", token: str = LEARNER, stream: bool = False, most: int = 500
) -> Any:
    client = running.client(token, X_Hocai_Exercise=exercise)
    answer = client.chat.completions.create(model=model, messages=ASK, stream=stream, max_tokens=most)
    return list(answer) if stream else answer


@pytest.mark.parametrize("stream", [False, True])
def test_an_attached_document_goes_before_the_learners_messages(
    connected: Gateway, model: OpenAIServer, stream: bool
) -> None:
    ask(connected, "text.small/five_lines", stream=stream)
    document, *rest = model.requests[0].body["messages"]
    assert rest == ASK
    assert document["role"] == "system"
    assert document["content"].endswith(DOCUMENT)
    assert "đính kèm" in document["content"].removesuffix(DOCUMENT)
    assert "bà L." not in json.dumps(model.requests[0].body, ensure_ascii=False)


def test_elsewhere_the_model_knows_only_what_the_learner_says(connected: Gateway, model: OpenAIServer) -> None:
    ask(connected, "text.small/notice")
    connected.client().chat.completions.create(model="", messages=ASK)
    ask(connected, "text.small/five_lines", token="token-campus")
    assert [asked.body["messages"] for asked in model.requests] == [ASK, ASK, ASK]


def test_the_practice_ai_is_told_nothing(connected: Gateway, model: OpenAIServer) -> None:
    tokens = [
        ask(connected, exercise, model="ai-luyen-tap").usage.prompt_tokens
        for exercise in ("text.small/five_lines", "text.small/notice")
    ]
    assert model.requests == []
    assert tokens[0] == tokens[1]


def test_a_document_that_no_model_read_is_not_counted(connected: Gateway, model: OpenAIServer) -> None:
    model.behaviour = "error"  # so the practice AI answers
    fallen_back = ask(connected, "text.small/five_lines").usage.prompt_tokens
    assert fallen_back == ask(connected, "text.small/notice").usage.prompt_tokens


def test_the_quota_is_reserved_for_the_document_too(tmp_path: Path, hub_api: str, model: OpenAIServer) -> None:
    settings = {"HOCAI_AI_BASE_URL": model.base_url, "HOCAI_AI_MODEL": "test-model", "HOCAI_AI_DAILY_TOKENS": "200"}
    with gateway(tmp_path / "scarce", hub_api, **settings) as scarce:
        with pytest.raises(openai.RateLimitError):
            ask(scarce, "text.small/five_lines", model="test-model", most=50)
        ask(scarce, "text.small/notice", model="test-model", most=50)


def test_passages_go_with_their_tags_and_nothing_to_read_is_no_document() -> None:
    bare = Exercise(id="x", kind="prompt", title="t", ask="a", skill="s", difficulty=1, attached=True)
    assert attached_document(bare) == ""
    source = Block(kind="text", title="Nguồn", passages=(Passage(id="1a", text="Họp lúc 20 giờ."),))
    assert "Nguồn\n[1a] Họp lúc 20 giờ." in attached_document(bare.model_copy(update={"material": (source,)}))
    private = Block(kind="card", private=("bà L.",))
    assert attached_document(bare.model_copy(update={"material": (private,)})) == ""
    assert (
        attached_document(bare.model_copy(update={"attached": False, "material": (Block(kind="text", text="x"),)}))
        == ""
    )
