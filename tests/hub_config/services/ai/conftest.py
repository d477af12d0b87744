"""Fixtures of the gateway's tests: the hub's double, a model endpoint, and gateways with and without it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from gateway_run import KEY, Gateway, free_port, gateway, hub_double
from openai_server import OpenAIServer


@pytest.fixture(scope="session")
def hub_api() -> Iterator[str]:
    with hub_double() as address:
        yield address


@pytest.fixture
def model() -> Iterator[OpenAIServer]:
    with OpenAIServer(free_port()) as running:
        yield running


@pytest.fixture
def practice(tmp_path: Path, hub_api: str) -> Iterator[Gateway]:
    """A gateway with the practice AI only."""
    with gateway(tmp_path / "practice", hub_api) as running:
        yield running


@pytest.fixture
def connected(tmp_path: Path, hub_api: str, model: OpenAIServer) -> Iterator[Gateway]:
    """A gateway with `model` behind it."""
    settings = {"HOCAI_AI_BASE_URL": model.base_url, "HOCAI_AI_KEY": KEY, "HOCAI_AI_MODEL": "test-model"}
    with gateway(tmp_path / "connected", hub_api, HOCAI_AI_TIMEOUT_S="2", **settings) as running:
        yield running


@pytest.fixture
def kinds(tmp_path: Path, hub_api: str, model: OpenAIServer) -> Iterator[Gateway]:
    """A gateway with `model` behind it under a name for each kind: chat, vec, pic, say, hear."""
    data = tmp_path / "kinds"
    data.mkdir()
    names = {"chat": "chat", "vec": "embeddings", "pic": "images", "say": "speech", "hear": "transcriptions"}
    models = [f'[[ai_upstream.model]]\nid = "{name}"\nkind = "{kind}"\n' for name, kind in names.items()]
    head = f'[[ai_upstream]]\nname = "all"\nbase_url = "{model.base_url}"\nkey = "{KEY}"\ntimeout_s = 2\n'
    (data / "hocai.toml").write_text(head + "".join(models))
    with gateway(data, hub_api) as running:
        yield running
