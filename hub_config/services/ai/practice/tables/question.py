"""A question about a table, read by its columns: what is calculated, of which rows, how they are grouped and sorted.

The same reading serves the table tool, which calculates, and question → SQL, which writes the query.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hub_config.services.ai.practice.tables import wording as w
from hub_config.services.ai.practice.tables.columns import Mention, mentions
from hub_config.services.ai.practice.tables.conditions import Condition, equalities, named_values, number_conditions
from hub_config.services.ai.practice.vocabulary import compiled, fold, marked, search

LONGEST_QUESTION = 600  # characters

Kind = Literal["number", "text"]


@dataclass(frozen=True)
class Column:
    """A column as a question may name it; `values` are the texts that are known to stand in it."""

    name: str
    kind: Kind
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """What a question asks of a table."""

    asks: tuple[str, ...]  # keys of wording.ASKS
    columns: tuple[str, ...]  # named, conditions and groups aside
    where: tuple[Condition, ...]
    group: str | None
    sort: tuple[str, bool] | None  # by which column, and whether the largest comes first
    limit: int | None
    which: str | None  # the column that is asked for: "xom nao …"
    lists: bool  # rows are asked for, not a figure
    unread: tuple[str, ...]  # words that neither a column nor a phrase explains


def read_question(text: str, columns: Sequence[Column]) -> Query:
    """Read a question (its first LONGEST_QUESTION characters)."""
    question = text[:LONGEST_QUESTION]
    named = mentions(question, [column.name for column in columns])
    kinds = {column.name: column.kind for column in columns}
    rest = _Rest(question)
    values = {column.name: column.values for column in columns if column.kind == "text"}
    where, spans = number_conditions(question, [m for m in named if kinds[m.column] == "number"], list(kinds))
    rest.blank(*spans)
    limit, group = _limit(rest), _group(rest, named, kinds)
    same, spans = equalities(rest.text, values, named)
    rest.blank(*spans)
    unknown = [m for m in named if kinds[m.column] == "text" and not values[m.column] and rest.keeps(m)]
    said, spans = named_values(rest.text, unknown)
    rest.blank(*spans)
    sort = _sort(rest, named, kinds)
    which = _which(rest, named)
    asks = tuple(name for name, pattern in w.ASKS.items() if search(pattern, rest.text))
    free = [m for m in named if rest.keeps(m)]
    return Query(
        asks=asks,
        columns=tuple(dict.fromkeys(m.column for m in free if m.column not in (group, which))),
        where=(*where, *same, *said),
        group=group,
        sort=sort,
        limit=limit,
        which=which,
        lists=bool(search(w.LISTS, question)),
        unread=_unread(rest, named),
    )


class _Rest:
    """A question of which the parts that were read are blanked out, its length kept."""

    def __init__(self, question: str) -> None:
        self.text = question
        self.marked = marked(question)

    def blank(self, *spans: tuple[int, int]) -> None:
        for start, end in spans:
            self.text = self.text[:start] + " " * (end - start) + self.text[end:]

    def find(self, pattern: str) -> re.Match[str] | None:
        return compiled(pattern, self.marked).search(self.text)

    def keeps(self, mention: Mention) -> bool:
        return bool(self.text[mention.start : mention.end].strip())


def _limit(rest: _Rest) -> int | None:
    """How many rows: "3 ho … nhieu nhat", "top 5"."""
    found = rest.find(w.TOP)
    if not found:
        return None
    said = next(group for group in found.groups() if group)
    rest.blank(found.span(found.lastindex or 0))
    numbers = w.NUMBERS | {fold(name): value for name, value in w.NUMBERS.items()}
    return int(said[:4]) if said.isdigit() else numbers[said.lower()]


def _group(rest: _Rest, named: Sequence[Mention], kinds: dict[str, Kind]) -> str | None:
    """The column after "theo tung", "moi"."""
    for mention in named:
        before = rest.text[max(0, mention.start - 20) : mention.start]
        lead = compiled(w.BY_GROUP, rest.marked).search(before)
        if lead and kinds[mention.column] == "text":
            rest.blank((mention.start - len(before) + lead.start(), mention.end))
            return mention.column
    return None


def _sort(rest: _Rest, named: Sequence[Mention], kinds: dict[str, Kind]) -> tuple[str, bool] | None:
    """The column to sort by: the first measured one after the phrase, else before it."""
    found = rest.find(w.SORT) or rest.find(w.FALLING) or rest.find(w.RISING)
    if not found:
        return None
    falling = bool(rest.find(w.FALLING))
    after = [m for m in named if m.start >= found.start() and rest.keeps(m)]
    candidates = [m for m in (*after, *reversed(named)) if kinds[m.column] == "number"] or after
    rest.blank(found.span())
    for pattern in (w.FALLING, w.RISING):
        if direction := rest.find(pattern):
            rest.blank(direction.span())
    return (candidates[0].column, falling) if candidates else None


def _which(rest: _Rest, named: Sequence[Mention]) -> str | None:
    """The column before "nao": "xom nao", "ho nao"."""
    for mention in named:
        if rest.keeps(mention) and compiled(w.WHICH, rest.marked).match(rest.text, mention.end):
            return mention.column
    return None


def _unread(rest: _Rest, named: Sequence[Mention]) -> tuple[str, ...]:
    left = _Rest(rest.text)
    left.marked = rest.marked
    left.blank(*((m.start, m.end) for m in named))
    for pattern in (*w.ASKS.values(), w.LISTS):
        while found := left.find(pattern):
            if found.start() == found.end():
                break
            left.blank(found.span())
    known = frozenset(fold(w.QUESTION_WORDS).split())
    said = [word for word in re.findall(r"[^\W\d_]+", left.text) if fold(word).lower() not in known]
    return tuple(dict.fromkeys(said))
