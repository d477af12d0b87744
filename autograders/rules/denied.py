"""Whether a text takes back what it says: a fact denied, or one of several that the reader may choose from."""

from __future__ import annotations

from autograders.normalize import Text
from autograders.rules.figures import Figure, find_figures
from autograders.rules.lexicon import phrases

_BACK = 7  # tokens between a denial and its fact
_ON = 4  # tokens between "or" and the other figure


def is_denied(text: Text, first: int, last: int) -> bool:
    """Whether the fact at tokens first … last is denied ("khong hop ngay 12/3") or left open ("19 gio hoac 20 gio")."""
    return _denied_before(text, first) or _denied_after(text, last) or is_open_choice(text, first, last)


def is_open_choice(text: Text, first: int, last: int) -> bool:
    """Whether another figure of the same kind, with another value, stands beside this one as its alternative."""
    figures = find_figures(text.source)
    own = [figure for figure in figures if first <= figure.first and figure.last <= last]
    return any(_differs(figure, other) for figure in own for other in _alternatives(text, figures, first, last))


def _denied_before(text: Text, first: int) -> bool:
    at = first
    while at and text.tokens[at - 1].clause == text.tokens[first].clause:
        leads = ("outright", "denying") if at < first else ("outright",)
        for lead in leads:
            if length := phrases("denied", lead).before(text, at):
                return not _is_condition(text, at - length)
        step = phrases("denied", "bridge").before(text, at)
        if not step or first - at + step > _BACK:
            return False
        at -= step
    return False


def _is_condition(text: Text, before: int) -> bool:
    """Whether the clause begins as a condition: "ho nao khong gop 150.000 dong thi ..." denies nothing."""
    clause = text.tokens[before].clause
    start = before
    while start and text.tokens[start - 1].clause == clause and before - start < 2 * _BACK:
        start -= 1
    return phrases("denied", "conditions").first(text, start, before) is not None


def _denied_after(text: Text, last: int) -> bool:
    following = last + 1
    if following >= len(text.tokens) or text.tokens[following].clause != text.tokens[last].clause:
        return False
    return bool(phrases("denied", "after").at(text, following))


def _alternatives(text: Text, figures: tuple[Figure, ...], first: int, last: int) -> list[Figure]:
    sentence = text.tokens[first].sentence
    found: list[Figure] = []
    if length := phrases("denied", "or").at(text, last + 1):
        start = last + 1 + length
        found += [f for f in figures if start <= f.first < start + _ON]
    for at in range(first, max(0, first - _ON), -1):
        if length := phrases("denied", "or").before(text, at):
            stop = at - length
            found += [f for f in figures if stop - _ON < f.last + 1 <= stop]
            break
    return [f for f in found if text.tokens[f.first].sentence == sentence]


def _differs(figure: Figure, other: Figure) -> bool:
    if type(figure.values[0]) is not type(other.values[0]):
        return False
    return not any(other.says(value) for value in figure.values)
