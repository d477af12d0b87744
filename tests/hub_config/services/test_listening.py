"""A service below its prefix."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from hub_config.services.listening import BelowPrefix, prefix_of, server


async def page(request: Request) -> Response:
    return PlainTextResponse(f"{request.url_for('page', name='x').path} {request.path_params['name']}")


def below(prefix: str) -> BelowPrefix:
    return BelowPrefix(Starlette(routes=[Route("/pages/{name}", page, name="page")]), prefix)


def test_the_app_sees_its_own_paths_and_makes_urls_with_the_prefix() -> None:
    with TestClient(below("/services/campus/")) as client:
        assert client.get("/services/campus/pages/a").text == "/services/campus/pages/x a"


@pytest.mark.parametrize("path", ["/pages/a", "/services/campusx/pages/a", "/services/campus", "/"])
def test_other_paths_are_not_found(path: str) -> None:
    with TestClient(below("/services/campus")) as client:
        assert client.get(path).status_code == 404


def test_the_prefix_is_the_hubs_or_the_usual_one() -> None:
    assert prefix_of("ai", {"JUPYTERHUB_SERVICE_PREFIX": "/x/services/ai/"}) == "/x/services/ai"
    assert prefix_of("ai", {}) == "/services/ai"


def test_a_service_listens_on_loopback_only() -> None:
    assert server(below("/p"), 21299, "/p").config.host == "127.0.0.1"
