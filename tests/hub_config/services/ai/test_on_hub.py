"""The gateway as the hub runs it, behind the proxy, with tokens that the hub issued."""

import httpx
import openai
import pytest
from openai.types.chat import ChatCompletionMessageParam
from running_hub import RunningHub

pytestmark = pytest.mark.hub
ASK: list[ChatCompletionMessageParam] = [{"role": "user", "content": "Xóm\tSố hộ\nA\t10\nB\t20\nTổng số hộ?"}]


def client(hub: RunningHub, token: str) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{hub.url}/services/ai/v1", api_key=token, max_retries=0)


def test_a_learner_asks_with_a_token_of_the_hub(running_hub: RunningHub) -> None:
    name = sorted(running_hub.passwords)[0]
    asking = client(running_hub, running_hub.token(name, "access:services!service=ai"))
    answer = asking.chat.completions.create(model="", messages=ASK)
    chunks = list(asking.chat.completions.create(model="", messages=ASK, stream=True))
    assert "30" in str(answer.choices[0].message.content)
    assert "".join(c.choices[0].delta.content or "" for c in chunks) == answer.choices[0].message.content
    other = client(running_hub, running_hub.token(name, "access:services!service=campus"))
    with pytest.raises(openai.PermissionDeniedError):
        other.chat.completions.create(model="", messages=ASK)


def test_campus_is_known_as_a_service_and_told_that_there_is_no_model(running_hub: RunningHub) -> None:
    with pytest.raises(openai.InternalServerError) as caught:
        client(running_hub, running_hub.service_token("campus")).chat.completions.create(model="", messages=ASK)
    assert (caught.value.status_code, caught.value.code) == (503, "no_model")


def test_campus_and_no_person_is_told_what_was_said(running_hub: RunningHub) -> None:
    name = sorted(running_hub.passwords)[0]
    own = running_hub.token(name, "access:services!service=ai")
    client(running_hub, own).chat.completions.create(
        model="", messages=ASK, extra_headers={"X-Hocai-Exercise": "text.first_prompt/notice"}
    )

    def asked(token: str) -> httpx.Response:
        given = {"learner": name, "lesson": "text.first_prompt"}
        url = f"{running_hub.url}/services/ai/replies"
        return httpx.get(url, params=given, headers={"Authorization": f"Bearer {token}"})

    assert asked(own).status_code == 403
    assert asked(running_hub.service_token("apps")).status_code == 403
    told = asked(running_hub.service_token("campus"))
    assert told.status_code == 200
    assert told.json()["replies"]["notice"][-1]["practice"] is True
