"""The lesson that the code attacks are aimed at: four code exercises whose tests hold figures nobody may see."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from small_lesson import HELP, LESSON_TOML, graded

LESSON = "text.attacked"
CLASSMATE = "hoa.ly"
HIDDEN = "90417"
"""A figure that stands in hidden tests only: no page and no message may show it."""

STUBS = {
    "total": "def total(xs):\n    return 0",
    "shares": "shares = None",
    "by_commune": "def by_commune(frame):\n    return frame",
    "is_even": "def is_even(n):\n    return True",
}
SOLUTIONS = {
    "total": "def total(xs):\n    return sum(xs)",
    "shares": "import numpy as np\nshares = np.array([10, 30, 60]) / 100",
    "by_commune": (
        "def by_commune(frame):\n    return frame.groupby('commune', as_index=False)['people'].sum()"
        "  # each commune once"
    ),
    "is_even": "def is_even(n):\n    return n % 2 == 0",
}
TESTS = {
    "total": f"""
assert total([1, 2]) == 3
### BEGIN HIDDEN TESTS
assert total([{HIDDEN}, 3]) == 90420, "the sum of two numbers"
assert total([]) == 0
assert abs(total([0.5, -2, 7]) - 5.5) < 1e-9
### END HIDDEN TESTS""",
    "shares": """
import numpy as np
assert len(shares) == 3
### BEGIN HIDDEN TESTS
assert np.allclose(shares, [0.1, 0.3, 0.6])
assert abs(sum(shares) - 1) < 1e-9
### END HIDDEN TESTS""",
    "by_commune": f"""
import pandas as pd
given = pd.DataFrame({{"commune": ["A", "B", "A"], "people": [1, 2, {HIDDEN}]}})
found = by_commune(given)
assert isinstance(found, pd.DataFrame)
### BEGIN HIDDEN TESTS
wanted = pd.DataFrame({{"commune": ["A", "B"], "people": [90418, 2]}})
pd.testing.assert_frame_equal(found.reset_index(drop=True), wanted, check_dtype=False)
### END HIDDEN TESTS""",
    "is_even": f"""
assert is_even(4)
### BEGIN HIDDEN TESTS
assert is_even(90418)
for odd in (1, 7, {HIDDEN}, -3):
    assert not is_even(odd)
### END HIDDEN TESTS""",
}
POINTS = dict.fromkeys(TESTS, 2.0)
"""Exercise id -> points, of the code exercises."""

_EXERCISE = """
[[exercise]]
id = "{id}"
kind = "code"
title = "{id}"
ask = "?"
points = 2
skill = "data.sum"
difficulty = 2
{help}
[[exercise.criterion]]
id = "tests"
points = 2
on = "code"
rule = "passes_tests"
cells = ["{id}_test"]
missing = "Còn {{n}} phép kiểm tra chưa qua."

[[exercise]]
id = "{id}_touch"
kind = "fill"
title = "{id}"
ask = "?"
points = 2
skill = "data.sum"
difficulty = 2
stands_in_for = "{id}"
box = [{{ id = "total", label = "?", kind = "number" }}]
{help}
[[exercise.criterion]]
id = "total"
points = 2
on = "box.total"
rule = "number_is"
value = "90420"
missing = "Tính lại."
"""


def write_attacked_lesson(folder: Path) -> Path:
    """Write the lesson into `folder` and return it."""
    folder.mkdir(parents=True)
    head, mark, tail = LESSON_TOML.replace('"text.small"', f'"{LESSON}"').partition("[[daily]]")
    code = "".join(_EXERCISE.format(id=id_, help=HELP) for id_ in TESTS)
    (folder / "lesson.toml").write_text(head + code + mark + tail, "utf-8")
    nbformat.write(lesson_notebook(), folder / "lesson.ipynb")
    return folder


def lesson_notebook(*, calls: bool = True) -> NotebookNode:
    """The source notebook; without `calls` as any other course would have it."""
    cells = [new_markdown_cell("Bốn bài nhỏ.")]
    if calls:
        cells += [
            new_code_cell(
                f'from course.exercises import exercise\nexercise("{LESSON}/pick")', metadata=graded(4, "pick")
            ),
            new_code_cell(f'exercise("{LESSON}/notice")', metadata=graded(6, "notice")),
        ]
    for id_, test in TESTS.items():
        if calls:
            cells.append(new_code_cell(f'exercise("{LESSON}/{id_}")'))
        source = f"### BEGIN SOLUTION\n{SOLUTIONS[id_]}\n### END SOLUTION"
        cells.append(new_code_cell(source, metadata=_nbgrader(id_, solution=True)))
        cells.append(new_code_cell(test.strip(), metadata=_nbgrader(f"{id_}_test", points=POINTS[id_])))
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=cells, metadata=kernel)


def _nbgrader(grade_id: str, *, solution: bool = False, points: float | None = None) -> dict[str, Any]:
    meta: dict[str, Any] = {
        "grade": not solution,
        "solution": solution,
        "locked": not solution,
        "task": False,
        "grade_id": f"{grade_id}_answer" if solution else grade_id,
        "cell_type": "code",
        "schema_version": 3,
    }
    return {"nbgrader": meta if points is None else {**meta, "points": points}}
