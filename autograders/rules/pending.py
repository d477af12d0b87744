"""The rule states_pending: what is not decided is said to be so, and nothing of it is promised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.normalize import Text, read_text
from autograders.rules.answers import text_of
from autograders.rules.facts import fact_name, find_fact
from autograders.rules.figures import find_figures
from autograders.rules.finding import Finding, lost, not_done, quoted
from autograders.rules.lexicon import phrases
from autograders.rules.values import Date, Weekday
from course.criteria import Promise, StatesPending
from course.lesson import Exercise

_REACH = 10  # tokens between an act and its moment
_SENTENCE = 30  # tokens each way: dictated text has no full stops
_DENIAL = 6  # tokens between a denial and its act
_STILL = 4  # tokens from an act to the word that says it is open


def states_pending(
    criterion: StatesPending, exercise: Exercise, answer: Mapping[str, Any], context: Context
) -> Finding:
    """All the points or none: the topic, one of the ways to say that it is open, and no promise."""
    text = text_of(answer, criterion.on)
    if not text.strip():
        return not_done()
    topic = find_fact(text, criterion.topic)
    said = next((found for form in criterion.pending if (found := find_fact(text, form))), None)
    promise = find_promise(text, criterion.forbid) if criterion.forbid else ""
    seen = [wording_ for wording_ in (topic, said) if wording_]
    if promise:
        note = wording.PROMISED.format(found=promise)
        return Finding(0.0, f"{note} {lost(criterion, 0, (), [promise], 1).message}", promise)
    if topic and said:
        return Finding(1.0, wording.FULL_PENDING.format(found=said), quoted(seen))
    missing = [fact_name(fact) for fact, there in ((criterion.topic, topic), (criterion.pending[0], said)) if not there]
    return lost(criterion, 0.0, missing, seen, len(missing))


def find_promise(text: str, kind: Promise) -> str:
    """The wording that promises a payment's date or an approval, "" when none does.

    "Chua hen duoc ngay chi tra" and "tra loi truoc 25/3" promise no payment.
    """
    read = read_text(text)
    moments = [figure.first for figure in find_figures(text) if isinstance(figure.values[0], Date | Weekday)]
    for index in range(len(read.tokens)):
        length = phrases("pending", kind, "acts").at(read, index)
        if not length:
            continue
        start, stop = _clause(read, index)
        if phrases("pending", "open", "conditions").first(read, start, index) or _is_denied(read, index):
            continue
        if _is_still_open(read, index + length):
            continue
        near = range(max(start, index - _REACH), min(stop, index + length + _REACH))
        moment = next((at for at in near if phrases("pending", kind, "moments").at(read, at)), None)
        if moment is None and kind == "payment_date":
            moment = next((at for at in moments if at in near), None)
        if moment is not None:
            first, last = min(index, moment), max(index + length - 1, moment)
            return read.quote_tokens(first, min(last + 1, stop - 1))
    return ""


def _is_denied(text: Text, index: int) -> bool:
    """Whether the act at token `index` is denied close before it: "chua hen duoc ngay chi tra", but not "chua duyet,
    xa se chi tra"."""
    for at in range(index - 1, max(-1, index - 1 - _DENIAL), -1):
        if text.tokens[at].clause != text.tokens[index].clause or phrases("pending", "open", "firm").at(text, at):
            return False
        if phrases("pending", "open", "denials").at(text, at):
            return True
    return False


def _is_still_open(text: Text, after: int) -> bool:
    """Whether the act that ends before token `after` is said to be open: "viec hoan tien thi chua duyet"."""
    stop = min(len(text.tokens), after + _STILL)
    stop = next((at for at in range(after, stop) if text.tokens[at].clause != text.tokens[after - 1].clause), stop)
    return phrases("pending", "open", "still_open").first(text, after, stop) is not None


def _clause(text: Text, index: int) -> tuple[int, int]:
    """First token and the one after the last of the sentence around token `index`, cut where another act begins."""
    sentence = text.tokens[index].sentence
    start = stop = index
    while start > max(0, index - _SENTENCE) and text.tokens[start - 1].sentence == sentence:
        start -= 1
    while stop < min(len(text.tokens), index + _SENTENCE) and text.tokens[stop].sentence == sentence:
        stop += 1
    for at in range(index - 1, start - 1, -1):
        if phrases("pending", "another_act", "words").at(text, at):
            start = at
            break
    for at in range(index + 1, stop):
        if phrases("pending", "another_act", "words").at(text, at):
            stop = at
            break
    return start, stop
