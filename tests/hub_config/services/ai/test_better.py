"""The practice AI tells what a prompt brought that the one before did not; a model is not told of it."""

import json
from typing import Any

import httpx
import pytest
from gateway_run import LEARNER, Gateway
from openai_server import OpenAIServer

WEAK = "Viết thông báo họp."
BETTER = "Viết thông báo họp gửi bà con trong xóm, ngày 12/3/2027."


def asked(gateway: Gateway, prompt: str, exercise: str = "text.small/notice", **more: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {LEARNER}", "X-Hocai-Exercise": exercise}
    body = {"messages": [{"role": "user", "content": prompt}], **more}
    return httpx.post(f"{gateway.url}/v1/chat/completions", json=body, headers=headers)


def test_a_better_prompt_is_told_why(practice: Gateway) -> None:
    told = asked(practice, BETTER, before=WEAK).json()["hocai"]["better"]
    assert len(told) == 2
    assert "bà con" in told[0] and "12/3/2027" in told[1]


@pytest.mark.parametrize(
    ("before", "prompt", "exercise"),
    [
        (BETTER, WEAK, "text.small/notice"),
        (WEAK, WEAK, "text.small/notice"),
        ("", BETTER, "text.small/notice"),
        ("  ", BETTER, "text.small/notice"),
        (WEAK, BETTER, "text.small/five_lines"),  # ships no fragments
        (WEAK, BETTER, ""),
    ],
)
def test_where_nothing_came_nothing_is_told(practice: Gateway, before: str, prompt: str, exercise: str) -> None:
    answer = asked(practice, prompt, exercise, before=before)
    assert answer.status_code == 200 and "better" not in answer.json()["hocai"]


def test_in_a_stream_it_is_told_once(practice: Gateway) -> None:
    answer = asked(practice, BETTER, before=WEAK, stream=True)
    events = [json.loads(line[6:]) for line in answer.text.split("\n") if line.startswith("data: {")]
    assert ["better" in event["hocai"] for event in events] == [True, *[False] * (len(events) - 1)]


def test_a_model_answers_without_it_and_is_not_sent_the_prompt_before(connected: Gateway, model: OpenAIServer) -> None:
    answer = asked(connected, BETTER, before=WEAK)
    assert answer.json()["hocai"]["practice"] is False and "better" not in answer.json()["hocai"]
    assert WEAK not in json.dumps(model.requests[-1].body, ensure_ascii=False)
