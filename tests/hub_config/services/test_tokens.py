"""Tokens of people and services, asked of a server that answers as the hub does."""

import asyncio
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from hub_config.services.tokens import HubTokens, HubUser, TokenError

USERS = {
    "hoa": {"name": "hoa", "kind": "user", "groups": ["g"], "admin": True, "scopes": ["access:services!service=ai"]},
    "all": {"name": "all", "kind": "user", "scopes": ["access:services"]},
    "an": {"name": "an", "kind": "user", "scopes": ["access:services!service=apps", "read:users"]},
    "campus": {"name": "campus", "kind": "service", "scopes": ["access:services!service=ai"]},
}


class Hub:
    """`GET /hub/api/user` over real HTTP; counts its requests."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken = False
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    async def user(self, request: Request) -> Response:
        token = request.headers["authorization"].removeprefix("token ")
        self.asked.append(token)
        if self.broken:
            return PlainTextResponse("<html>", 200)
        return JSONResponse(USERS[token]) if token in USERS else JSONResponse({"status": 403}, 403)

    def tokens(self, kept_s: float = 300) -> HubTokens:
        url = f"http://127.0.0.1:{self.port}/hub/api"
        return HubTokens("ai", {"JUPYTERHUB_API_URL": url, "JUPYTERHUB_API_TOKEN": "own"}, kept_s)


@pytest.fixture
def hub() -> Iterator[Hub]:
    hub = Hub()
    app = Starlette(routes=[Route("/hub/api/user", hub.user)])
    server = uvicorn.Server(uvicorn.Config(app, port=hub.port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield hub
    server.should_exit = True
    thread.join()


def identify(tokens: HubTokens, *headers: str | None) -> list[HubUser]:
    async def ask() -> list[HubUser]:
        return [await tokens.identify(header) for header in headers]

    return asyncio.run(ask())


def problem(tokens: HubTokens, header: str | None) -> tuple[int, str]:
    with pytest.raises(TokenError) as caught:
        identify(tokens, header)
    return caught.value.status, caught.value.code


def test_a_token_stands_for_its_user_or_service(hub: Hub) -> None:
    hoa, campus = identify(hub.tokens(), "Bearer hoa", "bearer campus")
    assert (hoa.name, hoa.kind, hoa.admin, hoa.groups) == ("hoa", "user", True, frozenset({"g"}))
    assert (campus.name, campus.kind, campus.admin) == ("campus", "service", False)


def test_the_hub_is_asked_once_for_a_token(hub: Hub) -> None:
    identify(hub.tokens(), *["Bearer hoa"] * 3)
    assert hub.asked == ["hoa"]


@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic aG9h", "Bearer two words", "Bearer đường"])
def test_what_is_no_token_is_not_asked_about(hub: Hub, header: str | None) -> None:
    assert problem(hub.tokens(), header) == (401, "missing_token")
    assert hub.asked == []


def test_an_unknown_token_is_401_and_one_without_the_scope_403(hub: Hub) -> None:
    assert problem(hub.tokens(), "Bearer nobody") == (401, "unknown_token")
    assert problem(hub.tokens(), "Bearer an") == (403, "lacking_scope")
    assert identify(hub.tokens(), "Bearer all")[0].name == "all"


def test_a_hub_that_is_down_or_talks_nonsense_is_503_and_not_remembered(hub: Hub) -> None:
    tokens = hub.tokens()
    hub.broken = True
    assert problem(tokens, "Bearer hoa") == (503, "hub_unreachable")
    hub.broken = False
    assert identify(tokens, "Bearer hoa")[0].name == "hoa"
    gone = HubTokens("ai", {"JUPYTERHUB_API_URL": "http://127.0.0.1:9/hub/api", "JUPYTERHUB_API_TOKEN": "own"}, 300)
    assert problem(gone, "Bearer hoa") == (503, "hub_unreachable")


def test_a_refusal_is_not_remembered(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = hub.tokens()
    assert problem(tokens, "Bearer late") == (401, "unknown_token")
    monkeypatch.setitem(USERS, "late", {**USERS["all"], "name": "late"})
    assert identify(tokens, "Bearer late")[0].name == "late"


def test_an_answer_whose_time_is_over_is_asked_for_again_and_forgotten(hub: Hub) -> None:
    tokens = hub.tokens(kept_s=0)
    identify(tokens, "Bearer hoa", "Bearer all", "Bearer hoa")
    assert hub.asked == ["hoa", "all", "hoa"]
    assert len(tokens._known) == 1
