"""A notice exercise with a card, as lessons have it."""

from __future__ import annotations

from typing import Any

import pytest

from autograders.models import Context
from course.lesson import Exercise

CARD_FACTS = [
    "Họp dân xóm Đồng Chè",
    "19 giờ 30",
    "thứ Sáu 12/03/2027",
    "nhà văn hóa xóm",
    "bàn và biểu quyết việc thay đường ống nước sạch",
    "mức góp dự kiến 150.000 đồng/hộ",
    "mỗi hộ cử một người",
]
ONE_EACH = {
    "name": "mỗi hộ một người",
    "any": ["mỗi hộ cử một người", "mỗi hộ một người", "mỗi nhà một người", "1 người/hộ"],
}
FACTS = ["19 giờ 30", "12/03/2027", "nhà văn hóa xóm", "đường ống nước", "150.000 đồng", ONE_EACH]
GATES = ["prompt_states_task", "not_copied"]


def build(kind: str, criteria: list[dict[str, Any]], **more: Any) -> Exercise:
    """An exercise with these criteria, each worth its points (1 when it names none)."""
    criteria = [
        {"id": f"c{index}", "points": 1, "missing": "{missing}|{found}|{n}", **c} for index, c in enumerate(criteria)
    ]
    return Exercise.model_validate(
        {
            "id": "e",
            "kind": kind,
            "title": "Thông báo họp",
            "ask": "Viết câu lệnh để AI soạn thông báo đọc trên loa cho cuộc họp trong thẻ, rồi sửa thành bản gửi đi.",
            "skill": "prompt.parts",
            "difficulty": 1,
            "points": sum(c["points"] for c in criteria),
            "hints": ["một", "hai"],
            "solution": "s",
            "why": "w",
            "criterion": criteria,
            **more,
        }
    )


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
