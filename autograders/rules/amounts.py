"""Money and numbers: 150k, 150 nghin, 150.000d, tram ruoi, 1tr5, 1.234,5, 50%, mot nua."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from autograders.normalize import STROKE, read_text
from autograders.rules.lexicon import phrases
from autograders.rules.line import Figure, Line
from autograders.rules.values import Money, Number, Value, number_readings

_SMALLEST_NOTE = 100  # dong
_SIZES = {"k": 3, "nghin": 3, "ngan": 3, "tram": 2, "tr": 6, "trieu": 6, "ty": 9, "ti": 9}
_HUNDRED_AND_HALF = re.compile(r"(?:(?<![\w.,])(?P<hundreds>[1-9])00|\btram) ruoi\b(?: ?(?P<size>k|nghin|ngan)\b)?")
_MILLION_AND_HALF = re.compile(r"(?<!\d )\btrieu ruoi\b")
_PHONE = re.compile(r"(?<![\w.,/])0\d{2,3}[ .]\d{3}[ .]\d{3,4}(?!\w|[.,]\d)")
_AMOUNT = re.compile(
    r"(?<![a-z0-9.,])(?P<digits>\d{1,3}(?: \d{3})+(?= ?(?:d|dong|vnd)(?![a-z]))|\d+(?:[.,]\d+)*)"
    r"(?: ?(?P<size>k|nghin|ngan|tram|trieu|tr|ty|ti)(?![a-z]| le\b)"
    r"(?:(?P<tight>\d{1,3})(?!\d)| ?(?P<half>ruoi)\b"
    r"|(?:(?<=trieu)|(?<=tr)) (?P<tenth>[1-9])(?= ?(?:d|dong|vnd)(?![a-z])| ?[,.;:!?)](?!\d)| ?$)"
    r"| (?P<rest>\d{1,3}) ?(?P<rest_size>k|nghin|ngan|tram|trieu)\b| (?P<after>nghin|ngan|trieu)\b)?)?"
    r"(?: ?(?P<currency>dong|d|vnd|₫)(?![a-z]))?(?: ?(?P<percent>%|phan tram\b))?"
)
_HALF = re.compile(r"\b1 nua\b|\bnua(?= (?:gia|so|tien|dien tich|chi phi|kinh phi)\b)")


def amounts(line: Line) -> list[Figure]:
    """Take money and numbers out of `line`; times and dates must have been taken before."""
    found = line.take(_HUNDRED_AND_HALF, _hundred_and_half)
    found += line.take(_MILLION_AND_HALF, _million_and_half)
    found += line.take(_HALF, _half)
    found += line.take(_PHONE, _phone)
    return found + line.take(_AMOUNT, _amount)


def _hundred_and_half(line: Line, match: re.Match[str]) -> Iterator[Figure]:
    """ "tram ruoi" is 150, and 150 thousand when money is talked of."""
    hundreds = Decimal(int(match["hundreds"] or 1) * 100 + 50)
    values: tuple[Value, ...] = (Money(hundreds * 1000), Number(hundreds * 1000))
    yield line.figure(values if match["size"] else (*values, Number(hundreds)), match.start(), match.end())


def _million_and_half(line: Line, match: re.Match[str]) -> Iterator[Figure]:
    yield line.figure((Money(Decimal(1_500_000)), Number(Decimal(1_500_000))), match.start(), match.end())


def _half(line: Line, match: re.Match[str]) -> Iterator[Figure]:
    yield line.figure((Number(Decimal(50), percent=True), Number(Decimal("0.5"))), match.start(), match.end())


def _phone(line: Line, match: re.Match[str]) -> Iterator[Figure]:
    yield line.figure((Number(Decimal(re.sub(r"\D", "", match[0]))),), match.start(), match.end())


def _amount(line: Line, match: re.Match[str]) -> Iterator[Figure]:
    readings = number_readings(match["digits"].replace(" ", ""))
    attached = line.attached(match.end())
    if attached and not phrases("units", "attached").at(read_text(attached), 0):
        return  # "lop 4A"
    if match["size"]:
        readings = tuple(_sized(reading, match) for reading in readings)
    if not readings:
        return
    currency = match["currency"] and not _is_line(line, match, readings[0])
    numbers = tuple(Number(reading, percent=bool(match["percent"])) for reading in readings)
    money = tuple(Money(reading) for reading in readings)
    values: tuple[Value, ...] = numbers
    if currency:
        values = money
    elif match["size"] and not match["percent"]:
        values = (*money, *numbers)
    elif readings[0] >= 1000 and not match["percent"] and not _has_unit(line, match):
        values = (*numbers, Money(readings[0]))
    end = match.end() if currency or not match["currency"] else match.start("currency")
    yield line.figure(values, match.start(), end)


def _is_line(line: Line, match: re.Match[str], amount: Decimal) -> bool:
    """Whether "dong" means lines, not money: with its own marks, or without any after a number too small for money."""
    if match["currency"] != "dong":
        return False
    _, last = line.tokens(match.start(), match.end())
    token = line.text.tokens[last]
    return STROKE not in token.marks if token.marks else amount < _SMALLEST_NOTE


def _sized(reading: Decimal, match: re.Match[str]) -> Decimal:
    """ "1tr5", "1 trieu 5" and "1 trieu ruoi" are 1,5 million, "1tr200" and "1 trieu 200 nghin" 1,2 million."""
    power = _SIZES[match["size"]]
    size = Decimal(10) ** power
    amount = reading * size
    if after_point := match["tight"] or match["tenth"]:
        amount += Decimal("0." + after_point) * size
    elif match["half"]:
        amount += size / 2
    elif match["rest"]:
        amount += Decimal(match["rest"]) * Decimal(10) ** _SIZES[match["rest_size"]]
    elif match["after"]:
        amount *= Decimal(10) ** _SIZES[match["after"]]
    return amount


def _has_unit(line: Line, match: re.Match[str]) -> bool:
    """Whether a word that counts things follows, so that the number is no money."""
    _, last = line.tokens(match.start(), match.end())
    text = line.text
    if last + 1 >= len(text.tokens) or text.folded[text.tokens[last].end : text.tokens[last + 1].start] != " ":
        return False
    return bool(phrases("units", "counted").at(text, last + 1))
