"""A caller's JSON Schema in a plain form that can be filled and checked in bounded time."""

import re
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator, SchemaError

MOST_NODES = 400  # of a schema with its references written out
DEEPEST = 12
KEYS = frozenset(
    (
        *("type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "format"),
        *("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "title", "description", "default"),
        *("examples", "strict", "$schema", "$defs", "definitions", "$id", "$comment"),
    )
)  # no patterns: a hostile one would hold a thread for ever
DROPPED = ("$defs", "definitions", "$id", "$schema", "strict", "default", "examples")
LOCAL = re.compile(r"#/(\$defs|definitions)/([\w.-]{1,100})")


class Unfit(Exception):
    """A schema that is not understood, or too large."""


def plain_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with references to its own $defs written out. Raises Unfit for any other key than KEYS."""
    plain = _inlined(schema, schema, [MOST_NODES], DEEPEST)
    if not isinstance(plain, dict):
        raise Unfit
    try:
        Draft202012Validator.check_schema(plain)
    except SchemaError as error:
        raise Unfit(error.message) from error
    return plain


def fits(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether a value is valid for a plain schema."""
    return bool(Draft202012Validator(schema).is_valid(value))


def _inlined(node: Any, root: Mapping[str, Any], budget: list[int], depth: int) -> Any:
    budget[0] -= 1
    if budget[0] < 0 or depth < 0:
        raise Unfit
    if isinstance(node, bool):
        return node
    if not isinstance(node, Mapping):
        raise Unfit
    if "$ref" in node:
        return _inlined(_referenced(node["$ref"], root), root, budget, depth - 1)
    if unknown := set(node) - KEYS:
        raise Unfit(unknown)
    plain = {key: value for key, value in node.items() if key not in DROPPED}
    if isinstance(node.get("properties"), Mapping):
        plain["properties"] = {k: _inlined(v, root, budget, depth - 1) for k, v in node["properties"].items()}
    for key in ("items", "additionalProperties"):
        if key in node:
            plain[key] = _inlined(node[key], root, budget, depth - 1)
    if isinstance(node.get("anyOf"), list):
        plain["anyOf"] = [_inlined(item, root, budget, depth - 1) for item in node["anyOf"]]
    return plain


def _referenced(ref: Any, root: Mapping[str, Any]) -> Any:
    found = LOCAL.fullmatch(ref) if isinstance(ref, str) else None
    definitions = root.get(found[1]) if found else None
    if not found or not isinstance(definitions, Mapping) or found[2] not in definitions:
        raise Unfit
    return definitions[found[2]]
