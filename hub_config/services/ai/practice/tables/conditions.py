"""Conditions of a question: a column compared with a number, or with a text that stands in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hub_config.services.ai.practice.tables import wording as w
from hub_config.services.ai.practice.tables.columns import YEAR, Mention
from hub_config.services.ai.practice.tables.numbers import number
from hub_config.services.ai.practice.vocabulary import compiled, fold, marked

Sign = Literal[">", ">=", "<", "<=", "="]
Span = tuple[int, int]
NAME = r"(?:[A-Z\u00c0-\u00dd\u0110\u1ea0-\u1ef8]\w*|\d+)"
NAMED = re.compile(rf"\s*(?:=|:)?\s*(?:[\"'“‘]([^\"'”’\n]{{1,60}})[\"'”’]|({NAME}(?:\s{NAME}){{0,4}}))")
VALUES = ("number", "scale", "to", "to_scale")  # groups of a comparison
BEFORE = 40  # characters between a column and the comparison that belongs to it
AFTER = 14  # and where the column follows: "tren 60 ho"
SHORT = 2  # letters of a value that counts only in its own case, as a word


@dataclass(frozen=True)
class Condition:
    """Rows whose column is so."""

    column: str
    sign: Sign
    value: float | str


def number_conditions(
    question: str, named: Sequence[Mention], titles: Sequence[str]
) -> tuple[list[Condition], list[Span]]:
    """Comparisons with numbers, each of the nearest column, and where they stand.

    Left are those of no column, and years that stand in a column's title.
    """
    years = set(YEAR.findall(" ".join(titles)))
    found: list[Condition] = []
    spans: list[Span] = []
    for match in compiled(w.COMPARED, marked(question)).finditer(question):
        value = _value(match["number"], match["scale"] or "")
        mention = _nearest((match.start(), max(map(match.end, VALUES))), named)
        sign = _sign(match) or ("=" if mention and 0 < match.start("number") - mention.end <= 2 else None)
        if value is None or sign is None or mention is None or match["number"] in years:
            continue
        if match["to"] and (upper := _value(match["to"], match["to_scale"] or "")) is not None:
            found += [Condition(mention.column, ">=", value), Condition(mention.column, "<=", upper)]
        else:
            found.append(Condition(mention.column, sign, value))
        spans.append((min(match.start(), mention.start), max(match.end(), mention.end)))
    return found, spans


def equalities(
    question: str, values: Mapping[str, Sequence[str]], named: Sequence[Mention]
) -> tuple[list[Condition], list[Span]]:
    """Texts of the table that a question names: "o xom Na Pong"; a longer one goes before its parts."""
    plain = fold(question).lower()
    folded_marks = not marked(question)
    found: list[tuple[int, int, Condition]] = []
    for column, texts in values.items():
        for text in texts:
            source, target = (plain, fold(text).lower()) if folded_marks else (question.lower(), text.lower())
            source, target = (question, text) if len(text) <= SHORT else (source, target)
            at = source.find(target) if target else -1
            if at >= 0 and _is_word(source, at, at + len(target)):
                found.append((at, at + len(target), Condition(column, "=", text)))
    taken: list[tuple[int, int, Condition]] = []
    for entry in sorted(found, key=lambda entry: entry[0] - entry[1]):
        own = [m for m in named if m.start < entry[1] and entry[0] < m.end]
        if not own and all(entry[1] <= other[0] or other[1] <= entry[0] for other in taken):
            taken.append(entry)
    taken.sort(key=lambda entry: entry[0])
    return [condition for _, _, condition in taken], [(start, end) for start, end, _ in taken]


def named_values(question: str, named: Sequence[Mention]) -> tuple[list[Condition], list[Span]]:
    """Texts right after the columns they belong to, in quotes or with capitals: "xom Na Pong"."""
    found: list[Condition] = []
    spans: list[Span] = []
    for mention in named:
        match = NAMED.match(question, mention.end)
        value = next((group for group in match.groups() if group), "") if match else ""
        if match and value:
            found.append(Condition(mention.column, "=", value.strip()))
            spans.append((mention.start, match.end()))
    return found, spans


def _is_word(text: str, start: int, end: int) -> bool:
    return not (text[:start][-1:].isalnum() or text[end:][:1].isalnum())


def _value(digits: str, scale: str) -> float | None:
    value = number(digits)
    return None if value is None else value * w.SCALES.get(fold(scale).lower(), 1)


def _sign(match: re.Match[str]) -> Sign | None:
    if match["to"]:
        return ">="
    if match["after"]:
        return "<=" if compiled(w.OR_LESS, marked(match["after"])).search(match["after"]) else ">="
    said = match["sign"] or ""
    for sign, pattern in w.SIGNS.items():
        if compiled(pattern, marked(said)).fullmatch(said.strip()):
            return sign
    return None


def _nearest(span: Span, named: Sequence[Mention]) -> Mention | None:
    """The column a comparison belongs to: right after the number, else the last one before it."""
    after = [m for m in named if 0 <= m.start - span[1] <= 1]
    before = [m for m in named if 0 <= span[0] - m.end <= BEFORE]
    later = [m for m in named if 0 <= m.start - span[1] <= AFTER]
    return next(iter((*after, *reversed(before), *later)), None)
