"""Every rule and gate is documented, and nothing is documented that is not there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from autograders.rules.gates import GATES
from autograders.rules.registry import RULES
from course import criteria

ENTRIES = dict(
    re.findall(
        r"^### (\w+)\n(.*?)(?=^##|\Z)",
        (Path(__file__).parents[3] / "docs" / "rules.md").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)
TYPES = [
    value
    for value in vars(criteria).values()
    if isinstance(value, type) and issubclass(value, criteria.Criterion) and value is not criteria.Criterion
]


def test_rules_and_gates_are_documented_and_no_others() -> None:
    assert set(ENTRIES) == {*RULES, "passes_tests", *GATES}
    assert set(GATES) == set(get_args(criteria.Gate))


@pytest.mark.parametrize("name", sorted({*RULES, *GATES}))
def test_an_entry_says_what_is_looked_at_what_cannot_be_seen_and_gives_an_example(name: str) -> None:
    assert "Looks at" in ENTRIES[name]
    assert "Example: " in ENTRIES[name]
    assert "Cannot see" in ENTRIES[name]


@pytest.mark.parametrize("type_", TYPES, ids=lambda t: t.__name__)
def test_a_criterion_says_what_it_is_and_its_settings_stand_in_its_entry(type_: type[criteria.Criterion]) -> None:
    assert type_.__doc__
    common = set(criteria.Criterion.model_fields) | {"rule"}
    rule = type_.model_fields.get("rule")
    if rule is None:
        return
    entry = ENTRIES[get_args(rule.annotation)[0]]
    settings = {field.alias or name for name, field in type_.model_fields.items()} - common
    assert not {name for name in settings if f"`{name}" not in entry}
