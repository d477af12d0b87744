"""Text as it is read aloud: numbers, hours, dates, money, units and abbreviations in words a voice gets right."""

from __future__ import annotations

import re
import unicodedata

from hub_config.services.ai.practice.media.speech_words import wording as words

_PHONE = re.compile(r"(?<![\d.,/])(0\d{2,3})[ .]?(\d{3,4})[ .]?(\d{3})(?![\d/]|[.,]\d)")
_CLOCK = re.compile(r"(?<![\d.,/])([01]?\d|2[0-4])\s?(?:[hg]|:(?=\d\d))\s?([0-5]\d)?(?![\w:])", re.IGNORECASE)
_FULL_DATE = re.compile(
    rf"(?:\b({words.DAY})\s+)?(?<![\d.,/])(0?[1-9]|[12]\d|3[01])[/-](0?[1-9]|1[0-2])[/-](\d{{4}})(?![\d/])"
)
_DAY_MONTH = re.compile(rf"\b({words.BEFORE_A_DATE})\s+(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])(?![\d/])", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"(?:\b({words.MONTH})\s+)?(?<![\d.,/])(0?[1-9]|1[0-2])/(\d{{4}})(?![\d/])")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.]|,\d{3})")
_DECIMAL = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_RANGE = re.compile(r"(?<=\d)\s?[-–]\s?(?=\d)")
_ABBREVIATION = re.compile(
    r"(?<!\w)(" + "|".join(sorted(map(re.escape, words.ABBREVIATIONS), key=len, reverse=True)) + r")(?!\w)"
)
_UNIT = re.compile(
    r"(?<=\d)\s?("
    + "|".join(sorted(map(re.escape, words.UNITS), key=len, reverse=True))
    + r")(?!\w)(?:\s?(/)\s?(?=[^\W\d_]))?"
)
_SYMBOLS = "%&+=°²³/"  # those a voice has a word for; other symbols and control characters are left out
_UNREADABLE = re.compile(r"[\[\]{}<>|*_#`~^\\]+")


def spoken_text(text: str) -> str:
    """NFC text of the same sentences, without what espeak-ng would take for phonemes or spell out."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(
        sign if sign == "\n" or sign in _SYMBOLS or unicodedata.category(sign)[0] not in "CS" else " " for sign in text
    )
    text = _UNREADABLE.sub(" ", text)
    text = _PHONE.sub(lambda m: ", ".join(" ".join(words.DIGITS[int(d)] for d in group) for group in m.groups()), text)
    text = _FULL_DATE.sub(lambda m: words.FULL_DATE.format(d=int(m[2]), m=int(m[3]), y=m[4]), text)
    text = _DAY_MONTH.sub(lambda m: words.DAY_MONTH.format(before=m[1], d=int(m[2]), m=int(m[3])), text)
    text = _MONTH_YEAR.sub(lambda m: words.MONTH_YEAR.format(m=int(m[2]), y=m[3]), text)
    text = _CLOCK.sub(lambda m: words.CLOCK.format(h=int(m[1])) + (f" {m[2]}" if m[2] and m[2] != "00" else ""), text)
    text = _THOUSANDS.sub(lambda m: m[0].replace(".", ""), text)
    text = _UNIT.sub(lambda m: f" {words.UNITS[m[1]]}" + (words.PER if m[2] else ""), text)
    text = _RANGE.sub(words.TO, text)
    text = _DECIMAL.sub(words.POINT, text)
    text = _ABBREVIATION.sub(lambda m: words.ABBREVIATIONS[m[1]], text)
    return re.sub(r"[ \t]+", " ", text).strip()
