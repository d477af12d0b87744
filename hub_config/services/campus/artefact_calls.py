"""The calls by which artefacts are made and looked at, as docs/architecture.md lists them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from autograders.models import Picture
from course.lesson import Making
from course.poster import Design
from hub_config.services.campus import artefacts, classes, draws, pictures, submissions
from hub_config.services.campus.accounts import Account
from hub_config.services.campus.database import reading
from hub_config.services.campus.refusals import Refusal
from hub_config.services.campus.service import Service, bearer, body_of, json_of, page, service_of

PICTURE_BYTES = 2_000_000
PLACES = 2  # pictures at a time; who waits keeps none of the threads that answer everybody else
_HEADERS = {
    "Cache-Control": "private, max-age=86400, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox",
}

_places = CapacityLimiter(PLACES)
Made = tuple[bytes, Picture]


async def _compose(request: Request) -> Response:
    """`POST …/poster` `{"design"}`: the poster of a design."""
    service, name = service_of(request), await bearer(request)
    try:
        design = Design.model_validate((await json_of(request)).get("design"))
    except ValidationError as error:
        raise Refusal("bad_design") from error

    def make() -> Made:
        _making(service, request, name)
        return pictures.composed(design, _ground(service, request, name, design.picture))

    return await _stored(service, request, name, make)


async def _open(request: Request) -> Response:
    """`POST …/artefacts`: a picture from elsewhere; `?read=1` where it is to be handed in as it is."""
    service, name = service_of(request), await bearer(request)
    read = request.query_params.get("read") == "1"
    try:
        body = await body_of(request, PICTURE_BYTES)
    except Refusal as error:
        raise Refusal("picture_too_big") from error

    def make() -> Made:
        making = _making(service, request, name)
        if read and not making.own:
            raise Refusal("bad_request")
        return pictures.opened(body, read=read)

    return await _stored(service, request, name, make)


async def _stored(service: Service, request: Request, name: str, make: Callable[[], Made]) -> Response:
    def work() -> dict[str, Any]:
        content, seen = make()
        lesson, exercise = request.path_params["lesson"], request.path_params["exercise"]
        with service.campus.engine.begin() as connection:
            sha256 = artefacts.store(connection, name, lesson, exercise, content, seen)
        return {"artefact": sha256, "width": seen.width, "height": seen.height}

    return JSONResponse(await run_sync(work, limiter=_places))


async def _own(request: Request) -> Response:
    """`GET artefacts/SHA256`: the bytes of one's own."""
    service, name = service_of(request), await bearer(request)
    return await run_sync(lambda: _content(service, name, request.path_params["sha256"]))


def _of_submission(service: Service, request: Request, person: Account) -> Response:
    with reading(service.campus.engine) as connection:
        found = submissions.own(connection, request.path_params["submission"], person.name)
    return _content(service, found.learner, request.path_params["sha256"], found.lesson)


def _of_class(service: Service, request: Request, person: Account) -> Response:
    course = classes.taught_class(service.campus, person.name, request.path_params["course"])
    found = classes.class_submission(service.campus, course, request.path_params["submission"])
    return _content(service, found.learner, request.path_params["sha256"], found.lesson)


def _content(service: Service, learner: str, sha256: str, lesson: str | None = None) -> Response:
    with reading(service.campus.engine) as connection:
        content = artefacts.content_of(connection, learner, sha256, lesson)
    if content is None:
        raise Refusal("picture_gone")
    return Response(content, media_type="image/jpeg", headers=_HEADERS)


def _making(service: Service, request: Request, name: str) -> Making:
    """What is to be made in the exercise that a request names. Raises Refusal."""
    service.campus.person(name)
    lesson = service.campus.lesson(request.path_params["lesson"]).lesson
    with service.campus.engine.begin() as connection:
        _, exercise = draws.exercise_of(connection, lesson, name, request.path_params["exercise"])
    if exercise.making is None:
        raise Refusal("bad_request")
    return exercise.making


def _ground(service: Service, request: Request, name: str, sha256: str) -> bytes | None:
    if not sha256:
        return None
    with reading(service.campus.engine) as connection:
        content = artefacts.content_of(connection, name, sha256, request.path_params["lesson"])
    if content is None:
        raise Refusal("picture_gone")
    return content


_EXERCISE = "/api/exercises/{lesson}/{exercise}"
ROUTES = [
    Route(f"{_EXERCISE}/poster", _compose, methods=["POST"]),
    Route(f"{_EXERCISE}/artefacts", _open, methods=["POST"]),
    Route("/api/artefacts/{sha256}", _own, methods=["GET"]),
    Route("/submissions/{submission}/artefacts/{sha256}", page(_of_submission), methods=["GET"]),
    Route("/classes/{course}/submissions/{submission}/artefacts/{sha256}", page(_of_class), methods=["GET"]),
]
