"""The lessons as they were last published, for services that run on while `hocai publish` brings new ones."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

from course.catalog import LessonFolder, Lessons
from course.errors import LessonError

log = logging.getLogger(__name__)

NOTE = "complete"
"""A file in the published folder, written anew when all was published."""

Read = TypeVar("Read")


class Latest(Generic[Read]):
    """What `read` makes of the lessons, made anew when it is asked for after another publishing."""

    def __init__(self, read: Callable[[], Read], published: Path) -> None:
        """Raises what `read` raises."""
        self._read, self._note = read, published / NOTE
        self._lock = threading.Lock()
        self._stamp = self._stamped()
        self._kept = read()

    def __call__(self) -> Read:
        stamp = self._stamped()
        if stamp != self._stamp:
            with self._lock:
                if stamp != self._stamp:
                    self._renew()
                    self._stamp = stamp
        return self._kept

    def _renew(self) -> None:
        try:
            self._kept = self._read()
        except LessonError as error:
            log.error("the lessons stay as they were: %s", error)

    def _stamped(self) -> int:
        return self._note.stat().st_mtime_ns if self._note.is_file() else 0


class LatestLessons:
    """`Lessons` that follow what is published."""

    def __init__(self, read: Callable[[], Lessons], published: Path) -> None:
        """Raises LessonError for a broken lesson."""
        self._latest = Latest(read, published)

    def get(self, lesson_id: str) -> LessonFolder | None:
        """The lesson with this id, or None."""
        return self._latest().get(lesson_id)

    def __iter__(self) -> Iterator[LessonFolder]:
        return iter(self._latest())
