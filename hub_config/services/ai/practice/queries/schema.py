"""The table that a question is about: its name and columns, from CREATE TABLE, a list of columns or rows of data."""

import re
from dataclasses import dataclass

from hub_config.services.ai.practice.queries import wording as w
from hub_config.services.ai.practice.request import Request
from hub_config.services.ai.practice.tables.question import Column, Kind
from hub_config.services.ai.practice.tables.reply import columns_of
from hub_config.services.ai.practice.vocabulary import compiled, fold, marked, search_folded

MOST_COLUMNS = 60
LONGEST_SCHEMA = 5000  # characters
NAME = re.compile(r"^[\"`]?([^\W\d]\w{0,59}|[^\W\d][\w ]{0,59})[\"`]?$")
DEFINED = re.compile(r"^\s*(?:\"([^\"]{1,60})\"|`([^`]{1,60})`|([^\W\d]\w{0,59}))\s+([a-z]\w*)", re.IGNORECASE)
CONSTRAINT = re.compile(r"^\s*(?:primary|foreign|unique|check|constraint|key|index)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Schema:
    """A table, and the prompt without the words that describe it."""

    table: str
    columns: tuple[Column, ...]
    question: str


def find_schema(request: Request) -> Schema | None:
    """The table described in a request; None when it describes none."""
    prompt = request.prompt if request.brings or not request.carried else f"{request.prompt}\n{request.carried}"
    return _created(prompt) or _of_data(request) or _listed(prompt)


def _created(prompt: str) -> Schema | None:
    """From the first CREATE TABLE."""
    found = search_folded(w.CREATE, prompt)
    if not found:
        return None
    end = _closing(prompt, found.end())
    columns = []
    for piece in _pieces(prompt[found.end() : end]):
        defined = DEFINED.match(piece)
        if defined and not CONSTRAINT.match(piece):
            name = next(group for group in defined.groups() if group)
            number = re.match(w.NUMBER_TYPES, defined[4], re.IGNORECASE)
            columns.append(Column(name, "number" if number else "text"))
    rest = f"{prompt[: found.start()]}\n{prompt[end + 1 :]}".replace(";", " ")
    return Schema(found[1], tuple(columns[:MOST_COLUMNS]), rest) if columns else None


def _of_data(request: Request) -> Schema | None:
    """From rows of data in the prompt."""
    grid = request.grid
    if grid is None or grid.delimiter == ":":
        return None
    question = grid.around if request.brings else request.prompt
    found = compiled(w.TABLE_NAME, marked(question)).search(question)
    named = found and fold(found[1]).lower() not in fold(w.NO_TABLE_NAMES).split()
    return Schema(found[1] if found and named else w.NO_NAME, tuple(columns_of(grid)), question)


def _listed(prompt: str) -> Schema | None:
    """From a list of columns: "bang ho_dan(ten, xom)", "cac cot: ten, xom"; or from a line that is nothing else."""
    called = search_folded(w.CALLED, prompt)
    listed = called or search_folded(w.COLUMNS_ARE, prompt)
    if listed:
        start, end = listed.span(listed.lastindex or 1)
        names = _names(prompt[start:end])
        table = prompt[called.start(1) : called.end(1)] if called else w.NO_NAME
        rest = f"{prompt[: listed.start()]}\n{prompt[listed.end() :].lstrip(')')}"
        return Schema(table, tuple(Column(name, _kind(name)) for name in names), rest) if len(names) > 1 else None
    for line in prompt.splitlines()[:50]:
        names = _names(line)
        if len(names) > 2 and all("_" in name or len(name.split()) <= 3 for name in names):
            rest = prompt.replace(line, "\n", 1)
            return Schema(w.NO_NAME, tuple(Column(name, _kind(name)) for name in names), rest)
    return None


def _names(listed: str) -> list[str]:
    """The names in a list, each without the type behind it in brackets; [] when one of them is no name."""
    pieces = [
        re.sub(r"\s*\([^)]*\)?\s*$", "", piece).strip() for piece in re.split(r"[,;|\t]", listed[:LONGEST_SCHEMA])
    ]
    names = [match[1].strip() for piece in pieces if piece and (match := NAME.match(piece))]
    return names[:MOST_COLUMNS] if len(names) == len([piece for piece in pieces if piece]) else []


def _kind(name: str) -> Kind:
    plain = fold(name).lower()
    return "number" if re.search(w.NUMBER_NAMES, plain) and not re.match(w.TEXT_NAMES, plain) else "text"


def _closing(text: str, start: int) -> int:
    """Where the bracket that was opened before `start` is closed."""
    depth = 1
    for place in range(start, min(len(text), start + LONGEST_SCHEMA)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return min(len(text), start + LONGEST_SCHEMA)


def _pieces(text: str) -> list[str]:
    """Split at the commas outside of brackets."""
    pieces, depth, begin = [], 0, 0
    for place, sign in enumerate(text):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            pieces.append(text[begin:place])
            begin = place + 1
    return [*pieces, text[begin:]]
