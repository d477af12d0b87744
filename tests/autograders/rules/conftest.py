"""What the tests of rules share."""

from __future__ import annotations

import pytest
from built_exercise import CARD_FACTS, FACTS, GATES, build

from autograders.models import Context
from course.lesson import Exercise


@pytest.fixture
def notice() -> Exercise:
    return build(
        "prompt",
        [
            {"on": "prompt", "rule": "has_parts", "parts": ["task", "receiver", "format"], "points": 3},
            {"on": "final", "rule": "keeps_facts", "facts": FACTS, "gate": GATES, "points": 6},
            {"on": "final", "rule": "no_new_figures", "also_absent": ["300.000 đồng", "bà L."], "gate": GATES},
        ],
        material=[
            {"kind": "card", "title": "", "facts": CARD_FACTS, "private": ["bà L. còn nợ 300.000 đồng tiền nước"]}
        ],
        practice=[
            {
                "id": "when",
                "fact": "19 giờ 30",
                "given": "Thời gian: {from_prompt}",
                "none": "Thời gian: 8 giờ sáng Chủ nhật tới.",
            },
            {"id": "place", "fact": "nhà văn hóa xóm", "none": "Địa điểm: hội trường Ủy ban nhân dân xã."},
        ],
    )


@pytest.fixture
def context() -> Context:
    return Context(role="official", variant="A")
