"""The rule no_new_figures: what a text says in figures stands in the material or in the learner's own prompt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.normalize import Text, read_text
from autograders.rules.answers import text_of
from autograders.rules.facts import find_fact
from autograders.rules.figures import Figure, find_figures
from autograders.rules.finding import Finding, lost, not_done
from autograders.rules.given import block_texts, topic
from autograders.rules.lexicon import phrases
from autograders.rules.values import Date, Number, Value, Weekday, weekday_of
from course.criteria import Fact, FactPattern, NoNewFigures
from course.lesson import Exercise

_SMALL, _LIST = 10, 20
_YEARS = range(1900, 2101)


def no_new_figures(criterion: NoNewFigures, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """All the points or none. A text without anything of the exercise has nothing to be right about."""
    text = text_of(answer, criterion.on)
    if not text.strip():
        return not_done()
    public = _public(exercise, criterion.known)
    own = list(find_figures(text_of(answer, "prompt"))) if criterion.on != "prompt" else []
    found = [*_absent(criterion, text), *_private(exercise, text, public), *_new(text, [*public, *own])]
    found = [w for w in dict.fromkeys(found) if not any(w != other and w in other for other in found)]
    if found:
        return lost(criterion, 0.0, (), found, len(found))
    stated = any(is_known(figure, public) for figure in find_figures(text) if not _is_small_word(figure))
    if public and not stated and not any(find_fact(text, fact) for fact in topic(exercise)):
        return Finding(0.0, wording.NOTHING_OF_OURS)
    return Finding(1.0, wording.FULL_FIGURES)


def strange_figures(text: str, exercise: Exercise, prompt: str) -> list[str]:
    """The figures of an AI's text that stand neither in the exercise nor in the learner's prompt."""
    rules = [criterion for criterion in exercise.criterion if isinstance(criterion, NoNewFigures)]
    public = _public(exercise, [known for criterion in rules for known in criterion.known])
    absent = [wording_ for criterion in rules for wording_ in _absent(criterion, text)]
    return [*absent, *_new(text, [*public, *find_figures(prompt)])]


def _public(exercise: Exercise, known: Iterable[str]) -> list[Figure]:
    return [figure for source in (*known, *public_texts(exercise)) for figure in find_figures(source)]


def public_texts(exercise: Exercise) -> Iterable[str]:
    """The texts of an exercise whose figures may be used."""
    yield from (exercise.title, exercise.ask)
    for block in exercise.material:
        for text in block_texts(block):
            for private in block.private:
                text = text.replace(private, " ")
            yield text
    for fact in topic(exercise):
        yield from _forms(fact)


def _forms(fact: Fact) -> tuple[str, ...]:
    return (*fact.any, *fact.all) if isinstance(fact, FactPattern) else (fact,)


def _absent(criterion: NoNewFigures, text: str) -> list[str]:
    return [wording_ for absent in criterion.also_absent if (wording_ := find_fact(text, absent))]


def _private(exercise: Exercise, text: str, public: list[Figure]) -> list[str]:
    """Figures of a card's private lines, even where the learner's own prompt gave them to the AI."""
    private = [figure for block in exercise.material for line in block.private for figure in find_figures(line)]
    hidden = [figure for figure in private if not is_known(figure, public)]
    read = read_text(text)
    return [read.quote_tokens(f.first, f.last) for f in find_figures(text) if not f.worded and is_known(f, hidden)]


def _new(text: str, known: list[Figure]) -> list[str]:
    read = read_text(text)
    covered: set[int] = set()  # tokens of figures that are known: their other readings are no news
    for figure in find_figures(text):
        if is_known(figure, known):
            covered.update(range(figure.first, figure.last + 1))
    new: list[str] = []
    for figure in find_figures(text):
        if figure.first in covered and not _is_misdated(figure, known):
            continue
        if _is_misdated(figure, known) or not (is_known(figure, known) or _is_no_figure(read, figure)):
            new.append(read.quote_tokens(figure.first, figure.last))
    return new


def is_known(figure: Figure, known: list[Figure]) -> bool:
    """Whether a reading of `figure` is one of a known figure, its weekday or a part of its date."""
    return any(
        _follows(value, other_value) for value in figure.values for other in known for other_value in other.values
    )


def _follows(value: Value, known: Value) -> bool:
    if isinstance(value, Weekday) and isinstance(known, Date):
        return weekday_of(known) == value.index
    if isinstance(value, Date) and isinstance(known, Date):
        pairs = ((value.day, known.day), (value.month, known.month), (value.year, known.year))
        return all(said == meant or not said or not meant for said, meant in pairs)
    if isinstance(value, Number) and isinstance(known, Date):
        return not value.percent and value.amount == known.year
    amount, known_amount = getattr(value, "amount", None), getattr(known, "amount", None)
    if amount is not None and amount == known_amount:  # "50%" and "50 phan tram", "150.000" and "150.000 dong"
        return getattr(value, "percent", False) == getattr(known, "percent", False)
    return value == known


def _is_misdated(figure: Figure, known: list[Figure]) -> bool:
    """Whether a known date stands with a weekday that is not its own."""
    date = figure.values[0]
    if not isinstance(date, Date) or figure.weekday is None:
        return False
    days = {weekday_of(v) for other in known for v in other.values if isinstance(v, Date) and _follows(date, v)}
    days.discard(None)
    return bool(days) and figure.weekday not in days


def _is_no_figure(text: Text, figure: Figure) -> bool:
    """Numbers of a list, counts of the writer's own points, small numbers in words and plain years."""
    value = figure.values[0]
    if not isinstance(value, Number) or value.percent:
        return False
    if _is_small_word(figure):
        return True
    if value.amount in _YEARS and phrases("figures", "year").before(text, figure.first):
        return True
    if value.amount > _LIST:
        return False
    counted = phrases("figures", "own_count_after").at(text, figure.last + 1)
    numbered = phrases("figures", "own_count_before").before(text, figure.first)
    return bool(counted or numbered or _opens_line(text, figure))


def _is_small_word(figure: Figure) -> bool:
    value = figure.values[0]
    return figure.worded and isinstance(value, Number) and not value.percent and value.amount < _SMALL


def _opens_line(text: Text, figure: Figure) -> bool:
    first, last = text.tokens[figure.first], text.tokens[figure.last]
    opens = figure.first == 0 or text.tokens[figure.first - 1].sentence != first.sentence
    bracketed = text.folded[first.start - 1 : first.start] in ("(", "[")
    return (opens or bracketed) and text.folded[last.end : last.end + 1] in (".", ")", "/", ":", "]", "-")
