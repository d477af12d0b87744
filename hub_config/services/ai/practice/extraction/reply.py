"""The reply to "trich … thanh JSON" or "thanh bang": the fields asked for, as the text writes them."""

import json
import re

from hub_config.services.ai.practice.extraction import wording as w
from hub_config.services.ai.practice.extraction.fields import find_kind, labelled
from hub_config.services.ai.practice.extraction.wording import FieldKind
from hub_config.services.ai.practice.request import Request
from hub_config.services.ai.practice.tables.selection import markdown
from hub_config.services.ai.practice.texts.sentences import words
from hub_config.services.ai.practice.vocabulary import compiled, fold, marked, search

MOST_FIELDS = 20
LONGEST_FIELD = 6  # words
FEWEST_WORDS = 4  # of a text


def asks_extraction(request: Request) -> bool:
    """Whether facts shall be taken out of a text: of named kinds, or as JSON or table."""
    found = search(w.EXTRACT, request.order)
    if not found:
        return False
    return bool(search(w.AS_JSON, request.order)) or (bool(_fields(request.order)) and not request.grid)


def extraction_reply(request: Request) -> str:
    """JSON or a table of the fields; null, or an empty cell, for what the text does not hold."""
    text = request.text
    if len(words(text)) < FEWEST_WORDS:
        return w.NEEDS_TEXT
    labels = labelled(text)
    fields = _fields(request.order)
    if fields:
        values = {title: _values(text, labels, title, kind) for title, kind in fields.items()}
    else:
        values = {title: _values(text, {}, title, kind) for kind, title in w.TITLES.items()}
        values = {title: found for title, found in values.items() if found}
    if not any(values.values()):
        return w.NOTHING
    notes = [w.NOT_SEEN] if not all(values.values()) else []
    return "\n".join([w.LEAD, "", _written(values, bool(search(w.AS_JSON, request.wishes))), *notes])


def _fields(order: str) -> dict[str, FieldKind | None]:
    """The fields that an order names, each with its kind where it is of one."""
    found = search(w.EXTRACT, order)
    listed = (found["what"] or found["listed"] or "") if found else ""
    with_marks = marked(order)
    source = compiled(w.SOURCE, with_marks).search(listed)
    fields: dict[str, FieldKind | None] = {}
    for piece in re.split(w.SPLIT if with_marks else fold(w.SPLIT), listed[: source.start()] if source else listed):
        field = _tidy(piece, with_marks)
        if field and len(field.split()) <= LONGEST_FIELD:
            fields[field] = kind_of(field)
    known = {field: kind for field, kind in fields.items() if kind}
    return dict(list((fields if known else {}).items())[:MOST_FIELDS])


def kind_of(field: str) -> FieldKind | None:
    """What a field's name says it holds."""
    return next((kind for kind, pattern in w.KINDS.items() if search(pattern, field.replace("_", " "))), None)


def _tidy(piece: str, with_marks: bool) -> str:
    """The name of a field without general words around it."""
    said = piece.strip(" .?!\u201c\u201d\"'").split()
    while said and (size := _filler(said[:2], said[:1], with_marks)):
        said = said[size:]
    while said and (size := _filler(said[-2:], said[-1:], with_marks)):
        said = said[:-size]
    return " ".join(said)


def _filler(two: list[str], one: list[str], with_marks: bool) -> int:
    """How many words at an end are general ones."""
    pattern = compiled(w.NO_FIELD, with_marks)
    return next((len(said) for said in (two, one) if pattern.match(" ".join(said))), 0)


def _values(text: str, labels: dict[str, str], title: str, kind: FieldKind | None) -> list[str]:
    own = labels.get(fold(title).lower())
    if own:
        return [own]
    return [found.text for found in find_kind(text, kind)] if kind else []


def _written(values: dict[str, list[str]], as_json: bool) -> str:
    if as_json:
        plain = {title: found[0] if len(found) == 1 else found or None for title, found in values.items()}
        return "```json\n" + json.dumps(plain, ensure_ascii=False, indent=2) + "\n```"
    return markdown(w.TABLE_HEAD, [(title, "; ".join(found)) for title, found in values.items()])
