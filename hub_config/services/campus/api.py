"""The calls of kit widgets and apps, as docs/architecture.md lists them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from course.lesson import Lesson
from hub_config.services.campus import (
    attempts,
    drafts,
    draws,
    exercises,
    guidance,
    shown_files,
    submissions,
    tries,
    wording,
)
from hub_config.services.campus.accounts import Account
from hub_config.services.campus.database import reading
from hub_config.services.campus.refusals import Refusal
from hub_config.services.campus.service import Service, bearer, call, idempotency_key, service_of
from hub_config.services.campus.submissions import Submission

ADDRESSES = {"campus": "/services/campus", "ai": "/services/ai/v1", "apps": "/services/apps"}


async def page_session(request: Request) -> Response:
    """`GET session`: a token by the page's own cookie."""
    service = service_of(request)
    name = await service.session.user(request)
    if name is None:
        raise Refusal("not_signed_in")
    return await _session(service, name)


async def token_session(request: Request) -> Response:
    """`POST api/session`: a short-lived token by a longer-lived one."""
    return await _session(service_of(request), await bearer(request))


async def _session(service: Service, name: str) -> Response:
    token = await service.hub.issue_token(name, wording.SESSION_NOTE.format(name=name))
    return JSONResponse({**token, **ADDRESSES}, headers={"Cache-Control": "no-store"})


def _state(service: Service, request: Request, person: Account, _body: dict[str, Any]) -> dict[str, Any]:
    folder = service.campus.lesson(request.path_params["lesson"])
    with service.campus.engine.begin() as connection:
        return exercises.state(connection, folder, person.name, request.path_params["exercise"])


def _draft(service: Service, request: Request, person: Account, body: dict[str, Any]) -> dict[str, Any]:
    lesson, exercise = service.campus.lesson(request.path_params["lesson"]).lesson, request.path_params["exercise"]
    answer = drafts.clean_answer(body.get("answer"))
    with service.campus.engine.begin() as connection:
        draws.exercise_of(connection, lesson, person.name, exercise)
        tries.must_take_answers(connection, lesson, person.name)
        saved_at, fresh = drafts.save(connection, person.name, lesson.id, exercise, answer, drafts.Origin.of(body))
        if fresh:  # else the page did not hear that it had arrived, and sends its time once more
            drafts.add_active_time(connection, person.name, lesson.id, exercise, body.get("active_s", 0))
    return {"saved_at": saved_at.isoformat()}


def _check(service: Service, request: Request, person: Account, body: dict[str, Any]) -> dict[str, Any]:
    folder = service.campus.lesson(request.path_params["lesson"])
    if folder.lesson.is_challenge:
        raise Refusal("in_sitting")
    answer, origin = drafts.clean_answer(body.get("answer")), drafts.Origin.of(body)
    id_, seconds = request.path_params["exercise"], body.get("active_s", 0)
    key = idempotency_key(request)
    exercise, made = attempts.check(
        service.campus.engine, folder, person.name, id_, answer, seconds, origin, key, service.record
    )
    return exercises.result(exercise, made)


def _hint(service: Service, request: Request, person: Account, body: dict[str, Any]) -> dict[str, Any]:
    lesson = service.campus.lesson(request.path_params["lesson"]).lesson
    with service.campus.engine.begin() as connection:
        _, exercise = draws.exercise_of(connection, lesson, person.name, request.path_params["exercise"])
        hints = guidance.show_hint(connection, person.name, lesson.id, exercise, body.get("seen"))
    return {"hints": hints, "hints_left": len(exercise.hints) - len(hints)}


def _solution(service: Service, request: Request, person: Account, _body: dict[str, Any]) -> dict[str, Any]:
    lesson = service.campus.lesson(request.path_params["lesson"]).lesson
    with service.campus.engine.begin() as connection:
        _, exercise = draws.exercise_of(connection, lesson, person.name, request.path_params["exercise"])
        tries.must_be_handed_in(connection, lesson, person.name)
        guidance.show_solution(connection, person.name, lesson.id, exercise)
    return {"solution": exercise.solution, "why": exercise.why}


def _material(service: Service, request: Request, person: Account, _body: dict[str, Any]) -> dict[str, Any]:
    folder = service.campus.lesson(request.path_params["lesson"])
    with service.campus.engine.begin() as connection:
        return exercises.material(connection, folder, person.name, request.path_params["exercise"])


def _lesson(service: Service, request: Request, person: Account, _body: dict[str, Any]) -> dict[str, Any]:
    folder = service.campus.lesson(request.path_params["lesson"])
    with service.campus.engine.begin() as connection:
        listed = exercises.lesson_exercises(connection, folder, person.name)
        handed_in = submissions.list_submissions(connection, learner=person.name, lesson=folder.lesson.id)
        here = tries.present(connection, folder.lesson, person.name)
    return {
        "lesson": folder.lesson.id,
        "title": folder.lesson.title,
        "exercises": listed,
        "submission": submission_json(service, handed_in[0]) if handed_in else None,
        "try": _try_json(folder.lesson, here),
    }


async def material_file(request: Request) -> Response:
    """`GET lessons/LESSON/material/NAME`: a picture or sound, as the apps service sends it to a page's cookie."""
    service, name = service_of(request), await bearer(request)

    def find() -> dict[str, Path]:
        service.campus.person(name)
        return shown_files.shown_files(service.campus, request.path_params["lesson"])

    return shown_files.file_response(await run_in_threadpool(find), request.path_params["name"])


def _try(service: Service, request: Request, person: Account, body: dict[str, Any]) -> dict[str, Any]:
    lesson = service.campus.lesson(request.path_params["lesson"]).lesson
    with service.campus.engine.begin() as connection:
        here = tries.begin(connection, lesson, person.name, body.get("role"))
    return _try_json(lesson, here)


def _try_json(lesson: Lesson, here: tries.Try) -> dict[str, Any]:
    return {
        "number": here.number,
        "role": here.role,
        "roles": [{"id": role, "name": wording.ROLES[role]} for role in lesson.roles],
        "sitting": here.sitting,
        "ends_at": here.ends_at.isoformat() if here.ends_at else None,
        "minutes": draws.sitting_length(lesson).total_seconds() // 60 if lesson.is_challenge else None,
        "tomorrow": here.tomorrow,
    }


def _submit(service: Service, request: Request, person: Account, body: dict[str, Any]) -> dict[str, Any]:
    lesson = service.campus.lesson(request.path_params["lesson"]).lesson.id
    key = idempotency_key(request)
    with service.campus.engine.begin() as connection:
        drafts.add_active_time(connection, person.name, lesson, "", body.get("active_s", 0))
    made = submissions.submit(service.campus, person.name, None, lesson, None, "phone", key)
    service.queue.wake()
    return submission_json(service, made)


def _submission(service: Service, request: Request, person: Account, _body: dict[str, Any]) -> dict[str, Any]:
    with reading(service.campus.engine) as connection:
        found = submissions.own(connection, request.path_params["submission"], person.name)
    return submission_json(service, found)


def submission_json(service: Service, found: Submission) -> dict[str, Any]:
    """`Submission` of docs/architecture.md."""
    earned = {"points": None, "max": None, "waiting": None}
    if found.scores is not None:
        sums = [sum(column) for column in zip(*found.scores.values(), strict=True)]
        earned = dict(zip(earned, sums, strict=True))
    return {"id": found.id, "state": found.state, "result_url": f"{service.prefix}submissions/{found.id}", **earned}


_EXERCISE = "/api/exercises/{lesson}/{exercise}"
ROUTES = [
    Route("/session", page_session, methods=["GET"]),
    Route("/api/session", token_session, methods=["POST"]),
    Route(_EXERCISE, call(_state), methods=["GET"]),
    Route(f"{_EXERCISE}/draft", call(_draft), methods=["PUT"]),
    Route(f"{_EXERCISE}/check", call(_check), methods=["POST"]),
    Route(f"{_EXERCISE}/hint", call(_hint), methods=["POST"]),
    Route(f"{_EXERCISE}/solution", call(_solution), methods=["POST"]),
    Route(f"{_EXERCISE}/material", call(_material), methods=["GET"]),
    Route("/api/lessons/{lesson}", call(_lesson), methods=["GET"]),
    Route("/api/lessons/{lesson}/material/{name:path}", material_file, methods=["GET"]),
    Route("/api/lessons/{lesson}/try", call(_try), methods=["POST"]),
    Route("/api/lessons/{lesson}/submit", call(_submit), methods=["POST"]),
    Route("/api/submissions/{submission}", call(_submission), methods=["GET"]),
]
