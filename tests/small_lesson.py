"""A small lesson on disk, for tests that need one of a known shape."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

HELP = 'hints = ["Xem lại thẻ.", "Còn thiếu một ý."]\nsolution = "…"\nwhy = "…"\n'

LESSON_TOML = f"""
id = "text.small"
title = "Bài nhỏ"
minutes = 15
objectives = ["Viết được câu lệnh"]
skills = ["prompt.parts"]
plan_clause = "AI hỗ trợ soạn nội dung"
challenge = "Viết một thông báo"
guide = "Hỏi cả lớp trước."
checked_on = 2026-11-01
teach_back_samples = [
  {{ text = "a", points = 0, note = "n" }},
  {{ text = "b", points = 1, note = "n" }},
  {{ text = "c", points = 2, note = "n" }},
]

[[variant]]
role = "official"
id = "A"
values = {{ day = 2027-03-12, fee = 150000, place = "nhà văn hóa xóm" }}
[[variant]]
role = "household"
id = "A"
values = {{ day = 2027-03-13, fee = 200000, place = "xưởng chè" }}

[[exercise]]
id = "pick"
kind = "choice"
title = "Chọn"
ask = "AI đoán ngày nào?"
points = 4
skill = "prompt.parts"
difficulty = 1
{HELP}
[[exercise.item]]
id = "day"
text = "Ngày nào?"
options = [
  {{ id = "right", text = "{{{{day|date}}}}", reason = "Đúng.", correct = true }},
  {{ id = "wrong", text = "hôm qua", reason = "Hôm qua đã qua." }},
]
[[exercise.item]]
id = "fee"
text = "Bao nhiêu?"
options = [
  {{ id = "right", text = "{{{{fee|number}}}} đồng", reason = "Đúng.", correct = true }},
  {{ id = "wrong", text = "không mất", reason = "Thẻ ghi khác." }},
]
[[exercise.criterion]]
id = "right"
points = 4
on = "items"
rule = "items_right"
missing = "Còn {{n}} câu chưa đúng."

[[exercise]]
id = "notice"
kind = "prompt"
title = "Viết"
ask = "Viết câu lệnh."
points = 6
skill = "prompt.parts"
difficulty = 2
material = [{{ kind = "card", title = "Thẻ", text = "Họp {{{{day|weekday}}}} {{{{day|date}}}} tại {{{{place}}}}." }}]
{HELP}
[[exercise.criterion]]
id = "facts"
points = 4
on = "final"
rule = "keeps_facts"
facts = ["{{{{day|date}}}}", "{{{{place}}}}"]
missing = "Chưa có: {{missing}}."
[[exercise.criterion]]
id = "fit"
points = 2
on = "final"
missing = "Đọc lại một lần."
judge = "Nghe một lần có hiểu không?"
levels = ["0: không hiểu", "1: hiểu được", "2: hiểu ngay"]

[[daily]]
id = "d1"
text = "?"
skill = "prompt.parts"
options = [{{ id = "a", text = "a", reason = "r", correct = true }}, {{ id = "b", text = "b", reason = "r" }}]
[[daily]]
id = "d2"
text = "?"
skill = "prompt.parts"
options = [{{ id = "a", text = "a", reason = "r", correct = true }}, {{ id = "b", text = "b", reason = "r" }}]
[[daily]]
id = "d3"
text = "?"
skill = "prompt.parts"
options = [{{ id = "a", text = "a", reason = "r", correct = true }}, {{ id = "b", text = "b", reason = "r" }}]

[probe]
skill = "prompt.parts"
[probe.before]
id = "p1"
text = "?"
skill = "prompt.parts"
options = [{{ id = "a", text = "a", reason = "r", correct = true }}, {{ id = "b", text = "b", reason = "r" }}]
[probe.after]
id = "p2"
text = "?"
skill = "prompt.parts"
options = [{{ id = "a", text = "a", reason = "r", correct = true }}, {{ id = "b", text = "b", reason = "r" }}]
"""

CODE_EXERCISES = f"""
[[exercise]]
id = "sum"
kind = "code"
title = "Tính tổng"
ask = "Viết hàm tổng."
points = 3
skill = "data.sum"
difficulty = 2
public_values = ["fee"]
{HELP}
[[exercise.criterion]]
id = "tests"
points = 3
on = "code"
rule = "passes_tests"
cells = ["sum_test"]
missing = "Còn {{n}} phép kiểm tra chưa qua."

[[exercise]]
id = "sum_touch"
kind = "fill"
title = "Tính tổng"
ask = "Điền tổng."
points = 3
skill = "data.sum"
difficulty = 2
stands_in_for = "sum"
box = [{{ id = "total", label = "Tổng", kind = "number" }}]
{HELP}
[[exercise.criterion]]
id = "total"
points = 3
on = "box.total"
rule = "number_is"
value = "{{{{fee * 2}}}}"
missing = "Tính lại tổng."
"""


def graded(points: float, grade_id: str) -> dict[str, Any]:
    """nbgrader metadata of an exercise's cell."""
    return _nbgrader(grade_id, points=points, grade=True, solution=True, locked=False)


def _nbgrader(
    grade_id: str, *, grade: bool, solution: bool, locked: bool, points: float | None = None
) -> dict[str, Any]:
    meta: dict[str, Any] = {
        "grade": grade,
        "solution": solution,
        "locked": locked,
        "task": False,
        "grade_id": grade_id,
        "cell_type": "code",
        "schema_version": 3,
    }
    if points is not None:
        meta["points"] = points
    return {"nbgrader": meta}


def notebook(*, code: bool = False) -> nbformat.NotebookNode:
    """The lesson's source notebook."""
    cells = [
        new_markdown_cell("**Bài nhỏ.** Anh Thắng viết thông báo."),
        new_code_cell('from course.exercises import exercise\nexercise("text.small/pick")', metadata=graded(4, "pick")),
        new_code_cell('exercise("text.small/notice")', metadata=graded(6, "notice")),
    ]
    if code:
        answer = _nbgrader("sum_answer", grade=False, solution=True, locked=False)
        test = _nbgrader("sum_test", grade=True, solution=False, locked=True, points=3)
        stand_in = _nbgrader("sum_touch", grade=False, solution=True, locked=False)
        hidden = "assert total([variant['fee']] * 2) == variant['fee'] * 2"
        tests = f"assert total([1, 2]) == 3\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
        cells += [
            new_code_cell('exercise("text.small/sum")'),
            new_code_cell("### BEGIN SOLUTION\ndef total(xs):\n    return sum(xs)\n### END SOLUTION", metadata=answer),
            new_code_cell(tests, metadata=test),
            new_code_cell('exercise("text.small/sum_touch")', metadata=stand_in),
        ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=copy.deepcopy(cells), metadata=kernel)


def write_lesson(folder: Path, *, code: bool = False, text: str = LESSON_TOML) -> Path:
    """Write the lesson into `folder` and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    if code:
        head, mark, tail = text.partition("[[daily]]")
        text = head + CODE_EXERCISES + mark + tail
    (folder / "lesson.toml").write_text(text, "utf-8")
    nbformat.write(notebook(code=code), folder / "lesson.ipynb")
    return folder
