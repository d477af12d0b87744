"""The rule fits_schema: JSON in a text against a JSON Schema."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.rules.answers import text_of
from autograders.rules.finding import Finding, lost, not_done, quoted
from course.criteria import FitsSchema
from course.lesson import Exercise

_FENCED = re.compile(r"```[a-zA-Z]*\s*\n?(.*?)```", re.DOTALL)
_CURLY_QUOTES = str.maketrans("\u201c\u201d\u201e\u201f\u00ab\u00bb", '""""""')  # phones curl quotes unasked
_TRIES = 20  # brackets that may open no JSON: "[HO TEN]"
_DEPTH = 40
_SHOWN = 3


class _NotJson(ValueError):
    """JSON with a key twice, or a number that is none."""


def fits_schema(criterion: FitsSchema, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """All the points or none; where and why it does not fit is said."""
    from jsonschema import Draft202012Validator  # large, and few exercises ask for a schema: see course.criteria

    text = text_of(answer, criterion.on)
    if not text.strip():
        return not_done()
    found = first_json(text)
    if found is None:
        return Finding(0.0, wording.NO_JSON)
    value, source = found
    errors = sorted(Draft202012Validator(criterion.json_schema).iter_errors(value), key=lambda e: e.json_path)
    if not errors:
        return Finding(1.0, wording.FULL_JSON, quoted([source]))
    where = list(dict.fromkeys(error.json_path.removeprefix("$").lstrip(".") or "{}" for error in errors))
    return lost(criterion, 0.0, where[:_SHOWN], [source], len(errors))


def first_json(text: str) -> tuple[Any, str] | None:
    """The first JSON object or array of a text, of a fenced block where there is one, and its source; None without."""
    for block in [*_FENCED.findall(text), text]:
        for candidate in (block, block.translate(_CURLY_QUOTES)):
            for start in _openings(candidate):
                try:
                    value, end = _DECODER.raw_decode(candidate, start)
                except (ValueError, RecursionError):
                    continue
                if _depth(value) <= _DEPTH:
                    return value, block[start:end]
    return None


def _openings(text: str) -> Iterator[int]:
    for count, match in enumerate(re.finditer(r"[{\[]", text)):
        if count >= _TRIES:
            return
        yield match.start()


def _depth(value: Any) -> int:
    """How deep a value is nested, counted to one more than allowed."""
    level, depth = [value], 0
    while level and depth <= _DEPTH:
        inner = [v for v in level if isinstance(v, dict | list)]
        level = [child for v in inner for child in (v.values() if isinstance(v, dict) else v)]
        depth += 1
    return depth


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a key that stands twice says two things at once."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NotJson("a key stands twice")
    return found


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise _NotJson(f"{written} is no number")
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_float=_finite, parse_constant=_finite)
