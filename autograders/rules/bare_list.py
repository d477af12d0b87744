"""Whether a text is facts in a row and no message: "19h30, 12/3, nha van hoa, 150k"."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from autograders.normalize import read_text
from autograders.rules.facts import find_statement
from autograders.rules.lexicon import phrases
from course.criteria import Fact

_FACTS = 2  # that make a list
_OWN = 4  # different words besides the facts
_SHORT = 4  # words of a piece that is no clause


@lru_cache(maxsize=64)  # every criterion of an answer asks
def is_bare_list(text: str, facts: tuple[Fact, ...]) -> bool:
    """Whether hardly a word stands besides the facts, none of them a word of sentences, and no label before them.

    A notice as a list with labels ("Thoi gian: ...") is a message; so is one sentence, however short.
    """
    if ": " in text.strip() or ":\n" in text:
        return False
    read = read_text(text)
    stated = [wording for fact in facts if (statement := find_statement(text, fact)) for wording in [statement.wording]]
    if len(set(stated)) < _FACTS:
        return False
    told: set[int] = set()
    for piece in {piece for wording in stated for piece in wording.split(" … ")}:
        words = [token.base for token in read_text(piece).tokens]
        for start in range(len(read.tokens) - len(words) + 1):
            if [token.base for token in read.tokens[start : start + len(words)]] == words:
                told.update(range(start, start + len(words)))
    besides = [index for index in range(len(read.tokens)) if index not in told]
    if any(phrases("sentence", "words").at(read, index) for index in besides):
        return False
    own = {read.tokens[index].base for index in besides if read.tokens[index].base.isalpha()}
    longest = max(Counter(token.clause for token in read.tokens).values(), default=0)
    return len(own) < _OWN or longest <= _SHORT
