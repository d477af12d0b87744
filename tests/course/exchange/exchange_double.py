"""Campus's exchange calls, as docs/architecture.md has them, on a real port; faults on demand."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

TOKEN = "learner-token"
LESSON = "text.small"


@dataclass
class ExchangeDouble:
    """What it holds, and how it misbehaves: a status with or without a sentence of its own, or silence."""

    notebook: dict[str, Any]
    port: int
    submissions: dict[str, dict[str, Any]] = field(default_factory=dict)  # by Idempotency-Key
    bodies: list[bytes] = field(default_factory=list)
    material: dict[str, bytes] = field(default_factory=dict)  # what the lesson shows, by name
    sizes: dict[str, int] = field(default_factory=dict)  # what is said of their sizes where it is not so
    sent: list[str] = field(default_factory=list)  # names of the files that were asked for
    status: int = 200
    sentence: str = ""
    silent: bool = False
    asked: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/services/campus"

    def grade(self) -> None:
        for submission in self.submissions.values():
            submission.update(state="graded", score=7, max_score=10, feedback=True)

    def _fault(self, request: Request) -> Response | None:
        if self.silent:
            self.asked.set()
            self.go_on.wait(30)
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return JSONResponse({"error": {"code": "x", "message": ""}}, 401)
        if self.status != 200:
            body = {"error": {"code": "x", "message": self.sentence}} if self.sentence else "?"
            return JSONResponse(body, self.status)
        return None

    def courses(self, request: Request) -> Response:
        return self._fault(request) or JSONResponse(["demo"])

    def assignments(self, request: Request) -> Response:
        course = request.query_params["course"]
        entry = {
            "course_id": course,
            "assignment_id": LESSON,
            "title": "Bài nhỏ",
            "released_at": "2027-03-01T00:00:00Z",
        }
        return self._fault(request) or JSONResponse([entry])

    def assignment(self, request: Request) -> Response:
        if request.path_params["lesson"] != LESSON:
            return JSONResponse({"error": {}}, 404)
        return self._fault(request) or JSONResponse(self.notebook)

    def listed_material(self, request: Request) -> Response:
        sizes = {name: len(content) for name, content in self.material.items()} | self.sizes
        return self._fault(request) or JSONResponse([{"name": n, "bytes": size} for n, size in sizes.items()])

    def material_file(self, request: Request) -> Response:
        name = request.path_params["name"]
        self.sent.append(name)
        if name not in self.material:
            return JSONResponse({"error": {}}, 404)
        return self._fault(request) or Response(self.material[name])

    async def submit(self, request: Request) -> Response:
        body = await request.body()
        fault = self._fault(request)
        if fault:
            return fault
        try:
            json.loads(body)["cells"]
        except (ValueError, KeyError, TypeError):
            return JSONResponse({}, 422)
        self.bodies.append(body)
        made = self.submissions.setdefault(
            request.headers["idempotency-key"],
            {
                "id": f"s{len(self.submissions)}",
                "course_id": request.path_params["course"],
                "assignment_id": request.path_params["lesson"],
                "timestamp": datetime(2027, 3, 12, 8, 30, len(self.submissions), 5, tzinfo=UTC).isoformat(),
                "state": "queued",
                "score": None,
                "max_score": None,
                "feedback": False,
            },
        )
        return JSONResponse({"id": made["id"], "timestamp": made["timestamp"]})

    def listed(self, request: Request) -> Response:
        return self._fault(request) or JSONResponse(list(self.submissions.values()))

    def feedback(self, request: Request) -> Response:
        return self._fault(request) or HTMLResponse(f"<p>Nhận xét {request.path_params['id']}</p>")

    def app(self) -> Starlette:
        api = "/services/campus/api/exchange"
        lesson = f"{api}/assignments/{{course}}/{{lesson}}"
        return Starlette(
            routes=[
                Route(f"{api}/courses", self.courses),
                Route(f"{api}/assignments", self.assignments),
                Route(lesson, self.assignment),
                Route(f"{lesson}/material", self.listed_material),
                Route(f"{lesson}/material/{{name:path}}", self.material_file),
                Route(f"{lesson}/submissions", self.submit, methods=["POST"]),
                Route(f"{api}/submissions", self.listed),
                Route(f"{api}/submissions/{{id}}/feedback", self.feedback),
            ]
        )


@contextmanager
def exchange_double(notebook: dict[str, Any], port: int) -> Iterator[ExchangeDouble]:
    """A double that answers on `port`."""
    double = ExchangeDouble(notebook, port)
    server = uvicorn.Server(uvicorn.Config(double.app(), port=port, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    try:
        yield double
    finally:
        server.should_exit = True
        thread.join(10)
