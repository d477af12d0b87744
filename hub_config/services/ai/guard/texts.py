"""The texts of a request that people or programs wrote, whatever its shape, and putting others in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

Place = tuple[str | int, ...]
"""The way to a text: ("messages", 0, "content")."""
_NO_PROSE = """
    role type id tool_call_id model image_url url detail voice size quality response_format encoding_format format
    language background tool_choice sha256 style
"""
_NO_TEXT = frozenset(_NO_PROSE.split())  # settings, names within the protocol, and what travels as data
Q = TypeVar("Q")


def texts(question: object) -> Iterator[tuple[Place, str]]:
    """Each text of a question with its place, in the order in which it is sent; none that is `of_ours`."""
    if isinstance(question, BaseModel):
        ours = getattr(question, "of_ours", ())
        for place, text in _texts(question.model_dump(exclude_none=True), ()):
            if text not in ours:
                yield place, text


def replaced(question: Q, others: Mapping[Place, str]) -> Q:
    """The question with other texts at these places."""
    assert isinstance(question, BaseModel)  # noqa: S101 - only such have places
    body: Any = question.model_dump(exclude_none=True)
    for (*way, last), text in others.items():
        part = body
        for step in way:
            part = part[step]
        part[last] = text
    changed = type(question).model_validate(body)
    fields = {str(place[0]) for place in others}
    return question.model_copy(update={field: getattr(changed, field) for field in fields})  # a sound goes along


def _texts(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in _NO_TEXT:
                yield from _texts(part, (*place, key))
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from _texts(part, (*place, number))
