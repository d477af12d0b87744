"""A new lesson's folder, made from the template: a small lesson that passes the check, to be rewritten part by part."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from course.catalog import LEVELS, id_at_head, lesson_folders, read_level_info
from course.errors import LessonError

TEMPLATE = Path(__file__).parent / "lesson_template"
ID = "text.new_lesson"
"""The template's id."""
ID_PATTERN = re.compile(r"^([a-z]+)\.[a-z][a-z0-9_]*$")
NUMBERED = re.compile(r"^(\d+)_")


def new_lesson(lesson_id: str, title: str | None, levels: Sequence[Path], into: Path | None = None) -> Path:
    """Make the folder of a new lesson and return it.

    `levels` are the folders that hold lessons; `into` is one of the same level, needed where there are several.
    Raises LessonError for an id that is taken, malformed or of no level, and where the folder cannot be made.
    """
    folder = free_folder(lesson_id, levels, into)
    try:
        for source in sorted(path for path in TEMPLATE.rglob("*") if path.is_file()):
            if source.name != "lesson.toml":
                _write(source, folder, lesson_id, title)
        _write(TEMPLATE / "lesson.toml", folder, lesson_id, title)  # last: with it the folder is a lesson
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise LessonError(f"{folder} cannot be made: {error}; mend: give a level's folder you may write to") from error
    return folder


def free_folder(lesson_id: str, levels: Sequence[Path], into: Path | None = None) -> Path:
    """Where a lesson with this id, which no lesson has yet, is to lie: behind the last of its level.

    Raises LessonError for an id that is taken, malformed or of no level of these.
    """
    level_name = _level_name(lesson_id)
    _check_free(lesson_id, levels)
    level = _level_folder(level_name, levels) if into is None else _given_level(level_name, into)
    return level / f"{_next_number(level):02d}_{lesson_id.partition('.')[2]}"


def _level_name(lesson_id: str) -> str:
    found = ID_PATTERN.match(lesson_id)
    if found is None:
        raise LessonError(
            f"{lesson_id!r} is no lesson id; mend: LEVEL.NAME in small letters without diacritics, digits and _, "
            "such as text.invitation"
        )
    if found[1] not in LEVELS:
        raise LessonError(f"{lesson_id!r}: there is no level {found[1]!r}; mend: begin with one of {', '.join(LEVELS)}")
    return found[1]


def _check_free(lesson_id: str, levels: Sequence[Path]) -> None:
    taken = next((folder for folder in lesson_folders(levels) if id_at_head(folder) == lesson_id), None)
    if taken is not None:
        raise LessonError(
            f"{lesson_id!r} exists: {taken}; mend: take another name. An id is never used again, "
            "since the scores of learners hang on it"
        )


def _level_folder(name: str, levels: Sequence[Path]) -> Path:
    of_level = [folder for folder in levels if _number(folder) == LEVELS.index(name) + 1]
    if len(of_level) == 1:
        return of_level[0]
    if not of_level:
        known = ", ".join(map(str, levels)) or "none"
        raise LessonError(
            f"no folder for level {name!r} among {known}; mend: add one with a level.toml, number = "
            f"{LEVELS.index(name) + 1}, to HOCAI_LESSONS"
        )
    raise LessonError(
        f"several folders are of level {name!r}: {', '.join(map(str, of_level))}; mend: say --into FOLDER"
    )


def _given_level(name: str, into: Path) -> Path:
    number = LEVELS.index(name) + 1
    if _number(into) != number:
        raise LessonError(
            f"--into {into}: no folder of level {name!r}; mend: one whose level.toml has number = {number}"
        )
    return into


def _number(folder: Path) -> int | None:
    """The number of a level's folder; None for a folder that has no level.toml. Raises LessonError for a broken one."""
    return read_level_info(folder).number if (folder / "level.toml").is_file() else None


def _next_number(level: Path) -> int:
    numbers = [int(found[1]) for path in level.iterdir() if path.is_dir() and (found := NUMBERED.match(path.name))]
    return max(numbers, default=0) + 1


def _write(source: Path, folder: Path, lesson_id: str, title: str | None) -> None:
    """One file of the template, with the lesson's own id and title, checked on the day it is made."""
    text = source.read_text("utf-8").replace(ID, lesson_id)
    if source.name == "lesson.toml":
        text = re.sub(r"^checked_on = \S+", f"checked_on = {date.today()}", text, count=1, flags=re.MULTILINE)
    if title is not None and source.name == "lesson.toml":
        text = re.sub(r"^title = .*$", lambda _: f"title = {_quoted(title)}", text, count=1, flags=re.MULTILINE)
    if title is not None and source.name == "lesson.ipynb":
        text = re.sub(r'"# .*?(\\n)?",?$', lambda line: _heading(line, title), text, count=1, flags=re.MULTILINE)
    target = folder / source.relative_to(TEMPLATE)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")


def _heading(line: re.Match[str], title: str) -> str:
    return _quoted(f"# {title}{chr(10) if line[1] else ''}") + ("," if line[0].endswith(",") else "")


def _quoted(text: str) -> str:
    """As a string of JSON, which is one of TOML too."""
    return json.dumps(text, ensure_ascii=False)
