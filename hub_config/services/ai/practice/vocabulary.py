"""Words looked for in a prompt: with diacritics where the text has some, without where it has none."""

import re
import unicodedata
from functools import lru_cache

LETTERS = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))  # Latin with marks
D_WITH_STROKE = {0x110: "D", 0x111: "d"}


def _plain(code: int) -> str:
    base = unicodedata.normalize("NFD", chr(code))[0]
    return base if base.isalpha() else chr(code)


PLAIN = {code: _plain(code) for code in LETTERS} | D_WITH_STROKE


def fold(text: str) -> str:
    """Without diacritics, D with stroke as d; capitals stay. As long as the NFC text that was given."""
    return text.translate(PLAIN)


def marked(text: str) -> bool:
    """Whether the text is typed with diacritics."""
    return fold(text) != text


def search(pattern: str, text: str) -> re.Match[str] | None:
    """The first place of a pattern of a `wording` in a text that is typed with or without diacritics throughout."""
    return compiled(pattern, marked(text)).search(text)


def search_folded(pattern: str, text: str) -> re.Match[str] | None:
    """The same for patterns that no other words look like without diacritics; a pasted text may have them around."""
    return compiled(pattern, False).search(fold(text))


def begins(pattern: str, text: str) -> tuple[str, ...] | None:
    """The groups of a pattern at the beginning of a text whose first two words may lack the marks of later ones."""
    with_marks = marked(" ".join(text.split(maxsplit=2)[:2]))
    found = compiled(pattern, with_marks).match(text if with_marks else fold(text))
    return tuple(text[slice(*found.span(n))] for n in range(1, found.re.groups + 1)) if found else None


@lru_cache(maxsize=512)
def compiled(pattern: str, with_marks: bool) -> re.Pattern[str]:
    return re.compile(pattern if with_marks else fold(pattern), re.IGNORECASE)
