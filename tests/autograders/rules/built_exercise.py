"""Exercises built for the tests of rules: a notice with its card, and any other kind."""

from __future__ import annotations

from typing import Any

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
