"""The gateway as an ASGI app. Paths are those below the service's prefix."""

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from course.catalog import Catalog
from hub_config.services.ai import database
from hub_config.services.ai.chat import ChatEndpoint
from hub_config.services.ai.completion import PRACTICE_MODEL, label
from hub_config.services.ai.desk import Desk
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.practice.exercises import Exercises
from hub_config.services.ai.practice.variant import Draws
from hub_config.services.ai.quota import Quota
from hub_config.services.ai.upstream import Upstream
from hub_config.services.tokens import HubTokens, Tokens
from hub_config.settings import Settings

log = logging.getLogger(__name__)


def create_app(settings: Settings, environ: Mapping[str, str]) -> Starlette:
    """The gateway. `environ` is what the hub gives its services. Raises LessonError when a lesson is broken."""
    return app_of(settings, HubTokens("ai", environ, settings.token_kept_s), Catalog(settings.lessons))


def app_of(settings: Settings, tokens: Tokens, catalog: Catalog) -> Starlette:
    """The gateway over these lessons, for whom `tokens` tells."""
    engine = database.connect(settings.ai_database)
    Quota(engine).release_all()
    draws = Draws(settings)
    exercises = Exercises(catalog, draws)
    desk = Desk(settings, tokens, engine, exercises)
    upstream = None
    if settings.ai_base_url and settings.ai_model:
        upstream = Upstream(settings.ai_base_url, settings.ai_key, settings.ai_model, settings.ai_timeout_s)

    async def models(request: Request) -> Response:
        await desk.caller(request)
        listed = [_model(upstream.model, practice=False)] if upstream else []
        return JSONResponse({"object": "list", "data": [*listed, _model(PRACTICE_MODEL, practice=True)]})

    async def health(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        if upstream:
            await upstream.close()
        engine.dispose()
        draws.close()

    chat = ChatEndpoint(desk, exercises, upstream)
    return Starlette(
        routes=[
            Route("/v1/chat/completions", chat, methods=["POST"]),
            Route("/v1/models", models, methods=["GET"]),
            Route("/health", health, methods=["GET"]),
        ],
        exception_handlers={GatewayError: _gateway_error, HTTPException: _http_error, Exception: _fault},
        lifespan=lifespan,
    )


def _model(name: str, *, practice: bool) -> dict[str, object]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "hocai", "hocai": label(name, practice)}


async def _gateway_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, GatewayError)  # noqa: S101 - for the type alone
    return error.response()


async def _http_error(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return GatewayError(status, "not_found").response()


async def _fault(_request: Request, _error: Exception) -> Response:
    return GatewayError(500, "internal").response()  # starlette raises it on, so uvicorn logs the traceback
