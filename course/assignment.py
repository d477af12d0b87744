"""A lesson's source notebook as an nbgrader assignment.

Three versions: the teacher's (solutions in), the gradebook's (stubs for solutions, hidden tests in: what a submission
is compared with), the student's (hidden tests out). nbgrader's own preprocessors make them, so its tools accept them;
only cells that call `exercise(...)` are kept, because the call is not a solution but the place for an answer.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbgrader.nbgraderformat import ValidationError
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
)
from traitlets import Dict, Unicode

from course import wording
from course.catalog import LessonFolder
from course.errors import LessonError
from course.notebook import exercise_calls

NOTEBOOK = "lesson"
"""nbgrader's name of the one notebook of an assignment: lesson.ipynb."""


class ClearCodeSolutions(ClearSolutions):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's ClearSolutions, with exercise calls left as they are and a Vietnamese stub."""

    code_stub = Dict({"python": wording.CODE_STUB}).tag(config=True)
    text_stub = Unicode(wording.TEXT_STUB).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Clear a notebook in place."""
        self._calls = {call.cell for call in exercise_calls(nb)}
        return super().preprocess(nb, resources)  # type: ignore[no-any-return]

    def preprocess_cell(self, cell: NotebookNode, resources: Any, cell_index: int) -> tuple[NotebookNode, Any]:
        """Clear one cell in place; of an exercise call only what is marked as a solution."""
        if cell_index in self._calls and self.begin_solution_delimeter not in cell.source:
            return cell, resources
        return super().preprocess_cell(cell, resources, cell_index)  # type: ignore[no-any-return]


TEACHER: Sequence[type[Preprocessor]] = (LockCells, ClearOutput, CheckCellMetadata, ComputeChecksums)
GRADEBOOK: Sequence[type[Preprocessor]] = (
    LockCells,
    ClearCodeSolutions,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
)
STUDENT: Sequence[type[Preprocessor]] = (
    *GRADEBOOK,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
)


def teacher_notebook(folder: LessonFolder) -> NotebookNode:
    """The source with its solutions and hidden tests, locked and with checksums. Raises LessonError."""
    return _version(folder, TEACHER)


def gradebook_notebook(folder: LessonFolder) -> NotebookNode:
    """What the gradebook compares a submission with: stubs in, hidden tests in. Raises LessonError."""
    return _version(folder, GRADEBOOK)


def student_notebook(folder: LessonFolder) -> NotebookNode:
    """What a learner fetches: no solutions, no hidden tests, no answers. Raises LessonError."""
    return _version(folder, STUDENT)


@dataclass(frozen=True)
class ExerciseCells:
    """Where an exercise stands in the gradebook."""

    points: dict[str, float]  # grade id of each cell that holds points -> its share of the exercise's points
    comments: tuple[str, ...]  # grade ids of the solution cells whose comment gives the reasons


def exercise_cells(folder: LessonFolder) -> dict[str, ExerciseCells]:
    """Exercise id -> its cells, for every graded exercise that counts (a stand-in counts as what it stands in for).

    Raises LessonError when a graded exercise has no cell in the notebook or the points differ.
    """
    metas = [meta for cell in folder.notebook.cells if (meta := nbgrader_metadata(cell))]
    cells: dict[str, ExerciseCells] = {}
    for raw in folder.lesson.exercise:
        if raw.get("points") and not raw.get("stands_in_for"):
            cells[raw["id"]] = _cells_of(raw, folder, metas)
    return cells


def nbgrader_metadata(cell: NotebookNode) -> dict[str, Any]:
    """A cell's nbgrader metadata, {} when it has none or something else stands there (cells may be a learner's)."""
    found = cell.metadata.get("nbgrader")
    return dict(found) if isinstance(found, dict) else {}


def _version(folder: LessonFolder, steps: Sequence[type[Preprocessor]]) -> NotebookNode:
    notebook = copy.deepcopy(folder.notebook)
    path = folder.path / "lesson.ipynb"
    answered = [call.exercise for call in exercise_calls(notebook) if call.answer is not None]
    if answered:
        raise LessonError(f"{path}: exercise({answered[0]!r}, answer=…): a lesson's own notebook holds no answers")
    resources: dict[str, Any] = {}
    try:
        for step in steps:
            notebook, resources = step()(notebook, resources)
    except (RuntimeError, ValueError, KeyError, ValidationError) as error:
        raise LessonError(f"{path}: nbgrader refuses it: {error}") from error
    return notebook


def _cells_of(raw: dict[str, Any], folder: LessonFolder, metas: list[dict[str, Any]]) -> ExerciseCells:
    id_, where = raw["id"], f"{folder.path / 'lesson.ipynb'}: exercise {raw['id']!r}"
    ids = [meta.get("grade_id") for meta in metas]
    wanted = _test_cells(raw) if raw["kind"] == "code" else [id_]
    for grade_id in wanted:
        if ids.count(grade_id) != 1:
            raise LessonError(f"{where}: {ids.count(grade_id)} cells have the grade_id {grade_id!r}; exactly one must")
    points = {meta["grade_id"]: float(meta.get("points", 0)) for meta in metas if meta.get("grade_id") in wanted}
    if abs(sum(points.values()) - raw["points"]) > 1e-9:
        raise LessonError(
            f"{where}: its cells have {sum(points.values()):g} points, lesson.toml says {raw['points']:g}; "
            "make the two equal"
        )
    return ExerciseCells(points, _comment_cells(raw, folder, metas, wanted))


def _test_cells(raw: dict[str, Any]) -> list[str]:
    return [cell for criterion in raw["criterion"] for cell in criterion.get("cells", ())]


def _comment_cells(
    raw: dict[str, Any], folder: LessonFolder, metas: list[dict[str, Any]], wanted: list[str]
) -> tuple[str, ...]:
    """The exercise's own solution cell; of a code exercise the last one above its tests, and its stand-ins."""
    if raw["kind"] != "code":
        return tuple(wanted)
    first = next(i for i, meta in enumerate(metas) if meta["grade_id"] in wanted)
    kit = {str(other["id"]) for other in folder.lesson.exercise}
    above = [m["grade_id"] for m in metas[:first] if m.get("solution") and m["grade_id"] not in kit]
    stand_ins = [other["id"] for other in folder.lesson.exercise if other.get("stands_in_for") == raw["id"]]
    present = {meta["grade_id"] for meta in metas if meta.get("solution")}
    return (*above[-1:], *(id_ for id_ in stand_ins if id_ in present))
