"""What is wrong with the files of a lesson: its notebook's cells, links and pictures, and what lies in material/."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from nbformat import NotebookNode

from autograders.lint import own_words
from course.catalog import LessonFolder
from course.criteria import PassesTests
from course.lesson import Block, Exercise
from course.notebook import exercise_calls
from course.variants import drawn_exercises

REMOTE = re.compile(r"(?:src|href)\s*=\s*[\"']?https?://|\]\(https?://|https?://\S+\.(?:js|css|png|jpg|svg|csv)")
REMOTE_IN_PICTURE = re.compile(r"(?:href|src)\s*=\s*[\"'](?!#|data:)|url\(\s*[\"']?(?!#)|@import", re.IGNORECASE)
SCRIPT = re.compile(r"<script|\son\w+\s*=", re.IGNORECASE)
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
HTML_PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
HTML_ALT = re.compile(r"\balt\s*=\s*(?:\"[^\"]*\w[^\"]*\"|'[^']*\w[^']*')", re.IGNORECASE)
HTML_ID = re.compile(r"\bid\s*=\s*[\"']([^\"']+)[\"']")
MATERIAL = "material/"
MOST_SOUND_BYTES = 150_000
ELSEWHERE = ("http://", "https://", "mailto:", "tel:", "/")  # a link that is followed, or a page of ours


def file_problems(folder: LessonFolder, drawn: Sequence[Exercise]) -> Iterator[str]:
    """A sentence for each problem, telling where it is and what to do. `drawn`: the exercises of one variant."""
    yield from _calls(folder, drawn)
    yield from _cells(folder.notebook)
    yield from _points_of_cells(folder.notebook, drawn)
    yield from dict.fromkeys(_links(folder))
    yield from dict.fromkeys(_blocks(folder))
    yield from _material(folder)
    for path in (folder.path / "lesson.toml", folder.path / "lesson.ipynb"):
        if not unicodedata.is_normalized("NFC", path.read_text("utf-8")):
            yield f"{path.name} is not in NFC; save it with composed characters"


def _calls(folder: LessonFolder, drawn: Sequence[Exercise]) -> Iterator[str]:
    lesson = folder.lesson.id
    called = [call.exercise for call in exercise_calls(folder.notebook)]
    known = [f"{lesson}/{exercise.id}" for exercise in drawn]
    for full_id, exercise in zip(known, drawn, strict=True):
        if called.count(full_id) != 1:
            times = called.count(full_id)
            yield f"exercise {exercise.id!r} is called {times} times, not once; mend the cells that call it"
    for full_id in called:
        if full_id not in known:
            yield f"the notebook calls {full_id!r}, which lesson.toml does not have; it has {', '.join(known)}"


def _cells(notebook: NotebookNode) -> Iterator[str]:
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "code" and (cell.get("outputs") or cell.get("execution_count")):
            yield f"cell {number} holds stored outputs; clear them"
        if cell.get("attachments"):
            yield f"cell {number} holds a picture inside it; put it into material/ and write ![alt](material/NAME)"
        if not cell.source.strip():
            yield f"cell {number} is empty; delete it"
        if cell.cell_type == "code" and REMOTE.search(cell.source):
            yield f"cell {number} reads from a remote address; ship the file in material/"


def _points_of_cells(notebook: NotebookNode, drawn: Sequence[Exercise]) -> Iterator[str]:
    """nbgrader's cells must carry the points of lesson.toml, or formgrader would show another maximum."""
    points = {
        str(meta["grade_id"]): float(meta.get("points", 0))
        for cell in notebook.cells
        if (meta := cell.metadata.get("nbgrader")) and meta.get("grade")
    }
    for exercise in drawn:
        if not exercise.graded or exercise.stands_in_for:
            continue
        cells = [id_ for c in exercise.criterion if isinstance(c, PassesTests) for id_ in c.cells] or [exercise.id]
        found = sum(points.get(id_, 0.0) for id_ in cells)
        if found != exercise.points:
            yield f"cells {', '.join(cells)} carry {found:g} points, lesson.toml says {exercise.points:g}"


def _links(folder: LessonFolder) -> Iterator[str]:
    """Links and pictures in what the lesson says: cells, questions, reasons, solutions, the guide."""
    ids = {id_ for cell in folder.notebook.cells for id_ in HTML_ID.findall(cell.source)}
    for place, text in own_words(folder):
        if REMOTE.search(text):
            yield f"{place} reads from a remote address; ship the file in material/, name a page in words"
        for picture, alt, target in LINK.findall(text):
            yield from _link(folder.path, place, target, ids, alt if picture else None)
        for picture in HTML_PICTURE.findall(text):
            if not HTML_ALT.search(picture):
                yield f"{place}: a picture without alt text; say what it shows, in Vietnamese"
            yield f"{place}: {picture} is not shown in the app; write ![what it shows](material/NAME)"


def _link(folder: Path, place: str, target: str, ids: set[str], alt: str | None) -> Iterator[str]:
    """Problems of one link, or of a picture where `alt` is given."""
    picture = alt is not None
    if picture and not alt.strip():  # type: ignore[union-attr]  # `picture` says it is a text
        yield f"{place}: a picture without alt text; write what it shows between the brackets, in Vietnamese"
    if target.startswith(ELSEWHERE) and not (picture and target.startswith("/")):
        return  # remote ones were named above
    if target.startswith("#") and target[1:] in ids:
        return
    if target.startswith("#"):
        yield f"{place}: the link {target!r} leads nowhere: headings have no anchors in the app; leave it out"
    elif not target.startswith(MATERIAL):
        yield f"{place}: {target!r} is relative to nothing; files of a lesson lie in material/"
    elif not picture:
        yield f"{place}: {target!r} cannot be opened from a page; show it as a picture or as [[exercise.material]]"
    elif not _is_inside(folder / MATERIAL, folder / target):
        yield f"{place}: picture {target} is missing; put it there, or mend the name"
    elif not place.startswith("cell"):
        yield f"{place}: pictures are shown in cells and as [[exercise.material]] alone; move it there"


def _blocks(folder: LessonFolder) -> Iterator[str]:
    for variant in folder.lesson.variant:
        for exercise in drawn_exercises(folder.lesson, variant):
            for block in exercise.material:
                if block.kind == "table" and any(len(row) > 2 for row in block.rows):
                    yield f"exercise {exercise.id!r}: a table of more than 2 columns does not fit a phone; split it"
                if block.src and (problem := _file_problem(folder.path / MATERIAL, block)):
                    yield f"exercise {exercise.id!r}: {problem}"


def _file_problem(material: Path, block: Block) -> str:
    """What is wrong with the picture or sound of a block, "" when nothing is."""
    file = material / block.src
    if not _is_inside(material, file):
        return f"material/{block.src} is missing; put it there, or mend src"
    if block.kind == "audio" and file.stat().st_size > MOST_SOUND_BYTES:
        size, most = file.stat().st_size // 1000, MOST_SOUND_BYTES // 1000
        return f"sound material/{block.src} has {size} kB, at most {most} on a phone's line; make it mono, 16 kbit/s"
    return ""


def _is_inside(material: Path, file: Path) -> bool:
    return file.resolve().is_relative_to(material.resolve()) and file.is_file()


def _material(folder: LessonFolder) -> Iterator[str]:
    """Files that nothing shows, and pictures that bring more than a picture."""
    material = folder.path / MATERIAL
    named = "\n".join(cell.source for cell in folder.notebook.cells)
    named += (folder.path / "lesson.toml").read_text("utf-8")
    for file in sorted(path for path in material.rglob("*") if path.is_file()):
        name = file.relative_to(material).as_posix()
        if name not in named:
            yield f"material/{name} is shown by nothing; show it, or delete it"
        if file.suffix == ".svg":
            source = file.read_text("utf-8", "replace")
            if SCRIPT.search(source):
                yield f"material/{name} holds a script; take it out, a picture is only looked at"
            if REMOTE_IN_PICTURE.search(source):
                yield f"material/{name} reads from another file; put everything into the picture"
