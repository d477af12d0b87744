"""Formgrader as a server extension for a class's server: everything of nbgrader's, except what campus does by itself.

Formgrader's buttons "generate", "release", "collect", "autograde" and "feedback" would run on the class's folder as the
teacher; autograding first deletes what is there. Here they answer with one sentence and touch nothing. Pictures of a
lesson's notebook come from what was published: they lie beside no submission.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from jupyter_server.utils import url_path_join
from nbgrader.api import MissingEntry
from nbgrader.server_extensions.formgrader.base import BaseApiHandler, BaseHandler, check_xsrf
from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension
from tornado.web import HTTPError, StaticFileHandler, authenticated

from course import wording


class LeftToCampus(BaseApiHandler):  # type: ignore[misc]  # nbgrader has no types
    """POST: the sentence, in the shape that formgrader's pages show in a dialogue."""

    def initialize(self, sentence: str) -> None:
        """Called by tornado with what the route names."""
        self._sentence = sentence

    @authenticated  # type: ignore[untyped-decorator]
    @check_xsrf  # type: ignore[untyped-decorator]
    def post(self, *_names: str) -> None:
        self.write(json.dumps({"success": False, "log": self._sentence, "error": ""}))


class LessonMaterial(StaticFileHandler, BaseHandler):  # type: ignore[misc]  # nbgrader has no types
    """GET submissions/ID/material/NAME: a picture of the lesson that was handed in, as its page asks for it."""

    def initialize(self) -> None:
        """Called by tornado; the folder is the lesson's, known with the request."""
        super().initialize(path="")

    @authenticated  # type: ignore[untyped-decorator]
    @check_xsrf  # type: ignore[untyped-decorator]
    async def get(self, submission: str, name: str) -> None:
        try:
            lesson = self.gradebook.find_submission_notebook_by_id(submission).assignment.assignment.name
        except MissingEntry:
            raise HTTPError(404) from None
        self.root = str(Path(os.environ["HOCAI_PUBLISHED"], "apps", lesson, "material"))
        await super().get(name)


TEMPLATES = Path(__file__).with_name("templates")
ONE, TWO = r"/formgrader/api/assignment/([^/]+)", r"/formgrader/api/assignment/([^/]+)/([^/]+)"
MATERIAL = r"/formgrader/submissions/([^/]+)/material/(.+)"
ROUTES = [
    (rf"{ONE}/(?:assign|release|unrelease)", wording.CAMPUS_RELEASES),
    (rf"{ONE}/collect", wording.CAMPUS_COLLECTS),
    (r"/formgrader/api/submission/([^/]+)/([^/]+)/autograde", wording.CAMPUS_GRADES),
    (rf"{ONE}/(?:generate|release)_feedback", wording.CAMPUS_SENDS_FEEDBACK),
    (rf"{TWO}/(?:generate|release)_feedback", wording.CAMPUS_SENDS_FEEDBACK),
]


class ClassFormgrader(FormgradeExtension):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's formgrader with those routes taken first, and no remote address in its pages."""

    def build_extra_config(self) -> Any:
        """nbgrader's, with our template before its own."""
        config = super().build_extra_config()
        config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES), *config.HTMLExporter.extra_template_basedirs]
        return config

    def init_handlers(self, webapp: Any) -> None:
        """Add all routes; of two that fit the earlier wins."""
        base = webapp.settings["base_url"]
        ours = [(url_path_join(base, path), LeftToCampus, {"sentence": sentence}) for path, sentence in ROUTES]
        webapp.add_handlers(".*$", [*ours, (url_path_join(base, MATERIAL), LessonMaterial)])
        super().init_handlers(webapp)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "course.exchange.formgrader"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add formgrader to a jupyter server, as nbgrader's own extension does."""
    formgrader = ClassFormgrader(parent=server)
    formgrader.root_dir = server.root_dir
    formgrader.log = server.log
    formgrader.initialize([])
    formgrader.init_tornado_settings(server.web_app)
    formgrader.init_handlers(server.web_app)
