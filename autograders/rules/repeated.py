"""How much of a text says again what it said before."""

from __future__ import annotations

from autograders.normalize import read_text

_RUN = 5  # words in a row; dictated text has no sentences to compare


def repeated_share(text: str) -> float:
    """The share of a text's words that stand in a run of words which stood in it before, 0 ... 1."""
    words = [token.base for token in read_text(text).tokens]
    seen: set[tuple[str, ...]] = set()
    again = [False] * len(words)
    for start in range(len(words) - _RUN + 1):
        run = tuple(words[start : start + _RUN])
        if run in seen:
            again[start : start + _RUN] = [True] * _RUN
        seen.add(run)
    return sum(again) / len(words) if words else 0.0


def distinct(texts: list[str]) -> list[str]:
    """Texts without those that say the same words as an earlier one."""
    found: dict[tuple[str, ...], str] = {}
    for text in texts:
        found.setdefault(tuple(token.base for token in read_text(text).tokens), text)
    return list(found.values())
