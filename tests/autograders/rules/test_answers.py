"""Reading the parts of an answer, whatever a client sent."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from autograders.normalize import MAX_CHARACTERS
from autograders.rules.answers import answered, ids_of, items_of, text_of


@pytest.mark.parametrize(
    ("answer", "on", "text"),
    [
        ({"prompt": "a"}, "prompt", "a"),
        ({"boxes": {"x": "b"}}, "box.x", "b"),
        ({"boxes": {"x": 12}}, "box.x", "12"),
        ({"boxes": {"x": 1.5}}, "box.x", "1.5"),
        ({"boxes": {"x": "b", "y": "c"}}, "boxes", "b\nc"),
        ({"boxes": {"x": ["b"]}}, "box.x", ""),
        ({"boxes": "x"}, "box.x", ""),
        ({"prompt": None}, "prompt", ""),
        ({"prompt": True}, "prompt", ""),
        ({"secret": "a"}, "secret", ""),
        ({}, "final", ""),
    ],
)
def test_a_text_part_is_read_or_is_empty(answer: dict[str, Any], on: str, text: str) -> None:
    assert text_of(answer, on) == text


def test_text_is_nfc_and_cut_at_the_limit() -> None:
    assert text_of({"text": unicodedata.normalize("NFD", "họp")}, "text") == "họp"
    assert len(text_of({"text": "a" * (MAX_CHARACTERS + 1)}, "text")) == MAX_CHARACTERS


def test_lists_and_choices_keep_only_what_has_the_right_shape() -> None:
    assert ids_of({"touched": ["a", "a", 3, None, "b"]}, "touched") == ("a", "b")
    assert ids_of({"touched": "ab"}, "touched") == ()
    assert items_of({"items": {"a": "x", "b": 1, "c": "", 4: "y"}}) == {"a": "x"}


@pytest.mark.parametrize(
    "answer", [{}, {"prompt": " "}, {"items": {}}, {"touched": []}, {"boxes": {"a": ""}}, {"x": "y"}]
)
def test_nothing_answered(answer: dict[str, Any]) -> None:
    assert not answered(answer)


@pytest.mark.parametrize(
    "answer", [{"final": "a"}, {"items": {"a": "x"}}, {"touched": ["a"]}, {"order": ["a"]}, {"boxes": {"a": "1"}}]
)
def test_something_answered(answer: dict[str, Any]) -> None:
    assert answered(answer)
