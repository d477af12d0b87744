"""Columns that a question names: by their titles, folded, without units and general words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hub_config.services.ai.practice.tables import wording as w
from hub_config.services.ai.practice.vocabulary import fold

TOKEN = re.compile(r"[a-z0-9]+")
YEAR = re.compile(r"(?:19|20)\d\d")
BRACKETS = re.compile(r"\([^)]*\)")
GENERAL = frozenset(fold(w.GENERAL_WORDS).split())
UNITS = frozenset(fold(w.UNITS).split())


@dataclass(frozen=True)
class Mention:
    """Where a question names a column: from `start` to `end` in it."""

    column: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


def mentions(question: str, columns: Sequence[str]) -> list[Mention]:
    """The columns that a question names, in its order; of two that overlap the longer one.

    Columns that differ by their year alone are both named by what they have in common.
    """
    plain = fold(question).lower()
    found = [
        (form, Mention(column, match.start(), match.end()))
        for column in columns
        for form, pattern in _patterns(column)
        for match in pattern.finditer(plain)
    ]
    taken: list[Mention] = []
    for _, mention in sorted(found, key=lambda entry: (entry[1].start - entry[1].end, entry[0])):
        if not any(_in_the_way(mention, other) for other in taken):
            taken.append(mention)
    return sorted(taken, key=lambda mention: mention.start)


def _in_the_way(mention: Mention, other: Mention) -> bool:
    apart = mention.end <= other.start or other.end <= mention.start
    return not apart and (mention.column == other.column or mention.span != other.span)


@lru_cache(maxsize=512)
def _patterns(column: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    """A column's title as patterns, the fullest form first."""
    seen: dict[str, int] = {}
    for tokens in _forms(column):
        if tokens:
            seen.setdefault(
                r"(?<![a-z0-9])" + r"[^a-z0-9]{1,3}".join(map(re.escape, tokens)) + r"(?![a-z0-9])", len(seen)
            )
    return tuple((place, re.compile(pattern)) for pattern, place in seen.items())


def _forms(column: str) -> Iterator[list[str]]:
    """A title's words: all, without what stands in brackets, without general words before and units or a year after."""
    plain = fold(column).lower()
    yield TOKEN.findall(plain)
    short = TOKEN.findall(BRACKETS.sub(" ", plain))
    first = next((n for n, word in enumerate(short) if word not in GENERAL), 0)
    ends = [len(short)]
    while ends[-1] > 1 and (short[ends[-1] - 1] in UNITS or YEAR.fullmatch(short[ends[-1] - 1])):
        ends.append(ends[-1] - 1)
    yield from (
        short[start:end] for start in range(first + 1) for end in ends if not GENERAL.issuperset(short[start:end])
    )
