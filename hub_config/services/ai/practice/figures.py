"""The figure of a kind that a prompt states, right or wrong, in the learner's own wording."""

from collections.abc import Callable

from autograders.normalize import read_text
from autograders.rules.figures import Figure, find_figures
from autograders.rules.lexicon import phrases
from autograders.rules.values import Date, Money, Time, Value, Weekday
from course.lesson import FigureKind

_JOINED = 2  # tokens from a weekday on in which its date begins


def find_figure(prompt: str, kind: FigureKind) -> str | None:
    """The wording of the first figure of a kind; one that is clearly of it goes before one that may be.

    A date comes with the weekday that is said next to it, also when that is not its own; a weekday alone is a date
    where no day of a month is said. None when there is none.
    """
    weekdays = [figure for figure in find_figures(prompt) if isinstance(figure.values[0], Weekday)]
    taken = {figure.last for figure in weekdays}  # a numbered weekday before a date is also read as a day
    figures = [figure for figure in find_figures(prompt) if figure.first not in taken]
    is_one = _IS[kind]
    clear = (figure for figure in figures if is_one(figure.values[0]))
    possible = (figure for figure in figures if any(map(is_one, figure.values)) and not _is_year(prompt, figure))
    found = next(clear, None) or next(possible, None)
    if kind == "date":
        return _date(prompt, found, weekdays)
    return _wording(prompt, found, found) if found else None


def _is_day(value: Value) -> bool:
    return isinstance(value, Date) and value.day > 0


_IS: dict[FigureKind, Callable[[Value], bool]] = {
    "money": lambda value: isinstance(value, Money),
    "time": lambda value: isinstance(value, Time),
    "date": _is_day,
}


def _is_year(prompt: str, figure: Figure) -> bool:
    """Whether a bare number is the year it follows the word for, and so no money."""
    text = read_text(prompt)
    return bool(phrases("figures", "year").before(text, figure.first))


def _date(prompt: str, date: Figure | None, weekdays: list[Figure]) -> str | None:
    if date is None:
        return _wording(prompt, weekdays[0], weekdays[0]) if weekdays else None
    if date.weekday is None:
        return _wording(prompt, date, date)
    said = [figure for figure in weekdays if figure.values[0] == Weekday(date.weekday)]
    nearest = min(said, key=lambda figure: abs(figure.first - date.first))
    if nearest.last < date.first <= nearest.last + _JOINED:
        return _wording(prompt, nearest, date)
    return f"{_wording(prompt, nearest, nearest)} {_wording(prompt, date, date)}"


def _wording(prompt: str, first: Figure, last: Figure) -> str:
    return read_text(prompt).quote_tokens(first.first, last.last)
