"""The apps service as an ASGI app. Paths are those below the service's prefix.

Pages, pictures and `session` want a signed-in person; assets are the same for everybody and hold nothing of anyone.
"""

from __future__ import annotations

import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.staticfiles import NotModifiedResponse

from course.exercises.frontend import hashed
from hub_config.services.apps.published import needs_kernel
from hub_config.services.campus.refusals import Refusal

CAMPUS, AI, APPS, LIVE = "/services/campus", "/services/ai/v1", "/services/apps", "/services/live"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
ASK_AGAIN = {"Cache-Control": "private, no-cache"}  # kept, but asked for by its ETag each time
FOLDER = Path(__file__).parent / "templates"
PHONE = FOLDER / "phone"
SHEET = Path(__file__).parents[2] / "static" / "hocai.css"
STYLE = hashed({SHEET.name: SHEET.read_bytes()})[SHEET.name][0]  # the published name of the sheet of all pages
TEMPLATES = Environment(loader=FileSystemLoader(FOLDER), autoescape=select_autoescape())
TEMPLATES.globals |= {"campus": CAMPUS, "sheet": f"{APPS}/assets/{STYLE}"}
mimetypes.add_type("application/manifest+json", ".webmanifest")


class Pages(Protocol):
    """Who looks at a page: hub_config.services.campus.session.PageSession."""

    async def user(self, request: Request) -> str | None: ...

    def sign_in(self, request: Request) -> Response: ...

    async def callback(self, request: Request) -> Response: ...


class Hub(Protocol):
    """Who issues tokens: hub_config.services.campus.hubapi.HubApi."""

    async def issue_token(self, name: str, note: str) -> dict[str, Any]: ...

    async def close(self) -> None: ...


def create_app(folder: Path, pages: Pages, hub: Hub, *, live: bool = True) -> Starlette:
    """The service. `folder` holds LESSON/index.html, LESSON/material/ and assets/, as `hub_config.publishing` wrote.

    `live`: lessons with live Python are shown by the service of that name.
    """

    async def page(request: Request) -> Response:
        lesson = request.path_params["lesson"]
        if live and needs_kernel(folder.parent, lesson):
            return RedirectResponse(f"{LIVE}/{lesson}/", 307)
        if await pages.user(request) is None:
            return pages.sign_in(request)
        return _file(folder, request, f"{lesson}/index.html", ASK_AGAIN)

    async def to_page(request: Request) -> Response:
        if not (folder / request.path_params["lesson"] / "index.html").is_file():
            raise HTTPException(404)
        return RedirectResponse(f"{request.url.path}/", 307)

    async def picture(request: Request) -> Response:
        if await pages.user(request) is None:
            return Response(status_code=401)
        return _file(folder, request, "{lesson}/material/{name}".format(**request.path_params), ASK_AGAIN)

    async def asset(request: Request) -> Response:
        return _file(folder, request, f"assets/{request.path_params['name']}", FOREVER)

    async def worker(request: Request) -> Response:
        return _file(PHONE, request, "sw.js", {"Cache-Control": "no-cache"})

    async def session(request: Request) -> Response:
        name = await pages.user(request)
        if name is None:
            raise Refusal("not_signed_in")
        token = await hub.issue_token(name, "app page")
        answer = {**token, "user": name, "campus": CAMPUS, "ai": AI, "apps": APPS}
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})

    async def home(_request: Request) -> Response:
        return RedirectResponse(f"{CAMPUS}/", 302)

    async def health(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await hub.close()

    return Starlette(
        routes=[
            Route("/", home),
            Route("/oauth_callback", pages.callback),
            Route("/session", session),
            Route("/health", health),
            Route("/sw.js", worker),
            Route("/assets/{name}", asset),
            Route("/{lesson}", to_page),
            Route("/{lesson}/", page),
            Route("/{lesson}/material/{name:path}", picture),
        ],
        exception_handlers={Refusal: _refused, HTTPException: _missing},
        lifespan=lifespan,
    )


def _file(folder: Path, request: Request, name: str, headers: dict[str, str]) -> Response:
    """A published file, zipped where it lies zipped and the browser takes it. Raises HTTPException(404)."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file() or path.suffix == ".gz":
        raise HTTPException(404)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    zipped = path.with_name(path.name + ".gz")
    headers = {**HEADERS, **headers}
    if zipped.is_file():
        headers["Vary"] = "Accept-Encoding"
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            path = zipped
    response = FileResponse(path, media_type=kind, headers=headers, stat_result=path.stat())
    if request.headers.get("if-none-match") == response.headers["etag"]:
        return NotModifiedResponse(response.headers)
    return response


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)  # noqa: S101 - for the type alone
    if "text/html" in request.headers.get("accept", ""):
        html = TEMPLATES.get_template("refused.html").render(message=error.message)
        return Response(html, error.status, HEADERS, "text/html")
    return JSONResponse({"error": {"code": error.code, "message": error.message}}, error.status)


async def _missing(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    html = TEMPLATES.get_template("missing.html").render()
    return Response(html, status, HEADERS, "text/html")
