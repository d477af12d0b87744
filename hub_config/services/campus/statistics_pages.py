"""The page of a class's teachers on one lesson: how the class fared with each exercise, the weakest first."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hub_config.services.campus import classes
from hub_config.services.campus.accounts import Account, list_accounts
from hub_config.services.campus.database import reading
from hub_config.services.campus.item_statistics import lesson_statistics
from hub_config.services.campus.pages import render
from hub_config.services.campus.service import Service, page


def _lesson(service: Service, request: Request, person: Account) -> Response:
    course = classes.taught_class(service.campus, person.name, request.path_params["course"])
    folder = service.campus.lesson(request.path_params["lesson"])
    with reading(service.campus.engine) as connection:
        found = lesson_statistics(connection, folder, course.id)
    return render(
        service,
        request,
        person,
        "class_lesson.html",
        course=course,
        found=found,
        learners=len(list_accounts(service.campus.engine, class_id=course.id, as_="learner")),
        lessons=[(other.lesson.id, other.lesson.title) for other in service.campus.catalog],
    )


ROUTES = [Route("/classes/{course}/lessons/{lesson}", page(_lesson), methods=["GET"])]
