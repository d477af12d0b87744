"""Text typed with the Vietnamese keyboard off: "hojp daan" for what Telex would have turned into "hop dan"."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[a-z]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uyu|uay|uoi|uou|oai|oay|oeo|ieu|yeu|[iyu][eao]|a[iouy]|e[ou]|o[iae]|u[iuy]|iu|[aeiouy])"
    r"(?:ng|nh|ch|[cmnpt])?"
)
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_SHAPES = (("aa", "a\u0302"), ("ee", "e\u0302"), ("oo", "o\u0302"), ("aw", "a\u0306"), ("uow", "u\u031bo\u031b"))
_HORNS = (("ow", "o\u031b"), ("uw", "u\u031b"), ("dd", "\u0111"))
_LATE_SHAPE = re.compile(r"([aeo])([a-z\u0302\u0306\u031b]*)\1$")  # "dang" + "a" typed last: "danga"
_LATE_HORN = re.compile(r"([aou])([a-z]*)w$")  # "moiw"
_MIN_WORDS = 3


def is_raw_telex(text: str) -> bool:
    """Whether a folded text is Telex keystrokes rather than Vietnamese: at least a third of its words are."""
    words = _WORD.findall(text)
    strokes = sum(1 for word in words if _is_stroke_word(word))
    return strokes >= 2 and (strokes * 3 >= len(words) or (len(words) < _MIN_WORDS and strokes == len(words)))


def decoded_token(word: str) -> str:
    """What Telex makes of one folded word; a word that is no Telex syllable stays as it is."""
    return _decoded(word) if _is_stroke_word(word) else word


def _is_stroke_word(word: str) -> bool:
    """No Vietnamese syllable as it stands, but one after decoding."""
    if len(word) > 12 or _SYLLABLE.fullmatch(word):
        return False
    decoded = _decoded(word)
    return decoded != word and bool(_SYLLABLE.fullmatch(_plain(decoded)))


def _decoded(word: str) -> str:
    tone = ""
    vowel = re.search(r"[aeiouyw]", word)
    if vowel:
        head, tail = word[: vowel.end()], word[vowel.end() :]
        for at, letter in enumerate(tail):
            if letter in _TONES:
                tone = _TONES[letter]
                tail = tail[:at] + tail[at + 1 :]
                break
        word = head + tail
    for strokes, letters in _SHAPES + _HORNS:
        word = word.replace(strokes, letters)
    late = _LATE_SHAPE.search(word)
    if late:
        word = word[: late.start()] + late[1] + "\u0302" + late[2]
    if word.startswith("d") and word.endswith("d"):
        word = "\u0111" + word[1:-1]
    word = _LATE_HORN.sub("\\1\u031b\\2", word).replace("w", "\u01b0")
    return unicodedata.normalize("NFC", _with_tone(word, tone))


def _with_tone(word: str, tone: str) -> str:
    """The tone on the last vowel: its exact place does not matter to folding."""
    for at in range(len(word) - 1, -1, -1):
        if word[at] in "aeiouy\u01b0":
            return word[: at + 1] + tone + word[at + 1 :]
    return word


def _plain(word: str) -> str:
    stripped = unicodedata.normalize("NFD", word.replace("\u0111", "d"))
    return "".join(letter for letter in stripped if not unicodedata.combining(letter))
