"""The rule masks: what points to a person stands nowhere, in whatever way it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.normalize import Text, Token, read_text
from autograders.rules.answers import text_of
from autograders.rules.facts import fact_name, find_fact, same_word
from autograders.rules.finding import Finding, lost, not_done, quoted
from autograders.rules.lexicon import entry, meant, phrases
from course.criteria import Masks
from course.lesson import Exercise

_DIGITS = 6  # of a number that points to somebody, however its digits are parted
_SHOWN = 0.75  # the share of a long number that gives it away
_NAME = range(2, 6)  # words of a person's name


def masks(criterion: Masks, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """Points shared evenly over what is hidden; each thing of `keep` that is gone costs `over_mask` points.

    A text in which nothing of `keep` stands has hidden the matter itself and earns nothing.
    """
    text = text_of(answer, criterion.on)
    if not text.strip():
        return not_done()
    shown = [wording_ for secret in criterion.hide if (wording_ := find_secret(text, secret))]
    gone = [fact_name(fact) for fact in criterion.keep if find_fact(text, fact) is None]
    if not shown and not gone:
        return Finding(1.0, wording.FULL_MASKS)
    share = 1 - len(shown) / len(criterion.hide) + criterion.over_mask / criterion.points * len(gone)
    if criterion.keep and len(gone) == len(criterion.keep):
        share = 0.0
    finding = lost(criterion, share, gone, shown, len(shown))
    over = ", ".join(gone) if gone else wording.NOTHING_GONE
    return Finding(finding.share, finding.message.replace("{over}", over), quoted(shown))


def find_secret(text: str, secret: str) -> str:
    """The wording that gives a secret away, "" when none does.

    Spaces, dots, invisible characters, missing or wrong diacritics, digits in words and run-together letters hide
    nothing; of a name the family name with the given name, or the given name after "ba", "anh" and the like, is enough.
    """
    read, wanted = read_text(text), read_text(secret)
    if not read.tokens or not wanted.tokens:
        return ""
    digits = re.sub(r"\D", "", wanted.folded)
    if len(digits) >= _DIGITS and not re.search("[a-z]", wanted.folded):
        return _number(read, digits)
    return _letters(read, wanted) or (_name(read, wanted) if _is_name(wanted) else "")


def _letters(text: Text, wanted: Text) -> str:
    """The letters and digits of a secret in a row, from the beginning of a word to the end of one."""
    letters = "".join(token.base for token in wanted.tokens)
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    length = 0
    for index, token in enumerate(text.tokens):
        starts[length] = index
        length += len(token.base)
        ends[length] = index
    stream = "".join(token.base for token in text.tokens)
    at = stream.find(letters)
    while at >= 0:
        first, last = starts.get(at), ends.get(at + len(letters))
        if first is not None and last is not None and _is_meant(text.tokens[first : last + 1], wanted.tokens):
            return text.quote_tokens(first, last)
        at = stream.find(letters, at + 1)
    return ""


def _is_meant(given: tuple[Token, ...], wanted: tuple[Token, ...]) -> bool:
    """Word by word the diacritics may be left out but not be others; of letters torn apart they do not matter."""
    if [token.base for token in given] != [token.base for token in wanted]:
        return True
    return len(wanted) > 1 or same_word(wanted[0], given[0], slips=False)


def _number(text: Text, digits: str) -> str:
    """Most of a number's digits in a row, in figures or in words, however they are parted."""
    stream: list[tuple[str, int]] = []
    for index, token in enumerate(text.tokens):
        said = token.base if token.base.isdigit() else _digit(text, index)
        stream += [(digit, index) for digit in said] if said else [(" ", index)]
    line = "".join(digit for digit, _ in stream)
    size = max(_DIGITS, round(len(digits) * _SHOWN))
    for start in range(len(digits) - size + 1):
        at = line.find(digits[start : start + size])
        if at >= 0:
            return text.quote_tokens(stream[at][1], stream[at + size - 1][1])
    return ""


def _digit(text: Text, index: int) -> str:
    return next((digit for word, digit in _digit_words() if meant(word, text.tokens[index], text.accented)), "")


@cache
def _digit_words() -> tuple[tuple[Token, str], ...]:
    spoken = {word: str(value) for word, value in entry("numerals", "digits").items()}
    spoken |= {word: str(value) for word, value in entry("numerals", "after_ten").items()}
    spoken |= dict.fromkeys(entry("numerals", "none"), "0")
    return tuple((read_text(word).tokens[0], digit) for word, digit in spoken.items())


def _is_name(secret: Text) -> bool:
    """Whether a secret is a person's name: two to five words that all begin with a capital."""
    return len(secret.tokens) in _NAME and all(t.capital and t.base.isalpha() for t in secret.tokens)


def _name(text: Text, name: Text) -> str:
    family, given = name.tokens[0], name.tokens[-1]
    for index, token in enumerate(text.tokens):
        if not same_word(given, token, slips=False):
            continue
        before = text.tokens[index - 1] if index else None
        if before and same_word(family, before, slips=False):
            return text.quote_tokens(index - 1, index)
        titled = phrases("names", "titles").before(text, index)
        if titled and (token.capital or token.marks == given.marks):
            return text.quote_tokens(index - titled, index)
    return ""
