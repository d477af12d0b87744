"""Pages of use, cost and failures of the AI: of a class for its teachers, of everybody for admins."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hub_config.services.campus import ai_usage, classes
from hub_config.services.campus.accounts import Account, list_accounts, list_classes
from hub_config.services.campus.pages import render
from hub_config.services.campus.refusals import Refusal
from hub_config.services.campus.service import Service, page

SPANS = (7, 30)  # days
SHOWN = 50  # people on the page of admins, those who ask most


def _class(service: Service, request: Request, person: Account) -> Response:
    course = classes.taught_class(service.campus, person.name, request.path_params["course"])
    learners = list_accounts(service.campus.engine, class_id=course.id, as_="learner")
    days = _span(request)
    use = service.ai.use(days, course.id)
    asked = {caller for caller, _ in use.people} if use else set()
    return render(
        service,
        request,
        person,
        "ai_class.html",
        course=course,
        use=use,
        span=days,
        spans=SPANS,
        chart=ai_usage,
        names=_names(service),
        silent=sum(f"user:{learner.name}" not in asked for learner in learners),
    )


def _all(service: Service, request: Request, person: Account) -> Response:
    if person.kind != "admin":
        raise Refusal("forbidden")
    days = _span(request)
    return render(
        service,
        request,
        person,
        "ai_all.html",
        use=service.ai.use(days),
        span=days,
        spans=SPANS,
        chart=ai_usage,
        names=_names(service),
        titles={course.id: course.title for course in list_classes(service.campus.engine)},
        shown=SHOWN,
    )


def _names(service: Service) -> dict[str, str]:
    """What people are called, by the gateway's key of them."""
    return {f"user:{account.name}": account.display_name for account in list_accounts(service.campus.engine)}


def _span(request: Request) -> int:
    return next((days for days in SPANS if request.query_params.get("days") == str(days)), SPANS[0])


ROUTES = [
    Route("/classes/{course}/ai", page(_class), methods=["GET"]),
    Route("/ai", page(_all), methods=["GET"]),
]
