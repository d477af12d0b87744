"""The lesson of a preview: built when the preview starts and whenever a file of its folder is saved."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

from course.catalog import Catalog, LessonFolder, Level, read_lesson, read_level_info
from course.errors import LessonError
from course.publish import AppKernel
from hub_config.publishing import publish_lesson
from hub_config.services.campus.progress import DAY_ZONE
from hub_config.services.preview.people import People

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.2
LEFT_OUT = (".ipynb_checkpoints", "__pycache__")


class OneLesson(Catalog):
    """A catalog of nothing but the lesson that is being written, as it stood when it could last be built."""

    def __init__(self) -> None:
        super().__init__([])

    def hold(self, folder: LessonFolder) -> None:
        parent = folder.path.parent
        if (parent / "level.toml").is_file():
            self.levels = (Level(parent, read_level_info(parent), (folder,)),)
        self._by_id = {folder.lesson.id: folder}


class Build:
    """Keeps the published lesson in step with its folder. `problem` is why it is not, or empty."""

    def __init__(
        self, folder: Path, published: Path, catalog: OneLesson, people: People, assets: Mapping[str, str]
    ) -> None:
        self.folder = folder
        self.problem: tuple[str, ...] = ()
        self.version = 0
        self.at = ""
        self.busy = False
        self._published, self._catalog, self._people, self._assets = published, catalog, people, assets
        self._kernel: AppKernel | None = None
        self._seen: object = None

    @property
    def lesson(self) -> LessonFolder | None:
        """As it could last be built."""
        return next(iter(self._catalog), None)

    def make(self) -> None:
        """Build from what the folder holds now. Never raises: `problem` tells what is wrong."""
        self._seen = self._state()
        self.busy = True
        try:
            found = read_lesson(self.folder)
            with closing(self._take_kernel()) as kernel:
                publish_lesson(found, self._published, self._assets, kernel)
            self._catalog.hold(found)
            self._people.read(found.lesson)
            self.version += 1
            self.problem = ()
        except LessonError as error:
            self.problem = self._lines(str(error))
        except Exception as error:  # whatever a half-written lesson does, the preview goes on
            log.exception("the lesson could not be built")
            self.problem = self._lines(f"{type(error).__name__}: {error}")
        self.at = f"{datetime.now(DAY_ZONE):%H:%M:%S}"
        self.busy = False

    async def follow(self) -> None:
        """Build anew whenever something was saved, until cancelled."""
        while True:
            await asyncio.to_thread(self.prepare)
            if self._state() != self._seen:
                await asyncio.to_thread(self.make)
            await asyncio.sleep(LOOK_SECONDS)

    def prepare(self) -> None:
        """Have the kernel of the next build ready: that is most of what a build waits for."""
        if self._kernel is None:
            self._kernel = AppKernel(self._published)
            self._kernel.connect()

    def close(self) -> None:
        if self._kernel is not None:
            self._kernel.close()
            self._kernel = None

    def _take_kernel(self) -> AppKernel:
        kernel, self._kernel = self._kernel or AppKernel(self._published), None
        return kernel

    def _state(self) -> object:
        """What changes with each save: names, times and sizes of the folder's files."""
        found = []
        for path in sorted(self.folder.rglob("*")):
            if any(part in LEFT_OUT for part in path.parts):
                continue
            try:
                stat = path.stat()
            except FileNotFoundError:
                continue  # an editor's own file, gone again
            if path.is_file():
                found.append((path, stat.st_mtime_ns, stat.st_size))
        return found

    def _lines(self, text: str) -> tuple[str, ...]:
        """An error's lines with paths as the writer knows them."""
        return tuple(line.replace(f"{self.folder}/", "") for line in text.splitlines() if line.strip())
