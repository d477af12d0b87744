"""What the words around a number say it is: a phone, a bank account, an order, so many kilograms."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from hub_config.services.ai.guard import wording
from hub_config.services.ai.guard.plain import UNSEEN, plain

_REACH = 60  # characters before a number in which it may have been named
_NOT_ITS_OWN = ("code", "tax")  # these name a number only when they stand right before it
_ELSEWHERE = re.compile(r"[!?;\n]|\.\s")  # a label of another sentence says nothing
_JOINT = re.compile(r"(?:\s|[:#.\-]|\bso\b|\bla\b|\bno\b)*")
_AFTER = re.compile(r"\s?([a-z]{1,12}(?: [a-z]{1,6})?[23]?)")


def label_before(text: str, line: str, start: int, earliest: int) -> str:
    """A key of `wording.BEFORE` for the number at `start`, "" when nothing names it.

    `line` is `plain(text)`; what stands before `earliest` belongs to another number.
    """
    begin = max(earliest, start - _REACH)
    best = ""
    for match in _labels().finditer(line, begin, start):
        between = line[match.end() : start].replace(UNSEEN, "")
        name = _named(match[0], text[match.start() : match.end()])
        if not name or _ELSEWHERE.search(between.strip(" .:-\n")):
            continue
        if name in _NOT_ITS_OWN and not _JOINT.fullmatch(between):
            continue
        best = name
    return best


def is_glued(line: str, start: int) -> bool:
    """Whether the number at `start` is the tail of a word that is no label: "SPXVN0123456789", but not "sdt0912…"."""
    if not line[start - 1 : start].isalpha():
        return False
    return not any(match.end() == start for match in _labels().finditer(line, max(0, start - _REACH), start))


def has_unit(text: str, line: str, end: int) -> bool:
    """Whether the number that ends at `end` counts or measures something."""
    match = _AFTER.match(line, end)
    if line[end : end + 1] in ("%", "₫") or line[end : end + 2] == " %":
        return True
    if not match:
        return False
    for words in (match[1], match[1].split(" ")[0]):
        given = _composed(text[match.start(1) : match.start(1) + len(words)])
        if any(given == unit or (given.isascii() and given == plain(unit)) for unit in wording.UNITS):
            return True
    return False


@cache
def _names() -> dict[str, dict[str, str]]:
    """{plain label: {label: key}}"""
    names: dict[str, dict[str, str]] = {}
    for key, labels in wording.BEFORE.items():
        for label in labels:
            names.setdefault(plain(label), {})[label] = key
    return names


@cache
def _labels() -> re.Pattern[str]:
    longest_first = sorted(_names(), key=len, reverse=True)
    return re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, longest_first))})(?![a-z])")


def _named(found: str, given: str) -> str:
    """Diacritics may be left out of a label but not be others: a lot of goods is no worry."""
    names = _names()[found]
    given = _composed(given)
    return names.get(given) or (next(iter(names.values())) if given.isascii() else "")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()
