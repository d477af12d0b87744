"""What every part of the service works with: settings, database, lessons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sqlalchemy import Engine

from course.catalog import Catalog, LessonFolder
from hub_config.latest import Latest
from hub_config.services.campus import tables
from hub_config.services.campus.accounts import Account, find_account
from hub_config.services.campus.database import connect
from hub_config.services.campus.refusals import Refusal
from hub_config.settings import Settings

__all__ = ["Campus", "tables"]


@dataclass(frozen=True)
class Campus:
    """One running campus."""

    settings: Settings
    engine: Engine
    lessons: Callable[[], Catalog]  # as they were last published

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Database (migrated) and lessons of these settings. Raises course.errors.LessonError."""
        lessons = Latest(lambda: Catalog(settings.lessons), settings.published)
        return cls(settings, connect(settings), lessons)

    @property
    def catalog(self) -> Catalog:
        """The lessons that there are now."""
        return self.lessons()

    def lesson(self, lesson_id: str) -> LessonFolder:
        """Raises Refusal("unknown_lesson")."""
        folder = self.catalog.get(lesson_id)
        if folder is None:
            raise Refusal("unknown_lesson")
        return folder

    def person(self, name: str) -> Account:
        """The account of a signed-in person. Raises Refusal("no_account")."""
        found = find_account(self.engine, name)
        if found is None or found.kind == "class":
            raise Refusal("no_account")
        return found

    def student_notebook(self, lesson_id: str) -> Path:
        """Where the published student notebook of a lesson lies."""
        return self.settings.published / lesson_id / "lesson.ipynb"
