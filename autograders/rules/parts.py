"""Which parts a prompt holds, by their use: a verb and what it makes, people it is for, a length with its number.

The name of a part ("viec", "nguoi nhan") is never the part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache

from autograders.normalize import Text, read_text
from autograders.rules.figures import find_figures
from autograders.rules.lexicon import Phrases, phrases
from autograders.rules.values import Date, Money, Number, Time, Weekday

Span = tuple[int, int]  # the first and the last token

_OBJECT_REACH = 6
_CONTENT = 3


def find_parts(text: str) -> dict[str, str]:
    """The parts that a prompt holds -> the learner's own wording of each; keys as in course.criteria.Part."""
    return dict(_found(text))


@lru_cache(maxsize=256)  # every criterion of a prompt asks, and its gates
def _found(text: str) -> tuple[tuple[str, str], ...]:
    read = read_text(text)
    found = {name: find(read) for name, find in _FINDERS.items()}
    return tuple((name, read.quote_tokens(*span)) for name, span in found.items() if span)


def _p(*keys: str) -> Phrases:
    return phrases("parts", *keys)


def _clause_end(text: Text, index: int, reach: int) -> int:
    """The token after the last one within `reach` tokens from `index` in its clause."""
    stop = index
    while stop < len(text.tokens) and stop < index + reach and text.tokens[stop].clause == text.tokens[index].clause:
        stop += 1
    return stop


def _sentence_end(text: Text, index: int, reach: int) -> int:
    stop = index
    while (
        stop < len(text.tokens) and stop < index + reach and text.tokens[stop].sentence == text.tokens[index].sentence
    ):
        stop += 1
    return stop


def _each(text: Text, *keys: str) -> Iterator[Span]:
    """Every place of one of the phrases."""
    return _p(*keys).places(text, 0, len(text.tokens))


def _task(text: Text) -> Span | None:
    for first, last in _each(text, "task", "verbs"):
        if not _p("task", "not_before").before(text, first) and (end := _task_object(text, first, last)):
            return first, end
    for first, last in _each(text, "task", "asking"):
        after = last + 1 + _p("task", "measures").at(text, last + 1)
        if length := _p("task", "things").at(text, after):
            return first, after + length - 1
    for first, last in _each(text, "task", "questions"):
        stop = _clause_end(text, last + 1, _OBJECT_REACH) if last + 1 < len(text.tokens) else last + 1
        if stop - last > 2:  # two words of what is counted
            return first, stop - 1
    for first, last in _each(text, "task", "please"):
        length = _p("task", "telling").at(text, last + 1)
        people = _p("receiver", "people").first(text, last + 1 + length, _clause_end(text, last + 1, 8))
        if length and people:
            return first, people[1]
    return None


def _task_object(text: Text, first: int, last: int) -> int:
    """The last token of what the verb at first … last makes; 0 when it makes nothing."""
    start = _after_gloss(text, last + 1)
    stop = _clause_end(text, start, _OBJECT_REACH) if start < len(text.tokens) else start
    if _p("task", "not_things").at(text, start) > _p("task", "things").at(text, start):
        return 0
    thing = _p("task", "things").first(text, start, stop)
    if thing:
        return thing[1]
    if _p("task", "of_anything").at(text, first) == last - first + 1 and stop - start >= 2:
        return min(start - 1 + _CONTENT, stop - 1)
    return 0


def _after_gloss(text: Text, index: int) -> int:
    """The token after a gloss in brackets that begins at `index`: "tom tat (summary) hai bai tho"."""
    if index >= len(text.tokens):
        return index
    gap = text.folded[text.tokens[index - 1].end : text.tokens[index].start]
    return _clause_end(text, index, _OBJECT_REACH) if gap.strip() == "(" else index


def _receiver(text: Text) -> Span | None:
    people, anyone = _p("receiver", "people"), _p("receiver", "anyone")
    asked = _task(text) is not None
    for first, last in _each(text, "receiver", "lead"):
        start = last + 1
        length = people.at(text, start) or (asked and anyone.at(text, start))
        if length and text.tokens[start].sentence == text.tokens[last].sentence:
            return start, _with_place(text, start + length - 1)
        named = _p("receiver", "titles").at(text, start) and start + 1 < len(text.tokens)
        if named and (text.tokens[start + 1].capital or text.tokens[first].base == "gui"):
            return start, _with_place(text, start + 1)
    for first, last in _each(text, "receiver", "people"):
        if _p("receiver", "reading").at(text, last + 1):
            return first, last
    return None


def _with_place(text: Text, last: int) -> int:
    """The last token of people with where they belong: "ba con xom Dong Che"."""
    end = last
    while end + 1 < len(text.tokens) and end < last + 6 and text.tokens[end + 1].clause == text.tokens[last].clause:
        place = _p("receiver", "places").at(text, end + 1)
        token = text.tokens[end + 1]
        if place:
            end += place
        elif token.capital or token.base[0].isdigit():
            end += 1
        else:
            break
    return min(end, len(text.tokens) - 1)


def _length(text: Text) -> Span | None:
    for figure in find_figures(text.source):
        if not any(isinstance(value, Number) for value in figure.values[:1]):
            continue
        after = figure.last + 1
        length = _p("length", "things").at(text, after)
        limit = _p("length", "limits").before(text, figure.first)
        if not length and limit:
            length = _p("length", "limited_things").at(text, after)
        following = _p("length", "not_after").at(text, after + length) or _is_figure(text, after + length)
        if length and not following and (limit or figure.values[0] != Number(Decimal(1))):
            return figure.first - limit, after + length - 1
    for first, last in _each(text, "length", "vague"):
        if not _p("length", "not_before_vague").before(text, first) and not _p("length", "not_after").at(
            text, last + 1
        ):
            return first, last
    return None


def _is_figure(text: Text, index: int) -> bool:
    return index < len(text.tokens) and text.tokens[index].base[0].isdigit()


def _format(text: Text) -> Span | None:
    length = _length(text)
    if length:
        return length
    for first, last in _each(text, "format", "alone"):
        return first, last
    for first, last in _each(text, "format", "led"):
        stop = _clause_end(text, last, _CONTENT + 1)
        if stop > last + 1 and _p("format", "no_content").first(text, last + 1, stop) is None:
            return first, stop - 1
    return None


def _context(text: Text) -> Span | None:
    who = _led("context", content=2)(text)
    return who or (_led("context", content=3, leads="reasons")(text) if _task(text) else None)


def _led(name: str, content: int, leads: str = "leads", reach: int = 8) -> Callable[[Text], Span | None]:
    """A part that is said after a phrase of its own, in at least `content` words more."""

    def find(text: Text) -> Span | None:
        for first, last in _each(text, name, leads):
            if last + 1 < len(text.tokens):
                stop = _sentence_end(text, last + 1, reach)
                if stop - last - 1 >= content and text.tokens[last + 1].sentence == text.tokens[last].sentence:
                    return first, stop - 1
        return None

    return find


def _facts(text: Text) -> Span | None:
    """Two figures that tell something, or one and a place; the limits of the length are none."""
    limits = _length(text) or (-1, -1)
    told = [
        figure
        for figure in find_figures(text.source)
        if not limits[0] <= figure.first <= limits[1]
        and (isinstance(figure.values[0], Time | Date | Money | Weekday) or not figure.worded)
    ]
    places = [span for span in _each(text, "facts", "places") if span[1] + 2 < len(text.tokens)]
    if len(told) >= 2:
        return told[0].first, told[-1].last if told[-1].last - told[0].first < 40 else told[1].last
    if told and places:
        return told[0].first, told[0].last
    return None


def _constraint(text: Text) -> Span | None:
    for first, last in _each(text, "constraint", "negations"):
        if (length := _p("constraint", "acts").at(text, last + 1)) and last + length + 1 < len(text.tokens):
            return first, _clause_end(text, last + 1, length + _CONTENT) - 1
    for first, last in _each(text, "constraint", "alone"):
        if last + 1 < len(text.tokens):
            return first, _clause_end(text, last + 1, _CONTENT) - 1
    return None


def _sources_only(text: Text) -> Span | None:
    for first, last in _each(text, "sources_only", "only"):
        using = _p("sources_only", "using").first(text, last + 1, _sentence_end(text, last, 5))
        if using:
            source = _p("sources_only", "sources").first(text, using[1] + 1, _sentence_end(text, first, 14))
            if source:
                return first, source[1]
    for first, last in _each(text, "sources_only", "negations"):
        if length := _p("sources_only", "own_adding").at(text, last + 1):
            return first, _clause_end(text, last + 1, length + _CONTENT) - 1
        if length := _p("sources_only", "adding").at(text, last + 1):
            beyond = _p("sources_only", "beyond").first(text, last + 1 + length, _sentence_end(text, last, 12))
            if beyond:
                return first, beyond[1]
    return None


def _says_when_absent(text: Text) -> Span | None:
    """A condition, what is absent, and what to do then, close together in any order."""
    for first, last in _each(text, "says_when_absent", "absent"):
        start = max(0, first - 14)
        conditions = list(_each_within(text, start, first, "conditions"))
        stop = min(len(text.tokens), last + 13)
        act = _p("says_when_absent", "acts").first(text, last + 1, stop)
        then = _p("says_when_absent", "then").first(text, last + 1, stop)
        if act and (conditions or then):
            begin = conditions[0][0] if conditions else first
            return begin, _clause_end(text, act[0], act[1] - act[0] + 5) - 1
        if conditions:
            act_before = _p("says_when_absent", "acts").first(text, start, conditions[-1][0])
            if act_before:
                return act_before[0], last
    return None


def _each_within(text: Text, start: int, stop: int, key: str) -> Iterator[Span]:
    wanted = _p("says_when_absent", key)
    for index in range(start, stop):
        if length := wanted.at(text, index):
            yield index, index + length - 1


_FINDERS: dict[str, Callable[[Text], Span | None]] = {
    "role": _led("role", content=2),
    "context": _context,
    "receiver": _receiver,
    "task": _task,
    "facts": _facts,
    "format": _format,
    "length": _length,
    "example": _led("example", content=3),
    "constraint": _constraint,
    "sources_only": _sources_only,
    "says_when_absent": _says_when_absent,
}
