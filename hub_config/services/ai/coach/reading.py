"""What a lesson says around its exercises: the Markdown of the student notebook, as plain text in sections."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from course.notebook import exercise_calls, stored_notebook

HEADING = re.compile(r"^#{1,6}\s+(.+)$", re.MULTILINE)
MARKS = re.compile(r"^\s*(?:>|[-*+]|\d+\.)\s+|!\[[^\]]*\]\([^)]*\)|\*{1,3}|`{1,3}", re.MULTILINE)
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\([^)]*\)")
TERM = re.compile(r"\*\*([^*\n]{2,40})\*\*")
EXAMPLE = re.compile(r"^>\s*(.+)$", re.MULTILINE)


SENTENCE_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][”\"’)]))[ \t]+")


def sentences(text: str) -> list[str]:
    """The sentences as they stand, quotation marks kept; a line break ends one too."""
    found: list[str] = []
    for line in filter(str.strip, text.splitlines()):
        pieces = SENTENCE_END.split(line.strip())
        found.append(pieces[0])
        for piece in pieces[1:]:
            if piece[:1].islower():  # what ended was a quotation within it
                found[-1] += f" {piece}"
            else:
                found.append(piece)
    return found


@dataclass(frozen=True)
class Section:
    """One Markdown cell: its heading ("" without), its text without marks, the terms and examples it sets off."""

    heading: str
    text: str
    terms: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def sentences(self) -> list[str]:
        return sentences(self.text)


@dataclass(frozen=True)
class Reading:
    """A lesson's sections in order, and for each exercise (full id) how many of them stand before it."""

    sections: tuple[Section, ...] = ()
    before: tuple[tuple[str, int], ...] = ()

    def upto(self, exercise: str) -> tuple[Section, ...]:
        """The sections before an exercise, its own last; all of them for one that the notebook does not show."""
        return self.sections[: dict(self.before).get(exercise, len(self.sections))]


def lesson_reading(published: Path, lesson_id: str) -> Reading:
    """The reading of a published lesson; an empty one where none is published."""
    path = published / lesson_id / "lesson.ipynb"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, AttributeError):
        return Reading()


@lru_cache(maxsize=128)
def _read(path: Path, _changed: int) -> Reading:
    notebook = stored_notebook(path.read_bytes())
    calls = {call.cell: call.exercise for call in exercise_calls(notebook)}
    sections: list[Section] = []
    before: list[tuple[str, int]] = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            sections.append(section_of(cell.source))
        elif index in calls:
            before.append((calls[index], len(sections)))
    return Reading(tuple(sections), tuple(before))


def section_of(markdown: str) -> Section:
    """A Markdown cell as a section."""
    heading = HEADING.search(markdown)
    body = HEADING.sub("", markdown)
    return Section(
        heading=_plain(heading[1]) if heading else "",
        text=_plain(body),
        terms=tuple(dict.fromkeys(TERM.findall(body))),
        examples=tuple(_plain(line) for line in EXAMPLE.findall(body)),
    )


def _plain(markdown: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", MARKS.sub("", LINK.sub(r"\1", markdown))).strip()
