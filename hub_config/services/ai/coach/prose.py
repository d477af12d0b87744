"""Whether a reply is plain Vietnamese that asks something back.

What is handed out in disguise (base64, reversed, letter by letter, as JSON, translated) is no such text, so it needs
no list of disguises.
"""

import re
from collections.abc import Callable

from autograders.normalize import Text, read_text

FEWEST, MOST = 6, 170  # syllables of a reply
UNMARKED = 7  # words in a row without any diacritic: another language, or the diacritics were taken off
SINGLE = 3  # letters in a row that stand alone: initials, or spelling
FIGURES = 10
LONGEST = 12  # letters and digits of a word
WINDOW, STRANGE = 8, 2  # of so many words in a row so many may be no Vietnamese syllable: names, terms
SYLLABLE = re.compile(  # without marks: a lead, one of the nuclei that there are, an end
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh|n|ph?|qu?|r|s|th|tr|t|v|x)?"
    r"(?:a[iouy]?|e[ou]?|i(?:a|eu?|u)?|o(?:a[ioy]?|eo?|i|o)?|u(?:a[oy]?|eo?|eu|i|o[iu]?|u|y[aeu]?)?|y(?:eu?)?)"
    r"(?:ch|c|m|ng|nh|n|p|t)?"
)


def prose_fault(reply: str) -> str:
    """What makes a reply no plain question to a learner, in English; "" for nothing."""
    text = read_text(reply)
    if not FEWEST <= len(text.tokens) <= MOST:
        return "too short or too long"
    if "?" not in reply:
        return "asks nothing back"
    if not text.accented or text.telex or _longest(text, lambda at: _unmarked(text, at)) >= UNMARKED:
        return "not in Vietnamese"
    if _longest(text, lambda at: len(text.tokens[at].base) == 1) >= SINGLE:
        return "single letters"
    if max(len(token.base) for token in text.tokens) > LONGEST:
        return "not words"
    if sum(token.base.isdigit() for token in text.tokens) > FIGURES:
        return "many figures"
    strange = [SYLLABLE.fullmatch(token.base) is None for token in text.tokens if token.base.isalpha()]
    if any(sum(strange[start : start + WINDOW]) > STRANGE for start in range(len(strange))):
        return "not words"
    return ""


def _unmarked(text: Text, at: int) -> bool:
    return not text.tokens[at].marks and text.tokens[at].base.isalpha()


def _longest(text: Text, holds: Callable[[int], bool]) -> int:
    longest = run = 0
    for at in range(len(text.tokens)):
        run = run + 1 if holds(at) else 0
        longest = max(longest, run)
    return longest
