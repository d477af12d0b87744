"""Reading the parts of an answer, whatever a client sent.

An answer is JSON of a shape that depends on the exercise's kind (docs/architecture.md). What has another shape reads
as not answered.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from autograders.normalize import MAX_CHARACTERS

MAX_ITEMS = 500
_SHA256 = 64  # hexadecimal digits
_TEXTS = ("prompt", "final", "text", "follow_up")
WRITTEN = "written_on_artefact"
"""Where grading puts what stands on an artefact; what an answer itself says there is thrown away."""


def text_of(answer: Mapping[str, Any], on: str) -> str:
    """The text of a part (prompt, final, text, follow_up, box.ID, boxes): NFC, at most MAX_CHARACTERS.

    Of an artefact: what stands on it, as campus saw it.
    """
    if on == "artefact":
        return _text(_mapping(answer).get(WRITTEN))
    if on.startswith("box."):
        return _text(boxes_of(answer).get(on.removeprefix("box.")))
    if on == "boxes":
        return _text("\n".join(_text(value) for value in boxes_of(answer).values()))
    return _text(_mapping(answer).get(on)) if on in _TEXTS else ""


def boxes_of(answer: Mapping[str, Any]) -> dict[str, str]:
    """Box id -> what stands in it."""
    boxes = _mapping(_mapping(answer).get("boxes"))
    return {key: _text(value) for key, value in list(boxes.items())[:MAX_ITEMS] if isinstance(key, str)}


def artefact_of(answer: Mapping[str, Any]) -> str:
    """The SHA-256 of what was made, "" where there is none."""
    value = _mapping(answer).get("artefact")
    return value if isinstance(value, str) and len(value) == _SHA256 else ""


def design_of(answer: Mapping[str, Any]) -> dict[str, str]:
    """What an artefact was composed of, by part; nothing in it says what stands on the artefact."""
    design = _mapping(_mapping(answer).get("design"))
    return {key: _text(value) for key, value in list(design.items())[:MAX_ITEMS] if isinstance(key, str)}


def items_of(answer: Mapping[str, Any]) -> dict[str, str]:
    """Item id -> the id of the option or category chosen."""
    items = _mapping(_mapping(answer).get("items"))
    chosen = list(items.items())[:MAX_ITEMS]
    return {key: value for key, value in chosen if isinstance(key, str) and isinstance(value, str) and value}


def ids_of(answer: Mapping[str, Any], on: str) -> tuple[str, ...]:
    """The ids of a list part (order, touched), each once, in the order given."""
    ids = _mapping(answer).get(on)
    if not isinstance(ids, list | tuple):
        return ()
    return tuple(dict.fromkeys(id_ for id_ in ids[:MAX_ITEMS] if isinstance(id_, str)))


def evidence_of(answer: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Item id -> the ids of the passages pointed at as its proof."""
    evidence = _mapping(_mapping(answer).get("evidence"))
    chosen = list(evidence.items())[:MAX_ITEMS]
    return {key: ids_of({"ids": value}, "ids") for key, value in chosen if isinstance(key, str)}


def answered(answer: Mapping[str, Any]) -> bool:
    """Whether anything at all was answered."""
    texts = any(text_of(answer, on).strip() for on in (*_TEXTS, "boxes"))
    return texts or bool(
        artefact_of(answer) or items_of(answer) or ids_of(answer, "order") or ids_of(answer, "touched")
    )


def _mapping(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = value if isinstance(value, str) else f"{value:.12g}" if isinstance(value, float) else str(value)[:400]
    return unicodedata.normalize("NFC", text[:MAX_CHARACTERS])[:MAX_CHARACTERS]
