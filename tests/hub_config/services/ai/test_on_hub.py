"""The gateway as the hub runs it, behind the proxy, with tokens that the hub issued."""

import httpx
import openai
import pytest
from openai.types.chat import ChatCompletionMessageParam
from running_hub import RunningHub

from hub_config.services.campus import accounts
from hub_config.services.campus.database import connect
from hub_config.settings import Settings

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


def test_use_is_told_to_campus_and_to_no_learner(running_hub: RunningHub) -> None:
    name = sorted(running_hub.passwords)[0]
    service = {"Authorization": f"Bearer {running_hub.service_token('campus')}"}
    told = httpx.get(f"{running_hub.url}/services/ai/usage?class=demo", headers=service)
    assert told.status_code == 200 and told.json()["left"]["class"]["key"] == "class:demo"
    learner = {"Authorization": f"Bearer {running_hub.token(name, 'access:services!service=ai')}"}
    for path in ("usage", "metrics"):
        assert httpx.get(f"{running_hub.url}/services/ai/{path}", headers=learner).status_code == 403
    assert "hocai_ai_in_flight" in httpx.get(f"{running_hub.url}/services/ai/metrics", headers=service).text


def test_an_admin_makes_a_token_that_reads_metrics_and_nothing_else(running_hub: RunningHub) -> None:
    name, password = "quan.tri", "mot-mat-khau-dai"
    campus = connect(Settings.load(running_hub.environment()))
    accounts.create_account(campus, name, "Quản Trị", password=password, kind="admin", role="teacher")
    campus.dispose()
    running_hub.passwords[name] = password
    try:
        token = {"Authorization": f"Bearer {running_hub.token(name, 'read:metrics')}"}
        with running_hub.sign_in(name) as visitor:
            page = visitor.get("/services/campus/ai")
    finally:
        del running_hub.passwords[name]  # it is for those whom the first start made
    assert "hocai_ai_in_flight" in httpx.get(f"{running_hub.url}/services/ai/metrics", headers=token).text
    for path in ("usage", "v1/models"):
        assert httpx.get(f"{running_hub.url}/services/ai/{path}", headers=token).status_code == 403
    assert page.status_code == 200 and "Dùng AI trên toàn hệ thống" in page.text


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
