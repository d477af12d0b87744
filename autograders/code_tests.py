"""Which cells of a submission run in the sandbox, and what the tests of the lesson say of them.

Code cells are the learner's, in the learner's order. Test cells are always the lesson's own, put where the learner's
copy first stands: an emptied, copied, relabelled or deleted test cell changes nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograders.sandbox.cell import Cell, CellOutcome, ExecutorUnavailable
from course.catalog import LessonFolder
from course.lesson import Exercise
from course.projection import public_values

if TYPE_CHECKING:  # the executor brings numpy and pandas, and who only checks answers runs no code
    from nbformat import NotebookNode

    from autograders.sandbox.executor import Executor

log = logging.getLogger(__name__)

MATERIAL_FILE = "material.json"
SECONDS = 20.0


@dataclass(frozen=True)
class CodeResult:
    """What a test cell said. `learner_error` is the learner's own error, never the text of a test."""

    ok: bool
    points: float
    learner_error: str
    failed_by_us: bool


def run_code_tests(
    folder: LessonFolder, notebook: NotebookNode, exercises: Sequence[Exercise], executor: Executor | None
) -> dict[str, CodeResult]:
    """Test cell's grade id -> result; empty when no executor can run here (the criteria then wait)."""
    if executor is None:
        return {}
    tests = lesson_tests(folder.notebook)
    cells = _to_last_test(run_order(notebook, tests))
    values = {"variant": values_for_tests(exercises)}
    files = material_file(folder.lesson.id, exercises)
    try:
        outcomes = executor.run(cells, values=values, files=files, seconds=SECONDS)
    except ExecutorUnavailable as reason:
        log.error("code tests of %s wait: %s", folder.lesson.id, reason)
        return {}
    return _results(tests, outcomes)


def material_file(lesson_id: str, exercises: Sequence[Exercise]) -> dict[str, bytes]:
    """The file in the sandbox from which `course.exercises.material()` reads what it reads from campus elsewhere."""
    material = {f"{lesson_id}/{e.id}": public_values(e) for e in exercises}
    return {MATERIAL_FILE: json.dumps(material, ensure_ascii=False, default=str).encode()}


def _nbgrader(cell: NotebookNode) -> dict[str, object]:
    found = cell.metadata.get("nbgrader", {})
    return dict(found) if isinstance(found, dict) else {}


def lesson_tests(source: NotebookNode) -> dict[str, NotebookNode]:
    """grade id -> the lesson's test cell: graded, locked code that is no answer."""
    tests = {}
    for cell in source.cells:
        meta = _nbgrader(cell)
        if cell.cell_type == "code" and meta.get("grade") and not meta.get("solution"):
            tests[str(meta["grade_id"])] = cell
    return tests


def values_for_tests(exercises: Sequence[Exercise]) -> dict[str, Any]:
    """What tests read under the name `variant`: the drawn values of the code exercise."""
    return next((e.values for e in exercises if e.kind == "code"), {})


def run_order(notebook: NotebookNode, tests: dict[str, NotebookNode]) -> list[Cell]:
    """The learner's code cells in their order, with the lesson's tests where the copies stand or at the end."""
    cells, placed = [], set()
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        grade_id = str(_nbgrader(cell).get("grade_id", ""))
        if grade_id not in tests:
            cells.append(Cell(f"cell-{index}", "code", cell.source))
        elif grade_id not in placed:
            placed.add(grade_id)
            cells.append(Cell(grade_id, "test", tests[grade_id].source))
    cells += [Cell(id_, "test", test.source) for id_, test in tests.items() if id_ not in placed]
    return cells


def _to_last_test(cells: list[Cell]) -> list[Cell]:
    """What stands behind the last test can change no result: it need not run."""
    last = max((index for index, cell in enumerate(cells) if cell.kind == "test"), default=-1)
    return cells[: last + 1]


def _results(tests: dict[str, NotebookNode], outcomes: Sequence[CellOutcome]) -> dict[str, CodeResult]:
    results, learner_error = {}, ""
    for outcome in outcomes:
        if outcome.id in tests:
            points = float(str(_nbgrader(tests[outcome.id])["points"]))
            results[outcome.id] = CodeResult(outcome.ok, points, learner_error, outcome.failed_by_us)
        elif not outcome.ok:
            learner_error = outcome.error
    return results
