"""The gateway as an ASGI app. Paths are those below the service's prefix."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from course.catalog import LessonIndex, Lessons
from hub_config.latest import LatestLessons
from hub_config.services.ai import database, reports
from hub_config.services.ai.chat import ChatEndpoint
from hub_config.services.ai.coach.endpoint import CoachEndpoint
from hub_config.services.ai.coach.seen import Standing
from hub_config.services.ai.desk import Desk
from hub_config.services.ai.embeddings import EmbeddingsEndpoint
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.images import ImagesEndpoint
from hub_config.services.ai.once import Once
from hub_config.services.ai.practice.exercises import Exercises
from hub_config.services.ai.practice.process import PracticeAI
from hub_config.services.ai.practice.variant import Draws
from hub_config.services.ai.quota import Quota
from hub_config.services.ai.replies import RepliesEndpoint
from hub_config.services.ai.routing import Routing
from hub_config.services.ai.saved import SavedReplies
from hub_config.services.ai.speech import SpeechEndpoint
from hub_config.services.ai.transcriptions import TranscriptionsEndpoint
from hub_config.services.ai.workshop import Workshop
from hub_config.services.tokens import HubTokens, Tokens
from hub_config.settings import Settings

log = logging.getLogger(__name__)
LESSONS_KEPT = 6  # in memory: a class works on one at a time


def create_app(settings: Settings, environ: Mapping[str, str], *, warm: bool = False) -> Starlette:
    """The gateway. `environ` is what the hub gives its services. Raises LessonError when a lesson is broken."""
    tokens = HubTokens("ai", environ, settings.token_kept_s)
    lessons = LatestLessons(lambda: LessonIndex(settings.lessons, LESSONS_KEPT), settings.published)
    return app_of(settings, tokens, lessons, warm=warm)


def app_of(settings: Settings, tokens: Tokens, lessons: Lessons, *, warm: bool = False) -> Starlette:
    """The gateway over these lessons, for whom `tokens` tells. `warm`: the practice AI's process starts at once."""
    engine = database.connect(settings.ai_database)
    Quota(engine).release_all()
    draws = Draws(settings)
    exercises = Exercises(lessons, draws)
    practice = PracticeAI(exercises)
    desk = Desk(settings, tokens, engine, exercises, draws.engine)
    routing = Routing.of(settings)
    standing = Standing(draws.engine, settings.published)
    desk.metrics.breakers = routing.breakers
    listed = routing.listed()

    async def models(request: Request) -> Response:
        await desk.caller(request)
        return JSONResponse({"object": "list", "data": listed})

    async def model(request: Request) -> Response:
        await desk.caller(request)
        for entry in listed:
            if entry["id"] == request.path_params["id"]:
                return JSONResponse(entry)
        allowed = ", ".join(entry["id"] for entry in listed)
        raise GatewayError(404, "model_not_found", param="model", allowed=allowed)

    async def health(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        running = [asyncio.create_task(desk.keep_purged())]
        if warm:
            running.append(asyncio.create_task(practice.ready()))
        yield
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await routing.close()
        await practice.close()
        engine.dispose()
        draws.close()

    once, saved, workshop = Once(engine), SavedReplies(engine, exercises), Workshop(settings.ai_database, lessons)
    chat = ChatEndpoint(desk, routing, once, exercises, practice, saved, workshop)
    return Starlette(
        routes=[
            Route("/v1/chat/completions", chat, methods=["POST"]),
            Route("/v1/embeddings", EmbeddingsEndpoint(desk, routing, once), methods=["POST"]),
            Route("/v1/images/generations", ImagesEndpoint(desk, routing, once, workshop), methods=["POST"]),
            Route("/v1/audio/speech", SpeechEndpoint(desk, routing, once, workshop), methods=["POST"]),
            Route("/v1/audio/transcriptions", TranscriptionsEndpoint(desk, routing, once, workshop), methods=["POST"]),
            Route("/v1/coach", CoachEndpoint(desk, routing, once, lessons, standing), methods=["POST"]),
            Route("/v1/models", models, methods=["GET"]),
            Route("/v1/models/{id:path}", model, methods=["GET"]),  # names of models hold slashes
            *reports.routes(desk, engine, settings),
            Route("/replies", RepliesEndpoint(tokens, engine).__call__, methods=["GET"]),
            Route("/health", health, methods=["GET"]),
        ],
        exception_handlers={GatewayError: _gateway_error, HTTPException: _http_error, Exception: _fault},
        lifespan=lifespan,
    )


async def _gateway_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, GatewayError)  # noqa: S101 - for the type alone
    return error.response()


async def _http_error(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return GatewayError(status, "not_found").response()


async def _fault(_request: Request, _error: Exception) -> Response:
    return GatewayError(500, "internal").response()  # starlette raises it on, so uvicorn logs the traceback
