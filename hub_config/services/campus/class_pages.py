"""Pages of teachers: the class at a glance, one submission of it with its history, grading again."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from hub_config.services.campus import backlog, classes, conversations, grading_again, history, results
from hub_config.services.campus.accounts import Account, CourseClass, find_account
from hub_config.services.campus.database import reading
from hub_config.services.campus.pages import REFRESH_SECONDS, render
from hub_config.services.campus.service import Service, form, page

MAX_DIGITS = 7


def _overview(service: Service, request: Request, person: Account) -> Response:
    course = _course(service, request, person)
    found = classes.overview(service.campus, course)
    batch = _batch(request, found.pending)
    return render(
        service,
        request,
        person,
        "class.html",
        overview=found,
        names={learner.account.name: learner.account.display_name for learner in found.learners},
        titles=dict(found.lessons),
        batch=batch,
        done=batch - found.pending,
        refresh=REFRESH_SECONDS if found.pending else None,
    )


def _progress(service: Service, request: Request, person: Account) -> Response:
    """How many submissions of the class wait for their grade, and how many have one: {"pending", "graded"}."""
    course = _course(service, request, person)
    with reading(service.campus.engine) as connection:
        groups = backlog.groups(connection, class_id=course.id)
    found = {"pending": backlog.number(groups, *backlog.PENDING), "graded": backlog.number(groups, "graded")}
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


def _submission(service: Service, request: Request, person: Account) -> Response:
    course = _course(service, request, person)
    found = classes.class_submission(service.campus, course, request.path_params["submission"])
    result = results.result_of(service.campus, found)
    with reading(service.campus.engine) as connection:
        rounds = history.history(connection, found.id)
    return render(
        service,
        request,
        person,
        "class_submission.html",
        course=course,
        submission=found,
        learner=find_account(service.campus.engine, found.learner),
        lesson=service.campus.lesson(found.lesson).lesson,
        result=result,
        conversations=conversations.conversations(service.campus, found),
        rounds=rounds,
        titles={one.exercise.id: one.exercise.title for one in result.exercises} if result else {},
        refresh=REFRESH_SECONDS if found.state in ("queued", "grading") else None,
    )


def _grade_again(service: Service, request: Request, person: Account, _fields: dict[str, str]) -> Response:
    course = _course(service, request, person)
    found = classes.class_submission(service.campus, course, request.path_params["submission"])
    grading_again.grade_again(service.campus.engine, found.id)
    return RedirectResponse(f"{service.prefix}classes/{course.id}/submissions/{found.id}", 303)


def _confirm(service: Service, request: Request, person: Account) -> Response:
    """Asks whether to grade the class, or one lesson of it, again: how many, and what becomes of the scores."""
    course = _course(service, request, person)
    lessons, versions = _wanted(service, request.query_params)
    with reading(service.campus.engine) as connection:
        groups = backlog.groups(connection, class_id=course.id)
    counts = backlog.gradable(groups, outdated=versions)
    return render(
        service,
        request,
        person,
        "class_grade_again.html",
        course=course,
        lesson=service.campus.lesson(lessons[0]).lesson if "lesson" in request.query_params else None,
        outdated=versions is not None,
        number=sum(counts.get(lesson, 0) for lesson in lessons),
    )


def _grade_all_again(service: Service, request: Request, person: Account, fields: dict[str, str]) -> Response:
    course = _course(service, request, person)
    lessons, versions = _wanted(service, fields)
    for lesson in lessons:
        grading_again.grade_again_all(service.campus.engine, class_id=course.id, lesson=lesson, outdated=versions)
    with reading(service.campus.engine) as connection:
        pending = backlog.number(backlog.groups(connection, class_id=course.id), *backlog.PENDING)
    return RedirectResponse(f"{service.prefix}classes/{course.id}?of={pending}", 303)


def _course(service: Service, request: Request, person: Account) -> CourseClass:
    return classes.taught_class(service.campus, person.name, request.path_params["course"])


def _wanted(service: Service, fields: Mapping[str, str]) -> tuple[list[str], dict[str, str] | None]:
    """The lesson that is named, else every one there is; their versions, if only what is outdated is wanted."""
    chosen = [service.campus.lesson(fields["lesson"])] if "lesson" in fields else service.campus.catalog
    versions = backlog.current_versions(service.campus.catalog) if "outdated" in fields else None
    return [folder.lesson.id for folder in chosen], versions


def _batch(request: Request, pending: int) -> int:
    """How many submissions waited when this page began to watch, as its address tells; more came: how many wait now."""
    told = request.query_params.get("of", "")
    return max(pending, int(told) if told.isascii() and told.isdecimal() and len(told) < MAX_DIGITS else 0)


_SUBMISSION = "/classes/{course}/submissions/{submission}"
ROUTES = [
    Route("/classes/{course}", page(_overview), methods=["GET"]),
    Route("/classes/{course}/progress", page(_progress), methods=["GET"]),
    Route("/classes/{course}/grade-again", page(_confirm), methods=["GET"]),
    Route("/classes/{course}/grade-again", form(_grade_all_again), methods=["POST"]),
    Route(_SUBMISSION, page(_submission), methods=["GET"]),
    Route(f"{_SUBMISSION}/grade-again", form(_grade_again), methods=["POST"]),
]
