"""What a lesson keeps from its learners, ready to be looked for in a reply. No model and no page is ever handed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from autograders.normalize import read_text, sentences
from autograders.rules.figures import find_figures
from course.criteria import NumberIs
from course.lesson import Exercise, Lesson, Variant
from course.variants import drawn_exercises

RUN = 6  # words in a row; shorter ones are common speech
SHORT = 5  # words of a sentence that is told where it is told whole
CODE_RUN = 3  # of a code exercise: its lines are short
LONGEST_FACT = 12  # words
NO_TEXTS = ("id", "kind", "rule", "on")
MOST_KEPT = 1000  # exercises of lessons and variants

Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Kept:
    """An exercise with its whole lesson as drawn for a variant: what one exercise asks another may tell."""

    exercise: Exercise
    lesson: tuple[Exercise, ...]
    source: Lesson

    @cached_property
    def runs(self) -> Runs:
        """Words in a row of every text there is, what learners see of it included."""
        texts = [text for exercise in self.lesson for text in strings(exercise.model_dump())]
        short = (told for text in texts for one in sentences(text) if len(told := words_of(one)) == SHORT)
        return _all_runs(map(words_of, texts), RUN) | _all_runs(short, SHORT)

    @cached_property
    def code_runs(self) -> Runs:
        lines = self.exercise.solution.splitlines() if self.exercise.kind == "code" else ()
        return _all_runs(map(words_of, lines), CODE_RUN)

    @cached_property
    def code_names(self) -> frozenset[str]:
        """Names of a code solution: in a sentence such a name is the step."""
        code = words_of(self.exercise.solution) if self.exercise.kind == "code" else ()
        return frozenset(word for word in code if word.isalpha() and len(word) > 2)

    @cached_property
    def solution(self) -> tuple[tuple[str, ...], ...]:
        """The words of each sentence of the solution."""
        return tuple(tuple(words_of(sentence)) for sentence in sentences(self.exercise.solution))

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Forms with a figure in them that criteria look for."""
        criteria = (criterion for exercise in self.lesson for criterion in exercise.criterion)
        forms = {form for one in criteria for form in strings(one.model_dump(exclude={"missing"}))}
        return tuple(sorted(f for f in forms if find_figures(f) and len(words_of(f)) <= LONGEST_FACT))

    @cached_property
    def numbers(self) -> tuple[NumberIs, ...]:
        """The numbers that boxes ask for."""
        return tuple(c for exercise in self.lesson for c in exercise.criterion if isinstance(c, NumberIs))


class KeptLessons:
    """Each exercise's `Kept`, made once for a variant."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, str, str, str], Kept] = {}

    def of(self, lesson: Lesson, variant: Variant, exercise_id: str) -> Kept:
        key = (id(lesson), variant.role, variant.id, exercise_id)
        if key not in self._made:
            if len(self._made) >= MOST_KEPT:
                self._made.clear()
            drawn = tuple(drawn_exercises(lesson, variant))
            exercise = next(one for one in drawn if one.id == exercise_id)
            self._made[key] = Kept(exercise, drawn, lesson)  # holds the lesson, so that its id stays its own
        return self._made[key]


def words_of(text: str) -> list[str]:
    """The words and figures of a text, folded."""
    return [token.base for token in read_text(text).tokens]


def runs_of(words: list[str] | tuple[str, ...], length: int) -> list[tuple[str, ...]]:
    """Every `length` words in a row."""
    return [tuple(words[start : start + length]) for start in range(len(words) - length + 1)]


def strings(value: Any) -> Iterator[str]:
    """Every text in a value, however deep; keys and ids are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if key not in NO_TEXTS:
                yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


def _all_runs(texts: Iterable[list[str]], length: int) -> Runs:
    return frozenset(run for words in texts for run in runs_of(words, length))
