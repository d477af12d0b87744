"""How much of a text is somebody else's: runs of words that stand in the same order in a source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autograders.normalize import Text, read_text

_RUN = 4  # words in a row; shorter ones are common speech


@dataclass(frozen=True, slots=True)
class Copying:
    """A text against its sources."""

    words: int
    own: tuple[int, ...]  # the tokens that no source holds

    @property
    def share(self) -> float:
        """The share of words that are copied, 0 … 1."""
        return 1 - len(self.own) / self.words if self.words else 0.0


def compare(text: str, sources: Iterable[str], whole: Iterable[str] = ()) -> Copying:
    """Which words of `text` are its writer's own. Texts of `whole` count however short, where they stand whole."""
    read = read_text(text)
    runs: set[tuple[str, ...]] = set()
    short: set[tuple[str, ...]] = set()
    for source in sources:
        words = _words(read_text(source))
        runs.update(_runs(words, _RUN))
        short.add(tuple(words))
    words = _words(read)
    copied = [False] * len(words)
    for start, run in enumerate(_runs(words, _RUN)):
        if run in runs:
            copied[start : start + _RUN] = [True] * _RUN
    if tuple(words) in short:
        copied = [True] * len(words)
    for piece in {tuple(_words(read_text(text))) for text in whole} - {()}:
        for start, run in enumerate(_runs(words, len(piece))):
            if run == piece:
                copied[start : start + len(piece)] = [True] * len(piece)
    return Copying(len(words), tuple(index for index, known in enumerate(copied) if not known))


def _words(text: Text) -> list[str]:
    return [token.base for token in text.tokens]


def _runs(words: list[str], length: int) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + length]) for start in range(len(words) - length + 1)]
