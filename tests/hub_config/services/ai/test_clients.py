"""Both official clients, Python's and npm's, with nothing but base URL and token, on every route."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from gateway_run import LEARNER, Gateway
from openai_server import OpenAIServer
from pydantic import BaseModel

from hub_config.node import find_node
from hub_config.services.ai.wording import PRACTICE_LABEL

SCRIPT = Path(__file__).with_name("openai_client.mjs")
PROJECT = Path(__file__).parents[4]
MESSAGES: Any = [{"role": "user", "content": "Thời tiết Nà Pồng thế nào?"}]


def by_npm(gateway: Gateway) -> dict[str, Any]:
    command = [find_node(), str(SCRIPT), f"{gateway.url}/v1", LEARNER]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    got: dict[str, Any] = json.loads(done.stdout)
    return got


def reply(body: dict[str, Any]) -> str:
    """Of a model that fits its reply to a schema."""
    return '{"xom": "Nà Pồng"}' if "response_format" in body else "Trời nắng."


def test_npms_client_in_front_of_a_model(kinds: Gateway, model: OpenAIServer) -> None:
    model.respond = reply
    got = by_npm(kinds)
    assert got["chat"] == ["Trời nắng.", {"label": "chat", "practice": False, "fallback": False}]
    assert (got["stream"], got["labels"]) == ("Trời nắng.", ["chat"])
    assert got["tool"] == {"name": "weather", "arguments": '{"xom": "Nà Pồng"}'}
    assert json.loads(got["filled"]) == {"xom": "Nà Pồng"}
    assert (got["vectors"], got["picture"], got["speech"]) == ([2, 2], "iVBORw0KGgo", [True, "false"])
    assert got["transcription"] == model.reply
    assert (got["models"], got["model"]) == (["chat", "vec", "pic", "say", "hear", "ai-luyen-tap"], "chat")
    assert got["refused"] == [True, "model_not_found", "model"]


def test_npms_client_with_the_practice_ai(practice: Gateway) -> None:
    got = by_npm(practice)
    assert got["chat"][1] == {"label": PRACTICE_LABEL, "practice": True, "fallback": False}
    assert got["stream"] == got["chat"][0] and got["labels"] == [PRACTICE_LABEL]
    assert got["tool"] is None
    assert json.loads(got["filled"]) == {"xom": "Nà Pồng"}
    assert (got["vectors"], got["picture"], got["speech"]) == ([256, 256], "iVBORw0KGgo", [True, "true"])
    assert got["transcription"] == "Xin chào bà con."
    assert got["models"] == ["ai-luyen-tap"]


class Place(BaseModel):
    xom: str


def test_pythons_client_has_tools_and_parsed_replies(kinds: Gateway, model: OpenAIServer) -> None:
    model.respond = reply
    client = kinds.client()
    tool: Any = {"type": "function", "function": {"name": "weather", "parameters": Place.model_json_schema()}}
    called = client.chat.completions.create(model="auto", messages=MESSAGES, tools=[tool], tool_choice="required")
    call: Any = (called.choices[0].message.tool_calls or [None])[0]
    assert (call.function.name, called.choices[0].finish_reason) == ("weather", "tool_calls")
    assert (model.requests[0].body["tools"], model.requests[0].body["tool_choice"]) == ([tool], "required")
    answered: Any = [
        *MESSAGES,
        called.choices[0].message.model_dump(exclude_none=True),
        {"role": "tool", "tool_call_id": call.id, "content": "nắng"},
    ]
    client.chat.completions.create(model="auto", messages=answered)
    assert model.requests[1].body["messages"][1]["tool_calls"][0]["id"] == "call_1"
    assert model.requests[1].body["messages"][2]["tool_call_id"] == "call_1"
    parsed = client.chat.completions.parse(model="auto", messages=MESSAGES, response_format=Place)
    assert parsed.choices[0].message.parsed == Place(xom="Nà Pồng")
    assert model.requests[2].body["response_format"]["json_schema"]["strict"] is True


@pytest.mark.parametrize("form", ["mp3", "wav", "flac", "pcm"])
def test_pythons_client_streams_speech_to_a_file(practice: Gateway, tmp_path: Path, form: Any) -> None:
    file = tmp_path / f"said.{form}"
    speech = practice.client().audio.speech.with_streaming_response
    with speech.create(model="", voice="alloy", input="Xin chào.", response_format=form) as answer:
        answer.stream_to_file(file)
    assert file.stat().st_size > 1000
