"""Words looked for in a prompt: with diacritics where the text has some, without where it has none."""

import re
import unicodedata
from functools import lru_cache


def fold(text: str) -> str:
    """Without diacritics, D with stroke as d; capitals stay. As long as the NFC text that was given."""
    return "".join(_plain(sign) for sign in text)


def marked(text: str) -> bool:
    """Whether the text is typed with diacritics."""
    return fold(text) != text


def search(pattern: str, text: str) -> re.Match[str] | None:
    """The first place of a pattern of `wording` in a text that is typed with or without diacritics throughout."""
    return compiled(pattern, marked(text)).search(text)


def search_folded(pattern: str, text: str) -> re.Match[str] | None:
    """The same for patterns that no other words look like without diacritics; a pasted text may have them around."""
    return compiled(pattern, False).search(fold(text))


@lru_cache(maxsize=256)
def compiled(pattern: str, with_marks: bool) -> re.Pattern[str]:
    return re.compile(pattern if with_marks else fold(pattern), re.IGNORECASE)


def _plain(sign: str) -> str:
    if sign in "\N{LATIN SMALL LETTER D WITH STROKE}\N{LATIN CAPITAL LETTER D WITH STROKE}":
        return "d" if sign.islower() else "D"
    base = unicodedata.normalize("NFD", sign)[0]
    return base if base.isalpha() else sign
