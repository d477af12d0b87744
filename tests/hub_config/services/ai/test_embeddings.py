"""Through the real openai client, which asks for base64 unless told otherwise."""

from typing import Any

import openai
import pytest
from gateway_run import Gateway
from openai_server import OpenAIServer

from hub_config.services.ai.wording import PRACTICE_LABEL

TEXTS = ["Họp xóm tối nay", "Tối nay họp xóm", "Giá chè búp"]


def extra(answer: Any) -> Any:
    return answer.model_extra["hocai"]


def test_the_practice_ai_makes_vectors_under_its_label(practice: Gateway) -> None:
    client = practice.client()
    packed = client.embeddings.create(model="auto", input=TEXTS)
    plain = client.embeddings.create(model="ai-luyen-tap", input=TEXTS, encoding_format="float")
    assert extra(packed) == {"label": PRACTICE_LABEL, "practice": True, "fallback": False}
    assert [len(one.embedding) for one in packed.data] == [256] * 3
    assert [one.index for one in packed.data] == [0, 1, 2]
    for one, other in zip(packed.data, plain.data, strict=True):
        assert one.embedding == pytest.approx(other.embedding, abs=1e-6)
    first, alike, other_text = (one.embedding for one in plain.data)
    assert sum(map(lambda a, b: a * b, first, alike)) > sum(map(lambda a, b: a * b, first, other_text))


def test_a_model_for_vectors_is_asked_with_what_it_needs(kinds: Gateway, model: OpenAIServer) -> None:
    answer = kinds.client().embeddings.create(model="auto", input=TEXTS, dimensions=8)
    assert (extra(answer)["label"], len(answer.data), len(answer.data[0].embedding)) == ("vec", 3, 2)
    body = model.requests[0].body
    assert body == {"model": "vec", "input": TEXTS, "encoding_format": "base64", "dimensions": 8}


def test_a_chat_model_is_none_for_vectors(kinds: Gateway) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        kinds.client().embeddings.create(model="chat", input="x")
    assert caught.value.code == "model_not_found"


def test_learners_get_the_practice_ai_when_the_model_fails_and_services_the_error(
    kinds: Gateway, model: OpenAIServer
) -> None:
    model.behaviour = "nonsense"
    assert extra(kinds.client().embeddings.create(model="auto", input="x"))["fallback"] is True
    with pytest.raises(openai.InternalServerError) as caught:
        kinds.client("token-campus").embeddings.create(model="auto", input="x")
    assert caught.value.code == "upstream_nonsense"


@pytest.mark.parametrize("given", ["", [], [""], [1, 2, 3], ["x"] * 257, {"a": 1}])
def test_broken_input_is_refused(practice: Gateway, given: Any) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        practice.client().embeddings.create(model="", input=given)
    assert caught.value.code == "invalid_request"
    assert str(caught.value.param).startswith("input")
