"""Finding the sentences of a text that are aimed at whoever grades it. What such sentences say stands in lexicon.toml.

Matching is on folded words, so that neither missing diacritics nor odd spelling hides them.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any, Literal

from autograders.normalize import Text, Token, read_text

Span = tuple[int, int]

_FILE = Path(__file__).with_name("lexicon.toml")
_GAP = r" (?:[^ ]+ ){0,5}"
_LETTERS_FOR = str.maketrans("013457", "oieast")  # "d1em" for "diem"
_SHORT = 2  # words: so short a sentence is read with the next one
_LONG_CLAUSE = 25  # words before a phrase in its clause: dictated text has no clauses


@dataclass(frozen=True)
class _Phrase:
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    reach: Literal["sentence", "line"]
    whole: Literal["", "clause", "sentence"]
    colon: bool


@dataclass(frozen=True)
class _Sentence:
    """The words of a sentence (tokens first … last) in one line; `starts` are their places in it."""

    words: str
    first: int
    starts: tuple[int, ...]

    @property
    def last(self) -> int:
        return self.first + len(self.starts) - 1

    def token_at(self, place: int) -> int:
        """The token that holds this place of `words`."""
        return self.first + bisect_right(self.starts, place) - 1

    def place(self, first: int, last: int) -> Span:
        """Where tokens first … last stand in `words`."""
        after = last + 1 - self.first
        return self.starts[first - self.first], self.starts[after] - 1 if after < len(self.starts) else len(self.words)

    def clauses(self, read: Text) -> list[tuple[int, int]]:
        """The first and the last token of each clause."""
        numbers = groupby(range(self.first, self.last + 1), key=lambda index: read.tokens[index].clause)
        return [(tokens[0], tokens[-1]) for tokens in (list(group) for _, group in numbers)]


@cache
def lexicon() -> dict[str, Any]:
    """The patterns, as they stand in lexicon.toml."""
    return tomllib.loads(_FILE.read_text("utf-8"))


def aimed_spans(text: str, rubric: Sequence[str] = ()) -> list[Span]:
    """Where `text` speaks to its grader or repeats a line of the rubric: (start, end) in characters, in order.

    `text` is canonical. `rubric` are the lines that say what earns a level, without their examples.
    """
    read = read_text(text)
    spans = [span for sentence in _sentences(read) for span in _in_sentence(read, sentence)]
    return sorted({*spans, *_pasted(read, rubric), *_run_together(read)})


def _in_sentence(read: Text, sentence: _Sentence) -> Iterator[Span]:
    for phrase in _phrases():
        for start, end in _matches(phrase, read, sentence):
            first, last = sentence.token_at(start), sentence.token_at(end - 1)
            if phrase.unless and phrase.unless.search(sentence.words):
                continue
            if phrase.colon and not read.folded[read.tokens[last].end :].lstrip(' "”).').startswith(":"):
                continue
            yield _reach(read, sentence, first, last, phrase.reach)


def _matches(phrase: _Phrase, read: Text, sentence: _Sentence) -> Iterator[Span]:
    """Where the phrase stands in the words of the sentence."""
    if not phrase.whole:
        yield from (match.span() for match in phrase.pattern.finditer(sentence.words))
        return
    places = sentence.clauses(read) if phrase.whole == "clause" else [(sentence.first, sentence.last)]
    for first, last in places:
        start, end = sentence.place(first, last)
        if phrase.pattern.fullmatch(sentence.words, start, end):
            yield start, end


def _reach(read: Text, sentence: _Sentence, token: int, last: int, reach: str) -> Span:
    """From the clause that holds `token` to the end of the sentence or line that holds `last`."""
    clauses = sentence.clauses(read)
    at = next(number for number, (_, last) in enumerate(clauses) if token <= last)
    while at and _lead().fullmatch(sentence.words, *sentence.place(*clauses[at - 1])):
        at -= 1
    begin = clauses[at][0] if token - clauses[at][0] <= _LONG_CLAUSE else token
    start = read.positions[read.tokens[begin].start]
    while last < sentence.last and not _parted(read, last + 1):
        last += 1
    end = read.positions[read.tokens[last].end - 1] + 1
    if reach == "line":
        line_end = read.source.find("\n", end)
        end = len(read.source) if line_end < 0 else line_end
    return start, end


def _sentences(read: Text) -> Iterator[_Sentence]:
    first = before = 0  # the tokens that begin this sentence, and its last part
    for index in range(1, len(read.tokens) + 1):
        if index < len(read.tokens) and not _parted(read, index):
            continue
        if index == len(read.tokens) or index - before > _SHORT:
            words = [_word(read, number) for number in range(first, index)]
            ends = list(accumulate(len(word) + 1 for word in words))
            yield _Sentence(" ".join(words), first, (0, *ends[:-1]))
            first = index
        before = index


def _parted(read: Text, index: int) -> bool:
    """Whether a sentence ends before token `index`; a line that just goes on in small letters does not end it."""
    before, token = read.tokens[index - 1], read.tokens[index]
    if before.sentence == token.sentence:
        return False
    return token.capital or bool(read.folded[before.end : token.start].strip())


def _word(read: Text, index: int) -> str:
    """A token as the lexicon spells it."""
    token = read.tokens[index]
    if (token.base, token.marks) in _other_words():
        return token.base + "_"
    if token.base.isdigit():
        return "max" if _is_full_score(read, index) else token.base
    if token.base.isalpha():
        return token.base
    number = re.fullmatch(r"(\d+)([a-z]+)", token.base)  # "10diem"
    return f"{number[1]} {number[2]}" if number else token.base.translate(_LETTERS_FOR)


def _is_full_score(read: Text, index: int) -> bool:
    """Whether the number at `index` is the second of "10/10" or "10 tren 10", and no day."""
    if index == 0:
        return False
    tokens = read.tokens
    before = tokens[index - 1]
    gap = read.folded[before.end : tokens[index].start].strip()
    follows = read.folded[tokens[index].end :].lstrip()[:1]
    day = index > 1 and tokens[index - 2].base in lexicon()["reading"]["day_before"]
    return before.base == tokens[index].base and gap == "/" and follows != "/" and not day


def _pasted(read: Text, rubric: Sequence[str]) -> Iterator[Span]:
    """Sentences that hold a line of the rubric."""
    everything = [token.base for token in read.tokens]
    for line in rubric:
        wanted = [token.base for token in read_text(line).tokens]
        for at in range(len(everything) - len(wanted) + 1) if len(wanted) > _SHORT + 1 else ():
            if everything[at : at + len(wanted)] == wanted:
                yield _around(read, read.tokens[at], read.tokens[at + len(wanted) - 1])


def _run_together(read: Text) -> Iterator[Span]:
    tells: Iterable[str] = lexicon()["reading"]["run_together"]
    for token in read.tokens:
        if len(token.base) > 8 and any(tell in token.base for tell in tells):
            yield _around(read, token, token)


def _around(read: Text, first: Token, last: Token) -> Span:
    """The sentences from the one of `first` to the one of `last`."""
    inside = [t for t in read.tokens if first.sentence <= t.sentence <= last.sentence]
    return read.positions[inside[0].start], read.positions[inside[-1].end - 1] + 1


@cache
def _other_words() -> frozenset[tuple[str, str]]:
    words = (read_text(word).tokens[0] for word in lexicon()["reading"]["other_words"])
    return frozenset((word.base, word.marks) for word in words)


@cache
def _lead() -> re.Pattern[str]:
    return _compiled(lexicon()["reading"]["lead"])


@cache
def _phrases() -> tuple[_Phrase, ...]:
    return tuple(
        _Phrase(
            _compiled("|".join(f"(?:{form})" for form in entry["any"])),
            _compiled(entry["unless"]) if "unless" in entry else None,
            entry.get("reach", "sentence"),
            entry.get("whole", ""),
            entry.get("colon", False),
        )
        for entry in lexicon()["phrase"]
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern with its words filled in, on whole words only."""
    words: dict[str, str] = lexicon()["words"]
    while names := re.findall(r"\{([a-z_]+)\}", pattern):
        for name in names:
            pattern = pattern.replace(f"{{{name}}}", words[name])
    return re.compile(rf"(?<![^ ])(?:{pattern.replace(' ... ', _GAP)})(?![^ ])")
