"""Whether a text states a fact: figures by value, words after folding; always in the learner's own wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from autograders.normalize import Text, Token, read_text
from autograders.rules.entries import together
from autograders.rules.figures import Figure, find_figures
from autograders.rules.lexicon import Phrases, entry, marks_left_out, phrases, sound
from autograders.rules.values import Date, Number, Time, Weekday, same_value, weekday_of
from course.criteria import Fact, FactPattern

_NEAR = 25  # tokens: dictated text has no full stops, so a sentence alone is no limit
_UNIT_BEFORE = 4

Barred = Callable[[Text, int, int], bool]  # whether what stands at these tokens, first … last, counts for nothing


@dataclass(frozen=True)
class Statement:
    """Where and how a text states a fact."""

    wording: str  # verbatim
    unclear_time: str = ""  # the wording of a time that may be morning or evening


@dataclass(frozen=True)
class Contradiction:
    """A date of a fact that stands in a text with a weekday that is not its own."""

    wording: str
    said: int  # Monday is 0
    date: Date  # with its year


def find_fact(text: str, fact: Fact, barred: Barred | None = None) -> str | None:
    """The wording in `text` that states `fact`, verbatim; None when nothing does."""
    statement = find_statement(text, fact, barred)
    return statement.wording if statement else None


def find_statement(text: str, fact: Fact, barred: Barred | None = None) -> Statement | None:
    """How `text` states `fact`. Of a pattern `any` form, or `all` of them, with a word of `near` close by.

    What is `barred` states nothing.
    """
    if isinstance(fact, str):
        return _statement(text, fact, (), barred)
    alternatives = (s for form in fact.any if (s := _statement(text, form, fact.near, barred)))
    any_of = next(alternatives, None)
    all_of = [_statement(text, form, fact.near, barred) for form in fact.all]
    if (fact.any and any_of is None) or None in all_of or not (fact.any or fact.all):
        return None
    found = [s for s in (any_of, *all_of) if s is not None]
    unclear = next((s.unclear_time for s in found if s.unclear_time), "")
    return Statement(" … ".join(dict.fromkeys(s.wording for s in found)), unclear)


def fact_name(fact: Fact) -> str:
    """How a learner is told of a fact."""
    if isinstance(fact, FactPattern):
        return fact.name or (fact.any[0] if fact.any else ", ".join(fact.all))
    return fact


def find_contradiction(text: str, fact: Fact) -> Contradiction | None:
    """A date of `fact` that `text` gives the wrong weekday."""
    forms = (fact,) if isinstance(fact, str) else (*fact.any, *fact.all)
    read = read_text(text)
    for form in forms:
        for wanted in _form(form).figures:
            for given in find_figures(text):
                if (date := _misdated(given, wanted)) and given.weekday is not None:
                    return Contradiction(read.quote_tokens(given.first, given.last), given.weekday, date)
    return None


@dataclass(frozen=True)
class _Form:
    """One wording of a fact: figures, and words between them."""

    parts: tuple[Figure | Token, ...]
    text: Text

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(part for part in self.parts if isinstance(part, Figure))

    @cached_property
    def slips(self) -> bool:
        """Whether slips of the tongue are forgiven: in phrases, where another word is hardly meant."""
        return sum(1 for part in self.parts if isinstance(part, Token)) >= 2

    @cached_property
    def unit(self) -> Phrases | None:
        """What may stand for the words after the first figure when they are a unit."""
        at = next((i for i, part in enumerate(self.parts) if isinstance(part, Figure)), None)
        words = [p for p in self.parts[at + 1 :] if isinstance(p, Token)] if at is not None else []
        return _unit(" ".join(word.base for word in words)) or (_unit(words[0].base) if words else None)


@lru_cache(maxsize=1024)
def _form(form: str) -> _Form:
    text = read_text(form)
    parts: list[Figure | Token] = []
    figures = {figure.first: figure for figure in reversed(find_figures(form))}
    dated = any(isinstance(figure.values[0], Date) for figure in figures.values())
    index = 0
    while index < len(text.tokens):
        figure = figures.get(index)
        index_after = figure.last + 1 if figure else index + 1
        if figure is None:
            parts.append(text.tokens[index])
        elif not (dated and isinstance(figure.values[0], Weekday)):
            if phrases("facts", "lead").before(text, index) == index:  # "ngay 12/3", but not "nha kho so 2"
                parts.clear()
            parts.append(figure)
        index = index_after
    return _Form(tuple(parts), text)


@lru_cache(maxsize=256)
def _unit(words: str) -> Phrases | None:
    for group in entry("units", "same"):
        if any(read_text(name).folded == words for name in group):
            return Phrases(group)
    return None


@dataclass(frozen=True)
class _Places:
    """Where the words and figures of a text stand: a lesson's facts, some hundred forms, are looked for in it."""

    by_base: dict[str, list[int]]
    by_sound: dict[str, list[int]]
    figures: dict[int, list[Figure]]  # by their first token


@lru_cache(maxsize=64)
def _places(text: str) -> _Places:
    places = _Places({}, {}, {})
    for index, token in enumerate(read_text(text).tokens):
        places.by_base.setdefault(token.base, []).append(index)
        places.by_sound.setdefault(sound(token.base), []).append(index)
    for figure in find_figures(text):
        places.figures.setdefault(figure.first, []).append(figure)
    return places


@lru_cache(maxsize=2048)  # gates and criteria of an exercise look for the same facts in the same answer
def _statement(text: str, form: str, near: tuple[str, ...], barred: Barred | None) -> Statement | None:
    read, wanted = read_text(text), _form(form)
    if not wanted.parts or not read.tokens:
        return None
    places = _places(text)
    for first in _starts(read, places, wanted):
        match = _Match(read, places.figures, wanted)
        last = match.end(first, 0) - 1
        if last < first or (near and not _is_near(read, first, last, near)) or (barred and barred(read, first, last)):
            continue
        return Statement(read.quote_tokens(first, last), match.unclear_time)
    return None


def _starts(text: Text, places: _Places, form: _Form) -> Iterable[int]:
    """The tokens at which a form may begin: most texts do not hold its first word at all."""
    head = form.parts[0]
    if isinstance(head, Figure):  # as a figure, or in the very words of the form
        return sorted({*places.figures, *places.by_base.get(form.text.tokens[head.first].base, ())})
    like = places.by_sound.get(sound(head.base), ()) if form.slips else places.by_base.get(head.base, ())
    return [index for index in like if same_word(head, text.tokens[index], form.slips)]


def _is_near(text: Text, first: int, last: int, near: tuple[str, ...]) -> bool:
    sentences = together(text, first)
    start, stop = max(0, first - _NEAR), min(len(text.tokens), last + 1 + _NEAR)
    within = [i for i in range(start, stop) if text.tokens[i].sentence in sentences]
    return any(_Match(text, {}, _form(word)).end(i, 0) for word in near for i in within)


class _Match:
    """An attempt to find a form at a place of a text."""

    def __init__(self, text: Text, figures: dict[int, list[Figure]], form: _Form) -> None:
        self.text = text
        self.figures = figures
        self.form = form
        self.unclear_time = ""

    def end(self, index: int, part: int) -> int:
        """The token after the form's parts from `part` on, when they stand at token `index`; else 0."""
        if part == len(self.form.parts):
            return index
        if index >= len(self.text.tokens):
            return 0
        wanted = self.form.parts[part]
        if isinstance(wanted, Token):
            return self._word(index, part, wanted)
        for given in self.figures.get(index, ()):
            if states(given, wanted):
                self._note_unclear(given, wanted)
                if end := self._after_figure(given.last + 1, part + 1, given):
                    return end
        return self._spelled(index, part, wanted)

    def _word(self, index: int, part: int, wanted: Token) -> int:
        if part and self.text.tokens[index].sentence != self.text.tokens[index - 1].sentence:
            return 0
        if same_word(wanted, self.text.tokens[index], self.form.slips):
            return self.end(index + 1, part + 1)
        if part and (skip := phrases("facts", "links").at(self.text, index)):
            following = index + skip
            if following < len(self.text.tokens) and same_word(wanted, self.text.tokens[following], self.form.slips):
                return self.end(following + 1, part + 1)
        return 0

    def _after_figure(self, index: int, part: int, given: Figure) -> int:
        """Words after a figure: a unit in any of its names, "02 (hai) buoi", "7 trieu moi ho"."""
        if part == len(self.form.parts):
            return index
        for again in self.figures.get(index, ()):
            if again.says(given.values[0]):
                index = again.last + 1
                break
        if end := self.end(index, part):
            return end
        unit = self.form.unit
        last_part = part == len(self.form.parts) - 1
        attached = self.text.tokens[given.last].base.lstrip("0123456789")
        if unit and last_part and attached and unit.at(read_text(attached), 0):
            return given.last + 1
        if unit and last_part and (length := unit.at(self.text, index)):
            return index + length
        if filler := phrases("units", "fillers").at(self.text, index):
            if end := self.end(index + filler, part):
                return end
            if unit and last_part and (length := unit.at(self.text, index + filler)):
                return index + filler + length
        if unit and last_part and self._unit_before(unit, given):
            return given.last + 1
        return 0

    def _unit_before(self, unit: Phrases, given: Figure) -> bool:
        """ "so ho du: 60": the unit ahead of a figure that has none after it."""
        if phrases("units", "counted").at(self.text, given.last + 1):
            return False
        found = unit.first(self.text, given.first - _UNIT_BEFORE, given.first)
        return found is not None and self.text.tokens[found[0]].sentence == self.text.tokens[given.first].sentence

    def _spelled(self, index: int, part: int, wanted: Figure) -> int:
        """A figure written in the very words of the fact ("moi ho mot nguoi")."""
        words = self.form.text.tokens[wanted.first : wanted.last + 1]
        given = self.text.tokens[index : index + len(words)]
        exact = len(given) == len(words) and all(
            same_word(word, token, slips=False) for word, token in zip(words, given, strict=True)
        )
        if not exact or not isinstance(wanted.values[0], Number):
            return 0
        return self.end(index + len(words), part + 1)

    def _note_unclear(self, given: Figure, wanted: Figure) -> None:
        moment = wanted.values[0]
        half = isinstance(moment, Time) and any(isinstance(v, Number) and v.amount % 1 for v in given.values)
        if isinstance(moment, Time) and given.unclear and (half or given.values[0] != moment):
            self.unclear_time = self.text.quote_tokens(given.first, given.last)


def states(given: Figure, wanted: Figure) -> bool:
    """Whether a figure of a text says the value of a fact's figure, without a weekday that belies it."""
    return given.says(wanted.values[0]) and _misdated(given, wanted) is None


def _misdated(given: Figure, wanted: Figure) -> Date | None:
    """The wanted date, with its year, when `given` says it with a weekday it has not."""
    date, said = wanted.values[0], given.values[0]
    if not isinstance(date, Date) or not isinstance(said, Date) or given.weekday is None:
        return None
    full = Date(date.day, date.month, date.year or said.year)
    weekday = weekday_of(full)
    if not same_value(said, date) or weekday is None or weekday == given.weekday:
        return None
    return full


def same_word(wanted: Token, given: Token, slips: bool) -> bool:
    """Whether `given` is the word `wanted`: diacritics may be left out, and initials confused where `slips`."""
    if wanted.base != given.base and not (slips and _like(wanted.base, given.base)):
        return False
    return marks_left_out(wanted, given)


def _like(wanted: str, given: str) -> bool:
    return not (wanted.isdigit() or given.isdigit()) and sound(wanted) == sound(given)
