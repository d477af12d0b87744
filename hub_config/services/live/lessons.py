"""The lessons with live Python, as `hocai publish` wrote them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.live import live_cells, material_asked
from course.publish import without_code
from hub_config.services.apps.published import needs_kernel


@dataclass(frozen=True)
class LiveLesson:
    """What a kernel runs of a lesson, and where its page lies."""

    id: str
    notebook: NotebookNode
    cells: tuple[int, ...]  # of the notebook, in order
    material: tuple[str, ...]  # full ids of the exercises whose drawn values it wants
    page: Path


class Lessons:
    """Published lessons by id, read anew when they were published anew."""

    def __init__(self, published: Path) -> None:
        self.published = published
        self._read: dict[str, tuple[int, LiveLesson]] = {}

    def live(self, lesson_id: str) -> LiveLesson | None:
        """The lesson, or None where there is none or it needs no Python. Raises OSError for half a lesson."""
        file = self.published / lesson_id / "live.json"
        if Path(lesson_id).name != lesson_id or not needs_kernel(self.published, lesson_id):
            return None
        stamp = file.stat().st_mtime_ns
        if lesson_id not in self._read or self._read[lesson_id][0] != stamp:
            self._read[lesson_id] = (stamp, self._load(lesson_id))
        return self._read[lesson_id][1]

    def _load(self, lesson_id: str) -> LiveLesson:
        whole = nbformat.read(self.published / lesson_id / "lesson.ipynb", as_version=4)
        shown = without_code(whole)
        page = self.published / "apps" / lesson_id
        return LiveLesson(lesson_id, shown, tuple(live_cells(shown)), tuple(material_asked(shown)), page)
