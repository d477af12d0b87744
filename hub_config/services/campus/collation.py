"""Vietnamese order of names: the given name first, letters before tones, as in a Vietnamese dictionary."""

from __future__ import annotations

import unicodedata

_BASES = "a\u0103\u00e2bcd\u0111e\u00eafghijklmno\u00f4\u01a1pqrstu\u01b0vwxyz"  # and f j w z
_LETTERS = {unicodedata.normalize("NFD", letter): rank for rank, letter in enumerate(_BASES)}
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # in the order of dictionaries; no tone comes first

Key = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


def name_key(display_name: str) -> Key:
    """Sort key of a person's name: given name (the last word), then family name and the rest."""
    words = display_name.split()
    return tuple(word_key(word) for word in [*words[-1:], *words[:-1]])


def given_name(display_name: str) -> str:
    """The last word of a Vietnamese name: what people are called by."""
    words = display_name.split()
    return words[-1] if words else ""


def word_key(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Ranks of the letters, then of their tones: tones decide only between words of the same letters."""
    letters: list[int] = []
    tones: list[int] = []
    base, tone = "", 0
    for char in unicodedata.normalize("NFD", word.casefold()) + "\0":
        if char in _TONES:
            tone = _TONES.index(char) + 1
        elif unicodedata.combining(char):
            base += char
        else:
            if base:
                letters.append(_LETTERS.get(base, len(_LETTERS) + ord(base[0])))
                tones.append(tone)
            base, tone = char, 0
    return tuple(letters), tuple(tones)
