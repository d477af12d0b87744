"""The calls of nbgrader's exchange, from learners' servers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from hub_config.services.campus import ledger, shown_files, submissions
from hub_config.services.campus.accounts import Account, list_enrolments
from hub_config.services.campus.database import reading
from hub_config.services.campus.notebooks import MAX_BYTES, read_notebook
from hub_config.services.campus.refusals import Refusal
from hub_config.services.campus.rendering import SECURITY_HEADERS
from hub_config.services.campus.service import Service, bearer, body_of, call, idempotency_key, service_of


def _courses(service: Service, _request: Request, person: Account, _body: dict[str, Any]) -> list[str]:
    return [e.class_id for e in list_enrolments(service.campus.engine, person.name)]


def _assignments(service: Service, request: Request, person: Account, _body: dict[str, Any]) -> list[dict[str, Any]]:
    course = _course(service, request.query_params.get("course", ""), person)
    return [
        {
            "course_id": course,
            "assignment_id": folder.lesson.id,
            "title": folder.lesson.title,
            "released_at": datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(),
        }
        for folder in service.campus.catalog
        if (path := service.campus.student_notebook(folder.lesson.id)).is_file()
    ]


def _assignment(service: Service, request: Request, person: Account, _body: dict[str, Any]) -> Any:
    _course(service, request.path_params["course"], person)
    path = service.campus.student_notebook(service.campus.lesson(request.path_params["lesson"]).lesson.id)
    if not path.is_file():
        raise Refusal("unknown_lesson")
    return nbformat.read(path, as_version=4)


def _material(service: Service, request: Request, person: Account, _body: dict[str, Any]) -> list[dict[str, Any]]:
    files = _fetched(service, request, person)
    return [{"name": name, "bytes": path.stat().st_size} for name, path in files.items()]


async def material_file(request: Request) -> Response:
    """`GET exchange/assignments/COURSE/LESSON/material/NAME`."""
    service, name = service_of(request), await bearer(request)
    files = await run_in_threadpool(lambda: _fetched(service, request, service.campus.person(name)))
    return shown_files.file_response(files, request.path_params["name"])


def _fetched(service: Service, request: Request, person: Account) -> dict[str, Path]:
    _course(service, request.path_params["course"], person)
    return shown_files.files_to_fetch(service.campus, request.path_params["lesson"])


async def submit(request: Request) -> Response:
    """`POST exchange/assignments/COURSE/LESSON/submissions`: the size is refused while the notebook arrives."""
    service, name = service_of(request), await bearer(request)
    body = await body_of(request, MAX_BYTES)

    def store() -> submissions.Submission:
        person = service.campus.person(name)
        lesson = service.campus.lesson(request.path_params["lesson"]).lesson.id
        key = idempotency_key(request)
        course = request.path_params["course"]
        return submissions.submit(service.campus, person.name, course, lesson, read_notebook(body), "jupyterlab", key)

    made = await run_in_threadpool(store)
    service.queue.wake()
    return JSONResponse({"id": made.id, "timestamp": made.submitted_at.isoformat()})


def _submissions(service: Service, request: Request, person: Account, _body: dict[str, Any]) -> list[dict[str, Any]]:
    course = _course(service, request.query_params.get("course", ""), person)
    with reading(service.campus.engine) as connection:
        found = submissions.list_submissions(connection, learner=person.name, class_id=course)
        teachers = ledger.teacher_scores(connection, learner=person.name, class_id=course)
    listed = []
    for submission in found:
        standing = ledger.standing_of(submission, teachers) if submission.scores is not None else None
        listed.append(
            {
                "id": submission.id,
                "course_id": course,
                "assignment_id": submission.lesson,
                "timestamp": submission.submitted_at.isoformat(),
                "state": submission.state,
                "score": standing.points if standing else None,
                "max_score": standing.max if standing else None,
                "feedback": standing is not None,
            }
        )
    return listed


async def feedback(request: Request) -> Response:
    """`GET exchange/submissions/ID/feedback`."""
    service, name = service_of(request), await bearer(request)

    def render() -> str:
        with reading(service.campus.engine) as connection:
            found = submissions.own(connection, request.path_params["submission"], name)
        from hub_config.services.campus.feedback import feedback_page  # imports nbgrader, see app.py

        return feedback_page(service.campus, found)

    return HTMLResponse(await run_in_threadpool(render), headers=SECURITY_HEADERS)


def _course(service: Service, course: str, person: Account) -> str:
    """The course, for those enrolled in it. Raises Refusal("not_in_class")."""
    if course not in {e.class_id for e in list_enrolments(service.campus.engine, person.name)}:
        raise Refusal("not_in_class")
    return course


_LESSON = "/api/exchange/assignments/{course}/{lesson}"
ROUTES = [
    Route("/api/exchange/courses", call(_courses), methods=["GET"]),
    Route("/api/exchange/assignments", call(_assignments), methods=["GET"]),
    Route(_LESSON, call(_assignment), methods=["GET"]),
    Route(f"{_LESSON}/material", call(_material), methods=["GET"]),
    Route(f"{_LESSON}/material/{{name:path}}", material_file, methods=["GET"]),
    Route(f"{_LESSON}/submissions", submit, methods=["POST"]),
    Route("/api/exchange/submissions", call(_submissions), methods=["GET"]),
    Route("/api/exchange/submissions/{submission}/feedback", feedback, methods=["GET"]),
]
