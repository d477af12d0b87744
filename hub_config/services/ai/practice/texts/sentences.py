"""Sentences and words of a Vietnamese text."""

import re

from hub_config.services.ai.practice.texts.wording import ABBREVIATED

END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[^\W\d_]|[\"“‘(\d-])")
WORD = re.compile(r"[^\W_]+(?:[.,/:]\d+)*")
BULLET = re.compile(r"^\s*(?:[-*•+]|\d+[.)])\s+")
ABBREVIATION = re.compile(ABBREVIATED)


def sentences(text: str) -> list[str]:
    """The sentences in order; a line break ends one too. Full stops in figures and abbreviations do not."""
    return [sentence for line in text.splitlines() for sentence in line_sentences(line)]


def line_sentences(line: str) -> list[str]:
    """The sentences of one line, its bullet left out."""
    found: list[str] = []
    open_: list[str] = []
    for piece in END.split(BULLET.sub("", line)):
        open_.append(piece.strip())
        if not ABBREVIATION.search(piece.rstrip()[-8:]):
            found.append(" ".join(open_))
            open_ = []
    found.append(" ".join(open_))
    return [sentence for sentence in found if WORD.search(sentence)]


def words(text: str) -> list[str]:
    """Syllables and figures, in small letters."""
    return [word.lower() for word in WORD.findall(text)]
