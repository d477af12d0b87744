"""The running service: what every request handler works with, and who is asking."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hub_config.services.campus.accounts import Account
from hub_config.services.campus.ai_usage import GatewayUsage
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.identity import Hub, Session
from hub_config.services.campus.queue import GradingQueue
from hub_config.services.campus.refusals import Refusal
from hub_config.services.campus.rendering import Renderer
from hub_config.services.campus.replies import Record
from hub_config.services.tokens import Tokens

FORM_BYTES = 16_000
JSON_BYTES = 256_000
MAX_KEY = 200
FORM_TOKEN = "form_token"  # noqa: S105 - the name of a form's field

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Service:
    """One campus service. `prefix` as "/services/campus/"."""

    campus: Campus
    session: Session
    tokens: Tokens
    hub: Hub
    renderer: Renderer
    queue: GradingQueue
    ai: GatewayUsage
    record: Record
    prefix: str


def service_of(request: Request) -> Service:
    """The service that a request came to."""
    found: Service = request.app.state.service
    return found


def page(view: Callable[[Service, Request, Account], Response]) -> Endpoint:
    """An endpoint for a page: signs in who is not; `view` runs in a thread."""

    async def endpoint(request: Request) -> Response:
        service = service_of(request)
        name = await service.session.user(request)
        if name is None:
            return service.session.sign_in(request)
        return await run_in_threadpool(lambda: view(service, request, service.campus.person(name)))

    return endpoint


def form(view: Callable[[Service, Request, Account, dict[str, str]], Response]) -> Endpoint:
    """An endpoint for a form of ours: as `page`, and only with the form's own token."""

    async def endpoint(request: Request) -> Response:
        service = service_of(request)
        name = await service.session.user(request)
        if name is None:
            return service.session.sign_in(request)
        fields = dict(parse_qsl((await body_of(request, FORM_BYTES)).decode("utf-8", "replace")))
        service.session.check_form(request, fields.pop(FORM_TOKEN, ""))
        return await run_in_threadpool(lambda: view(service, request, service.campus.person(name), fields))

    return endpoint


def call(view: Callable[[Service, Request, Account, dict[str, Any]], Any]) -> Endpoint:
    """An endpoint for a program: Bearer token in, JSON in, JSON out; `view` runs in a thread."""

    async def endpoint(request: Request) -> Response:
        service = service_of(request)
        name = await bearer(request)
        body = await json_of(request) if request.method in ("POST", "PUT") else {}
        answer = await run_in_threadpool(lambda: view(service, request, service.campus.person(name), body))
        return JSONResponse(answer)

    return endpoint


async def bearer(request: Request) -> str:
    """Whose token a request carries. Raises hub_config.services.tokens.TokenError, Refusal("forbidden")."""
    user = await service_of(request).tokens.identify(request.headers.get("authorization"))
    if user.kind != "user":
        raise Refusal("forbidden")
    return user.name


async def body_of(request: Request, limit: int) -> bytes:
    """The body, read only as far as `limit` bytes. Raises Refusal("too_big")."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise Refusal("too_big")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise Refusal("too_big")
    return bytes(body)


async def json_of(request: Request) -> dict[str, Any]:
    """The body as a JSON object; nothing is {}. Raises Refusal("bad_request" or "too_big")."""
    body = await body_of(request, JSON_BYTES)
    try:
        value = json.loads(body) if body.strip() else {}
    except (ValueError, RecursionError) as error:
        raise Refusal("bad_request") from error
    if not isinstance(value, dict):
        raise Refusal("bad_request")
    return value


def idempotency_key(request: Request) -> str | None:
    """What a page calls its request, so that it may send it again; None: nothing. Raises Refusal("bad_request")."""
    key = request.headers.get("idempotency-key")
    if key is not None and not 0 < len(key) <= MAX_KEY:
        raise Refusal("bad_request")
    return key
