"""The figures of a lesson that need only its files: how much there is to read, how soon one acts.

Counted in syllables: runs of letters or digits, which is how long Vietnamese takes to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nbformat import NotebookNode

from course.catalog import LessonFolder
from course.lesson import Exercise, Lesson
from course.notebook import exercise_calls
from course.variants import drawn_exercises

SYLLABLE = re.compile(r"[^\W_]+(?:[.,/:][^\W_]+)*")  # 1.234,5 and 12/03/2027 are read as one
SENTENCE_END = re.compile(r"(?<=[.!?…:;])[\"”')]*\s+|\n\s*\n|\n\s*(?:[-*]|\d+\.)\s|\s·\s")
MARKUP = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[*_`#>|\[\]]")
TYPED = {"prompt", "text", "fill", "make", "teach_back"}


def syllables(text: str) -> int:
    """How many syllables a text has."""
    return len(SYLLABLE.findall(text))


@dataclass(frozen=True)
class Measures:
    """Figures of one lesson; where variants differ, the worst one's."""

    prose: int
    everything: int
    before_action: int
    per_action: float
    sentence_mean: float
    sentence_longest: int
    longest_sentence: str
    cells: int
    first_check_cell: int


def measured(folder: LessonFolder) -> Measures:
    """Measure a lesson over all its variants. Raises LessonError when its notebook cannot be read."""
    notebook = folder.notebook
    drawn = [drawn_exercises(folder.lesson, variant) for variant in folder.lesson.variant]
    prose = [_prose(notebook, exercises) for exercises in drawn]
    counts = [syllables(text) for text in prose]
    reading = [sum(syllables(t) for t in _seen(exercises)) for exercises in drawn]
    sentences = [s for text in prose for s in _sentences(text)]
    lengths = [syllables(s) for s in sentences]
    calls = exercise_calls(notebook)
    return Measures(
        prose=max(counts),
        everything=max(a + b for a, b in zip(counts, reading, strict=True)),
        before_action=max(_before_action(notebook, exercises, folder.lesson) for exercises in drawn),
        per_action=round(max(counts) / max(1, _actions(drawn[0])), 1),
        sentence_mean=round(sum(lengths) / max(1, len(lengths)), 1),
        sentence_longest=max(lengths, default=0),
        longest_sentence=max(sentences, key=syllables, default=""),
        cells=len(notebook.cells),
        first_check_cell=calls[0].cell + 1 if calls else len(notebook.cells) + 1,
    )


def typed_syllables(exercise: Exercise, answer: dict[str, object]) -> int:
    """Syllables of an answer that have to be typed; facts that can be tapped on a card are not counted."""
    if exercise.kind not in TYPED:
        return 0
    if exercise.kind == "prompt":  # the final text starts from the AI's reply
        typed = str(answer.get("prompt", ""))
    elif exercise.kind == "make":
        design = answer.get("design", {})
        texts = [design.get(part, "") for part in ("title", "lines", "note")] if isinstance(design, dict) else []
        typed = " ".join(map(str, [answer.get("prompt", ""), *texts]))
    elif exercise.kind == "fill":
        boxes = answer.get("boxes", {})
        typed = " ".join(map(str, boxes.values())) if isinstance(boxes, dict) else ""
    else:
        typed = f"{answer.get('text', '')} {answer.get('follow_up', '')}"
    for block in exercise.material:
        for fact in sorted(block.facts, key=len, reverse=True):
            typed = typed.replace(fact, " ")
    return syllables(typed)


def _markdown(cells: Iterable[NotebookNode]) -> str:
    return "\n\n".join(MARKUP.sub(" ", cell.source) for cell in cells if cell.cell_type == "markdown")


def _prose(notebook: NotebookNode, exercises: Sequence[Exercise]) -> str:
    return "\n\n".join([_markdown(notebook.cells), *(e.ask for e in exercises if not e.stands_in_for)])


def _before_action(notebook: NotebookNode, exercises: Sequence[Exercise], lesson: Lesson) -> int:
    calls = exercise_calls(notebook)
    if not calls:
        return syllables(_markdown(notebook.cells))
    first = next((e for e in exercises if f"{lesson.id}/{e.id}" == calls[0].exercise), None)
    return syllables(_markdown(notebook.cells[: calls[0].cell])) + (syllables(first.ask) if first else 0)


def _seen(exercises: Sequence[Exercise]) -> Iterable[str]:
    """Material, things to decide and stored replies: what is read besides the prose."""
    for exercise in exercises:
        if exercise.stands_in_for:
            continue
        yield from (" ".join(block.lines) for block in exercise.material)
        yield exercise.reveal
        for item in exercise.item:
            yield item.text
            yield from (option.text for option in item.options)


def _sentences(text: str) -> list[str]:
    return [s.strip() for s in SENTENCE_END.split(text) if syllables(s)]


def _actions(exercises: Sequence[Exercise]) -> int:
    """Answers that get checked: each question, each phrase to sort, each box; a whole text or find counts once."""
    total = 0
    for exercise in exercises:
        if exercise.stands_in_for:
            continue
        several = exercise.item if exercise.kind in ("choice", "predict", "classify") else exercise.box
        total += max(1, len(several))
    return total
