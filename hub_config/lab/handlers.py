"""What the front end of the writers' JupyterLab asks for; every call needs the server's token."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from itertools import chain, count
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado.web import authenticated

from autograders.normalize import folded
from course.catalog import LEVELS, id_at_head, lesson_folders, read_level_info
from course.errors import LessonError
from hub_config.lab import wording
from hub_config.lab.previews import PreviewError, Previews
from hub_config.new_lesson import new_lesson
from hub_config.settings import Settings

ID_LENGTH = 40
UNNAMED = "bai"


class _Handler(APIHandler):  # type: ignore[misc]  # jupyter_server is not followed
    """Answers in JSON; whatever is refused is a sentence."""

    def initialize(self, settings: Settings, root: Path, previews: Previews) -> None:
        self.levels, self.root, self.previews = settings.lessons, root, previews

    def sent(self, key: str) -> str:
        """A text of the request's JSON object, "" where it is missing."""
        body = self.get_json_body()
        value = body.get(key) if isinstance(body, dict) else None
        return value if isinstance(value, str) else ""

    def tell(self, told: object, status: int = 200) -> None:
        self.set_status(status)
        self.finish(json.dumps(told))

    def refuse(self, message: str) -> None:
        self.tell({"message": message}, 400)

    def seen(self, path: Path) -> str:
        """A path as the file browser knows it."""
        return path.resolve().relative_to(self.root).as_posix()


class LevelsHandler(_Handler):
    """The levels that a lesson may be made in."""

    @authenticated  # type: ignore[untyped-decorator]  # tornado has no types here
    async def get(self) -> None:
        found = [(read_level_info(folder), folder) for folder in self.levels if (folder / "level.toml").is_file()]
        if not found:
            return self.refuse(wording.NO_LEVELS)
        told = [{"path": self.seen(folder), "title": f"{info.number}. {info.title}"} for info, folder in found]
        return self.tell(sorted(told, key=lambda one: one["title"]))


class LessonsHandler(_Handler):
    """Makes a lesson from the template that `hocai lesson new` uses too."""

    @authenticated  # type: ignore[untyped-decorator]  # tornado has no types here
    async def post(self) -> None:
        title = unicodedata.normalize("NFC", self.sent("title")).strip()
        level = (self.root / self.sent("level")).resolve()
        if not title:
            return self.refuse(wording.NO_TITLE)
        if level not in [folder.resolve() for folder in self.levels]:
            return self.refuse(wording.NO_LEVEL.format(level=self.sent("level")))
        try:
            folder = new_lesson(free_id(title, level, self.levels), title, self.levels, level)
        except LessonError as error:
            return self.refuse(str(error))
        return self.tell({"path": self.seen(folder / "lesson.ipynb")}, 201)


class PreviewHandler(_Handler):
    """The address at which the lesson of a notebook is shown as learners see it."""

    @authenticated  # type: ignore[untyped-decorator]  # tornado has no types here
    async def post(self) -> None:
        folder = (self.root / self.sent("path")).resolve().parent
        if not folder.is_relative_to(self.root) or not (folder / "lesson.toml").is_file():
            return self.refuse(wording.NO_LESSON)
        try:
            address = await self.previews.address(folder)
        except PreviewError as error:
            return self.refuse(wording.ENDED.format(said=error))
        # the same host as the page around it, else the preview's cookie would be another site's
        return self.tell({"url": address.replace("//127.0.0.1:", f"//{self.request.host_name}:", 1)})


def free_id(title: str, level: Path, levels: Sequence[Path]) -> str:
    """An id for a lesson of this title that no lesson has: the level's word, and the title in plain letters."""
    plain = "_".join(re.findall(r"[a-z0-9]+", folded(title)))[:ID_LENGTH].strip("_")
    if not plain or not plain[0].isalpha():
        plain = f"{UNNAMED}_{plain}".strip("_")
    wanted = f"{LEVELS[read_level_info(level).number - 1]}.{plain}"
    taken = {id_at_head(folder) for folder in lesson_folders(levels)}
    return next(id_ for id_ in chain([wanted], (f"{wanted}_{n}" for n in count(2))) if id_ not in taken)


def without_traces(model: dict[str, Any], **_given: Any) -> None:
    """Before a notebook is saved: take out what running it left, so that a lesson's notebook is its text alone."""
    if model["type"] != "notebook":
        return
    notebook = model["content"]
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
            cell["metadata"].pop("execution", None)
    metadata = notebook["metadata"]
    metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata["language_info"] = {"name": "python"}  # the rest differs from machine to machine


def add_routes(server: Any, settings: Settings) -> None:
    """Add the routes to a jupyter server (`jupyter_server.serverapp.ServerApp`)."""
    base = server.web_app.settings["base_url"]
    previews = Previews(lambda: int(server.port))  # asked for later: another one is taken where that is not free
    given = {"settings": settings, "root": Path(server.root_dir).resolve(), "previews": previews}
    routes = {"levels": LevelsHandler, "lessons": LessonsHandler, "preview": PreviewHandler}
    server.contents_manager.register_pre_save_hook(without_traces)
    server.web_app.add_handlers(
        ".*$", [(url_path_join(base, "hocai", name), handler, given) for name, handler in routes.items()]
    )
