"""A lesson as one file that goes from school to school: packed, and unpacked with no trust in what the file holds."""

from __future__ import annotations

import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from course.catalog import read_lesson
from course.errors import LessonError
from course.notebook import exercise_calls
from hub_config.contents import files_in
from hub_config.new_lesson import free_folder

MAX_FILES, MAX_BYTES = 500, 50_000_000
KINDS = (".toml", ".ipynb", ".md", ".txt", ".csv", ".json", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".mp3",
         ".ogg", ".opus", ".wav", ".pdf", ".docx", ".xlsx", ".parquet")  # fmt: skip
"""What a lesson is made of: no programs."""
TIME = (1980, 1, 1, 0, 0, 0)  # the same lesson makes the same file


def packed(folder: Path, file: Path | None = None) -> Path:
    """Write the lesson into `file`, or into ID.zip in the working folder. Raises LessonError."""
    lesson_id = read_lesson(folder).lesson.id
    target = file or Path(f"{lesson_id}.zip")
    found = files_in(folder)
    for path in found:
        if problem := _problem(path.relative_to(folder).as_posix()):
            raise LessonError(f"{path}: {problem}; mend: take it out of the lesson's folder")
    try:
        with zipfile.ZipFile(target, "w") as made:
            for path in found:
                entry = zipfile.ZipInfo(f"{lesson_id}/{path.relative_to(folder).as_posix()}", TIME)
                made.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    except OSError as error:
        raise LessonError(f"{target} cannot be written: {error}") from error
    return target


@contextmanager
def unpacked(file: Path) -> Iterator[Path]:
    """The lesson's folder, in a place that is thrown away afterwards. Raises LessonError for anything but a lesson."""
    with tempfile.TemporaryDirectory(prefix="hocai-lesson-") as place:
        try:
            with zipfile.ZipFile(file) as given:
                for inside, entry in _entries(file, given):
                    target = Path(place) / "lesson" / inside
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(given.read(entry))
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
            raise LessonError(f"{file}: cannot be read: {error}; mend: ask for it once more") from error
        if not (Path(place) / "lesson" / "lesson.toml").is_file():
            raise LessonError(f"{file}: holds no lesson; mend: a file that `hocai lesson pack` made")
        yield Path(place) / "lesson"


def install(folder: Path, lesson_id: str, levels: Sequence[Path], into: Path | None) -> Path:
    """Copy an unpacked lesson among the others; where it lies. Raises LessonError as `free_folder` does."""
    place = free_folder(lesson_id, levels, into)
    try:
        shutil.copytree(folder, place)
    except OSError as error:
        shutil.rmtree(place, ignore_errors=True)
        raise LessonError(f"{place} cannot be made: {error}; mend: give a level's folder you may write to") from error
    return place


def foreign_code(folder: Path) -> list[str]:
    """The code cells of a notebook that are more than an exercise call, without signs that a terminal obeys."""
    notebook = read_lesson(folder).notebook
    calls = {call.cell for call in exercise_calls(notebook)}
    found = []
    for index, cell in enumerate(notebook.cells):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        own = [line for line in lines if line.strip() != "from course.exercises import exercise"]
        if cell.cell_type == "code" and not (index in calls and len(own) == 1):
            found.append("".join(sign for sign in cell.source if sign.isprintable() or sign == "\n"))
    return found


def _entries(file: Path, given: zipfile.ZipFile) -> Iterator[tuple[PurePosixPath, zipfile.ZipInfo]]:
    """The files of the archive by their paths inside the lesson. Raises LessonError before anything is written."""
    entries = [entry for entry in given.infolist() if not entry.is_dir()]
    if len(entries) > MAX_FILES or sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise LessonError(f"{file}: more than {MAX_FILES} files or {MAX_BYTES // 1_000_000} MB, too much for a lesson")
    heads = {entry.filename.partition("/")[0] for entry in entries}
    found = []
    for entry in entries:
        inside = PurePosixPath(*PurePosixPath(entry.filename).parts[1:])
        problem = _problem(entry.filename) or _problem(inside.as_posix())
        if len(heads) > 1:
            problem = "a lesson is one folder"
        if stat.S_ISLNK(entry.external_attr >> 16):
            problem = "links are refused"
        if problem:
            raise LessonError(f"{file}: {entry.filename!r}: {problem}; mend: a file that `hocai lesson pack` made")
        found.append((inside, entry))
    yield from found


def _problem(path: str) -> str:
    """Why a file with this path cannot belong to a lesson, or nothing."""
    parts = PurePosixPath(path).parts
    if "\\" in path or ":" in path or path.startswith("/") or ".." in parts or any(part[:1] == "." for part in parts):
        return "such paths are refused"
    if PurePosixPath(path).suffix.lower() not in KINDS:
        return f"no kind of file that lessons are made of ({' '.join(KINDS)})"
    return ""
