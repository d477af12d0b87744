"""A text as it is searched: one plain character for each of its own, so that places are the same in both."""

from __future__ import annotations

import unicodedata

from autograders.normalize import folded_character

UNSEEN = "\u200b"  # stands for whatever is not drawn, and for marks that were typed as characters of their own
_KEPT = 0x3000  # characters below are remembered; of the rest a hostile text could bring a hundred thousand


class _Plain(dict[int, str]):
    """A table for `str.translate` that fills itself."""

    def __missing__(self, code: int) -> str:
        plain = _plain(chr(code))
        if code < _KEPT:
            self[code] = plain
        return plain


def plain(text: str) -> str:
    """The text in lower case without diacritics, with Western digits; white space is a space or a line break."""
    return text.translate(_TABLE)


def _plain(character: str) -> str:
    if character.isspace():
        return "\n" if character in "\n\r\u2028\u2029\x0b\x0c" else " "
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if unicodedata.decomposition(character).startswith(("<super>", "<sub>")):
        return character  # m² holds no 2, and a footnote's mark belongs to no number
    parts = folded_character(character)
    if not parts:
        return UNSEEN
    return parts[0][0] if len(parts) == 1 else character


_TABLE = _Plain()
