"""The rule document_parts: what Decree 30/2020 asks of a kind of official paper, or custom of a petition, found line by
line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.normalize import Text, folded, read_text
from autograders.rules.answers import text_of
from autograders.rules.finding import Finding, lost, not_done, quoted
from autograders.rules.lexicon import Phrases, entry, phrases
from autograders.rules.official_date import written_dates
from course.criteria import DocumentParts
from course.lesson import Exercise

_NUMBER = re.compile(r"\bso ?: ?(?P<number>\d+|[ ._\u2026]*) ?/ ?(?P<symbol>[a-z][a-z0-9/.-]*)")
_BODY = 25  # syllables of sentences between the head and the signature
_SENTENCE = 8
_HEAD, _AGENCY = 8, 10  # lines of a head; words of an agency's name
_NAME = (2, 5)  # words of a name under a post


def document_parts(
    criterion: DocumentParts, exercise: Exercise, answer: Mapping[str, Any], context: Context
) -> Finding:
    """Points shared evenly over the parts found."""
    text = text_of(answer, criterion.on)
    if not text.strip():
        return not_done()
    paper = _Paper(text, criterion)
    wanted = criterion.parts or tuple(entry("document", "kinds", criterion.document))
    found = {part: wording_ for part in wanted if (wording_ := _FINDERS[part](paper))}
    words = wording.PETITION_PARTS if paper.petition else wording.DOCUMENT_PARTS
    missing = [words[part] for part in wanted if part not in found]
    evidence = quoted(found.values())
    names = [words[part] for part in found]
    if not missing:
        return Finding(1.0, wording.FULL_DOCUMENT.format(found=", ".join(names)), evidence)
    message = lost(criterion, 0, missing, names, len(missing)).message
    notes = [note for note in (paper.number_note, paper.title_note) if note]
    return Finding(len(found) / len(wanted), " ".join([*notes, message]), evidence)


class _Paper:
    """A paper as its lines; cells of a head set side by side ("/", "|", tabs) are lines of their own."""

    def __init__(self, text: str, criterion: DocumentParts) -> None:
        pieces = re.split(r"\n|\t|\||(?<=\s)/(?=\s)", text)
        self.lines = [read_text(piece.strip(" *#_>\r")) for piece in pieces if folded(piece)]
        self.text = text
        self.criterion = criterion
        self.petition = criterion.document == "petition"
        self.number_note = ""
        self.title_note = ""

    def line(self, *keys: str) -> str:
        """The first line that begins with a phrase of the lexicon."""
        return next((line.source for line in self.lines if phrases(*keys).at(line, 0)), "")

    def title(self) -> str:
        """The line that is the title of this kind of paper: alone, or with what it is about after it."""
        names = entry("document", "title_of").get(self.criterion.document, ())
        for line in self.lines:
            for name in names:
                rest = line.folded.removeprefix(folded(name))
                if rest != line.folded and (not rest or rest[0] in " :/." or rest[0] == "\n") and _is_head(line, name):
                    return line.source
        return ""


def _is_head(line: Text, name: str) -> bool:
    """A title stands in capitals, or alone on its line, or before what it is about; a sentence may begin like one."""
    words = line.source[: len(name)]
    alone = len(line.tokens) == len(read_text(name).tokens)
    about = phrases("document", "about").at(line, len(read_text(name).tokens))
    return words.isupper() or alone or bool(about)


def _motto(paper: _Paper) -> str:
    country, motto = paper.line("document", "motto"), paper.line("document", "motto_line")
    return f"{country} / {motto}" if country and motto else ""


def _agency(paper: _Paper) -> str:
    for line in paper.lines[:_HEAD]:
        if phrases("document", "agency").at(line, 0) and 1 < len(line.tokens) <= _AGENCY:
            return line.source
    return ""


def _number(paper: _Paper) -> str:
    for line in paper.lines:
        match = _NUMBER.search(line.folded)
        if match and match["number"].strip().isdigit() and paper.criterion.draft:
            paper.number_note = wording.NUMBER_GIVEN.format(found=line.quote(match.start(), match.end()))
        elif match:
            return line.quote(match.start(), match.end())
    return ""


def _place_date(paper: _Paper) -> str:
    """A petition needs no leading zeros: the decree binds offices."""
    dates = [date for date in written_dates(paper.text) if date.place and date.year]
    return next((date.wording for date in dates if date.padded or (paper.petition and date.day and date.month)), "")


def _title(paper: _Paper) -> str:
    return paper.title()


def _subject(paper: _Paper) -> str:
    """What it is about: under the title; an official letter has no title, "V/v" stands under its number."""
    if paper.criterion.document == "official_letter":
        letter = phrases("document", "titles")
        titled = [line for line in paper.lines if letter.at(line, 0) == len(line.tokens) and line.source.isupper()]
        if titled:
            paper.title_note = wording.LETTER_TITLED.format(found=titled[0].source)
            return ""
        return _about(paper.lines, "letter_about")
    title = paper.title()
    at = next((i for i, line in enumerate(paper.lines) if line.source == title), None)
    if at is None:
        return ""
    line = paper.lines[at]
    longest = max(len(read_text(n).tokens) for n in entry("document", "title_of")[paper.criterion.document])
    if len(line.tokens) >= longest + 3:
        return line.source
    return next((line.source for line in paper.lines[at + 1 : at + 2] if len(line.tokens) >= 3), "")


def _about(lines: list[Text], key: str) -> str:
    for line in lines:
        for index in range(min(len(line.tokens), 12)):
            if (length := phrases("document", key).at(line, index)) and len(line.tokens) >= index + length + 2:
                return line.quote_tokens(index, len(line.tokens) - 1)
    return ""


def _addressee(paper: _Paper) -> str:
    for at, line in enumerate(paper.lines):
        if length := phrases("document", "addressee").at(line, 0):
            if len(line.tokens) > length:
                return line.source
            return next((f"{line.source} {after.source}" for after in paper.lines[at + 1 : at + 2]), "")
    return ""


def _body(paper: _Paper) -> str:
    said = [line for line in paper.lines if len(line.tokens) >= _SENTENCE and not line.source.isupper()]
    said = [line for line in said if not phrases("document", "motto").at(line, 0)]
    return said[0].source if sum(len(line.tokens) for line in said) >= _BODY else ""


def _signature(paper: _Paper) -> str:
    """A post, or who writes a petition, with the name in the lines after it."""
    posts = phrases("document", "writers" if paper.petition else "posts")
    for at, line in enumerate(paper.lines):
        start = phrases("document", "signing").at(line, 0)
        first = posts.first(line, 0, 8) if start else None
        post = first or ((0, 0) if posts.at(line, 0) and len(line.tokens) <= 8 else None)
        if post is None:
            continue
        for after in [line, *paper.lines[at + 1 : at + 4]]:
            name = _name_in(after, posts, post if after is line else None)
            if name:
                return line.source if after is line else f"{line.source} {after.source}"
    return ""


def _name_in(line: Text, posts: Phrases, post: tuple[int, int] | None) -> bool:
    start = 0
    if post is not None:
        start = post[0] + max(1, posts.at(line, post[0]))
    words = line.tokens[start:]
    if line.source.isupper() or not _NAME[0] <= len(words) <= _NAME[1]:
        return line.source.startswith("[") and post is None  # a mask stands for the name
    named = all(token.capital for token in words) or not line.accented
    return named and not posts.at(line, start)


def _recipients(paper: _Paper) -> str:
    for at, line in enumerate(paper.lines):
        if phrases("document", "recipients").at(line, 0):
            listed = [line, *paper.lines[at + 1 : at + 5]]
            if any(phrases("document", "kept").first(entry_, 0, len(entry_.tokens)) for entry_ in listed):
                return line.source
    return ""


_FINDERS: dict[str, Callable[[_Paper], str]] = {
    "motto": _motto,
    "agency": _agency,
    "number": _number,
    "place_date": _place_date,
    "title": _title,
    "subject": _subject,
    "addressee": _addressee,
    "body": _body,
    "signature": _signature,
    "recipients": _recipients,
}
