"""The rule no_placeholders: gaps that a draft leaves for somebody to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.normalize import Text, folded, read_text
from autograders.rules.answers import text_of
from autograders.rules.finding import Finding, lost, not_done
from autograders.rules.lexicon import phrases
from course.criteria import NoPlaceholders
from course.lesson import Exercise

_BRACKETED = re.compile(r"\[([^\[\]\n]{0,60})\]|\{\{?([^{}\n]{0,60})\}\}?")
_ANGLED = re.compile(r"<([^<>\n]{1,60})>")
_ROUND = re.compile(r"\(([^()\n]{1,60})\)")
_DOTS = re.compile(r"\.{3,}|\u2026+|_{3,}")
_CROSSES = re.compile(r"(?<![a-z0-9])x{3,}(?![a-z0-9])|(?<![a-z0-9])x{2}(?=/)|(?<=/)x{2}(?![a-z0-9])")
_HIDDEN_DIGITS = re.compile(r"\d[ .-]?(?:x{1,6}[ .-]?){0,6}$")
_LONG_DOTS = 5
_ORDER = 6  # words
_MARKUP = re.compile(r"a|b|br|code|div|em|h[1-6]|hr|i|li|ol|p|pre|span|strong|table|t[dhr]|ul?")


def no_placeholders(
    criterion: NoPlaceholders, exercise: Exercise, answer: Mapping[str, Any], context: Context
) -> Finding:
    """All the points or none."""
    text = text_of(answer, criterion.on)
    if not text.strip():
        return not_done()
    allowed = {folded(name).strip("[] ") for name in criterion.allow}
    found = [gap for gap in left_gaps(text) if folded(gap).strip("[]{}<>() ") not in allowed]
    if found:
        return lost(criterion, 0.0, found, found, len(found))
    return Finding(1.0, wording.FULL_PLACEHOLDERS)


def left_gaps(text: str) -> list[str]:
    """The gaps of a text, verbatim, each once."""
    read = read_text(text)
    return list(dict.fromkeys(gap for gap in (*_brackets(read), *_dots(read), *_crosses(read)) if gap))


def _brackets(text: Text) -> Iterator[str]:
    for match in _BRACKETED.finditer(text.source):
        inside = match[1] if match[1] is not None else match[2]
        if not _is_mask(inside) and not _is_reference(inside):
            yield match[0]
    for match in _ANGLED.finditer(text.source):
        name = folded(match[1]).strip("/ ").split(" ")[0]
        if any(c.isalpha() for c in match[1]) and not _MARKUP.fullmatch(name) and not re.search(r"[@=:]", match[1]):
            yield match[0]
    for match in _ROUND.finditer(text.source):
        inside = read_text(match[1])
        filling = phrases("placeholders", "filling").at(inside, 0)
        signing = phrases("placeholders", "signing").first(inside, 0, len(inside.tokens))
        told = filling == len(inside.tokens) or _is_order(inside)
        if filling and told and not signing and not any(c.isdigit() for c in match[1]):
            yield match[0]


def _is_mask(inside: str) -> bool:
    """[HO TEN] hides a person; [Ten] waits for a name."""
    read = read_text(inside)
    length = phrases("placeholders", "masks").at(read, 0)
    numbered = length == len(read.tokens) - 1 and (read.tokens[-1].base.isdigit() or len(read.tokens[-1].base) == 1)
    return bool(length) and inside.isupper() and (length == len(read.tokens) or numbered)


def _is_reference(inside: str) -> bool:
    """[1], [2b], [x]: numbers of sources and ticked boxes."""
    return bool(re.fullmatch(r" ?|[xX\u2713]|\d{1,3}[a-z]?(?: ?[,;-] ?\d{1,3}[a-z]?)*", inside.strip(" ") or "x"))


def _is_order(inside: Text) -> bool:
    """Whether words in brackets tell somebody to fill something in, and are no remark of the writer's."""
    return bool(phrases("placeholders", "orders").at(inside, 0)) and len(inside.tokens) <= _ORDER


def _dots(text: Text) -> Iterator[str]:
    """Dots that stand for something: in a label's place, on their own, or a whole row of them."""
    for match in _DOTS.finditer(text.source):
        before, after = text.source[: match.start()], text.source[match.end() :]
        if _BRACKETED.search(before[-1:] + match[0] + after[:1]):
            continue  # "[...]" was found by its brackets
        ends = not after.strip(" .\u2026") or after.lstrip(" ")[:1] in '\n"\u201d)' or _starts_sentence(after)
        attached = before[-1:].isalnum() or before[-1:] in ',;"\u201d).'
        alone = len(match[0]) >= _LONG_DOTS or match[0][0] == "_" or not attached
        if alone or ((after[:1].isalnum() or not ends) and _is_label(before)):
            yield _around(text.source, match.start(), match.end())


def _starts_sentence(after: str) -> bool:
    return after[:1] == " " and after.lstrip(" ")[:1].isupper()


def _is_label(before: str) -> bool:
    last_words = read_text(before[-40:])
    return bool(phrases("placeholders", "labels").before(last_words, len(last_words.tokens)))


def _crosses(text: Text) -> Iterator[str]:
    for match in _CROSSES.finditer(text.folded):
        if not _HIDDEN_DIGITS.search(
            text.folded[max(0, match.start() - 40) : match.start()]
        ):  # "0912 xxx xxx" hides a number
            yield text.quote(match.start(), match.end())


def _around(source: str, start: int, end: int) -> str:
    """A gap with the word before and after it, so that the learner finds it."""
    head = source[max(0, start - 15) : start].split("\n")[-1].rstrip().rpartition(" ")[2]
    tail = source[end : end + 15].split("\n")[0].lstrip().partition(" ")[0]
    return " ".join(piece for piece in (head, source[start:end], tail) if piece)
