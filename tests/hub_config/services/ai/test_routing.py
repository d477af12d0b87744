"""Several endpoints behind a gateway, over HTTP: who is asked when the first does not answer, and when it is back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import openai
import pytest
from gateway_run import KEY, Gateway, free_port, gateway
from openai.types.chat import ChatCompletion, ChatCompletionMessageParam
from openai_server import Behaviour, OpenAIServer
from running_hub import until

ASK: list[ChatCompletionMessageParam] = [{"role": "user", "content": "Thủ đô của Pháp là gì?"}]
REST_S = 1.0
UPSTREAM = """
[[ai_upstream]]
name = "{name}"
base_url = "{url}"
key_file = "{name}.key"
timeout_s = 1
[[ai_upstream.model]]
id = "{name}-chat"
[[ai_upstream.model]]
id = "{name}-large"
[[ai_upstream.model]]
id = "{name}-vectors"
kind = "embeddings"
"""


@dataclass
class Two:
    """A gateway with a school's endpoint and behind it one of the cloud."""

    gateway: Gateway
    school: OpenAIServer
    cloud: OpenAIServer

    def ask(self, token: str = "token-hoa", model: str = "auto") -> ChatCompletion:
        return self.gateway.client(token).chat.completions.create(model=model, messages=ASK)

    def label(self, model: str = "auto") -> object:
        extra = self.ask(model=model).model_extra
        assert extra is not None
        return extra["hocai"]


@contextmanager
def two(data: Path, hub_api: str) -> Iterator[Two]:
    data.mkdir()
    with OpenAIServer(free_port(), reply="Trường đáp.") as school, OpenAIServer(free_port(), reply="Mây đáp.") as cloud:
        tables = [UPSTREAM.format(name=name, url=s.base_url) for name, s in (("school", school), ("cloud", cloud))]
        (data / "hocai.toml").write_text("".join(tables))
        for name in ("school", "cloud"):
            (data / f"{name}.key").write_text(f"{KEY}-{name}\n")
        with gateway(data, hub_api, HOCAI_AI_REST_S=str(REST_S), HOCAI_AI_BURST_REQUESTS="1000") as running:
            yield Two(running, school, cloud)


@pytest.fixture
def pair(tmp_path: Path, hub_api: str) -> Iterator[Two]:
    with two(tmp_path / "data", hub_api) as made:
        yield made


SCHOOL = {"label": "school-chat", "practice": False, "fallback": False}
CLOUD = {"label": "cloud-chat", "practice": False, "fallback": True}


def test_the_first_answers_with_its_own_key_as_long_as_it_can(pair: Two) -> None:
    for model in ("", "auto", "school-chat"):
        assert pair.label(model) == SCHOOL
    assert pair.cloud.requests == []
    assert {asked.authorization for asked in pair.school.requests} == {f"Bearer {KEY}-school"}
    assert [asked.body["model"] for asked in pair.school.requests] == ["school-chat"] * 3


def test_a_model_can_be_named(pair: Two) -> None:
    assert pair.label("school-large") == {**SCHOOL, "label": "school-large"}
    assert pair.label("cloud-chat") == {**CLOUD, "fallback": False}
    assert pair.cloud.requests[0].authorization == f"Bearer {KEY}-cloud"


@pytest.mark.parametrize("name", ["gpt-4o", "school-vectors"])
def test_a_model_that_is_not_allowed_is_refused_with_the_names_that_are(pair: Two, name: str) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        pair.ask(model=name)
    assert (caught.value.code, caught.value.param) == ("model_not_found", "model")
    allowed = "school-chat, school-large, cloud-chat, cloud-large, ai-luyen-tap"
    assert caught.value.body["message"].endswith(f": {allowed}.")  # type: ignore[index]
    assert pair.school.requests == pair.cloud.requests == []


@pytest.mark.parametrize("how", ["error", "hang", "nonsense", "bad_key", "drip"])
@pytest.mark.parametrize("token", ["token-hoa", "token-campus"])
def test_the_next_answers_when_the_first_fails_and_the_label_says_so(pair: Two, how: Behaviour, token: str) -> None:
    pair.school.behaviour = how
    answer = pair.ask(token)
    assert answer.choices[0].message.content == "Mây đáp."
    assert (answer.model_extra or {})["hocai"] == CLOUD


def test_a_stream_that_fails_before_its_first_piece_comes_from_the_next(pair: Two) -> None:
    pair.school.behaviour = "drip"
    chunks = list(pair.gateway.client().chat.completions.create(model="auto", messages=ASK, stream=True))
    assert "".join(c.choices[0].delta.content or "" for c in chunks) == "Mây đáp."
    assert all((c.model_extra or {})["hocai"] == CLOUD for c in chunks)


def test_when_all_fail_learners_get_the_practice_ai_and_services_the_first_error(pair: Two) -> None:
    pair.school.behaviour, pair.cloud.behaviour = "hang", "error"
    label = pair.label()
    assert isinstance(label, dict) and (label["practice"], label["fallback"]) == (True, True)
    with pytest.raises(openai.InternalServerError) as caught:
        pair.ask("token-campus")
    assert caught.value.code == "upstream_timeout"


def test_what_the_asker_has_to_mend_is_not_asked_anew_elsewhere(pair: Two) -> None:
    pair.school.behaviour = "bad_request"
    for _ in range(5):
        with pytest.raises(openai.BadRequestError):
            pair.ask()
    assert pair.cloud.requests == []
    pair.school.behaviour = "normal"
    assert pair.label() == SCHOOL, "a fault of askers made the endpoint rest"


def test_an_endpoint_that_is_down_for_long_costs_nobody_a_time_out(pair: Two) -> None:
    pair.school.behaviour = "hang"
    for _ in range(3):
        pair.ask()
    asked = len(pair.school.requests)
    # it has rested, and is asked for its models, which it does not tell
    until(lambda: pair.label() == CLOUD and pair.school.hanging.is_set(), within_s=10 * REST_S)
    for _ in range(15):
        assert pair.label() == CLOUD
    assert len(pair.school.requests) == asked, "a learner was sent there"


def test_an_endpoint_that_is_back_is_found_by_a_probe_and_one_trial(pair: Two) -> None:
    pair.school.refuse()
    for _ in range(3):
        pair.ask()
    pair.school.start()
    assert pair.label() == CLOUD, "it was not left alone"
    until(lambda: pair.label() == SCHOOL, within_s=4 * REST_S, every_s=0.05)
    assert [pair.label() for _ in range(3)] == [SCHOOL] * 3


def test_models_are_listed_with_what_they_are_for(pair: Two) -> None:
    listed = pair.gateway.client().models.list().data
    kinds = {model.id: (model.model_extra or {})["hocai"]["kinds"] for model in listed}
    assert list(kinds)[:3] == ["school-chat", "school-large", "school-vectors"]
    assert (kinds["school-chat"], kinds["school-vectors"]) == (["chat"], ["embeddings"])
    assert kinds["ai-luyen-tap"] == ["chat", "embeddings", "images", "speech", "transcriptions"]
    assert pair.gateway.client().models.retrieve("cloud-large").id == "cloud-large"
    with pytest.raises(openai.NotFoundError) as caught:
        pair.gateway.client().models.retrieve("gpt-4o")
    assert caught.value.code == "model_not_found"
    assert (
        str(pair.school.port)
        not in httpx.get(f"{pair.gateway.url}/v1/models", headers={"Authorization": "Bearer token-hoa"}).text
    )
