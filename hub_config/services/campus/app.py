"""Campus as an ASGI app. Paths are those below the service's prefix."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hub_config import processes
from hub_config.services.campus import (
    ai_pages,
    api,
    artefact_calls,
    class_pages,
    exchange,
    formgrader,
    marking_pages,
    pages,
    statistics_pages,
)
from hub_config.services.campus.ai_usage import GatewayUsage
from hub_config.services.campus.assets import Assets
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.grading_again import grade_when_back
from hub_config.services.campus.hubapi import HubApi
from hub_config.services.campus.judge_queue import JudgeQueue
from hub_config.services.campus.judging import judge_of
from hub_config.services.campus.queue import GradingQueue
from hub_config.services.campus.refusals import Refusal
from hub_config.services.campus.rendering import Renderer
from hub_config.services.campus.replies import GatewayRecord
from hub_config.services.campus.service import Service, service_of
from hub_config.services.campus.session import PageSession
from hub_config.services.campus.verdicts import StoredVerdicts
from hub_config.services.listening import prefix_of
from hub_config.services.tokens import HubTokens, TokenError
from hub_config.settings import Settings

log = logging.getLogger(__name__)

GRADEBOOK_SECONDS = 10.0
THREADS = 12  # fewer than the 15 connections of the database's pool: who has got a thread waits for none
TOKEN_CODES = {
    "missing_token": "not_signed_in",
    "unknown_token": "not_signed_in",
    "lacking_scope": "forbidden",
    "hub_unreachable": "hub_down",
}


def create_app(
    settings: Settings, environ: Mapping[str, str], judging: Mapping[str, Any] | None = None, **queue: Any
) -> Starlette:
    """Campus. `environ` is what the hub gives its services; `queue` and `judging` go on to the two queues.

    Raises course.errors.LessonError when a lesson is broken.
    """
    campus = Campus.open(settings)
    prefix = prefix_of("campus", environ) + "/"
    token = environ["JUPYTERHUB_API_TOKEN"]
    record = GatewayRecord(settings, token)
    service = Service(
        campus=campus,
        session=PageSession(prefix, environ),
        tokens=HubTokens("campus", environ, settings.token_kept_s),
        hub=HubApi(environ),
        renderer=Renderer(prefix, Assets(campus)),
        queue=GradingQueue(campus, record=record, **queue),
        ai=GatewayUsage(settings, token),
        record=record,
        prefix=prefix,
    )
    find_judge = partial(judge_of, settings, token, StoredVerdicts(campus.engine))
    judge_queue = JudgeQueue(campus, find_judge, **(judging or {}))
    again = partial(grade_when_back, campus.engine, record)
    return app_of(service, [service.queue.run, judge_queue.run, partial(_keep_gradebooks, service), again])


def app_of(service: Service, rounds: Sequence[Callable[[], Coroutine[Any, Any, None]]]) -> Starlette:
    """Campus's pages and calls for this service; `rounds` are what runs beside them until the app ends."""
    app = Starlette(
        routes=[
            Route("/oauth_callback", service.session.callback, methods=["GET"]),
            Route("/assets/{name}", service.renderer.assets.serve, methods=["GET"]),
            Route("/health", _health, methods=["GET"]),
            *api.ROUTES,
            *artefact_calls.ROUTES,
            *exchange.ROUTES,
            *formgrader.ROUTES,
            *class_pages.ROUTES,
            *ai_pages.ROUTES,
            *statistics_pages.ROUTES,
            *marking_pages.ROUTES,
            *pages.ROUTES,
        ],
        exception_handlers={
            Refusal: _refused,
            TokenError: _no_user,
            OperationalError: _storage_fault,
            OSError: _storage_fault,
            HTTPException: _no_route,
            Exception: _fault,
        },
        lifespan=_lifespan,
    )
    app.state.service = service
    app.state.rounds = rounds
    return app


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    service: Service = app.state.service
    current_default_thread_limiter().total_tokens = THREADS
    tasks = [asyncio.create_task(each()) for each in app.state.rounds]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await service.hub.close()
    service.record.close()
    service.campus.engine.dispose()


async def _keep_gradebooks(service: Service) -> None:
    """Gradebooks and ledger in step, for as long as the service runs."""
    gradebooks = await asyncio.to_thread(open_gradebooks, service.campus)
    try:
        while True:
            try:
                await asyncio.to_thread(gradebooks.keep_up)
            except Exception:  # a round that failed as a whole is made again
                log.exception("the gradebooks could not be kept up")
            await asyncio.sleep(GRADEBOOK_SECONDS)
    finally:
        gradebooks.close()


def open_gradebooks(campus: Campus) -> Any:
    """The gradebooks; with them all is loaded that this process needs. Takes seconds, so call it in a thread."""
    from hub_config.services.campus.gradebooks import Gradebooks  # imports nbgrader: 3 s; pages answer meanwhile

    gradebooks = Gradebooks(campus)
    processes.keep_loaded()
    return gradebooks


async def _health(request: Request) -> Response:
    return JSONResponse({"status": "ok", "lessons": len(list(service_of(request).campus.catalog))})


async def _refused(request: Request, error: Exception) -> Response:
    refusal = error if isinstance(error, Refusal) else Refusal("our_fault")
    path = request.url.path.removeprefix(service_of(request).prefix.rstrip("/"))
    if path.startswith("/api/") or path == "/session":
        body = {"error": {"code": refusal.code, "message": refusal.message, **refusal.detail}}
        return JSONResponse(body, refusal.status, {"Cache-Control": "no-store"})
    renderer = service_of(request).renderer
    return renderer.page("error.html", refusal.status, person=None, message=refusal.message, status_code=refusal.status)


async def _no_user(request: Request, error: Exception) -> Response:
    code = TOKEN_CODES[error.code] if isinstance(error, TokenError) else "not_signed_in"
    return await _refused(request, Refusal(code))


async def _storage_fault(request: Request, error: Exception) -> Response:
    log.error("storage fault at %s %s: %s", request.method, request.url.path, error)
    return await _refused(request, Refusal("storage"))


async def _no_route(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return await _refused(request, Refusal("not_found" if status == 404 else "bad_request"))


async def _fault(request: Request, _error: Exception) -> Response:
    return await _refused(request, Refusal("our_fault"))  # starlette raises it on, so uvicorn logs the traceback
