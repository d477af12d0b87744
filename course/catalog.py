"""Levels and lessons, found by looking at the folders; adding a lesson changes nothing else in the tree."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import Field, ValidationError

from course.consistency import stand_in_problem
from course.criteria import Strict
from course.errors import LessonError, explained
from course.lesson import Lesson
from course.variants import drawn_exercises

if TYPE_CHECKING:
    import nbformat

LEVELS = ("text", "media", "thinking", "data", "innovation")
"""The five levels in their order; a lesson's id begins with its level's word."""


class LevelInfo(Strict):
    """level.toml."""

    number: int = Field(ge=1, le=5)
    title: str
    outcome: str
    colour: str = Field(pattern=r"^#[0-9a-f]{6}$")
    badge: str


@dataclass(frozen=True)
class LessonFolder:
    """A lesson where it lies."""

    path: Path
    lesson: Lesson

    @cached_property
    def notebook(self) -> nbformat.NotebookNode:
        """The source notebook, with solutions. Raises LessonError when it cannot be read."""
        import nbformat  # large: see course.notebook

        path = self.path / "lesson.ipynb"
        try:
            return nbformat.read(path, as_version=4)
        except FileNotFoundError:
            raise LessonError(f"{path}: missing; a lesson folder holds lesson.toml and lesson.ipynb") from None
        except (ValueError, AttributeError) as error:
            raise LessonError(f"{path}: not a notebook: {error}") from error


@dataclass(frozen=True)
class Level:
    """A level and the lessons that exist for it, in the order of their folders."""

    path: Path
    info: LevelInfo
    lessons: tuple[LessonFolder, ...] = field(default=())


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise LessonError(f"{path}: missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LessonError(f"{path}: not valid TOML in UTF-8: {error}") from error


def lesson_folders(levels: Iterable[Path]) -> list[Path]:
    """The folders of all lessons of these levels, in their order; nothing of them is read."""
    return [path.parent for level in levels for path in sorted(level.glob("*/lesson.toml"))]


def id_at_head(folder: Path) -> str:
    """The id of a lesson as it stands at the head of its lesson.toml, without reading the rest; "" where none does."""
    head = re.split(r"^\[", (folder / "lesson.toml").read_text("utf-8", "replace"), maxsplit=1, flags=re.MULTILINE)[0]
    found = re.search(r"^id\s*=\s*[\"']([^\"']*)[\"']", head, re.MULTILINE)
    return found[1] if found else ""


def _with_files(value: Any, material: Path) -> Any:
    """`value` with the text of the file in place of each `{ file = "name.csv" }`. Raises LessonError."""
    if isinstance(value, list):
        return [_with_files(element, material) for element in value]
    if not isinstance(value, dict):
        return value
    if value.keys() != {"file"}:
        return {key: _with_files(element, material) for key, element in value.items()}
    file = (material / str(value["file"])).resolve()
    try:
        if not file.is_relative_to(material.resolve()) or file.suffix != ".csv":
            raise FileNotFoundError
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise LessonError(f"{material}: file = {value['file']!r} is no CSV file in UTF-8 there") from None


def read_lesson(folder: Path) -> LessonFolder:
    """Read and check one lesson: types, ids, points, and every exercise drawn for every variant.

    A value `{ file = "name.csv" }` is the text of that file in the lesson's material/.

    Raises LessonError whose lines name file, key, value and what was allowed.
    """
    path = folder / "lesson.toml"
    try:
        lesson = Lesson.model_validate(_with_files(_toml(path), folder / "material"))
    except ValidationError as error:
        raise LessonError(explained(str(path), error)) from error
    ids = [str(raw.get("id")) for raw in lesson.exercise]
    for id_ in ids:
        if ids.count(id_) > 1:
            raise LessonError(f"{path}: exercise id {id_!r} stands twice; ids are unique within a lesson")
    try:
        for variant in lesson.variant:
            exercises = drawn_exercises(lesson, variant)
    except LessonError as error:
        raise LessonError(f"{path}: {error}") from error
    if problem := stand_in_problem(exercises):
        raise LessonError(f"{path}: {problem}")
    return LessonFolder(folder, lesson)


def read_level_info(folder: Path) -> LevelInfo:
    """A level's own level.toml. Raises LessonError."""
    path = folder / "level.toml"
    try:
        return LevelInfo.model_validate(_toml(path))
    except ValidationError as error:
        raise LessonError(explained(str(path), error)) from error


def read_level(folder: Path) -> Level:
    """A level's folder with all its lessons. Raises LessonError."""
    info = read_level_info(folder)
    lessons = [read_lesson(p.parent) for p in sorted(folder.glob("*/lesson.toml"))]
    return Level(folder, info, tuple(lessons))


class Lessons(Protocol):
    """Lessons by id, and all of them one after the other."""

    def get(self, lesson_id: str) -> LessonFolder | None:
        """The lesson with this id, or None."""

    def __iter__(self) -> Iterator[LessonFolder]: ...


class Catalog:
    """All levels and lessons of a set of folders; a school may add folders of its own."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Raises LessonError for a broken lesson and for an id used twice."""
        self.levels: Sequence[Level] = sorted(
            (read_level(folder) for folder in folders if folder.is_dir()), key=lambda level: level.info.number
        )
        self._by_id: dict[str, LessonFolder] = {}
        for level in self.levels:
            for folder in level.lessons:
                earlier = self._by_id.setdefault(folder.lesson.id, folder)
                if earlier is not folder:
                    raise LessonError(
                        f"lesson id {folder.lesson.id!r} stands in {earlier.path} and in {folder.path}; "
                        "ids are unique and never reused"
                    )

    def __iter__(self) -> Iterator[LessonFolder]:
        return iter(self._by_id.values())

    def get(self, lesson_id: str) -> LessonFolder | None:
        """The lesson with this id, or None."""
        return self._by_id.get(lesson_id)


class LessonIndex:
    """The same lessons for a process that must stay small: each is read when it is asked for, the last few are kept.

    A lesson takes about a megabyte, and some 20 ms to read.
    """

    def __init__(self, folders: Iterable[Path], kept: int) -> None:
        """Raises LessonError for a broken lesson."""
        self._path = {read_lesson(path).lesson.id: path for path in lesson_folders(folders)}
        self._read = lru_cache(maxsize=kept)(read_lesson)

    def __iter__(self) -> Iterator[LessonFolder]:
        return map(read_lesson, self._path.values())

    def get(self, lesson_id: str) -> LessonFolder | None:
        """The lesson with this id, or None."""
        path = self._path.get(lesson_id)
        return None if path is None else self._read(path)
