"""A gateway that runs on loopback, with a small HTTP server that answers `/hub/api/user` as the hub does."""

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import openai
import uvicorn
from small_lesson import LESSON_TOML, write_lesson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from hub_config.services.ai.app import create_app
from hub_config.services.campus import accounts
from hub_config.services.campus.database import connect
from hub_config.services.listening import server
from hub_config.services.tokens import REPLIES_SCOPE
from hub_config.settings import Settings

LEARNER = "token-hoa"
PREFIX = "/services/ai"
KEY = "sk-test-2f9d-the-key-of-the-endpoint"
FIRST_PORT, LAST_PORT = 21200, 21299
CLASS = "lop"
ACCESS = "access:services!service=ai"
USERS = {
    "token-hoa": {"name": "hoa", "kind": "user", "admin": False, "groups": [], "scopes": [ACCESS]},
    "token-binh": {"name": "binh", "kind": "user", "admin": False, "groups": [], "scopes": [ACCESS]},
    "token-noscope": {"name": "an", "kind": "user", "groups": [], "scopes": ["access:services!service=campus"]},
    "token-lan": {"name": "co.lan", "kind": "user", "admin": False, "groups": [], "scopes": [ACCESS]},
    "token-admin": {"name": "quan.tri", "kind": "user", "admin": True, "groups": [], "scopes": [ACCESS]},
    "token-prometheus": {"name": "prometheus", "kind": "service", "scopes": ["read:metrics"]},
    "token-stranger": {"name": "stranger", "kind": "user", "groups": [], "scopes": [ACCESS]},  # campus has no account
    "token-campus": {"name": "campus", "kind": "service", "scopes": [ACCESS, REPLIES_SCOPE]},
    "token-service": {"name": "other", "kind": "service", "scopes": [ACCESS]},
    "token-stolen": {"name": "binh", "kind": "user", "admin": True, "groups": [], "scopes": [ACCESS, REPLIES_SCOPE]},
}
FRAGMENTS = """
[[exercise.practice]]
id = "head"
given = "THÔNG BÁO"
[[exercise.practice]]
id = "receiver"
part = "receiver"
given = "Kính gửi: {from_prompt}"
none = "Kính gửi: Quý vị"
[[exercise.practice]]
id = "day"
fact = "{{day|date}}"
given = "Thời gian: {from_prompt}"
none = "Thời gian: sớm nhất có thể"
[[exercise.practice]]
id = "place"
fact = "{{place}}"
given = "Địa điểm: {from_prompt}"
[[exercise.practice]]
id = "tail"
given = "Trân trọng."

[[exercise]]
id = "five_lines"
kind = "prompt"
title = "Năm dòng"
ask = "Tóm tắt nguồn đính kèm."
skill = "prompt.parts"
difficulty = 2
attached = true
[[exercise.material]]
kind = "text"
title = "Thông báo {{day|date}}"
text = "Họp tại {{place}}."
[[exercise.material]]
kind = "table"
title = "Mức góp"
rows = [["Hộ", "Đồng"], ["Thường", "{{fee|number}}"]]
[[exercise.material]]
kind = "card"
title = "Cần báo"
facts = ["mang theo sổ"]
private = ["bà L. còn nợ 300.000 đồng"]

[[daily]]
id = "d1"
"""
LEVEL = 'number = 1\ntitle = "t"\noutcome = "o"\ncolour = "#112233"\nbadge = "b"\n'


def free_port() -> int:
    """A port of this package's range that nobody listens on; a random one, since other test runs may be looking too."""
    for port in random.sample(range(FIRST_PORT, LAST_PORT + 1), LAST_PORT + 1 - FIRST_PORT):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"no free port between {FIRST_PORT} and {LAST_PORT}")


@contextmanager
def served(running: uvicorn.Server) -> Iterator[None]:
    """The server in a thread of its own, until the end of the block."""
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive(), "the server did not start"
        thread.join(0.01)
    try:
        yield
    finally:
        running.should_exit = True
        thread.join()


async def hub_user(request: Request) -> Response:
    token = request.headers.get("authorization", "").partition(" ")[2]
    if token not in USERS:
        return JSONResponse({"status": 403, "message": "Forbidden"}, 403)
    return JSONResponse(USERS[token])


@contextmanager
def hub_double() -> Iterator[str]:
    """Yields the address of its API."""
    port = free_port()
    app = Starlette(routes=[Route("/hub/api/user", hub_user)])
    with served(uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))):
        yield f"http://127.0.0.1:{port}/hub/api"


@dataclass(frozen=True)
class Gateway:
    """What runs: its settings and where it listens."""

    settings: Settings
    url: str  # "http://127.0.0.1:PORT/services/ai"

    def client(self, token: str = LEARNER, **headers: str) -> openai.OpenAI:
        """The real openai client, which does not try again by itself."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return openai.OpenAI(base_url=f"{self.url}/v1", api_key=token, max_retries=0, default_headers=given)

    def post(self, content: bytes, token: str = LEARNER) -> httpx.Response:
        """A raw body to the route of completions."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return httpx.post(f"{self.url}/v1/chat/completions", content=content, headers=headers)


def environment(data: Path, **more: str) -> dict[str, str]:
    """What the hub would give the service, on a free port, with one lesson, the learners hoa and binh and a teacher."""
    level = data / "level1_text"
    head, _, tail = LESSON_TOML.partition('\n[[daily]]\nid = "d1"\n')
    write_lesson(level / "01_small", text=head + FRAGMENTS + tail)
    (level / "level.toml").write_text(LEVEL, "utf-8")
    environ = {
        "HOCAI_DATA": str(data),
        "HOCAI_LESSONS": str(level),
        "HOCAI_PORT": str(free_port() - 4),
        "JUPYTERHUB_SERVICE_NAME": "ai",
        "JUPYTERHUB_SERVICE_PREFIX": PREFIX + "/",
        "JUPYTERHUB_API_TOKEN": "token-of-the-gateway",
        # tests ask faster than people
        "HOCAI_AI_BURST_REQUESTS": "10000",
        "HOCAI_AI_BURST_TOKENS": "100000000",
        "HOCAI_AI_PRACTICE_BURST": "10000",
        **more,
    }
    engine = connect(Settings.load(environ))
    accounts.create_class(engine, CLASS, "Lớp học")
    for name in ("hoa", "binh"):
        accounts.create_account(engine, name, name.title(), password=None)
        accounts.enrol(engine, CLASS, name)
    accounts.create_account(engine, "co.lan", "Lan", password=None, kind="teacher", role="teacher")
    accounts.enrol(engine, CLASS, "co.lan", "teacher")
    engine.dispose()
    return environ


@contextmanager
def gateway(data: Path, hub_api: str, **more: str) -> Iterator[Gateway]:
    """A gateway over real HTTP; `more` are further HOCAI_* variables."""
    with started(environment(data, JUPYTERHUB_API_URL=hub_api, **more)) as running:
        yield running


@contextmanager
def started(environ: dict[str, str]) -> Iterator[Gateway]:
    """A gateway in an environment of `environment`, which may have run before."""
    settings = Settings.load(environ)
    app: ASGIApp = create_app(settings, environ)
    with served(server(app, settings.ai_port, PREFIX, "warning")):
        yield Gateway(settings, f"http://127.0.0.1:{settings.ai_port}{PREFIX}")
