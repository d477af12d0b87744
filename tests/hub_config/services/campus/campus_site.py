"""Campus for tests: the real app under a real uvicorn, beside a small local server that answers as the hub does."""

from __future__ import annotations

import random
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import uvicorn
from small_lesson import write_lesson
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from autograders.gradebook import write_notebook
from autograders.models import AiReply
from course.assignment import student_notebook
from hub_config.services import listening
from hub_config.services.campus import accounts, tables
from hub_config.services.campus.app import create_app
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import reading
from hub_config.settings import Settings

ROOT = Path(__file__).parents[4]
PORTS = range(21400, 21500)
PREFIX = "/services/campus/"
LESSON = "text.small"
PEOPLE = (  # name, display name, kind, role
    ("hoa.ly", "Lý Thị Hoa", "learner", "household"),
    ("an.nguyen", "Nguyễn Văn An", "learner", "official"),
    ("co.lan", "Trần Thị Ngọc Lan", "teacher", "teacher"),
    ("thay.binh", "Đỗ Văn Bình", "teacher", "teacher"),
    ("khach.le", "Lê Thị Khách", "learner", "farmer"),
)


def free_port() -> int:
    """A port of the range that nobody listens on; a random one, since other test runs may be looking too."""
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                continue
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"no free port from {PORTS.start} to {PORTS.stop}")


def until(true: Callable[[], Any], within_s: float = 60) -> Any:
    """Ask again until the answer is true; fails when the time is over."""
    deadline = time.monotonic() + within_s
    while not (answer := true()):
        assert time.monotonic() < deadline, f"still not true after {within_s} s"
        time.sleep(0.05)
    return answer


class Serving:
    """A uvicorn server in a thread; `stop` waits for its lifespan to end."""

    def __init__(self, server: uvicorn.Server) -> None:
        self._server = server
        self._thread = threading.Thread(target=server.run, daemon=True)
        self._thread.start()
        until(lambda: server.started or not self._thread.is_alive())
        assert server.started

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(30)
        assert not self._thread.is_alive()


class LocalHub:
    """Answers `/hub/api` like the hub; the token `NAME:anything` belongs to NAME, `stranger:…` may not use campus.

    At the same port it is the gateway's record, which tells campus what was `said` to a learner, or fails with `fault`.
    """

    def __init__(self) -> None:
        self.ready: set[str] = set()
        self.asked: list[tuple[str, str]] = []
        self.said: dict[str, dict[str, list[AiReply]]] = {}
        self.fault: Response | None = None
        self.record_asked: list[dict[str, str]] = []
        self.port = self.record_port = free_port()
        app = Starlette(
            routes=[
                Route("/hub/api/user", self._user),
                Route("/hub/api/oauth2/token", self._oauth, methods=["POST"]),
                Route("/hub/api/users/{name}/tokens", self._token, methods=["POST"]),
                Route("/hub/api/users/{name}/server", self._server, methods=["POST"]),
                Route("/hub/api/users/{name}", self._person),
                Route("/services/ai/replies", self._replies),
            ]
        )
        self.serving = Serving(uvicorn.Server(uvicorn.Config(app, port=self.port, log_level="warning")))

    async def _user(self, request: Request) -> Response:
        name, mark, _ = request.headers["authorization"].split()[1].partition(":")
        if not mark:
            return JSONResponse({"message": "Forbidden"}, 403)
        kind = "service" if name == "apps" else "user"
        scopes = ["access:services!service=other" if name == "stranger" else "access:services!service=campus"]
        return JSONResponse({"name": name, "kind": kind, "admin": False, "groups": [], "scopes": scopes})

    async def _oauth(self, request: Request) -> Response:
        code = parse_qs((await request.body()).decode())["code"][0]
        return JSONResponse({"access_token": f"{code}:page", "token_type": "Bearer"})

    async def _token(self, request: Request) -> Response:
        self.asked.append(("token", str(await request.json())))
        token = f"{request.path_params['name']}:issued"
        return JSONResponse({"token": token, "expires_at": "2027-03-12T09:00:00Z"}, 201)

    async def _server(self, request: Request) -> Response:
        self.asked.append(("server", request.path_params["name"]))
        return Response(status_code=202)

    async def _person(self, request: Request) -> Response:
        name = request.path_params["name"]
        servers = {"": {"ready": True}} if name in self.ready else {}
        return JSONResponse({"name": name, "servers": servers})

    async def _replies(self, request: Request) -> Response:
        self.record_asked.append(dict(request.query_params))
        if self.fault is not None:
            return self.fault
        if request.headers["authorization"] != "Bearer service-token":
            return JSONResponse({}, 403)
        until = datetime.fromisoformat(request.query_params.get("until", "9999-12-31T00:00:00+00:00"))
        said = self.said.get(request.query_params["learner"], {})
        told = {id_: [one.model_dump(mode="json") for one in those if one.at <= until] for id_, those in said.items()}
        return JSONResponse({"replies": told})


@dataclass
class Site:
    """A campus with the class `demo` (an.nguyen, hoa.ly; co.lan teaches) and the class `khac` (thay.binh teaches)."""

    data: Path
    hub: LocalHub
    port: int = field(default_factory=free_port)
    code: bool = False
    serving: Serving | None = None
    _campus: Campus | None = None

    @property
    def environ(self) -> dict[str, str]:
        return {
            "JUPYTERHUB_API_URL": f"http://127.0.0.1:{self.hub.port}/hub/api",
            "JUPYTERHUB_API_TOKEN": "service-token",
            "JUPYTERHUB_SERVICE_NAME": "campus",
            "JUPYTERHUB_SERVICE_PREFIX": PREFIX,
            "JUPYTERHUB_CLIENT_ID": "service-campus",
        }

    @property
    def settings(self) -> Settings:
        own = [self.data / "level1_text", self.data / "level5_innovation"]  # the small lesson, and a level without any
        lessons = [*own, *sorted(ROOT.glob("level[2-4]_*"))]
        given = {"HOCAI_DATA": str(self.data), "HOCAI_LESSONS": ":".join(map(str, lessons))}
        return Settings.load({**given, "HOCAI_PORT": str(self.hub.record_port - 4)})  # the gateway's is four above it

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{PREFIX}"

    @property
    def campus(self) -> Campus:
        """For looking into the database; closed when the site ends."""
        if self._campus is None:
            self._campus = Campus.open(self.settings)
        return self._campus

    def prepare(self) -> Campus:
        """Lesson, people and classes; a campus for looking into the database."""
        write_lesson(self.data / "level1_text" / "01_small", code=self.code)
        (self.data / "level5_innovation").mkdir()
        for level in ("level1_text", "level5_innovation"):
            shutil.copy(ROOT / level / "level.toml", self.data / level)
        campus = self.campus
        for course in ("demo", "khac"):
            accounts.create_class(campus.engine, course, f"Lớp {course}")
        for name, display_name, kind, role in PEOPLE:
            accounts.create_account(campus.engine, name, display_name, password=None, kind=kind, role=role)  # type: ignore[arg-type]
        for course, name, as_ in (
            ("demo", "an.nguyen", "learner"),
            ("demo", "hoa.ly", "learner"),
            ("demo", "co.lan", "teacher"),
            ("khac", "thay.binh", "teacher"),
        ):
            accounts.enrol(campus.engine, course, name, as_)  # type: ignore[arg-type]
        for folder in campus.catalog:
            write_notebook(campus.student_notebook(folder.lesson.id), student_notebook(folder))
        return campus

    def start(self, **queue: Any) -> None:
        app = create_app(self.settings, self.environ, **{"poll_s": 0.1, "slots": 1, "warm": False, **queue})
        self.serving = Serving(listening.server(app, self.port, PREFIX.rstrip("/"), "warning"))

    def stop(self) -> None:
        if self.serving is not None:
            self.serving.stop()
            self.serving = None

    def close(self) -> None:
        self.stop()
        if self._campus is not None:
            self._campus.engine.dispose()

    def program(self, name: str) -> httpx.Client:
        """A widget's client."""
        headers = {"Authorization": f"Bearer {name}:token"}
        return httpx.Client(base_url=f"{self.url}api/", headers=headers, timeout=30)

    @contextmanager
    def browser(self, name: str) -> Iterator[httpx.Client]:
        """A browser that has signed in over the hub's OAuth."""
        with httpx.Client(base_url=self.url, timeout=30) as client:
            to_hub = client.get("")
            assert to_hub.status_code == 302, to_hub.text
            state = parse_qs(urlsplit(to_hub.headers["location"]).query)["state"][0]
            back = client.get("oauth_callback", params={"code": name, "state": state})
            assert back.headers["location"] == PREFIX, back.text
            yield client

    def send(self, browser: httpx.Client, path: str, fields: dict[str, str], page: str = "profile") -> httpx.Response:
        """Send a form with the token that stands in the forms of `page`."""
        found = re.search(r'name="form_token" value="([^"]+)"', browser.get(page).text)
        assert found
        return browser.post(path, data={**fields, "form_token": found[1]})

    def hand_in(self, name: str, key: str | None = None) -> str:
        """Hand in what is drafted, from the phone; the submission's id."""
        with self.program(name) as client:
            headers = {"Idempotency-Key": key} if key else {}
            reply = client.post(f"lessons/{LESSON}/submit", json={"active_s": 1}, headers=headers)
        assert reply.status_code == 200, reply.text
        return str(reply.json()["id"])

    def draft(self, name: str, answers: dict[str, dict[str, Any]]) -> None:
        with self.program(name) as client:
            for exercise, answer in answers.items():
                body = {"answer": answer, "active_s": 1}
                assert client.put(f"exercises/{LESSON}/{exercise}/draft", json=body).status_code == 200

    def state(self, submission: str) -> str:
        """The state as it stands in the database."""
        with reading(self.campus.engine) as connection:
            query = select(tables.grading.c.state).where(tables.grading.c.submission == submission)
            return str(connection.execute(query).scalar_one())


def right_answers() -> dict[str, dict[str, Any]]:
    """Answers of an official that earn all points that rules give in the small lesson."""
    return {
        "pick": {"items": {"day": "right", "fee": "right"}},
        "notice": {
            "prompt": "Viết thông báo họp xóm, đọc trên loa, dưới 80 chữ",
            "final": "Mời bà con họp ngày 12/03/2027 tại nhà văn hóa xóm.",
        },
    }
