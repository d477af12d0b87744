"""Rules over facts in a text: keeps_facts, keeps_facts_by_point, matches_any, number_is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.normalize import read_text, syllables
from autograders.rules.answers import text_of
from autograders.rules.denied import is_denied
from autograders.rules.facts import Contradiction, Statement, fact_name, find_contradiction, find_fact, find_statement
from autograders.rules.figures import Figure, find_figures
from autograders.rules.finding import Finding, lost, not_done, quoted
from autograders.rules.invented import is_known, public_texts
from autograders.rules.values import Date, Money, Number, Time, Value, weekday_of
from course.criteria import Fact, KeepsFacts, KeepsFactsByPoint, MatchesAny, NumberIs
from course.lesson import Exercise
from course.wording import WEEKDAYS

_MORE_WORDS = 8  # that a box may hold besides the form
_CODE = re.compile(r"\b[a-z]{1,2}\d{1,3}\b", re.IGNORECASE)  # of a passage: "B1"
_SCATTERED = 3  # different times, dates or amounts that no source holds


def keeps_facts(criterion: KeepsFacts, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """Points shared evenly over the facts that stand in the text; none when it is longer than allowed."""
    text = text_of(answer, criterion.on)
    if not text.strip():
        return not_done()
    length = syllables(text)
    if criterion.max_syllables is not None and length > criterion.max_syllables:
        return Finding(0.0, wording.TOO_LONG.format(n=length, limit=criterion.max_syllables))
    if unfit := _unfit(criterion, text):
        return unfit
    reading = _Reading(text, exercise)
    statements = [(fact, reading.statement(fact)) for fact in criterion.facts]
    stated = [statement for _, statement in statements if statement]
    missing = [fact for fact, statement in statements if statement is None]
    question = next((wording.MORNING_OR_EVENING.format(time=s.unclear_time) for s in stated if s.unclear_time), "")
    evidence = quoted(s.wording for s in stated)
    if not missing:
        found = ", ".join(dict.fromkeys(s.wording for s in stated))
        return Finding(1.0, wording.FULL_FACTS.format(found=found), evidence, question)
    share = len(stated) / len(criterion.facts)
    names = [fact_name(fact) for fact in missing]
    message = lost(criterion, share, names, [s.wording for s in stated], len(missing)).message
    return Finding(share, " ".join([*reading.remarks(missing), message]), evidence, question)


def _unfit(criterion: KeepsFacts, text: str) -> Finding | None:
    """Why a text is none for its receiver: it calls another one or nobody, or holds what is not for these eyes."""
    others = list(dict.fromkeys(found for fact in criterion.absent if (found := find_fact(text, fact))))
    if others:
        return Finding(0.0, wording.FOR_ANOTHER.format(found="”, “".join(others)), quoted(others))
    if criterion.address and not any(find_fact(text, fact) for fact in criterion.address):
        return Finding(0.0, wording.NOT_ADDRESSED.format(address=fact_name(criterion.address[0])))
    return None


def keeps_facts_by_point(
    criterion: KeepsFactsByPoint, exercise: Exercise, answer: Mapping[str, Any], context: Context
) -> Finding:
    """Points shared evenly over the points that are covered whole; what a point still lacks is named."""
    text = text_of(answer, criterion.on)
    if not text.strip():
        return not_done()
    reading = _Reading(text, exercise)
    missing = {
        point: [fact for fact in facts if reading.statement(fact) is None] for point, facts in criterion.facts.items()
    }
    open_facts = [fact for facts in missing.values() for fact in facts]
    found = [s.wording for facts in criterion.facts.values() for fact in facts if (s := reading.statement(fact))]
    if not open_facts:
        return Finding(1.0, wording.FULL_FACTS.format(found=", ".join(dict.fromkeys(found))), quoted(found))
    open_points = sum(1 for facts in missing.values() if facts)
    names = dict.fromkeys(fact_name(fact) for fact in open_facts)
    finding = lost(criterion, 1 - open_points / len(criterion.facts), names, found, open_points)
    return replace(finding, message=" ".join([*reading.remarks(open_facts), finding.message]))


class _Reading:
    """A text that should hold facts: what it states, and why what seems to stand there does not count."""

    def __init__(self, text: str, exercise: Exercise) -> None:
        self.text = text
        self._scattered = scattered(text, exercise)

    def statement(self, fact: Fact) -> Statement | None:
        """How the text states a fact: not denied, not as one of several to choose from, not among many others."""
        found = find_statement(self.text, fact, is_denied)
        kinds = {type(figure.values[0]) for figure in find_figures(found.wording)} if found else set()
        return None if kinds & self._scattered.keys() else found

    def remarks(self, missing: Iterable[Fact]) -> list[str]:
        """What is said of missing facts that the text seems to hold."""
        missing = list(missing)
        said = [_weekday_message(c) for fact in missing if (c := find_contradiction(self.text, fact))]
        many = [wording.SCATTERED.format(found=", ".join(dict.fromkeys(found))) for found in self._scattered.values()]
        denied = [
            wording.DENIED.format(found=s.wording)
            for fact in missing
            if find_fact(self.text, fact, is_denied) is None and (s := find_statement(self.text, fact))
        ]
        return [*said, *many, *denied]


def scattered(text: str, exercise: Exercise) -> dict[type[Value], list[str]]:
    """Kind -> wordings of times, dates or amounts where at least _SCATTERED are none of the exercise's own.

    Who writes down every possibility has stated none.
    """
    known = [figure for source in public_texts(exercise) for figure in find_figures(source)]
    read = read_text(text)
    strange: dict[type[Value], dict[Value, str]] = {}
    for figure in find_figures(text):
        value = figure.values[0]
        whole_date = not isinstance(value, Date) or (value.day and value.month)
        if isinstance(value, Time | Date | Money) and whole_date and not is_known(figure, known):
            strange.setdefault(type(value), {})[value] = read.quote_tokens(figure.first, figure.last)
    return {kind: list(found.values()) for kind, found in strange.items() if len(found) >= _SCATTERED}


def _weekday_message(contradiction: Contradiction) -> str:
    date = contradiction.date
    weekday = weekday_of(date)
    right = WEEKDAYS[weekday] if weekday is not None else ""
    shown = wording.DATE.format(day=date.day, month=date.month, year=date.year)
    return wording.WEEKDAY.format(
        found=contradiction.wording, said=WEEKDAYS[contradiction.said], date=shown, right=right
    )


def matches_any(criterion: MatchesAny, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """A box holds one of the forms, hardly more words, and no figure that the form has not."""
    text = text_of(answer, criterion.on)
    if not text.strip():
        return not_done()
    for form in criterion.forms:
        statement = find_statement(text, form, is_denied)
        if statement and _says_no_more(text, statement.wording, form):
            question = wording.MORNING_OR_EVENING.format(time=statement.unclear_time) if statement.unclear_time else ""
            return Finding(1.0, wording.FULL, statement.wording, question)
    return lost(criterion, 0.0, [fact_name(criterion.forms[0])], [text.strip()], 1)


def _says_no_more(text: str, stated: str, form: Fact) -> bool:
    """All of several forms in one box, a number the form leaves open, or one passage after the other is no answer."""
    if syllables(text) > 3 * syllables(stated) + _MORE_WORDS:
        return False
    codes = _codes(stated)
    if codes and _codes(text) - codes:
        return False
    names = [form] if isinstance(form, str) else [*form.any, *form.all]
    known = [figure for name in (*names, stated) for figure in find_figures(name)]
    return all(_known(figure, known) for figure in find_figures(text) if not figure.worded)


def _codes(text: str) -> set[str]:
    return {code.lower() for code in _CODE.findall(text)}


def _known(figure: Figure, known: list[Figure]) -> bool:
    inside_date = all(not isinstance(value, Money | Number) for value in figure.values)
    return inside_date or any(figure.says(value) for other in known for value in other.values)


def number_is(criterion: NumberIs, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """A box holds this number, in any separators, with or without its unit; after "=" the result alone counts."""
    text = text_of(answer, criterion.on)
    if not text.strip():
        return not_done()
    result = text.rpartition("=")[2].strip() or text
    figures = find_figures(result)
    if len({_amounts(figure)[:1] for figure in figures}) > 1:
        return Finding(0.0, wording.SEVERAL_NUMBERS.format(n=len(figures)), text.strip())
    wanted, tolerance = Decimal(str(criterion.value)), Decimal(str(criterion.tolerance))
    amounts = [amount for figure in figures for amount in _amounts(figure)]
    if result.lstrip().startswith(("-", "\u2212")):
        amounts = [-amount for amount in amounts]
    if any(abs(amount - wanted) <= tolerance for amount in amounts):
        return Finding(1.0, wording.FULL, text.strip())
    return lost(criterion, 0.0, [], [text.strip()], 1)


def _amounts(figure: Figure) -> tuple[Decimal, ...]:
    return tuple(value.amount for value in figure.values if isinstance(value, Money | Number))
