"""One visible spelling of a text: what looks alike becomes the same, what is not seen goes.

Diacritics, punctuation and lines stay: this is what a judge reads and quotes, not a form for comparing.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from autograders.normalize import MAX_CHARACTERS

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_BREAKS = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"))
_REVERSED = re.compile("\u202e([^\u202c\n]*)\u202c?")  # shown from right to left
_NO_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # drawn as nothing
_STYLED = ("<font>", "<wide>", "<narrow>", "<circle>", "<square>")  # a letter in other clothes, by its decomposition
_EMBLEMS = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)  # squared, circled, flag letters: A to Z from here
_MOST_MARKS = 3  # on one letter
_FOREIGN_WORD = re.compile(r"[^\W\d_][^\W\d_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W\d_]*)*")
_LOOK_ALIKES = dict(
    zip(
        # Cyrillic, then Greek, then Armenian and Latin oddities
        "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u043a\u043c\u0442\u0432\u043d\u0501\u04bb\u051b\u051d\u04cf\u0433"
        "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0405\u0408\u04ba\u04c0"
        "\u03bf\u03b1\u03bd\u03c1\u03b9\u03ba\u03c4\u03c5\u03c7\u03b7\u03bc"
        "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
        "\u0585\u057d\u0570\u0578\u0131\u0251\u0261\u00d0\u00f0\u0189\u0180",
        "aeopcyxisjkmtbhdhqwlrABEKMHOPCTYXISJHIoavpiktuxnuABEZHIKMNOPTYXoshniag\u0110\u0111\u0110b",
        strict=True,
    )
)
_SPELLED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\-_*\u00b7][^\W\d_](?![^\W_])|[ ]{2,4}[^\W\d_](?![^\W_])){5,}")


def canonical(text: str) -> str:
    """A text (at most MAX_CHARACTERS of it) in NFC as it is seen, without what is not seen."""
    plain = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text[:MAX_CHARACTERS].replace("\r\n", "\n")).translate(
        _BREAKS
    )
    plain = _REVERSED.sub(lambda shown: shown[1][::-1], unicodedata.normalize("NFC", plain))
    plain = unicodedata.normalize("NFC", _few_marks("".join(map(_visible, plain))))
    plain = _SPELLED.sub(_joined, _latin(plain))
    lines = (" ".join(line.split()) for line in plain.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:MAX_CHARACTERS]


@lru_cache(maxsize=4096)
def _visible(character: str) -> str:
    """What is seen of one character, "" for nothing."""
    if character in "\n\t":
        return character
    if character in _NO_LETTERS or _is_variation_selector(character):
        return ""
    if unicodedata.category(character) in ("Cf", "Cc", "Co", "Cs", "Cn"):
        return ""
    code = ord(character)
    for first in _EMBLEMS:
        if first <= code < first + 26:
            return chr(ord("A") + code - first)
    if unicodedata.decomposition(character).startswith(_STYLED):
        return unicodedata.normalize("NFKC", character)
    small_capital = re.fullmatch(r"LATIN LETTER SMALL CAPITAL ([A-Z])", unicodedata.name(character, ""))
    return small_capital[1].lower() if small_capital else character


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _few_marks(text: str) -> str:
    """Marks that are piled on a letter, or crossed through it, are drawing."""
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.category(character) in ("Mn", "Me"):
            marks += 1
            if marks > _MOST_MARKS or "\u0332" <= character <= "\u0338" or unicodedata.category(character) == "Me":
                continue
        else:
            marks = 0
        kept.append(character)
    return "".join(kept)


def _latin(text: str) -> str:
    """Look-alike letters of other scripts made Latin in words that are Latin but for them."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _FOREIGN_WORD.sub(_latin_word, apart))


def _latin_word(word: re.Match[str]) -> str:
    changed = "".join(_LOOK_ALIKES.get(letter, letter) for letter in word[0])
    strange = any(ord(letter) > 0x36F for letter in changed if not 0x1E00 <= ord(letter) <= 0x1EFF)
    return word[0] if strange else changed


def _joined(spelled: re.Match[str]) -> str:
    """A word spelled letter by letter ("H o p"), read as the word; wide gaps part the words."""
    return re.sub(r"[ .\-_*\u00b7]", "", re.sub(r"[ ]{2,4}", "\t", spelled[0])).replace("\t", " ")
