"""Pages of learners: today, the map, results, worked solutions, profile."""

from __future__ import annotations

from typing import Any, get_args

from sqlalchemy import update
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from course.catalog import LEVELS
from hub_config.services.campus import accounts, draws, guidance, ledger, results, submissions, today, tries
from hub_config.services.campus.accounts import Account
from hub_config.services.campus.database import now, reading
from hub_config.services.campus.refusals import Refusal
from hub_config.services.campus.service import FORM_TOKEN, Service, form, page

REFRESH_SECONDS = 3


def render(
    service: Service, request: Request, person: Account | None, template: str, status: int = 200, **values: Any
) -> Response:
    """A page with what every template wants: the person, the form token, the classes they teach."""
    taught = [] if person is None else accounts.list_enrolments(service.campus.engine, person.name)
    return service.renderer.page(
        template,
        status,
        person=person,
        form_token=service.session.form_token(request),
        form_token_name=FORM_TOKEN,
        taught=[e.class_id for e in taught if e.as_ == "teacher"],
        here=request.url.path,
        **values,
    )


def _today(service: Service, request: Request, person: Account) -> Response:
    found = today.today(service.campus, person.name)
    return render(service, request, person, "today.html", today=found)


def _map(service: Service, request: Request, person: Account) -> Response:
    levels = today.level_map(service.campus, person.name)
    return render(service, request, person, "map.html", levels=levels, expected=len(LEVELS))


def _result(service: Service, request: Request, person: Account) -> Response:
    """The lesson's result: what is being graded now, else the submission that counts."""
    lesson = service.campus.lesson(request.path_params["lesson"]).lesson.id
    with reading(service.campus.engine) as connection:
        found = submissions.list_submissions(connection, learner=person.name, lesson=lesson)
        standing = ledger.standing(connection, person.name, lesson)
    if not found:
        return RedirectResponse(f"{service.prefix}map", 303)
    pending = found[0].state != "graded" or standing is None
    chosen = found[0] if pending or standing is None else standing.submission
    return RedirectResponse(f"{service.prefix}submissions/{chosen.id}", 303)


def _submission(service: Service, request: Request, person: Account) -> Response:
    with reading(service.campus.engine) as connection:
        found = submissions.own(connection, request.path_params["submission"], person.name)
        standing = ledger.standing(connection, person.name, found.lesson)
        seen = guidance.solutions_seen(connection, person.name, found.lesson)
    return render(
        service,
        request,
        person,
        "result.html",
        lesson=service.campus.lesson(found.lesson).lesson,
        submission=found,
        result=results.result_of(service.campus, found),
        counts=standing,
        seen=seen,
        refresh=REFRESH_SECONDS if found.state in ("queued", "grading") else None,
    )


def _solution(service: Service, request: Request, person: Account) -> Response:
    """A worked solution that was asked for before; else the question whether to see it."""
    lesson = service.campus.lesson(request.path_params["lesson"]).lesson
    with service.campus.engine.begin() as connection:
        _, exercise = draws.exercise_of(connection, lesson, person.name, request.path_params["exercise"])
        tries.must_be_handed_in(connection, lesson, person.name)
        seen = exercise.id in guidance.solutions_seen(connection, person.name, lesson.id)
    if not exercise.solution:
        raise Refusal("nothing_to_show")
    return render(service, request, person, "solution.html", lesson=lesson, exercise=exercise, seen=seen)


def _see_solution(service: Service, request: Request, person: Account, _fields: dict[str, str]) -> Response:
    lesson = service.campus.lesson(request.path_params["lesson"]).lesson
    with service.campus.engine.begin() as connection:
        _, exercise = draws.exercise_of(connection, lesson, person.name, request.path_params["exercise"])
        tries.must_be_handed_in(connection, lesson, person.name)
        guidance.show_solution(connection, person.name, lesson.id, exercise)
    return RedirectResponse(request.url.path, 303)


def _profile(service: Service, request: Request, person: Account) -> Response:
    enrolments = accounts.list_enrolments(service.campus.engine, person.name)
    titles = {course.id: course.title for course in accounts.list_classes(service.campus.engine)}
    classes = [(titles[e.class_id], e.as_) for e in enrolments]
    saved, years = "saved" in request.query_params, (accounts.EARLIEST_BIRTH, now().year)
    return render(service, request, person, "profile.html", classes=classes, saved=saved, years=years)


def _change_profile(service: Service, _request: Request, person: Account, fields: dict[str, str]) -> Response:
    """Change the role; say the year of birth once: guards for the young rest on it, so that the operator alone
    corrects it (`hocai account birth-year`)."""
    role, born = fields.get("role", ""), fields.get("birth_year", "").strip()
    if role not in get_args(accounts.Role):
        raise Refusal("bad_request")
    if person.birth_year is None and not born and person.role == "student" != role:
        raise Refusal("birth_year_first")  # a pupil of unknown age is guarded as a young one, and would no longer be
    if born and person.birth_year is None:
        try:
            accounts.set_birth_year(service.campus.engine, person.name, int(born))
        except ValueError as error:  # no number, or an AccountError
            raise Refusal("bad_birth_year") from error
    with service.campus.engine.begin() as connection:
        change = update(accounts.account).where(accounts.account.c.name == person.name)
        connection.execute(change.values(role=role))
    return RedirectResponse(f"{service.prefix}profile?saved", 303)


def _sign_out(service: Service, _request: Request, _person: Account, _fields: dict[str, str]) -> Response:
    return service.session.sign_out()


_SOLUTION = "/lessons/{lesson}/exercises/{exercise}/solution"
ROUTES = [
    Route("/", page(_today), methods=["GET"]),
    Route("/map", page(_map), methods=["GET"]),
    Route("/lessons/{lesson}/result", page(_result), methods=["GET"]),
    Route("/submissions/{submission}", page(_submission), methods=["GET"]),
    Route(_SOLUTION, page(_solution), methods=["GET"]),
    Route(_SOLUTION, form(_see_solution), methods=["POST"]),
    Route("/profile", page(_profile), methods=["GET"]),
    Route("/profile", form(_change_profile), methods=["POST"]),
    Route("/sign-out", form(_sign_out), methods=["POST"]),
]
