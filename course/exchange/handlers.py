"""Routes of nbgrader's assignment list and validation, off the event loop, with time-outs and Vietnamese errors.

Same addresses and same JSON as nbgrader 0.9.6, whose lab extension reads them:
`{"success": true, "value": …}` or `{"success": false, "value": sentence}`.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Literal

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from nbgrader import __version__ as nbgrader_version
from tornado.web import authenticated

from course import wording
from course.exchange.client import CampusExchange, ExchangeProblem
from course.exchange.folder import LearnerFolder
from course.exchange.validation import validate

log = logging.getLogger(__name__)

SECONDS = 60.0
"""The longest a learner waits for any answer; single calls to campus have their own, shorter limit."""

Action = Literal["fetch", "submit", "fetch_feedback"]


class ExchangeHandler(JupyterHandler):  # type: ignore[misc]  # jupyter_server's types are skipped
    """What all routes share."""

    @property
    def root(self) -> Path:
        return Path(self.settings["server_root_dir"]).expanduser().resolve()

    async def answer(self, work: Awaitable[Any]) -> None:
        """Finish with what `work` yields, or with the sentence of its problem."""
        try:
            value = await asyncio.wait_for(work, SECONDS)
        except ExchangeProblem as problem:
            self._finish(False, str(problem))
        except TimeoutError:
            log.error("%s %s took longer than %g s", self.request.method, self.request.path, SECONDS)
            self._finish(False, wording.CAMPUS_DOWN)
        except Exception:  # the page shows `value` as it is: never a traceback
            log.exception("%s %s failed", self.request.method, self.request.path)
            self._finish(False, wording.EXCHANGE_FAULT)
        else:
            self._finish(True, value)

    async def in_folder(self, work: Callable[[LearnerFolder], Any]) -> Any:
        """Run blocking work on the learner's folder in a thread."""

        def run() -> Any:
            with CampusExchange.from_environment() as campus:
                return work(LearnerFolder(self.root, campus))

        return await asyncio.to_thread(run)

    def field(self, name: str) -> str:
        """A field of the query, the form or the JSON body. Raises ExchangeProblem when it is missing."""
        given = self.get_argument(name, None)
        if given is None:
            try:
                given = json.loads(self.request.body or b"{}")[name]
            except (ValueError, KeyError, TypeError):
                raise ExchangeProblem(wording.BAD_REQUEST) from None
        return str(given)

    def _finish(self, success: bool, value: Any) -> None:
        self.finish(json.dumps({"success": success, "value": value}))


class CoursesHandler(ExchangeHandler):
    """GET courses: the ids of the learner's classes."""

    @authenticated  # type: ignore[untyped-decorator]
    async def get(self) -> None:
        await self.answer(self.in_folder(lambda folder: folder.courses()))


class AssignmentsHandler(ExchangeHandler):
    """GET assignments?course_id=…: lessons and submissions."""

    @authenticated  # type: ignore[untyped-decorator]
    async def get(self) -> None:
        await self.answer(self._assignments())

    async def _assignments(self) -> Any:
        course = self.field("course_id")
        return await self.in_folder(lambda folder: folder.assignments(course))


class ActionHandler(ExchangeHandler):
    """POST assignments/fetch, submit, fetch_feedback: do it, then answer with the new list."""

    @authenticated  # type: ignore[untyped-decorator]
    async def post(self, action: Action) -> None:
        await self.answer(self._act(action))

    async def _act(self, action: Action) -> Any:
        course, lesson = self.field("course_id"), self.field("assignment_id")

        def work(folder: LearnerFolder) -> Any:
            getattr(folder, action)(course, lesson)
            return folder.assignments(course)

        return await self.in_folder(work)


class ValidateHandler(ExchangeHandler):
    """POST assignments/validate: run the notebook's visible tests in a process of its own."""

    @authenticated  # type: ignore[untyped-decorator]
    async def post(self) -> None:
        await self.answer(self._validate())

    async def _validate(self) -> Any:
        file = (self.root / self.field("path").lstrip("/")).resolve()
        if not file.is_relative_to(self.root) or not file.is_file():
            raise ExchangeProblem(wording.NO_SUCH_FILE)
        return await validate(file)


class VersionHandler(ExchangeHandler):
    """GET nbgrader_version?version=…: does the page fit this server?"""

    @authenticated  # type: ignore[untyped-decorator]
    async def get(self) -> None:
        page = self.get_argument("version", "")
        fits = page == nbgrader_version
        message = "" if fits else wording.VERSION_DIFFERS.format(page=page, server=nbgrader_version)
        self.finish(json.dumps({"success": fits, "message": message}))


ROUTES: list[tuple[str, type[ExchangeHandler]]] = [
    (r"/assignments", AssignmentsHandler),
    (r"/assignments/(fetch|submit|fetch_feedback)", ActionHandler),
    (r"/assignments/validate", ValidateHandler),
    (r"/courses", CoursesHandler),
    (r"/nbgrader_version", VersionHandler),
]


def add_routes(server: Any) -> None:
    """Add the routes to a jupyter server."""
    app = server.web_app
    base = app.settings["base_url"]
    app.add_handlers(".*$", [(url_path_join(base, path), handler) for path, handler in ROUTES])
