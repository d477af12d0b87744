"""Which digits are a Vietnamese citizen's id, a phone or a bank card."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

# Circular 07/2016/TT-BCA, annex 1: the provinces by which ids are numbered, also since they were merged
_PROVINCE_CODES = """
    001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037
    038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079
    080 082 083 084 086 087 089 091 092 093 094 095 096
"""
_PROVINCES = frozenset(_PROVINCE_CODES.split())
_CARDS = re.compile(
    r"4\d{15}|4\d{18}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"  # Visa, Mastercard
    r"|9704\d{12}|9704\d{15}|62\d{14,17}|35\d{14}"  # Napas, UnionPay, JCB
    r"|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}"  # American Express, Discover, Diners
)
_OLD_VISA = re.compile(r"4\d{12}")  # of thirteen digits, as a barcode has: a card only where it is called one


def is_citizen_id(digits: str) -> bool:
    """Twelve digits: province, sex and century of birth, year of birth, six more."""
    if len(digits) != 12 or digits[:3] not in _PROVINCES or digits[3] not in "0123":
        return False
    return 1900 + 100 * (int(digits[3]) // 2) + int(digits[4:6]) <= datetime.now(UTC).year


def is_phone(digits: str, *, foreign: bool = False, named: bool = False) -> bool:
    """A number that can be called: in Vietnam, or anywhere after a plus (`foreign`).

    Where it is `named` a phone the first 0 may be missing. Numbers of services (1900, 1800) belong to nobody.
    """
    if foreign:
        return 8 <= len(digits) <= 15 and _can_be_called("+" + digits)
    if digits[0] == "0":
        if digits.startswith("00"):
            return 11 <= len(digits) <= 17 and _can_be_called("+" + digits[2:])
        return len(digits) in (10, 11) and _can_be_called(digits)
    if digits.startswith("84") and len(digits) in (11, 12):
        return _is_mobile("0" + digits[2:].removeprefix("0"))
    return named and len(digits) == 9 and _is_mobile("0" + digits)


def is_bank_card(digits: str, *, named: bool = False) -> bool:
    """A number that a bank's network gives to cards, with the right check digit."""
    known = _CARDS.fullmatch(digits) or (named and _OLD_VISA.fullmatch(digits))
    return bool(known) and _checks(digits)


def _is_mobile(number: str) -> bool:
    return len(number) == 10 and number[1] in "35789" and _can_be_called(number)


@lru_cache(maxsize=4096)
def _can_be_called(number: str) -> bool:
    import phonenumbers  # 7 MB: loaded when the first number that looks like a phone comes along

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "VN"))
    except phonenumbers.NumberParseException:
        return False


def _checks(digits: str) -> bool:
    """Luhn's sum."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + doubled) % 10 == 0
