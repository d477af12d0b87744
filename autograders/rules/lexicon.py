"""The Vietnamese phrases of lexicon.toml, and finding them in a text syllable by syllable."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from autograders.normalize import Text, Token, read_text

_FILE = Path(__file__).with_name("lexicon.toml")
_VOWELS = "aeiouy"


class Phrases:
    """A set of phrases, found at a place of a text in time that depends on the phrases alone."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[Token, ...]]] = {}
        for phrase in phrases:
            tokens = read_text(phrase).tokens
            self._by_first.setdefault(tokens[0].base, []).append(tokens)
        for same_first in self._by_first.values():
            same_first.sort(key=len, reverse=True)

    def at(self, text: Text, index: int) -> int:
        """How many tokens the longest phrase at token `index` takes; 0 when none stands there."""
        if not 0 <= index < len(text.tokens):
            return 0
        for phrase in self._by_first.get(text.tokens[index].base, ()):
            if _stands_at(phrase, text, index):
                return len(phrase)
        return 0

    def before(self, text: Text, index: int) -> int:
        """How many tokens the phrase that ends right before token `index` takes; 0 when none does."""
        for length in (1, 2, 3):
            if self.at(text, index - length) == length:
                return length
        return 0

    def first(self, text: Text, start: int, stop: int) -> tuple[int, int] | None:
        """The first phrase that begins at a token in start … stop - 1: its first and its last token."""
        return next(self.places(text, start, stop), None)

    def places(self, text: Text, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """Every phrase that begins at a token in start … stop - 1: its first and its last token."""
        for index in range(max(start, 0), min(stop, len(text.tokens))):
            # most words begin no phrase: they are passed over without a call
            if text.tokens[index].base in self._by_first and (length := self.at(text, index)):
                yield index, index + length - 1


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def entry(*keys: str) -> Any:
    """The entry of the lexicon under these keys."""
    value: Any = _file()
    for key in keys:
        value = value[key]
    return value


@cache
def phrases(*keys: str) -> Phrases:
    """The list of phrases under these keys of the lexicon."""
    return Phrases(entry(*keys))


def _stands_at(phrase: tuple[Token, ...], text: Text, index: int) -> bool:
    given = text.tokens[index : index + len(phrase)]
    if len(given) < len(phrase):
        return False
    if given[0].sentence != given[-1].sentence:
        return False
    if text.accented and _typed_in_haste(phrase, given):
        return all(wanted.base == token.base for wanted, token in zip(phrase, given, strict=True))
    return all(meant(wanted, token, text.accented) for wanted, token in zip(phrase, given, strict=True))


def _typed_in_haste(phrase: tuple[Token, ...], given: tuple[Token, ...]) -> bool:
    """Whether words stand without any diacritics in a text that has them elsewhere, where two or more should have."""
    return not any(token.marks for token in given) and sum(1 for wanted in phrase if wanted.marks) >= 2


def meant(wanted: Token, given: Token, accented: bool) -> bool:
    """Whether `given` is the word `wanted`; in an accented text the diacritics must be those of the word."""
    if wanted.base != given.base:
        return False
    return wanted.marks == given.marks or (not accented and marks_left_out(wanted, given))


def marks_left_out(wanted: Token, given: Token) -> bool:
    """Whether `given` has only marks of `wanted`: marks left out are forgiven, others make another word."""
    marks = wanted.marks
    for mark in given.marks:
        if mark not in marks:
            return False
        marks = marks.replace(mark, "", 1)
    return True


@lru_cache(maxsize=4096)
def sound(base: str) -> str:
    """A folded syllable with the initials that speakers confuse made one: l/n, s/x, ch/tr, d/gi/r."""
    head, rest = base[:1], base[1:]
    if base.startswith("tr"):
        return "ch" + base[2:]
    if base.startswith("gi") and len(base) > 2:
        return "d" + (base[2:] if base[2] in _VOWELS else base[1:])
    if head == "n" and rest[:1] and rest[0] in _VOWELS:
        return "l" + rest
    return {"x": "s", "r": "d"}.get(head, head) + rest
