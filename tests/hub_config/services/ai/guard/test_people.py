"""Over HTTP: for whom, towards which endpoint and for what the guard stands, and what is kept of it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import gateway_run
import httpx
import openai
import pytest
from gateway_run import Gateway, gateway
from openai_server import OpenAIServer
from outside_run import MAIL, MASKED, PHONE, PROMPT, outside, said

from autograders.judge.verdict import stands_in
from hub_config.services.ai.guard.ages import is_minor
from hub_config.services.campus import accounts
from hub_config.services.campus.accounts import Role
from hub_config.services.campus.database import connect

YEAR = datetime.now(UTC).year


def choices(running: Gateway, token: str = "token-hoa", **headers: str) -> list[str]:
    """How the prompt may be sent again; [] when it went through."""
    try:
        said(running, PROMPT, token=token, **headers)
    except openai.UnprocessableEntityError as error:
        return list(error.body["choices"])  # type: ignore[index]
    return []


def test_under_16_nothing_personal_leaves_unmasked_from_the_next_request_on(
    tmp_path: Path, hub_api: str, model: OpenAIServer
) -> None:
    with outside(tmp_path / "data", hub_api, (model, True)) as running:
        assert choices(running, X_Hocai_Personal_Data="send") == []
        engine = connect(running.settings)
        accounts.set_birth_year(engine, "hoa", YEAR - 14)
        engine.dispose()
        model.requests.clear()
        assert choices(running, X_Hocai_Personal_Data="send") == ["mask"]
        assert choices(running, "token-binh") == ["mask", "send"]
        assert model.requests == []
        assert choices(running, X_Hocai_Personal_Data="mask") == []
        assert model.requests[0].body["messages"][0]["content"] == MASKED


def test_the_policy_for_minors_is_a_setting_of_its_own(tmp_path: Path, hub_api: str, model: OpenAIServer) -> None:
    policies = {"HOCAI_AI_PERSONAL_DATA": "block", "HOCAI_AI_PERSONAL_DATA_MINORS": "mask"}
    with outside(tmp_path / "data", hub_api, (model, True), **policies) as running:
        engine = connect(running.settings)
        accounts.set_birth_year(engine, "hoa", YEAR - 10)
        engine.dispose()
        assert choices(running) == []
        assert choices(running, "token-binh") == ["mask"]


@pytest.mark.parametrize(
    ("role", "birth_year", "minor"),
    [
        ("student", None, True),
        ("student", YEAR - 16, True),  # the birthday may be to come
        ("student", YEAR - 17, False),
        ("farmer", YEAR - 15, True),
        ("farmer", None, False),
        ("teacher", 1980, False),
    ],
)
def test_who_may_be_under_16(tmp_path: Path, hub_api: str, role: Role, birth_year: int | None, minor: bool) -> None:
    with gateway(tmp_path / "data", hub_api) as running:
        engine = connect(running.settings)
        accounts.create_account(engine, "nam", "Nam", password=None, role=role, birth_year=birth_year)
        assert is_minor(engine, "nam") is minor
        assert is_minor(engine, "somebody.else") is False
        engine.dispose()


def test_an_endpoint_inside_hears_everything_and_the_next_one_outside_does_not(
    tmp_path: Path, hub_api: str, model: OpenAIServer
) -> None:
    with (
        OpenAIServer(gateway_run.free_port()) as far,
        outside(tmp_path / "data", hub_api, (model, False), (far, True)) as running,
    ):
        assert choices(running) == []
        assert model.requests[0].body["messages"][0]["content"] == PROMPT
        model.behaviour = "bad_key"
        assert choices(running) == ["mask", "send"]
        assert far.requests == []
        answer = said(running, PROMPT, X_Hocai_Personal_Data="mask")
        assert (answer.hocai["fallback"], "masked" in answer.hocai) == (True, True)
        assert far.requests[0].body["messages"][0]["content"] == MASKED


def test_the_practice_ai_needs_no_guard_also_in_place_of_a_model(
    tmp_path: Path, hub_api: str, model: OpenAIServer
) -> None:
    model.behaviour = "bad_key"
    with outside(tmp_path / "data", hub_api, (model, True), HOCAI_AI_PERSONAL_DATA="mask") as running:
        answer = said(running, PROMPT)
        assert (answer.hocai["practice"], "masked" in answer.hocai) == (True, False)
        asked = running.client().chat.completions.create(
            model="ai-luyen-tap", messages=[{"role": "user", "content": PROMPT}]
        )
        assert "masked" not in asked.hocai  # type: ignore[attr-defined]


def test_what_a_service_sends_is_masked_and_comes_back_as_the_learner_wrote_it(
    tmp_path: Path, hub_api: str, model: OpenAIServer
) -> None:
    essay = f"Bà Hoa ({PHONE}) và ông Ba (0987654321), gọi {PHONE.replace(' ', '')} nhé.\nThư: {MAIL}"
    model.respond = lambda body: json.dumps(
        {"level": 2, "quote": body["messages"][-1]["content"]}, ensure_ascii=False
    )  # as a judge proves its verdict
    with outside(tmp_path / "data", hub_api, (model, True)) as running:
        answer = said(running, essay, token="token-campus")
    note, heard = model.requests[0].body["messages"]
    assert heard["content"] == (
        "Bà Hoa ([SỐ ĐIỆN THOẠI 1]) và ông Ba ([SỐ ĐIỆN THOẠI 2]), gọi [SỐ ĐIỆN THOẠI 3] nhé.\nThư: [EMAIL 4]"
    )
    assert note["role"] == "system"
    verdict = json.loads(answer.choices[0].message.content)
    assert verdict == {"level": 2, "quote": essay}
    assert stands_in(verdict["quote"], essay)


def test_services_may_be_let_through_by_the_setting(tmp_path: Path, hub_api: str, model: OpenAIServer) -> None:
    with outside(tmp_path / "data", hub_api, (model, True), HOCAI_AI_PERSONAL_DATA_SERVICES="allow") as running:
        said(running, PROMPT, token="token-campus")
    assert model.requests[0].body["messages"] == [{"role": "user", "content": PROMPT}]


def test_what_the_lesson_gives_for_use_is_no_secret_but_its_private_lines_are(
    tmp_path: Path, hub_api: str, model: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = gateway_run.FRAGMENTS.replace("mang theo sổ", "gọi 0912345678").replace("còn nợ", "số 0987654321 còn nợ")
    monkeypatch.setattr(gateway_run, "FRAGMENTS", lesson)
    with outside(tmp_path / "data", hub_api, (model, True)) as running:
        said(running, f"Soạn thông báo, ai vắng gọi {PHONE}.", X_Hocai_Exercise="text.small/five_lines")
        assert PHONE in model.requests[0].body["messages"][-1]["content"]
        for text, exercise in (("Bà L. số 0987654321.", "text.small/five_lines"), (f"Gọi {PHONE}.", "")):
            with pytest.raises(openai.UnprocessableEntityError):
                said(running, text, X_Hocai_Exercise=exercise)
    assert len(model.requests) == 1


def test_what_an_exercise_asks_to_mask_is_noticed_though_it_stands_in_its_text(
    tmp_path: Path, hub_api: str, model: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = gateway_run.LESSON_TOML.replace("Họp {{day|weekday}}", "Bà L., 0987 654 321. Gọi 0912 345 678. Họp")
    hiding = given.replace(
        'rule = "keeps_facts"\nfacts = ["{{day|date}}", "{{place}}"]', 'rule = "masks"\nhide = ["0987654321"]'
    )
    assert hiding != given != gateway_run.LESSON_TOML
    monkeypatch.setattr(gateway_run, "LESSON_TOML", hiding)
    with outside(tmp_path / "data", hub_api, (model, True)) as running:
        said(running, f"Mời họp, gọi {PHONE}.", X_Hocai_Exercise="text.small/notice")
        with pytest.raises(openai.UnprocessableEntityError):
            said(running, "Mời bà L., 0987654321.", X_Hocai_Exercise="text.small/notice")
    assert len(model.requests) == 1


def test_a_refusal_costs_nothing(tmp_path: Path, hub_api: str, model: OpenAIServer) -> None:
    with outside(tmp_path / "data", hub_api, (model, True)) as running:
        for _ in range(30):  # each would hold 1.000 tokens and more of 50.000
            assert choices(running) == ["mask", "send"]
        assert choices(running, X_Hocai_Personal_Data="mask") == []


def test_a_long_hostile_text_is_answered(tmp_path: Path, hub_api: str, model: OpenAIServer) -> None:
    limits = {"HOCAI_AI_DAILY_TOKENS": "1000000"}
    with outside(tmp_path / "data", hub_api, (model, True), **limits) as running:
        content = ("0 9 1 2 " * 32_000)[:250_000]
        body = {"messages": [{"role": "user", "content": content}]}
        headers = {"Authorization": "Bearer token-hoa"}
        answer = httpx.post(f"{running.url}/v1/chat/completions", json=body, headers=headers, timeout=60)
        assert answer.status_code == 200
