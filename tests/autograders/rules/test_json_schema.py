"""fits_schema: JSON as learners copy it out of a chat, against a schema; never an error, whatever was pasted."""

from __future__ import annotations

from typing import Any

import pytest
from built_exercise import build
from pydantic import ValidationError

from autograders import wording
from autograders.models import Context
from autograders.rules.finding import Finding
from autograders.rules.registry import check

SCHEMA = {
    "type": "object",
    "required": ["viec", "gio", "nguoi"],
    "properties": {
        "viec": {"type": "string", "minLength": 3},
        "gio": {"type": "string", "pattern": "^[0-9]{1,2}h[0-9]{2}$"},
        "nguoi": {"type": "integer", "minimum": 1},
    },
    "additionalProperties": False,
}
GOOD = '{"viec": "họp xóm", "gio": "19h30", "nguoi": 60}'


def fits(text: str, context: Context, schema: Any = SCHEMA) -> Finding:
    exercise = build("text", [{"on": "text", "rule": "fits_schema", "json_schema": schema}])
    return check(exercise.criterion[0], exercise, {"text": text}, context)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"Kết quả đây:\n```json\n{GOOD}\n```\nXin cảm ơn",
        f"Gửi [HỌ TÊN]: {GOOD}",
        GOOD.replace('{"viec"', "{\n  \u201cviec\u201d").replace('"', "\u201d"),  # a phone curls the quotes
    ],
)
def test_json_is_found_where_learners_put_it(text: str, context: Context) -> None:
    assert (fits(text, context).share, fits(text, context).message) == (1, wording.FULL_JSON)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (GOOD.replace("60", '"60"'), "nguoi"),
        (GOOD.replace("19h30", "19:30"), "gio"),
        (GOOD.replace('"viec": "họp xóm", ', ""), "{}"),
    ],
)
def test_where_it_does_not_fit_is_said(text: str, where: str, context: Context) -> None:
    finding = fits(text, context)
    assert finding.share == 0
    assert finding.message.startswith(where + "|")


@pytest.mark.parametrize(
    "text",
    [
        "viec: họp xóm, gio: 19h30, nguoi: 60",
        GOOD[:-1],
        GOOD.replace('"gio"', '"viec": "khác", "gio"'),  # a key twice says two things
        GOOD.replace("60", "NaN"),
        GOOD.replace("60", "1e999"),
        "[" * 20_000,
        '{"a":' * 4_000,
        "9" * 20_000,
        "{" * 10_000 + GOOD,
    ],
)
def test_what_is_no_json_earns_nothing_and_breaks_nothing(text: str, context: Context) -> None:
    assert (fits(text, context).share, fits(text, context).message) == (0, wording.NO_JSON)


def test_a_list_may_be_asked_for(context: Context) -> None:
    schema = {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/job"}, "$defs": {"job": SCHEMA}}
    assert fits(f"[{GOOD}, {GOOD}]", context, schema).share == 1
    assert fits(f"[{GOOD}]", context, schema).share == 0


@pytest.mark.parametrize("schema", [{"type": "text"}, {"$ref": "https://example.org/schema.json"}])
def test_a_schema_that_is_none_or_points_elsewhere_is_refused_when_the_lesson_is_read(schema: Any) -> None:
    with pytest.raises(ValidationError, match=r"JSON Schema|\$ref"):
        build("text", [{"on": "text", "rule": "fits_schema", "json_schema": schema}])
