"""A labelled file for tests: answers whose levels the gullible model knows, by two raters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CLEAR = {
    "id": "clear",
    "question": "Nghe một lần, bà con có biết phải làm gì không?",
    "levels": ["0: không rõ", "1: hiểu được", "2: một lượt là biết"],
}
ANSWERS = [
    ("Thông báo.", 0, 0),
    ("Thông báo họp xóm nhé.", 0, 0),
    ("Mời mọi người đi họp nhé.", 1, 1),
    ("Mời mọi người đi họp tối mai.", 1, 2),
    ("Mời bà con họp lúc 19 giờ 30 tại nhà văn hóa.", 2, 2),
    ("Kính mời bà con 7 giờ 30 có mặt ở xưởng chè.", 2, 2),
]


def lines() -> list[dict[str, Any]]:
    return [
        {
            "task": "Viết thông báo họp xóm.",
            "criteria": [CLEAR],
            "answer": answer,
            "scores": {"co_lan": {"clear": lan}, "thay_minh": {"clear": minh}},
        }
        for answer, lan, minh in ANSWERS
    ]


def written(file: Path, content: list[dict[str, Any]] | None = None) -> Path:
    found = lines() if content is None else content
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in found) + "\n", "utf-8")
    return file
