"""A submission as formgrader shows it: what the learner wrote, in cells the gradebook knows.

Learners delete, copy and relabel cells. Here each cell of the gradebook stands exactly once with the lesson's own
metadata, locked cells hold the lesson's text, and nothing of the learner's metadata, outputs or markup is left:
formgrader puts all of it into its pages as it is, scripts included.
"""

from __future__ import annotations

import copy
import re

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.assignment import nbgrader_metadata
from course.notebook import exercise_calls


def graded_notebook(lesson: NotebookNode, submitted: NotebookNode) -> NotebookNode:
    """The submission in the lesson's cells. `lesson` is `course.assignment.gradebook_notebook`; neither is changed."""
    own = {meta["grade_id"]: cell for cell in lesson.cells if (meta := nbgrader_metadata(cell))}
    places = _places(lesson, submitted, set(own))
    names = {index: grade_id for grade_id, index in places.items()}
    ours = {cell.source for cell in lesson.cells if cell.cell_type == "markdown"}
    cells = [_cell(cell, own.get(names.get(index, "")), ours) for index, cell in enumerate(submitted.cells)]
    _put_back(cells, own)
    return new_notebook(cells=cells, metadata=copy.deepcopy(lesson.metadata))


def _places(lesson: NotebookNode, submitted: NotebookNode, own: set[str]) -> dict[str, int]:
    """grade id -> index of the submitted cell that counts: the one whose answer was graded, else the first."""
    places: dict[str, int] = {}
    calls = exercise_calls(submitted)
    for call in exercise_calls(lesson):
        grade_id = nbgrader_metadata(lesson.cells[call.cell]).get("grade_id")
        same = [c for c in calls if c.exercise == call.exercise]
        if grade_id and same:
            places[grade_id] = next((c for c in same if c.answer is not None), same[0]).cell
    taken = set(places.values()) | {call.cell for call in calls}
    for index, cell in enumerate(submitted.cells):
        grade_id = nbgrader_metadata(cell).get("grade_id")
        if isinstance(grade_id, str) and grade_id in own and grade_id not in places and index not in taken:
            places[grade_id] = index
    return places


def _cell(cell: NotebookNode, own: NotebookNode | None, ours: set[str]) -> NotebookNode:
    if own is not None and nbgrader_metadata(own).get("locked"):
        return _copy(own)
    if (own or cell).cell_type == "code":
        made = new_code_cell(cell.source)
    else:
        made = new_markdown_cell(cell.source if cell.source in ours else as_written(cell.source))
    if own is not None:
        made.metadata = copy.deepcopy(own.metadata)
    return made


def _copy(own: NotebookNode) -> NotebookNode:
    new = new_code_cell if own.cell_type == "code" else new_markdown_cell
    return new(own.source, metadata=copy.deepcopy(own.metadata))


def as_written(text: str) -> str:
    """Markdown that shows `text` letter by letter: a fence longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _put_back(cells: list[NotebookNode], own: dict[str, NotebookNode]) -> None:
    """Insert what is missing behind the cell it follows in the lesson."""
    here = [nbgrader_metadata(cell).get("grade_id") for cell in cells]
    behind = 0
    for grade_id, cell in own.items():
        if grade_id in here:
            behind = here.index(grade_id) + 1
            continue
        cells.insert(behind, _copy(cell))
        here.insert(behind, grade_id)
        behind += 1
