"""Which lesson is meant by an id or a folder, and which lessons have changed since they were last found good."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

import autograders
import course
from course.catalog import id_at_head, lesson_folders
from hub_config.contents import digest_of, files_in

CHECKERS = (Path(course.__file__).parent, Path(autograders.__file__).parent)
HAND_IN = Path(__file__).parent / "services" / "campus" / "notebooks.py"
"""What a check is made with: two packages, and what campus does to a notebook."""


def lesson_folder(lesson: str, levels: Iterable[Path]) -> Path:
    """The folder of a lesson that is given by folder or id; the lesson itself may be broken. Raises UsageError."""
    given = Path(lesson).resolve()
    if (given / "lesson.toml").is_file():
        return given
    known = {id_at_head(folder): folder.resolve() for folder in lesson_folders(levels)}
    if lesson not in known:
        names = ", ".join(filter(None, known))
        raise click.UsageError(f"{lesson!r} is no lesson; there are {names}; or give a folder that holds lesson.toml")
    return known[lesson]


def cache_file(environ: Mapping[str, str]) -> Path:
    """Where it is remembered which lessons were found good: in the user's cache, wherever the lessons lie."""
    cache = environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "hocai" / "checked_lessons.json"


class FoundGood:
    """Lessons that a check found good, by the content of their folders and of what checks them.

    No git is asked: lessons may lie anywhere. What cannot be read or written only makes the next check longer.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        checkers = [file for package in CHECKERS for file in files_in(package)]
        self._checker = digest_of((file.name, file.read_bytes()) for file in [*checkers, HAND_IN])
        try:
            found = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError):
            found = {}
        self._known: dict[str, str] = found if isinstance(found, dict) else {}

    def holds(self, folder: Path) -> bool:
        """Whether this lesson was found good as it is now."""
        return self._known.get(str(folder.resolve())) == self._state(folder)

    def note(self, folder: Path, *, good: bool) -> None:
        """Remember what a check has found."""
        if good:
            self._known[str(folder.resolve())] = self._state(folder)
        else:
            self._known.pop(str(folder.resolve()), None)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new = self._file.with_name(f"{self._file.name}.{os.getpid()}")
            new.write_text(json.dumps(self._known, indent=1), "utf-8")
            new.replace(self._file)
        except OSError as error:
            click.echo(f"cannot remember what was checked: {error}", err=True)

    def _state(self, folder: Path) -> str:
        own = ((file.relative_to(folder).as_posix(), file.read_bytes()) for file in files_in(folder))
        return digest_of(own) + self._checker
