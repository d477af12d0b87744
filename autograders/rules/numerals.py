"""Numbers written in words: "mot tram nam muoi", "hai muoi mot", also without diacritics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from autograders.normalize import Text, Token, read_text
from autograders.rules.lexicon import entry, meant, phrases


@dataclass(frozen=True, slots=True)
class Numeral:
    """A whole number below a thousand in words: tokens first … last."""

    first: int
    last: int
    value: int


def numerals(text: Text) -> Iterator[Numeral]:
    """Every number in words of a text, from left to right."""
    index = 0
    while index < len(text.tokens):
        length, value = _group(text, index)
        if length == 1 and not _is_alone(text, index):
            length = 0
        if length:
            yield Numeral(index, index + length - 1, value)
        index += max(length, 1)


@cache
def _values(key: str) -> tuple[tuple[Token, int], ...]:
    return tuple((read_text(word).tokens[0], value) for word, value in entry("numerals", key).items())


def _value(text: Text, index: int, *keys: str) -> int:
    """The digit that token `index` says, 0 when it says none."""
    if index < len(text.tokens):
        token = text.tokens[index]
        for key in keys:
            for word, value in _values(key):
                if meant(word, token, text.accented):
                    return value
    return 0


def _is(text: Text, index: int, key: str) -> bool:
    return phrases("numerals", key).at(text, index) == 1


def _group(text: Text, index: int) -> tuple[int, int]:
    """How many tokens the number at token `index` takes, and its value."""
    digit = _value(text, index, "digits")
    if (digit or _is(text, index, "none")) and _is(text, index + 1, "hundred"):
        length, rest = _below_hundred(text, index + 2, after_hundred=True)
        return 2 + length, digit * 100 + rest
    return _below_hundred(text, index, after_hundred=False)


def _below_hundred(text: Text, index: int, after_hundred: bool) -> tuple[int, int]:
    if after_hundred and _is(text, index, "and") and (digit := _value(text, index + 1, "digits", "after_ten")):
        return 2, digit
    digit = _value(text, index, "digits")
    if digit and phrases("weekday", "before").before(text, index):  # "thu sau muoi hai thang ba"
        return 1, digit
    if digit and _is(text, index + 1, "tens"):
        ones = _ones(text, index + 2)
        return 2 + (ones > 0), digit * 10 + ones
    if _is(text, index, "ten"):
        ones = _ones(text, index + 1)
        return 1 + (ones > 0), 10 + ones
    if digit and not after_hundred and (ones := _value(text, index + 1, "after_ten")) and text.accented:
        return 2, digit * 10 + ones
    if digit and not after_hundred:
        return 1, digit
    if not after_hundred and phrases("numerals", "ordinal_before").before(text, index):
        ordinal = _value(text, index, "ordinal")
        return (1, ordinal) if ordinal else (0, 0)
    return 0, 0


def _ones(text: Text, index: int) -> int:
    """The last digit of a number: not the first of the next one ("hai muoi ba muoi")."""
    ones = _value(text, index, "digits", "after_ten")
    if ones and (_is(text, index + 1, "tens") or _is(text, index + 1, "hundred")):
        return 0
    return ones


def _is_alone(text: Text, index: int) -> bool:
    """Whether a single numeral is meant as a number: "nam" may be a year, "ba" without diacritics anything."""
    token = text.tokens[index]
    after_word = phrases("numerals", "single_after").before(text, index)
    before_word = phrases("numerals", "single_before").at(text, index + 1)
    if token.base == "nam":
        following = text.tokens[index + 1] if index + 1 < len(text.tokens) else None
        if following is not None and following.base.isdigit() and len(following.base) == 4:
            return False
        if _value(text, index + 1, "digits"):  # "nam hai nghin …"
            return False
        if phrases("numerals", "year_after").at(text, index + 1):
            return False
        if phrases("numerals", "year_before").before(text, index) and not before_word:
            return False
    if text.accented or token.base in ("mot", "hai", "muoi"):
        return True
    return bool(after_word or before_word)
