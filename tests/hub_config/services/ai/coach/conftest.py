"""Fixtures of the coach's tests: classrooms with the practice AI alone and with a model."""

from collections.abc import Iterator

import pytest
from coach_classroom import Classroom, classroom
from gateway_run import free_port
from openai_server import OpenAIServer


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory, hub_api: str) -> Iterator[Classroom]:
    with classroom(tmp_path_factory.mktemp("practised"), hub_api) as running:
        yield running


@pytest.fixture(scope="module")
def talker() -> Iterator[OpenAIServer]:
    """The model of `modelled`."""
    with OpenAIServer(free_port()) as running:
        yield running


@pytest.fixture(scope="module")
def modelled(tmp_path_factory: pytest.TempPathFactory, hub_api: str, talker: OpenAIServer) -> Iterator[Classroom]:
    with classroom(tmp_path_factory.mktemp("modelled"), hub_api, talker) as running:
        yield running


@pytest.fixture(autouse=True)
def _well_behaved(request: pytest.FixtureRequest) -> Iterator[None]:
    """A model starts each test as it is made."""
    yield
    if "talker" in request.fixturenames:
        model = request.getfixturevalue("talker")
        model.respond, model.behaviour, model.script = None, "normal", []
        model.requests.clear()
