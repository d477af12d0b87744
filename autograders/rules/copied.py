"""How much of a text is somebody else's: runs of words that stand in the same order in a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from autograders.normalize import Text, read_text

_RUN = 4  # words in a row; shorter ones are common speech
_SALAD = 12  # words that make a salad of a source
_BORROWED, _IN_ORDER = 0.95, 0.15
_WHOLE, _SOURCE = 0.85, 25  # the share of a source's words that is all of it, of sources of so many words


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
        source_words, source_runs = _source(source)
        runs.update(source_runs)
        short.add(source_words)
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


@lru_cache(maxsize=1024)  # an exercise's sources are the same for all its answers
def _source(text: str) -> tuple[tuple[str, ...], frozenset[tuple[str, ...]]]:
    """The words of a source, and its runs of words."""
    words = _words(read_text(text))
    return tuple(words), frozenset(_runs(words, _RUN))


def is_salad(text: str, sources: Iterable[str]) -> bool:
    """Whether nearly all words of a text are borrowed and hardly two stand together as they did in a source.

    Who retells a source in few words keeps its compounds together ("nha van hoa").
    """
    words = _words(read_text(text))
    if len(words) < _SALAD:
        return False
    read = [_source(source)[0] for source in sources]
    vocabulary = {word for source in read for word in source}
    known = {pair for source in read for pair in pairwise(source)}
    borrowed = sum(word in vocabulary for word in words)
    return borrowed >= _BORROWED * len(words) and sum(p in known for p in pairwise(words)) < _IN_ORDER * len(words)


def is_reordered(text: str, sources: Iterable[str]) -> bool:
    """Whether a text is the whole of a long source, its words in any order."""
    words = _words(read_text(text))
    given = Counter(words)
    for source, _ in map(_source, sources):
        same = (given & Counter(source)).total()
        if len(source) >= _SOURCE and same >= _WHOLE * max(len(source), len(words)):
            return True
    return False


def _words(text: Text) -> list[str]:
    return [token.base for token in text.tokens]


def _runs(words: list[str], length: int) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + length]) for start in range(len(words) - length + 1)]
