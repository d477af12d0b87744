"""The check of a model's reply by code: what it may not hold, whoever talked the model into it.

Compared is what the lesson keeps from learners with what this learner may see. See docs/coach.md for what it catches
and what it cannot.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from autograders.grade import grade_exercise
from autograders.models import Context
from autograders.rules.answers import text_of
from autograders.rules.facts import find_fact
from autograders.rules.figures import find_figures
from autograders.rules.values import Money, Number
from course.criteria import MatchesAny
from hub_config.services.ai.coach.kept import CODE_RUN, RUN, SHORT, Kept, runs_of, strings, words_of
from hub_config.services.ai.coach.pointing import pointing_fault
from hub_config.services.ai.coach.prose import prose_fault
from hub_config.services.ai.coach.seen import Seen

SENTENCE = 6  # words of a sentence of the solution that is looked for with other words strewn in
STREWN = 0.85  # the share of such a sentence that makes it told
HALF = 0.5  # of the points that a text earns by the rules; of a sentence that learners can read


class Withheld:
    """What is withheld from one learner in one exercise, as both stand now."""

    def __init__(self, seen: Seen, kept: Kept) -> None:
        self._seen = seen
        self._kept = kept

    def fault(self, reply: str) -> str:
        """The first reason why a reply must not be shown, in English and without its content; "" for none."""
        return (
            prose_fault(reply)
            or self._quoted(reply)
            or self._stated(reply)
            or self._answered(reply)
            or pointing_fault(reply, self._kept.exercise, self._seen)
        )

    # --- words of the lesson that the learner may not read
    def _quoted(self, reply: str) -> str:
        words = words_of(reply)
        plain = [word for word in words if word.isalpha() and len(word) > 1]  # figures strewn in between
        for told in (words, plain, words[::-1], words_of(reply[::-1])):
            if self._hidden([*runs_of(told, RUN), *runs_of(told, SHORT)]):
                return "words that are kept from learners"
        if not self._seen.solution and self._told_code(words):
            return "code of the solution"
        if any(_in_order(sentence, words) >= STREWN * len(sentence) for sentence in self._solution):
            return "a sentence of the solution"
        return ""

    def _hidden(self, runs: list[tuple[str, ...]]) -> bool:
        return any(run in self._kept.runs and run not in self._shown(len(run)) for run in runs)

    def _told_code(self, words: list[str]) -> bool:
        shown = {word for text in self._visible for word in text}
        lines = self._kept.code_runs & set(runs_of(words, CODE_RUN))
        return bool(lines - self._shown(CODE_RUN)) or not (self._kept.code_names - shown).isdisjoint(words)

    @cached_property
    def _visible(self) -> list[list[str]]:
        return [words_of(text) for text in self._seen.texts()]

    def _shown(self, length: int) -> set[tuple[str, ...]]:
        if length not in self._shown_runs:
            self._shown_runs[length] = {run for words in self._visible for run in runs_of(words, length)}
        return self._shown_runs[length]

    @cached_property
    def _shown_runs(self) -> dict[int, set[tuple[str, ...]]]:
        return {}

    @cached_property
    def _solution(self) -> list[tuple[str, ...]]:
        """Sentences of the solution that cannot be read in the lesson anyway."""
        shown = self._shown(CODE_RUN)
        return [
            words
            for words in self._kept.solution
            if len(words) >= SENTENCE and sum(run in shown for run in runs_of(words, CODE_RUN)) < HALF * len(words)
        ]

    # --- figures and forms that an answer needs
    def _stated(self, reply: str) -> str:
        visible = "\n".join(self._seen.texts())
        if any(find_fact(reply, fact) and not find_fact(visible, fact) for fact in self._kept.facts):
            return "a figure that is the learner's to find"
        boxes = [criterion for criterion in self._kept.exercise.criterion if isinstance(criterion, MatchesAny)]
        if any(_states(reply, box) and not _states(text_of(self._seen.draft, box.on), box) for box in boxes):
            return "what belongs into a box"
        # a small number stands somewhere in most lessons: only what the learner has written may be said back
        amounts = _amounts(reply) - _amounts("\n".join(strings(self._seen.draft)))
        for number in self._kept.numbers:
            wanted, tolerance = Decimal(str(number.value)), Decimal(str(number.tolerance))
            if any(abs(amount - wanted) <= tolerance for amount in amounts):
                return "a number that is the learner's to find"
        return ""

    # --- a text that could be handed in
    def _answered(self, reply: str) -> str:
        exercise, draft = self._kept.exercise, self._seen.draft
        if exercise.kind not in ("prompt", "text", "teach_back") or self._seen.solution:
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


def _in_order(sentence: tuple[str, ...], words: list[str]) -> int:
    """How many words of a sentence stand in `words` in its order, whatever stands between."""
    best = [0] * (len(words) + 1)
    for own in sentence:
        before = 0
        for at, word in enumerate(words, 1):
            above = best[at]
            best[at] = before + 1 if word == own else max(above, best[at - 1])
            before = above
    return best[-1]


def _states(text: str, criterion: MatchesAny) -> bool:
    return any(find_fact(text, form) for form in criterion.forms)


def _amounts(text: str) -> set[Decimal]:
    values = (value for figure in find_figures(text) for value in figure.values)
    return {value.amount for value in values if isinstance(value, Money | Number)}
