"""The check of a model's reply by code: what it may not hold, whoever talked the model into it.

Compared is what the lesson keeps from learners (solutions, reasons, hints not taken, criteria, of all its exercises)
with what this learner may see. See docs/coach.md for what it catches and what it cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from autograders.grade import grade_exercise
from autograders.models import Context
from autograders.normalize import read_text, sentences
from autograders.rules.answers import text_of
from autograders.rules.facts import find_fact
from autograders.rules.figures import find_figures
from autograders.rules.values import Money, Number
from course.criteria import MatchesAny, NumberIs
from course.lesson import Exercise
from hub_config.services.ai.coach.pointing import pointing_fault
from hub_config.services.ai.coach.prose import prose_fault
from hub_config.services.ai.coach.seen import Kept, Seen, strings

RUN = 5  # words in a row; shorter ones are common speech
CODE_RUN = 3  # of a code exercise: its lines are short
SENTENCE = 6  # words of a sentence of the solution that is looked for with other words strewn in
STREWN = 0.85  # the share of such a sentence that makes it told
LONGEST_FACT = 12  # words
HALF = 0.5  # of the points that a text earns by the rules


class Withheld:
    """What is withheld from one learner in one exercise, as both stand now."""

    def __init__(self, seen: Seen, kept: Kept) -> None:
        self._seen = seen
        self._kept = kept

    def fault(self, reply: str) -> str:
        """The first reason why a reply must not be shown, in English and without its content; "" for none."""
        for found in (prose_fault(reply), self._quoted(reply), self._stated(reply), self._answered(reply)):
            if found:
                return found
        return pointing_fault(reply, self._kept.exercise, self._seen)

    # --- words of the lesson that the learner may not read
    def _quoted(self, reply: str) -> str:
        words = _words(reply)
        plain = [word for word in words if word.isalpha() and len(word) > 1]  # figures strewn in between
        for told in (words, plain, words[::-1], _words(reply[::-1])):
            if not self._hidden_runs.isdisjoint(_runs(told, RUN)):
                return "words that are kept from learners"
        if not self._hidden_code.isdisjoint(_runs(words, CODE_RUN)) or not self._hidden_names.isdisjoint(words):
            return "code of the solution"
        if any(_in_order(sentence, words) >= STREWN * len(sentence) for sentence in self._solution_sentences):
            return "a sentence of the solution"
        return ""

    @cached_property
    def _visible(self) -> str:
        return "\n".join(self._seen.texts())

    @cached_property
    def _visible_words(self) -> list[list[str]]:
        return [_words(text) for text in self._seen.texts()]

    @cached_property
    def _hidden_runs(self) -> frozenset[tuple[str, ...]]:
        hidden = (text for exercise in self._kept.lesson for text in strings(exercise.model_dump()))
        return self._unseen((_words(text) for text in hidden), RUN)

    @cached_property
    def _hidden_code(self) -> frozenset[tuple[str, ...]]:
        lines = (line for one in self._code for line in one.solution.splitlines())
        return self._unseen((_words(line) for line in lines), CODE_RUN)

    @cached_property
    def _hidden_names(self) -> frozenset[str]:
        """Names of a code solution that stand nowhere a learner reads: in a sentence such a name is the step."""
        shown = {word for words in self._visible_words for word in words}
        names = {word for one in self._code for word in _words(one.solution) if word.isalpha() and len(word) > 2}
        return frozenset(names - shown)

    @property
    def _code(self) -> list[Exercise]:
        exercise = self._kept.exercise
        return [exercise] if exercise.kind == "code" and not self._seen.solution else []

    def _unseen(self, texts: Iterable[list[str]], length: int) -> frozenset[tuple[str, ...]]:
        shown = {run for words in self._visible_words for run in _runs(words, length)}
        return frozenset(run for words in texts for run in _runs(words, length)) - shown

    @cached_property
    def _solution_sentences(self) -> list[list[str]]:
        told = [_words(sentence) for sentence in sentences(self._kept.exercise.solution)]
        shown = {run for words in self._visible_words for run in _runs(words, 3)}
        return [
            words
            for words in told
            if len(words) >= SENTENCE and sum(run in shown for run in _runs(words, 3)) < HALF * len(words)
        ]

    # --- figures and forms that an answer needs
    def _stated(self, reply: str) -> str:
        if any(find_fact(reply, fact) for fact in self._hidden_facts):
            return "a figure that is the learner's to find"
        for criterion in self._kept.exercise.criterion:
            if not criterion.on.startswith("box."):
                continue
            written = text_of(self._seen.draft, criterion.on)
            if isinstance(criterion, MatchesAny) and _states(reply, criterion) and not _states(written, criterion):
                return "what belongs into a box"
        amounts = _amounts(reply) - _amounts(self._visible)
        for number in self._numbers:
            wanted, tolerance = Decimal(str(number.value)), Decimal(str(number.tolerance))
            if any(abs(amount - wanted) <= tolerance for amount in amounts):
                return "a number that is the learner's to find"
        return ""

    @property
    def _numbers(self) -> Iterator[NumberIs]:
        return (c for one in self._kept.lesson for c in one.criterion if isinstance(c, NumberIs))

    @cached_property
    def _hidden_facts(self) -> list[str]:
        """Forms with a figure in them that criteria look for and that the learner can read nowhere."""
        forms = {
            form
            for one in self._kept.lesson
            for criterion in one.criterion
            for form in strings(criterion.model_dump(exclude={"missing"}))
            if find_figures(form) and len(_words(form)) <= LONGEST_FACT
        }
        return [form for form in forms if not find_fact(self._visible, form)]

    # --- a text that could be handed in
    def _answered(self, reply: str) -> str:
        exercise, draft = self._kept.exercise, self._seen.draft
        if exercise.kind not in ("prompt", "text", "teach_back"):
            return ""
        if exercise.kind == "prompt":
            as_prompt = self._share({"prompt": reply}, "prompt")
            if as_prompt == 1 and as_prompt > self._share({"prompt": text_of(draft, "prompt")}, "prompt"):
                return "a prompt that could be handed in"
        part = "final" if exercise.kind == "prompt" else "text"
        prompt = {"prompt": exercise.solution}  # opens the gates that ask for a prompt of the learner's
        told = self._share({**prompt, part: reply}, part)
        if told >= HALF and told > self._share({**prompt, part: text_of(draft, part)}, part):
            return "a text that could be handed in"
        return ""

    def _share(self, answer: Mapping[str, Any], part: str) -> float:
        """The share of what the rules give for a part of the answer, 0 … 1."""
        exercise = self._kept.exercise
        on = {criterion.id for criterion in exercise.criterion if criterion.on == part}
        grade = grade_exercise(exercise, answer, Context(role="", variant=""))
        given = [line for line in grade.criteria if line.id in on and line.points is not None]
        most = sum(line.max for line in given)
        return sum(line.points or 0.0 for line in given) / most if most else 0.0


def _words(text: str) -> list[str]:
    return [token.base for token in read_text(text).tokens]


def _runs(words: list[str], length: int) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + length]) for start in range(len(words) - length + 1)]


def _in_order(sentence: list[str], words: list[str]) -> int:
    """How many words of a sentence stand in `words` in its order, whatever stands between."""
    best = [0] * (len(words) + 1)
    for own in sentence:
        before = 0
        for at, word in enumerate(words, 1):
            above = best[at]
            best[at] = before + 1 if word == own else max(best[at], best[at - 1])
            before = above
    return best[-1]


def _states(text: str, criterion: MatchesAny) -> bool:
    return any(find_fact(text, form) for form in criterion.forms)


def _amounts(text: str) -> set[Decimal]:
    values = (value for figure in find_figures(text) for value in figure.values)
    return {value.amount for value in values if isinstance(value, Money | Number)}
