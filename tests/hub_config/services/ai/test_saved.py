"""Replies that are said again in lessons which allow it, over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gateway_run import KEY, PREFIX, Gateway, environment, served
from openai.types.chat import ChatCompletion
from openai_server import OpenAIServer

from hub_config.services.ai import database, record
from hub_config.services.ai.app import create_app
from hub_config.services.listening import server
from hub_config.settings import Settings

SAVED = {"label": "test-model", "practice": False, "fallback": False, "cached": True}
FRESH = {"label": "test-model", "practice": False, "fallback": False}


@pytest.fixture(params=["cached_replies = true\n"])
def saving(tmp_path: Path, hub_api: str, model: OpenAIServer, request: pytest.FixtureRequest) -> Iterator[Gateway]:
    """A gateway whose lesson lets replies be said again."""
    endpoint = {"HOCAI_AI_BASE_URL": model.base_url, "HOCAI_AI_KEY": KEY, "HOCAI_AI_MODEL": "test-model"}
    environ = environment(tmp_path / "data", JUPYTERHUB_API_URL=hub_api, **endpoint)
    lesson = tmp_path / "data" / "level1_text" / "01_small" / "lesson.toml"
    lesson.write_text(request.param + lesson.read_text("utf-8"), "utf-8")
    settings = Settings.load(environ)
    with served(server(create_app(settings, environ), settings.ai_port, PREFIX, "warning")):
        yield Gateway(settings, f"http://127.0.0.1:{settings.ai_port}{PREFIX}")


def ask(
    gateway: Gateway, prompt: str = "Viết thông báo.", token: str = "token-hoa", exercise: str = "notice", **more: Any
) -> ChatCompletion:
    client = gateway.client(token, X_Hocai_Exercise=f"text.small/{exercise}")
    answer: ChatCompletion = client.chat.completions.create(
        model="", messages=[{"role": "user", "content": prompt}], **more
    )
    return answer


def label(answer: Any) -> Any:
    return answer.model_extra["hocai"]


def test_what_another_has_asked_is_said_again_and_marked(saving: Gateway, model: OpenAIServer) -> None:
    first, again = ask(saving), ask(saving, token="token-binh")
    assert (label(first), label(again)) == (FRESH, SAVED)
    assert again.choices[0].message.content == first.choices[0].message.content == model.reply
    assert len(model.requests) == 1
    kept = record.replies(database.connect(saving.settings.ai_database), "binh", "text.small/notice")
    assert [(one.reply, one.model, one.tokens) for one in kept] == [(model.reply, "test-model", 0)]


def test_a_stream_says_again_what_was_said_whole(saving: Gateway, model: OpenAIServer) -> None:
    ask(saving)
    chunks = list(ask(saving, stream=True))
    assert "".join(c.choices[0].delta.content or "" for c in chunks) == model.reply  # type: ignore[attr-defined]
    assert all(label(chunk) == SAVED for chunk in chunks)
    assert len(model.requests) == 1


@pytest.mark.parametrize(
    "changed",
    [{"prompt": "Viết thông báo khác."}, {"exercise": "five_lines"}, {"temperature": 0.9}, {"max_tokens": 5}],
    ids=str,
)
def test_anything_else_is_asked_anew(saving: Gateway, model: OpenAIServer, changed: dict[str, Any]) -> None:
    ask(saving)
    assert label(ask(saving, **changed)) == FRESH
    assert len(model.requests) == 2


def test_what_a_service_or_nobodys_exercise_asks_is_never_saved(saving: Gateway, model: OpenAIServer) -> None:
    for _ in range(2):
        ask(saving, token="token-campus")
        saving.client().chat.completions.create(model="", messages=[{"role": "user", "content": "Chào"}])
    assert len(model.requests) == 4


def test_half_a_reply_and_the_practice_ais_are_not_saved(saving: Gateway, model: OpenAIServer) -> None:
    model.script = ["bad_key", "half_stream"]
    assert label(ask(saving))["practice"] is True
    with pytest.raises(Exception, match=r"."):
        list(ask(saving, stream=True))
    assert label(ask(saving)) == FRESH


@pytest.mark.parametrize("saving", [""], indirect=True)
def test_lessons_do_not_allow_it_unless_they_say_so(saving: Gateway, model: OpenAIServer) -> None:
    assert [label(ask(saving)), label(ask(saving))] == [FRESH, FRESH]
    assert len(model.requests) == 2
