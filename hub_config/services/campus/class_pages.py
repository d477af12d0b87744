"""Pages of teachers: the class at a glance, one submission of it, grading again."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hub_config.services.campus import classes, queue, results
from hub_config.services.campus.accounts import Account, find_account
from hub_config.services.campus.pages import REFRESH_SECONDS, render
from hub_config.services.campus.service import Service, form, page


def _overview(service: Service, request: Request, person: Account) -> Response:
    course = classes.taught_class(service.campus, person.name, request.path_params["course"])
    found = classes.overview(service.campus, course)
    names = {learner.account.name: learner.account.display_name for learner in found.learners}
    return render(service, request, person, "class.html", overview=found, names=names, titles=dict(found.lessons))


def _submission(service: Service, request: Request, person: Account) -> Response:
    course = classes.taught_class(service.campus, person.name, request.path_params["course"])
    found = classes.class_submission(service.campus, course, request.path_params["submission"])
    return render(
        service,
        request,
        person,
        "class_submission.html",
        course=course,
        submission=found,
        learner=find_account(service.campus.engine, found.learner),
        lesson=service.campus.lesson(found.lesson).lesson,
        result=results.result_of(service.campus, found),
        refresh=REFRESH_SECONDS if found.state in ("queued", "grading") else None,
    )


def _grade_again(service: Service, request: Request, person: Account, _fields: dict[str, str]) -> Response:
    course = classes.taught_class(service.campus, person.name, request.path_params["course"])
    found = classes.class_submission(service.campus, course, request.path_params["submission"])
    queue.grade_again(service.campus.engine, found.id)
    return RedirectResponse(f"{service.prefix}classes/{course.id}/submissions/{found.id}", 303)


_SUBMISSION = "/classes/{course}/submissions/{submission}"
ROUTES = [
    Route("/classes/{course}", page(_overview), methods=["GET"]),
    Route(_SUBMISSION, page(_submission), methods=["GET"]),
    Route(f"{_SUBMISSION}/grade-again", form(_grade_again), methods=["POST"]),
]
