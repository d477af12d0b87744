"""Pages of teachers about the judge: reading answers blind, and how far judge and teachers agree."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hub_config.services.campus import agreement, classes, marking
from hub_config.services.campus.accounts import Account, CourseClass
from hub_config.services.campus.marking import Reading
from hub_config.services.campus.pages import render
from hub_config.services.campus.refusals import Refusal
from hub_config.services.campus.service import Service, form, page


def _next(service: Service, request: Request, person: Account) -> Response:
    """The next answer to read, or that none is left."""
    course = _course(service, request, person)
    desk = marking.desk(service.campus, course.id, person.name)
    shown = marking.next_sheet(service.campus, course.id, person.name, desk.rest)
    return render(service, request, person, "marking.html", course=course, desk=desk, sheet=shown)


def _again(service: Service, request: Request, person: Account) -> Response:
    """An answer by its address: one that was read before, to put its level right."""
    course = _course(service, request, person)
    desk = marking.desk(service.campus, course.id, person.name)
    shown = marking.sheet(service.campus, course.id, person.name, _reading(request))
    return render(service, request, person, "marking.html", course=course, desk=desk, sheet=shown)


def _mark(service: Service, request: Request, person: Account, fields: dict[str, str]) -> Response:
    course = _course(service, request, person)
    level = fields.get("level", "")
    if not (level.isascii() and level.isdecimal() and len(level) < 4):
        raise Refusal("bad_request")
    marking.mark(service.campus, course.id, person.name, _reading(request), int(level))
    return RedirectResponse(f"{service.prefix}classes/{course.id}/marking", 303)


def _agreement(service: Service, request: Request, person: Account) -> Response:
    course = _course(service, request, person)
    found = agreement.class_agreement(service.campus, course.id)
    return render(service, request, person, "agreement.html", course=course, criteria=found)


def _course(service: Service, request: Request, person: Account) -> CourseClass:
    return classes.taught_class(service.campus, person.name, request.path_params["course"])


def _reading(request: Request) -> Reading:
    return Reading(*(request.path_params[part] for part in Reading._fields))


_READING = "/classes/{course}/marking/{submission}/{exercise}/{criterion}"
ROUTES = [
    Route("/classes/{course}/marking", page(_next), methods=["GET"]),
    Route(_READING, page(_again), methods=["GET"]),
    Route(_READING, form(_mark), methods=["POST"]),
    Route("/classes/{course}/agreement", page(_agreement), methods=["GET"]),
]
