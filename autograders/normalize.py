"""Reading Vietnamese as learners type it: one folded form for comparing, with the way back to their own wording.

Folding drops case, tone and vowel marks, invisible characters and look-alike letters; every folded character knows
where it stands in the source, so that whatever was matched can be quoted verbatim.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from autograders.telex import decoded_token, is_raw_telex

MAX_CHARACTERS = 20_000

STROKE = "-"  # the mark of the letter that is no d
_HOOK, _TILDE = "\u0309", "\u0303"
_MOST_MARKS = 3  # on one letter; more is drawing
_VIETNAMESE_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")
_NO_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")  # drawn as nothing, though no format characters
_LOOK_ALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u043a\u043c\u0442\u0432\u043d\u0501\u03bf\u03b1\u03bd\u03c1\u0131\u00d0\u00f0\u0180",
    "aeopcyxisjkmtbhdoavpiddb",
)
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212", "------")
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_ENDS = "\n!?;"
_CLAUSE_ENDS = ',:()[]\u00b7\u2022"\u201c\u201d|'


@dataclass(frozen=True, slots=True)
class Token:
    """A syllable or a figure as written: `base` is folded, `marks` its tone and vowel marks."""

    base: str
    marks: str
    start: int  # in Text.folded, as is `end`
    end: int
    sentence: int
    clause: int
    capital: bool


@dataclass(frozen=True)
class Text:
    """A text with its folded form. Positions into `folded` are turned into verbatim quotes by `quote`."""

    source: str  # NFC
    folded: str
    positions: tuple[int, ...]  # of each folded character in `source`
    tokens: tuple[Token, ...]
    accented: bool  # written with diacritics: a word without them is then meant so
    telex: bool  # typed with the Vietnamese keyboard off; `folded` is what was meant

    def quote(self, start: int, end: int) -> str:
        """The learner's own wording of folded[start:end]."""
        if not 0 <= start < end <= len(self.folded):
            return ""
        return self.source[self.positions[start] : self.positions[end - 1] + 1].strip()

    def quote_tokens(self, first: int, last: int) -> str:
        """The learner's own wording of tokens first … last, both included."""
        return self.quote(self.tokens[first].start, self.tokens[last].end)


@lru_cache(maxsize=256)
def read_text(text: str) -> Text:
    """Read a text; whatever stands beyond MAX_CHARACTERS is left out."""
    source = unicodedata.normalize("NFC", text[:MAX_CHARACTERS])[:MAX_CHARACTERS]
    cells = _cells(source)
    telex = is_raw_telex("".join(base for base, _, _ in cells))
    if telex:
        cells = list(_retyped(cells, source))
    cells = list(_single_spaces(cells))
    folded = "".join(base for base, _, _ in cells)
    tokens = tuple(_tokens(folded, cells, source))
    marked = sum(1 for token in tokens if token.marks)
    return Text(
        source=source,
        folded=folded,
        positions=tuple(at for _, _, at in cells),
        tokens=tokens,
        accented=marked * 5 > len(tokens),
        telex=telex,
    )


def folded(text: str) -> str:
    """The folded form in one line: lower case, no diacritics, no invisible characters, single spaces."""
    return read_text(text).folded.replace("\n", " ").strip()


def syllables(text: str) -> int:
    """How many syllables (words and figures) a text has."""
    return len(read_text(text).tokens)


def sentences(text: str) -> list[str]:
    """The sentences of a text, verbatim; a new line ends a sentence too."""
    read = read_text(text)
    found: list[str] = []
    first = 0
    for index, token in enumerate(read.tokens):
        if index + 1 == len(read.tokens) or read.tokens[index + 1].sentence != token.sentence:
            found.append(read.quote_tokens(first, index))
            first = index + 1
    return found


_Cell = tuple[str, str, int]  # a folded character, the marks it lost, its place in the source


def _cells(source: str) -> list[_Cell]:
    """The folded characters of a text, at most MAX_CHARACTERS: one ligature may fold to eighteen letters."""
    cells: list[_Cell] = []
    for at, character in enumerate(source):
        if character.isspace():
            cells.append(("\n" if character in "\n\r\u2028\u2029\x0b\x0c" else " ", "", at))
        elif character in _VIETNAMESE_MARKS and cells:  # a mark that found no composed letter
            base, marks, begin = cells[-1]
            if len(marks) < _MOST_MARKS:
                cells[-1] = (base, marks + (_HOOK if character == _TILDE else character), begin)
        else:
            cells += [(part[0], part[1:], at) for part in folded_character(character)]
    return cells[:MAX_CHARACTERS]


@lru_cache(maxsize=4096)
def folded_character(character: str) -> tuple[str, ...]:
    """Each folded character of one source character, followed by the marks it lost."""
    if _invisible(character):
        return ()
    parts: list[str] = []
    plain = unicodedata.normalize("NFKC", character).translate(_DASHES).lower().translate(_LOOK_ALIKES)
    for piece in unicodedata.normalize("NFD", plain):
        if piece == "\u0111":
            parts.append("d" + STROKE)
        elif unicodedata.combining(piece) or unicodedata.category(piece) == "Mn":
            if parts and piece in _VIETNAMESE_MARKS:  # hoi and nga are confused in speech and count as one
                parts[-1] += _HOOK if piece == _TILDE else piece
        else:
            parts.append(" " if piece.isspace() else piece)
    return tuple(parts)


def _invisible(character: str) -> bool:
    return character in _NO_LETTERS or unicodedata.category(character) in ("Cf", "Cc", "Co", "Cs", "Cn")


def _retyped(cells: list[_Cell], source: str) -> Iterator[_Cell]:
    """The cells of what a raw-Telex text means: "hojp" becomes h, o + dot below, p at the same places."""
    text = "".join(base for base, _, _ in cells)
    done = 0
    for match in _WORD.finditer(text):
        yield from cells[done : match.start()]
        done = match.end()
        word = _cells(decoded_token(match[0]))
        last = match.end() - match.start() - 1
        for index, (base, marks, _) in enumerate(word):
            at = last if index == len(word) - 1 else min(index, last)
            yield (base, marks, cells[match.start() + at][2])
    yield from cells[done:]


def _single_spaces(cells: list[_Cell]) -> Iterator[_Cell]:
    """Runs of white space become one space, or one line break where they hold one."""
    pending: _Cell | None = None
    for cell in cells:
        if cell[0] in " \n":
            if pending is None or cell[0] == "\n":
                pending = cell
            continue
        if pending is not None:
            yield pending
            pending = None
        yield cell


def _tokens(folded_text: str, cells: list[_Cell], source: str) -> Iterator[Token]:
    sentence = clause = done = 0
    before = ""
    for match in _WORD.finditer(folded_text):
        gap = folded_text[done : match.start()]
        if done and _ends_sentence(gap, before):
            sentence += 1
            clause += 1
        elif any(mark in _CLAUSE_ENDS for mark in gap) or " - " in gap:
            clause += 1
        capital = source[cells[match.start()][2]].isupper()
        marks = "".join(sorted("".join(cells[at][1] for at in range(match.start(), match.end()))))
        yield Token(match[0], marks, match.start(), match.end(), sentence, clause, capital)
        done = match.end()
        before = match[0] if capital else ""


def _ends_sentence(gap: str, before: str) -> bool:
    """`gap` stands between two words; `before` is the word ahead of it when it starts with a capital."""
    if any(mark in _SENTENCE_ENDS for mark in gap):
        return True
    initial = len(before) == 1 and gap == ". "  # an initial as in "L." ends no sentence
    return ". " in gap and not initial
