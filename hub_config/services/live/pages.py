"""Pages, pictures and sessions of live lessons: what the apps service has for the others, behind Voila's sign-in."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError, authenticated

from hub_config.services.apps.app import AI, APPS, ASK_AGAIN, CAMPUS, HEADERS, LIVE, PHONE, POLICY, TEMPLATES
from hub_config.services.campus.hubapi import HubApi
from hub_config.services.campus.refusals import Refusal
from hub_config.services.live.lessons import Lessons

# anywidgets come as text and are run from a blob; widgets and tables of a lesson carry styles of their own
LIVE_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' blob:").replace(
    "style-src 'self'", "style-src 'self' 'unsafe-inline'"
)
CALM = {403: "forbidden", 404: "not_found", 503: "hub_down"}


class Calm(JupyterHandler):  # type: ignore[misc]  # mypy is told to skip jupyter_server
    """Errors are a sentence on a page of ours; what happened stands in the log."""

    def initialize(self, lessons: Lessons, hub: HubApi) -> None:
        self.lessons, self.hub = lessons, hub

    def set_default_headers(self) -> None:
        for name, value in {**HEADERS, "Content-Security-Policy": LIVE_POLICY}.items():
            self.set_header(name, value)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        refusal = Refusal(CALM.get(status_code, "our_fault"))
        self.set_default_headers()
        if "text/html" not in self.request.headers.get("Accept", "text/html"):
            self.finish({"error": {"code": refusal.code, "message": refusal.message}})
            return
        name = "missing.html" if status_code == 404 else "refused.html"
        self.finish(TEMPLATES.get_template(name).render(message=refusal.message))

    def send_file(self, path: Path) -> None:
        """A published file, zipped where it lies zipped and the browser takes it."""
        self.set_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        for name, value in ASK_AGAIN.items():
            self.set_header(name, value)
        zipped = path.with_name(path.name + ".gz")
        if zipped.is_file():
            self.set_header("Vary", "Accept-Encoding")
            if "gzip" in self.request.headers.get("Accept-Encoding", ""):
                self.set_header("Content-Encoding", "gzip")
                path = zipped
        self.finish(path.read_bytes())


class LessonPage(Calm):
    """The published page, readable before any kernel is asked for."""

    @authenticated  # type: ignore[untyped-decorator]
    async def get(self, lesson: str) -> None:
        found = self.lessons.live(lesson)
        if found is None:
            self.redirect(f"{APPS}/{lesson}/", status=307)
            return
        self.xsrf_token  # noqa: B018 - sets the cookie with which the page asks for its session
        self.send_file(found.page / "index.html")


class Picture(Calm):
    """A picture of the lesson's material."""

    @authenticated  # type: ignore[untyped-decorator]
    async def get(self, lesson: str, name: str) -> None:
        found = self.lessons.live(lesson)
        folder = found.page / "material" if found else None
        path = (folder / name).resolve() if folder else None
        if path is None or folder is None or not path.is_relative_to(folder.resolve()) or not path.is_file():
            raise HTTPError(404)
        self.send_file(path)


class Session(Calm):
    """The token with which the page's kit widgets talk to campus and gateway."""

    @allow_unauthenticated  # type: ignore[untyped-decorator]
    async def get(self) -> None:
        self.set_header("Cache-Control", "no-store")
        try:
            if self.current_user is None:
                raise Refusal("not_signed_in")
            name = self.current_user.username
            token = await self.hub.issue_token(name, "live page")
        except Refusal as refusal:
            self.set_status(refusal.status)
            self.finish({"error": {"code": refusal.code, "message": refusal.message}})
            return
        self.finish({**token, "user": name, "campus": CAMPUS, "ai": AI, "apps": LIVE})


class ToCampus(Calm):
    """There is no list of lessons here."""

    @allow_unauthenticated  # type: ignore[untyped-decorator]
    async def get(self) -> None:
        self.redirect(f"{CAMPUS}/")


class ToPage(Calm):
    """A lesson's address without the slash at its end."""

    @allow_unauthenticated  # type: ignore[untyped-decorator]
    async def get(self, lesson: str) -> None:
        self.redirect(f"{LIVE}/{lesson}/", status=307)


class Worker(Calm):
    """The service worker, whose scope is this service."""

    @allow_unauthenticated  # type: ignore[untyped-decorator]
    async def get(self) -> None:
        self.set_header("Content-Type", "text/javascript")
        self.set_header("Cache-Control", "no-cache")
        self.finish((PHONE / "sw.js").read_bytes())


class Health(Calm):
    """That the service answers."""

    @allow_unauthenticated  # type: ignore[untyped-decorator]
    async def get(self) -> None:
        self.finish({"status": "ok"})


class Nowhere(Calm):
    """Any other address, kernels by their ids included."""

    @allow_unauthenticated  # type: ignore[untyped-decorator]
    async def prepare(self) -> None:
        raise HTTPError(404)
