"""JSON for a caller's schema, filled with what the prompt holds: always valid, or none."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from autograders.rules.values import Date, Money, Number, Time
from hub_config.services.ai.practice.conversation import request_of
from hub_config.services.ai.practice.extraction.fields import Found, find_kind, labelled
from hub_config.services.ai.practice.extraction.reply import kind_of
from hub_config.services.ai.practice.extraction.schema import Unfit, fits, plain_schema
from hub_config.services.ai.practice.extraction.wording import FieldKind
from hub_config.services.ai.practice.tables.columns import GENERAL, mentions
from hub_config.services.ai.practice.tables.numbers import number
from hub_config.services.ai.practice.vocabulary import fold

MOST_READ = 20_000  # characters of a text
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
TOKEN = re.compile(r"[a-z0-9]+")
CLAUSE = 60  # characters around a number
CLAUSE_END = re.compile(r"[,;.\n](?!\d)")
MISSING = object()
Schema = Mapping[str, Any]


def structured(prompt: str, schema: Schema, sources: str = "") -> str | None:
    """JSON that fits `schema`, its keys filled only with what the prompt holds, null where it may be; None if neither.

    Schemas with patterns, with references beyond their own $defs, or too large (see `schema`) are not filled.
    """
    try:
        plain = plain_schema(schema)
    except Unfit:
        return None
    value = _Text(prompt, sources).value(plain, "")
    return json.dumps(value, ensure_ascii=False) if value is not MISSING and fits(value, plain) else None


class _Text:
    """The text of a prompt, asked for values."""

    def __init__(self, prompt: str, sources: str) -> None:
        request = request_of(prompt, (), sources)
        self._text = (request.text or prompt)[:MOST_READ]
        self._grid = request.grid
        self._labels = labelled(self._text)
        self._kinds: dict[FieldKind, list[Found]] = {}

    def value(self, schema: Schema, name: str) -> Any:
        """A value that fits; null where the text holds none and null fits; else MISSING."""
        if "const" in schema:
            return schema["const"]
        found = self._found(schema, name)
        return None if found is MISSING and fits(None, schema) else found

    def _found(self, schema: Schema, name: str) -> Any:
        for choice in schema.get("anyOf", ()):
            found = self._found(choice, name) if isinstance(choice, Mapping) else MISSING
            if found is not MISSING:
                return found
        if "enum" in schema:
            return self._named(schema["enum"])
        kinds = schema.get("type", "object" if "properties" in schema else "null")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            found = self._of_type(str(kind), schema, name)
            if found is not MISSING:
                return found
        return MISSING

    def _of_type(self, kind: str, schema: Schema, name: str) -> Any:
        if kind == "object":
            return self._object(schema)
        if kind == "array":
            return self._array(schema, name)
        if kind in ("string", "number", "integer"):
            return next((v for v in self._scalars(kind, schema, name) if fits(v, {**schema, "type": kind})), MISSING)
        return MISSING

    def _object(self, schema: Schema) -> Any:
        """An object with the keys that were found, and null or nothing for the others."""
        filled: dict[str, Any] = {}
        for key, property_ in schema.get("properties", {}).items():
            value = self.value(property_, key) if isinstance(property_, Mapping) else MISSING
            if value is not MISSING:
                filled[key] = value
            elif key in schema.get("required", ()):
                return MISSING
        return filled

    def _array(self, schema: Schema, name: str) -> Any:
        items = schema.get("items")
        if not isinstance(items, Mapping):
            return MISSING
        if items.get("type") == "object" or "properties" in items:
            found = self._rows(items)
        else:
            kind = str(items.get("type", "string"))
            about = {**items, "description": f"{schema.get('description', '')} {items.get('description', '')}"}
            found = [value for value in self._scalars(kind, about, name) if fits(value, items)]
        found = found[: schema.get("maxItems", len(found))]
        return found if found and fits(found, schema) else MISSING

    def _rows(self, items: Schema) -> list[Any]:
        """The rows of the table as objects, by the columns that the keys name."""
        if self._grid is None:
            return []
        cells, columns = self._grid.cells, {}
        for key, property_ in items.get("properties", {}).items():
            named = mentions(_described(key, property_), list(cells.columns))
            if named and isinstance(property_, Mapping):
                columns[key] = (named[0].column, property_)
        rows = []
        for place in range(len(cells)):
            row = {key: _as(str(cells[column].iloc[place]), schema) for key, (column, schema) in columns.items()}
            rows.append({key: value for key, value in row.items() if value is not MISSING})
        return [row for row in rows if row and fits(row, items)]

    def _named(self, values: Any) -> Any:
        """The one of an enum's texts that the text names first."""
        plain = fold(self._text).lower()
        places = {}
        for value in values:
            if isinstance(value, str) and value:
                match = re.search(rf"(?<!\w){re.escape(fold(value).lower().replace('_', ' '))}(?!\w)", plain)
                if match:
                    places[value] = match.start()
        return min(places, key=lambda value: places[value]) if places else MISSING

    def _scalars(self, type_: str, schema: Schema, name: str) -> Iterator[Any]:
        """Values of a key: what stands after its label, then things of its kind."""
        described = _described(name, schema)
        label = next((self._labels[said] for said in _labels(name, schema) if said in self._labels), None)
        kind = kind_of(described)
        if label is not None:
            value = _as(label, {**schema, "type": type_})
            if value is not MISSING:
                yield value
        if type_ != "string" and kind not in ("money", "number"):
            kind = "number"
        if kind is None or (label is not None and type_ == "string"):
            return
        wanted = set(TOKEN.findall(fold(described).lower())) - GENERAL
        for found in self._of_kind(kind):
            if kind != "number" or wanted & set(TOKEN.findall(self._around(found))):
                value = _worth(found, type_, schema)
                if value is not MISSING:
                    yield value

    def _of_kind(self, kind: FieldKind) -> list[Found]:
        if kind not in self._kinds:
            self._kinds[kind] = find_kind(self._text, kind)
        return self._kinds[kind]

    def _around(self, found: Found) -> str:
        """The clause of a number, which says what it counts."""
        at = self._text.find(found.text)
        if at < 0:
            return ""
        before = CLAUSE_END.split(self._text[max(0, at - CLAUSE) : at])[-1]
        after = CLAUSE_END.split(self._text[at : at + len(found.text) + CLAUSE])[0]
        return fold(before + after).lower()


def _described(name: str, schema: Schema) -> str:
    said = " ".join(str(schema.get(key, "")) for key in ("title", "description"))
    return f"{CAMEL.sub(' ', name).replace('_', ' ')} {said}"[:300]


def _labels(name: str, schema: Schema) -> list[str]:
    names = (CAMEL.sub(" ", name).replace("_", " "), schema.get("title"), schema.get("description"))
    return [fold(said).lower().strip() for said in names if isinstance(said, str) and said.strip()]


def _as(text: str, schema: Schema) -> Any:
    """A text as its schema wants it."""
    if schema.get("type") in ("number", "integer"):
        value = number(text)
        if value is None:
            return MISSING
        return int(value) if value == int(value) else value if schema["type"] == "number" else MISSING
    for kind in ("date", "time"):
        if schema.get("format") == kind:
            found = find_kind(text, "date" if kind == "date" else "time")
            return _worth(found[0], "string", schema) if found else MISSING
    return text if text else MISSING


def _worth(found: Found, type_: str, schema: Schema) -> Any:
    """A found thing in the type and format wanted."""
    if type_ in ("number", "integer"):
        if not isinstance(found.value, Money | Number):
            return MISSING
        whole = found.value.amount == int(found.value.amount)
        return int(found.value.amount) if whole else float(found.value.amount) if type_ == "number" else MISSING
    if schema.get("format") == "date":
        date = found.value
        if not isinstance(date, Date) or not (date.year and date.month and date.day):
            return MISSING
        return f"{date.year:04d}-{date.month:02d}-{date.day:02d}"
    if schema.get("format") == "time":
        return f"{found.value.hour:02d}:{found.value.minute:02d}:00" if isinstance(found.value, Time) else MISSING
    return found.text
