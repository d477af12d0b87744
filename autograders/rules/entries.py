"""Sentences that are one entry of a list: "In giay moi" over "Ai: chi Lanh" and "Han: 4/6" belongs to both."""

from __future__ import annotations

from autograders.normalize import Text
from autograders.rules.lexicon import phrases

_MOST = 2  # labelled lines away: an entry says what, who, when


def together(text: Text, index: int) -> set[int]:
    """The sentences that belong together with the one of token `index`, its own among them.

    A labelled line ("Han: 4/6") belongs to the lines over it, up to the one that has no label or until a label comes
    again; a line without one to the labelled lines right under it.
    """
    first_tokens = _first_tokens(text)
    own = text.tokens[index].sentence
    label = _label(text, first_tokens[own])
    found, labels = {own}, {label}
    for sentence in range(own - 1, own - 1 - _MOST, -1) if label else ():
        above = _label(text, first_tokens[sentence]) if sentence >= 0 else label
        if above in labels:
            break
        found.add(sentence)
        labels.add(above)
        if not above:
            break
    for sentence in range(own + 1, own + 1 + _MOST):
        under = _label(text, first_tokens[sentence]) if sentence < len(first_tokens) else ""
        if not under or under in labels:
            break
        found.add(sentence)
        labels.add(under)
    return found


def _first_tokens(text: Text) -> list[int]:
    tokens = text.tokens
    return [i for i in range(len(tokens)) if i == 0 or tokens[i].sentence != tokens[i - 1].sentence]


def _label(text: Text, first: int) -> str:
    """The label that a sentence begins with, "" for none."""
    length = phrases("entries", "labels").at(text, first)
    last = first + length - 1
    if not length or last + 1 >= len(text.tokens):
        return ""
    gap = text.folded[text.tokens[last].end : text.tokens[last + 1].start]
    return " ".join(token.base for token in text.tokens[first : last + 1]) if ":" in gap else ""
