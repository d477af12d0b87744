from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from campus_site import Serving, free_port
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hub_config.services.campus.judging import judge_of
from hub_config.settings import Settings

PRACTICE = {"id": "luyen-tap", "hocai": {"practice": True}}
REAL = {"id": "big-model", "hocai": {"practice": False}}


class Gateway:
    """Names the models it is given, to the service's own token only."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.answer: Any = {"data": []}
        app = Starlette(routes=[Route("/services/ai/v1/models", self._models)])
        self.settings = Settings.load({"HOCAI_DATA": str(folder), "HOCAI_PORT": str(port - 4)})
        self.serving = Serving(uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning")))

    async def _models(self, request: Request) -> Response:
        if request.headers["authorization"] != "Bearer service-token":
            return JSONResponse({}, 403)
        return JSONResponse(self.answer)


@pytest.fixture
def gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "service-token")
    made = Gateway(tmp_path)
    yield made
    made.serving.stop()


def test_the_first_real_model_of_the_gateway_judges(gateway: Gateway) -> None:
    gateway.answer = {"data": [REAL, PRACTICE]}
    judge = judge_of(gateway.settings)
    assert judge is not None
    assert judge.model == "big-model"
    assert judge.base_url == f"http://127.0.0.1:{gateway.settings.ai_port}/services/ai/v1"
    assert "service-token" not in repr(judge)


@pytest.mark.parametrize("answer", [{"data": [PRACTICE]}, {"data": [{"id": "x"}]}, {"data": 5}, [], {}])
def test_the_practice_ai_and_nonsense_judge_nothing(gateway: Gateway, answer: Any) -> None:
    gateway.answer = answer
    assert judge_of(gateway.settings) is None


def test_without_the_right_token_or_a_gateway_there_is_no_judge(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway.answer = {"data": [REAL]}
    assert judge_of(gateway.settings.model_copy(update={"port": free_port() + 1})) is None
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "another")
    assert judge_of(gateway.settings) is None
