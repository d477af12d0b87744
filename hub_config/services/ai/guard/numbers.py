"""Numbers of persons in a text: citizens' ids, phones, bank cards, bank accounts.

A number is made of whole groups of digits: 0912345678, 0912 345 678, 0912.345.678. Work grows with the length of the
text alone, whatever stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hub_config.services.ai.guard import kinds
from hub_config.services.ai.guard.finding import Finding
from hub_config.services.ai.guard.labels import has_unit, is_glued, label_before
from hub_config.services.ai.guard.plain import UNSEEN
from hub_config.services.ai.guard.wording import Kind

_GAP = rf"(?:{UNSEEN}*+[ \n.()_·•\u20e3-]){{0,3}}+{UNSEEN}*+"
_RUN = re.compile(rf"\d(?:{_GAP}\d)*+")
_GROUP = re.compile(rf"\d(?:{UNSEEN}*+\d)*+")
_DATE = re.compile(
    r"(?<![\d.-])(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d"
    r"|(?:19|20)\d\d([./-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))(?![.-]?\d)"
)
_DOCUMENT = re.compile(r"/[a-z]{2,8}-[a-z]")  # 137/KH-UBND
_CODE_TAIL = re.compile(r"[a-z]{1,6}\d")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_LEAST, _MOST = 6, 19  # digits


@dataclass(frozen=True, slots=True)
class _Group:
    digits: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Groups of digits with little between them."""

    text: str
    line: str
    groups: list[_Group]
    earliest: int  # where the words before this run begin


def numbers(text: str, line: str) -> Iterator[Finding]:
    """What is found in `text`, from left to right; `line` is `plain(text)`."""
    dateless = _DATE.sub(lambda date: "/" * len(date[0]), line)
    earliest = 0
    for match in _RUN.finditer(dateless):
        if match.end() - match.start() < _LEAST:
            continue
        groups = [
            _Group(group[0].replace(UNSEEN, ""), group.start(), group.end())
            for group in _GROUP.finditer(line, match.start(), match.end())
        ]
        yield from _numbers_of(_Run(text, line, groups, earliest))
        earliest = match.end()


def _numbers_of(run: _Run) -> Iterator[Finding]:
    first, earliest = 0, run.earliest
    while first < len(run.groups):
        found = _number_at(run, first, earliest)
        if found is None:
            first += 1
            continue
        kind, last = found
        start, end = _bounds(run, first, last)
        digits = "".join(group.digits for group in run.groups[first : last + 1])
        yield Finding(kind, start, end, run.text[start:end], digits)
        first, earliest = last + 1, end


def _number_at(run: _Run, first: int, earliest: int) -> tuple[Kind, int] | None:
    """The kind of the number that begins with group `first`, and its last group."""
    lengths = _lengths(run, first)
    if not lengths:
        return None
    start = run.groups[first].start
    label = label_before(run.text, run.line, start, earliest)
    if label == "code" or is_glued(run.line, start):
        return None
    foreign = run.line[max(0, start - 2) : start].replace(UNSEEN, "").rstrip(" ").endswith("+")
    for kind, last, digits in _readings(run, first, lengths, label, foreign):
        if label == kind or not _is_something_else(run, first, last, digits, foreign):
            return kind, last
    return None


def _lengths(run: _Run, first: int) -> dict[int, int]:
    """{number of digits: last group} of all the numbers that may begin with group `first`."""
    found: dict[int, int] = {}
    count = 0
    for last in range(first, len(run.groups)):
        if last > first and run.line.count("\n", run.groups[last - 1].end, run.groups[last].start) > 1:
            break  # another paragraph
        if last > first > 0 and len(run.groups[last].digits) == 1:
            break  # a number in a row of figures is not written digit by digit
        count += len(run.groups[last].digits)
        if count > _MOST:
            break
        if count >= _LEAST:
            found[count] = last
    return found


def _readings(
    run: _Run, first: int, lengths: dict[int, int], label: str, foreign: bool
) -> Iterator[tuple[Kind, int, str]]:
    """What the number may be, the likeliest first."""
    digits = {size: "".join(g.digits for g in run.groups[first : last + 1]) for size, last in lengths.items()}
    if label == "citizen_id":
        yield from (("citizen_id", lengths[size], digits[size]) for size in (12, 9) if size in lengths)
    if label == "bank_account":
        size = min(lengths) if len(run.groups[first].digits) >= 8 else max(lengths)
        if not (digits[size].endswith("000") and size <= 9):
            yield "bank_account", lengths[size], digits[size]
    if label == "bank_card":
        yield from (("bank_card", lengths[size], digits[size]) for size in (19, 16) if size in lengths)
    if 12 in lengths and not foreign and kinds.is_citizen_id(digits[12]):
        yield "citizen_id", lengths[12], digits[12]
    if label != "tax":
        for size in sorted(lengths, reverse=foreign):
            if kinds.is_phone(digits[size], foreign=foreign, named=label == "phone"):
                yield "phone", lengths[size], digits[size]
        for size in sorted(lengths, reverse=True):
            if kinds.is_bank_card(digits[size], named=label == "bank_card"):
                yield "bank_card", lengths[size], digits[size]


def _is_something_else(run: _Run, first: int, last: int, digits: str, foreign: bool) -> bool:
    """Whether a number that would do for a person's is an amount, a row of figures, a document's or an order's."""
    groups = run.groups[first : last + 1]
    written = run.line[groups[0].start : groups[-1].end].replace(UNSEEN, "")
    after = run.line[groups[-1].end : groups[-1].end + 12]
    if _DOCUMENT.match(after) or _CODE_TAIL.match(after):
        return True
    if _is_decimal(run, first, last):
        return True
    if (
        digits[0] != "0"
        and not foreign
        and (_THOUSANDS.fullmatch(written) or has_unit(run.text, run.line, groups[-1].end))
    ):
        return True
    is_whole = first == 0 and last == len(run.groups) - 1
    sizes = [len(group.digits) for group in groups]
    even = all(size >= 2 for size in sizes[1:]) and max(sizes) >= 3 and len(sizes) <= 6
    return not (is_whole or even or foreign)


def _is_decimal(run: _Run, first: int, last: int) -> bool:
    """0.912345678, or 0.0912345678 without its 0."""
    begin = first if run.groups[first].digits == "0" else first - 1
    if begin < 0 or run.groups[begin].digits != "0" or last != begin + 1:
        return False
    return run.line[run.groups[begin].end : run.groups[last].start] == "."


def _bounds(run: _Run, first: int, last: int) -> tuple[int, int]:
    """Where a number begins and ends, its plus and its brackets included."""
    start, end = run.groups[first].start, run.groups[last].end
    before = run.line[max(0, start - 2) : start]
    if before.rstrip(" ").endswith("+"):
        start -= len(before) - before.rindex("+")
    if run.line.count(")", start, end) > run.line.count("(", start, end) and run.line[start - 1 : start] == "(":
        start -= 1
    return start, end
