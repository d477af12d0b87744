"""The preview as an ASGI app: the lesson's real app page in a frame, with campus and gateway behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route

from hub_config.publishing import publish_assets
from hub_config.services.ai import app as gateway
from hub_config.services.apps import app as apps
from hub_config.services.campus import app as campus_app
from hub_config.services.campus.ai_usage import GatewayUsage
from hub_config.services.campus.assets import STATIC, Assets
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import connect
from hub_config.services.campus.queue import GradingQueue
from hub_config.services.campus.refusals import Refusal
from hub_config.services.campus.rendering import Renderer
from hub_config.services.campus.service import Service
from hub_config.services.campus.wording import ROLES
from hub_config.services.preview import wording
from hub_config.services.preview.build import Build, OneLesson
from hub_config.services.preview.gate import FramedHere, KeyHolders
from hub_config.services.preview.people import People
from hub_config.services.preview.record import OwnRecord
from hub_config.settings import Settings

TEMPLATES = Path(__file__).parent / "templates"
PAGES = Environment(loader=FileSystemLoader([TEMPLATES, apps.FOLDER]), autoescape=select_autoescape())
PAGES.globals["sheet"] = "/preview/hocai.css"
FILES = {"frame.js": TEMPLATES / "frame.js", "frame.css": TEMPLATES / "frame.css", "hocai.css": STATIC / "hocai.css"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; frame-src 'self'; "
    "form-action 'none'; frame-ancestors {around}; base-uri 'none'"
)
CAMPUS = "/services/campus/"


def create_app(settings: Settings, folder: Path, framed_by: Sequence[str] = ()) -> Starlette:
    """The preview of the lesson in `folder`; `settings.data` is a folder that may be thrown away afterwards.

    `app.state.address` is where it is shown, key included. `framed_by`: origins whose pages may show the preview in a
    frame. Raises LessonError, OSError.
    """
    catalog = OneLesson()
    campus = Campus(settings, connect(settings), lambda: catalog)
    people = People(campus.engine, f"hocai-preview-{settings.port}")
    build = Build(folder, settings.published, catalog, people, publish_assets(settings.published, {}))
    build.make()
    record = OwnRecord(settings)
    service = Service(
        campus=campus,
        session=people,
        tokens=people,
        hub=people,
        renderer=Renderer(CAMPUS, Assets(campus)),
        queue=GradingQueue(campus, record=record, slots=1, warm=False),
        ai=GatewayUsage(settings, token=""),  # a preview has no class pages
        record=record,
        prefix=CAMPUS,
    )
    inner = {
        CAMPUS.rstrip("/"): campus_app.app_of(service, [service.queue.run]),
        "/services/ai": gateway.app_of(settings, people, catalog),
        "/services/apps": apps.create_app(settings.published / "apps", people, people, live=False),
    }

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for app in inner.values():
                await stack.enter_async_context(app.router.lifespan_context(app))
            following = asyncio.create_task(build.follow())
            yield
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
            build.close()

    frame = _Frame(build, people, framed_by)
    app = Starlette(
        routes=[
            Route("/", frame.page),
            Route("/preview/state", frame.state),
            Route("/preview/person", frame.choose, methods=["POST"]),
            Route("/preview/anew", frame.begin_anew, methods=["POST"]),
            Route("/preview/{name}", frame.file),
            *(Mount(path, app, middleware=[Middleware(FramedHere, also=framed_by)]) for path, app in inner.items()),
            Route("/{path:path}", frame.elsewhere),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"]),
            Middleware(KeyHolders, people=people),
        ],
        exception_handlers={Refusal: frame.refused},
        lifespan=lifespan,
    )
    app.state.address = f"{settings.public_url}/?key={people.key}"
    return app


class _Frame:
    """The page around the lesson: the bar on top, the lesson's own page, or what is wrong with it."""

    def __init__(self, build: Build, people: People, framed_by: Sequence[str]) -> None:
        self._build, self._people = build, people
        self._policy = POLICY.format(around=" ".join(framed_by) or "'none'")
        self._inner_policy = POLICY.format(around=" ".join(["'self'", *framed_by]))

    async def page(self, _request: Request) -> Response:
        found = self._build.lesson
        html = PAGES.get_template("frame.html").render(
            lesson=found.lesson if found else None,
            folder=self._build.folder,
            shape=self._shape(),
            people=self._listed(),
            current=self._people.current,
        )
        return HTMLResponse(html, headers={"Content-Security-Policy": self._policy, "Cache-Control": "no-store"})

    async def state(self, _request: Request) -> Response:
        build = self._build
        told = {"version": build.version, "busy": build.busy, "at": build.at, "problem": build.problem}
        return JSONResponse({**told, "shape": self._shape()}, headers={"Cache-Control": "no-store"})

    async def choose(self, request: Request) -> Response:
        self._people.choose(str((await _sent(request)).get("name")))
        return JSONResponse({})

    async def begin_anew(self, request: Request) -> Response:
        await _sent(request)
        self._people.begin_anew()
        return JSONResponse({})

    async def file(self, request: Request) -> Response:
        found = FILES.get(request.path_params["name"])
        if found is None:
            raise Refusal("not_found")
        return FileResponse(found, headers={"Cache-Control": "no-cache"})

    async def elsewhere(self, _request: Request) -> Response:
        return self._calm(wording.ELSEWHERE, 404)

    async def refused(self, _request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)  # noqa: S101 - for the type alone
        return self._calm(error.message, error.status)

    def _calm(self, message: str, status: int) -> Response:
        html = PAGES.get_template("calm.html").render(message=message)
        return HTMLResponse(html, status, {"Content-Security-Policy": self._inner_policy})

    def _listed(self) -> list[tuple[str, str]]:
        return [
            (name, wording.VARIANT.format(role=ROLES[variant.role], variant=variant.id))
            for name, variant in self._people.listed()
        ]

    def _shape(self) -> str:
        """Changes when the bar itself is out of date: another title, other variants."""
        found = self._build.lesson
        return repr((found.lesson.id, found.lesson.title, self._listed())) if found else ""


async def _sent(request: Request) -> dict[str, Any]:
    """The JSON object of a request that only a page of ours can have sent. Raises Refusal("bad_request")."""
    if request.headers.get("content-type") != "application/json":  # another site would have to ask before sending this
        raise Refusal("bad_request")
    try:
        sent = await request.json()
    except ValueError as error:
        raise Refusal("bad_request") from error
    if not isinstance(sent, dict):
        raise Refusal("bad_request")
    return sent
