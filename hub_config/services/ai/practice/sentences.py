"""Sentences and words of a Vietnamese text."""

import re

from hub_config.services.ai.practice.wording import ABBREVIATED

END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[^\W\d_]|[\"“‘(\d-])")
WORD = re.compile(r"[^\W_]+(?:[.,/:]\d+)*")
BULLET = re.compile(r"^\s*(?:[-*•+]|\d+[.)])\s+")


def sentences(text: str) -> list[str]:
    """The sentences in order; a line break ends one too. Full stops in figures and abbreviations do not."""
    found: list[str] = []
    for line in text.splitlines():
        whole = ""
        for piece in END.split(BULLET.sub("", line)):
            whole = f"{whole} {piece}".strip()
            lower = piece.rstrip()
            if not re.search(ABBREVIATED, lower):
                found.append(whole)
                whole = ""
        if whole:
            found.append(whole)
    return [sentence for sentence in found if WORD.search(sentence)]


def words(text: str) -> list[str]:
    """Syllables and figures, in small letters."""
    return [word.lower() for word in WORD.findall(text)]
