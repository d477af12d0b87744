"""A lint for the Vietnamese of a lesson: what a careful reader would send back before reading for sense.

Looked at is what the lesson says in its own voice. Material, stored replies and samples are left alone: they may be
wrong on purpose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from course.catalog import LessonFolder
from course.lesson import DailyQuestion, Exercise
from course.variants import drawn_exercises

CODE = re.compile(r"```.*?```|`[^`\n]*`|https?://\S+|\]\([^)\n]*\)|\{[^}\n]*\}|\w*_\w*|\w+\([^)\n]*\)", re.DOTALL)
QUOTED = re.compile(r"[\"“‘][^\"”’\n]*[\"”’]")  # what is shown may be wrong on purpose
CLAUSE = re.compile(r"[^.!?…:;,()\n]+")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LONGEST_PLAIN = 7
"""Words in a row that may well have no diacritic: about three of ten have none by nature."""
NEVER_PLAIN = re.compile(r"[^fjwz]*(?:ie|ye|uo|eu|uu)[^fjwz]*|[^fjwz]*(?:c|ch|p|t)", re.IGNORECASE)
"""Syllables that cannot be without one: those that end in a stop have a tone, these vowels a mark."""
TONES = "\N{COMBINING GRAVE ACCENT}\N{COMBINING ACUTE ACCENT}\N{COMBINING HOOK ABOVE}\N{COMBINING TILDE}"
TONES += "\N{COMBINING DOT BELOW}"
GLIDES = ("oa", "oe", "uy")  # an open syllable of these carries its tone on the first letter, after q on the second
ENGLISH = re.compile(
    r"\b(?:the|and|of|with|your|you|are|is|this|from|please|click|submit|download|upload|next|back|loading"
    r"|cancel|search|settings|feedback|deadline|welcome|untitled|lorem|todo|fixme)\b",
    re.IGNORECASE,
)
FOREIGN_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
FOREIGN_DECIMALS = re.compile(r"(?<![\d.,/:])\d+\.\d{1,2}(?![\d.:/])")
FOREIGN_DATE = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b")
SHORT_DATE = re.compile(r"(?<![\d/])(?:\d/\d{1,2}|\d{2}/\d)/\d{4}(?![\d/])")


@dataclass(frozen=True)
class Flaw:
    """Where it stands ("cell 3", "exercise 'notice', hint 2"), the words, and what to write."""

    place: str
    words: str
    mend: str

    @property
    def sentence(self) -> str:
        return f"{self.place}: {self.words!r}: {self.mend}"


def language_flaws(folder: LessonFolder) -> list[Flaw]:
    """All flaws of a lesson, in the order in which they stand; the same one in several variants once."""
    return list(dict.fromkeys(flaw for place, text in own_words(folder) for flaw in flaws(text, place)))


def flaws(text: str, place: str = "") -> Iterator[Flaw]:
    """The flaws of a text."""
    flaw = partial(Flaw, place)
    if not unicodedata.is_normalized("NFC", text):
        yield flaw(next(w for w in text.split() if not unicodedata.is_normalized("NFC", w)), "save it as NFC")
        text = unicodedata.normalize("NFC", text)
    prose = CODE.sub(" ", text)
    unquoted = QUOTED.sub(" ", prose)
    yield from _without_diacritics(unquoted, flaw)
    for word in WORD.findall(prose):
        if (better := _new_style(word)) != word:
            yield flaw(word, f"the tone stands on the other vowel: {better}")
    for found in ENGLISH.finditer(unquoted):
        yield flaw(found[0], "English left over; say it in Vietnamese, or set it as `code`")
    yield from _numbers(unquoted, flaw)


def own_words(folder: LessonFolder) -> Iterator[tuple[str, str]]:
    """Each text that the lesson says in its own voice, with its place."""
    lesson = folder.lesson
    for number, cell in enumerate(folder.notebook.cells, 1):
        if cell.cell_type == "markdown":
            yield f"cell {number}", cell.source
    yield "title", lesson.title
    yield "challenge", lesson.challenge
    yield "guide", lesson.guide
    yield from (("objectives", text) for text in lesson.objectives)
    for question in (*lesson.daily, lesson.probe.before, lesson.probe.after):
        yield from _question_words(question)
    for variant in lesson.variant:
        for exercise in drawn_exercises(lesson, variant):
            yield from ((f"exercise {exercise.id!r}, {part}", text) for part, text in _exercise_words(exercise))


def _question_words(question: DailyQuestion) -> Iterator[tuple[str, str]]:
    yield f"question {question.id!r}", question.text
    yield from ((f"question {question.id!r}, reason of {o.id!r}", o.reason) for o in question.options)


def _exercise_words(exercise: Exercise) -> Iterator[tuple[str, str]]:
    yield "title", exercise.title
    yield "ask", exercise.ask
    yield from ((f"hint {number}", hint) for number, hint in enumerate(exercise.hints, 1))
    yield "why", exercise.why
    yield from ((f"criterion {c.id!r}", c.missing) for c in exercise.criterion)
    yield from ((f"idea {idea.id!r}", idea.follow_up) for idea in exercise.idea)
    for item in exercise.item:
        reasons = (item.reason, item.unproved, *item.reasons.values(), *(option.reason for option in item.options))
        yield from ((f"reason of {item.id!r}", reason) for reason in reasons)


def _without_diacritics(prose: str, flaw: Callable[[str, str], Flaw]) -> Iterator[Flaw]:
    for clause in CLAUSE.findall(prose):
        for run in _plain_runs(WORD.findall(clause)):
            never = sum(bool(NEVER_PLAIN.fullmatch(word)) for word in run)
            if (len(run) > LONGEST_PLAIN or (len(run) > 3 and never > 1)) and not ENGLISH.search(" ".join(run)):
                yield flaw(" ".join(run[:LONGEST_PLAIN]), "diacritics are missing")


def _plain_runs(words: Iterable[str]) -> Iterator[Sequence[str]]:
    run: list[str] = []
    for word in words:
        if word.isascii():
            run.append(word)
        else:
            yield run
            run = []
    yield run


def _new_style(word: str) -> str:
    """The word with its tone where the lessons put it."""
    letters = unicodedata.normalize("NFD", word)
    tone = next((sign for sign in letters if sign in TONES), "")
    plain = unicodedata.normalize("NFC", letters.replace(tone, "") if tone else letters)
    after_q = plain[-3:-2].lower() == "q"
    if not tone or plain[-2:].lower() not in GLIDES or after_q or not letters.endswith(tone):
        return word
    return unicodedata.normalize("NFC", plain[:-1] + tone + plain[-1])


def _numbers(prose: str, flaw: Callable[[str, str], Flaw]) -> Iterator[Flaw]:
    for found in FOREIGN_THOUSANDS.finditer(prose):
        yield flaw(found[0], f"thousands are parted by stops: {found[0].replace(',', '.')}")
    for found in FOREIGN_DECIMALS.finditer(prose):
        yield flaw(found[0], f"decimals follow a comma: {found[0].replace('.', ',')}")
    for found in FOREIGN_DATE.finditer(prose):
        year, month, day = found[0].split("-")
        yield flaw(found[0], f"dates are written {day:0>2}/{month:0>2}/{year}")
    for found in SHORT_DATE.finditer(prose):
        day, month, year = found[0].split("/")
        yield flaw(found[0], f"dates are written {day:0>2}/{month:0>2}/{year}")
