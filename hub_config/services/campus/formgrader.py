"""The way into a class's formgrader: starts the class's own server, waits with the teacher, and hands on."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hub_config.services.campus import classes
from hub_config.services.campus.accounts import CLASS_PREFIX, Account
from hub_config.services.campus.pages import render
from hub_config.services.campus.service import Service, service_of

WAIT_SECONDS = 2
EXPECTED_ROUNDS = 10  # about twenty seconds
MAX_ROUNDS = 45


async def open_formgrader(request: Request) -> Response:
    """`GET classes/ID/formgrader`, for the class's teachers. Looks again every two seconds until the server is up."""
    service = service_of(request)
    name = await service.session.user(request)
    if name is None:
        return service.session.sign_in(request)
    person, course = await run_in_threadpool(_allowed, service, name, request.path_params["course"])
    server = CLASS_PREFIX + course
    if await service.hub.server_ready(server):
        return RedirectResponse(f"/user/{server}/formgrader", 303)
    given = request.query_params.get("round", "0")
    rounds = int(given) if given.isdecimal() and len(given) < 4 else 0
    if rounds < MAX_ROUNDS:
        await service.hub.start_server(server)
    return await run_in_threadpool(
        lambda: render(
            service,
            request,
            person,
            "formgrader.html",
            course=course,
            rounds=rounds + 1,
            expected=EXPECTED_ROUNDS,
            seconds=WAIT_SECONDS,
            given_up=rounds >= MAX_ROUNDS,
        )
    )


def _allowed(service: Service, name: str, course: str) -> tuple[Account, str]:
    person = service.campus.person(name)
    return person, classes.taught_class(service.campus, person.name, course).id


ROUTES = [Route("/classes/{course}/formgrader", open_formgrader, methods=["GET"])]
