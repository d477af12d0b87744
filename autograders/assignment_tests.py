"""A notebook of any nbgrader assignment, run in the sealed executor; outputs stand in its cells as nbgrader reads them.

Test cells are the gradebook's (`RestoreCells` put them there), everything else is the learner's code. A test that
could not be run by our fault, or whose partial points are no part of its points, waits for the teacher.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograders import wording
from autograders.graded_notebook import DELETED
from autograders.sandbox.executor import Cell, CellOutcome, Executor
from autograders.sandbox.sealable import made_by, read_by, unsealable
from course.assignment import nbgrader_metadata

FILES_LIMIT = 10 * 2**20
"""Bytes of all files that lie beside a notebook; what goes to the child is one message of 16 MiB, in base64."""
FILE_COUNT = 1000


class FilesTooBig(Exception):
    """What lies beside a notebook does not fit into the sandbox."""


@dataclass(frozen=True)
class Waiting:
    """A test whose grade a teacher has to give, and why (for the log)."""

    grade_id: str
    reason: str


def is_test(cell: NotebookNode) -> bool:
    """Whether a restored cell is an autograded test of the assignment."""
    meta = nbgrader_metadata(cell)
    return bool(cell.cell_type == "code" and meta.get("grade") and not meta.get("solution"))


def all_waiting(notebook: NotebookNode, reason: str) -> list[Waiting]:
    """Every test of a notebook that cannot be run."""
    return [Waiting(nbgrader_metadata(cell)["grade_id"], reason) for cell in notebook.cells if is_test(cell)]


def shared_tests(assignment: NotebookNode, source: NotebookNode | None) -> set[str]:
    """Grade ids of the tests that cannot be judged outside the learner's process.

    Nothing of a submission is asked, not even the order of its cells: else learners could choose who judges them.
    `source` is the course's own notebook, with the solutions whose functions may use what a test replaces.
    """
    used = set[str]().union(*(_names(read_by, cell) for cell in source.cells if not is_test(cell))) if source else set()
    shared: set[str] = set()
    own: set[str] = set()
    for cell in assignment.cells:
        if not is_test(cell):
            continue
        if unsealable(cell.source, own=own, used=used):
            shared.add(nbgrader_metadata(cell)["grade_id"])
        else:
            own |= made_by(cell.source)
    return shared


def _names(of: Callable[[str], set[str]], cell: NotebookNode) -> set[str]:
    """Names of a code cell; none where magics or shell lines make it no plain Python."""
    try:
        return of(cell.source) if cell.cell_type == "code" else set()
    except SyntaxError:
        return set()


def execute(
    notebook: NotebookNode,
    executor: Executor,
    files: Mapping[str, bytes],
    shared: Collection[str],
    *,
    seconds: float,
) -> list[Waiting]:
    """Run the code cells of a restored notebook within `seconds` and write their outputs; the tests that wait.

    `shared` are the tests that run in the learner's process. Raises ExecutorUnavailable.
    """
    places = [cell for cell in notebook.cells if _is_run(cell)]
    cells = [_for_executor(index, cell, shared) for index, cell in enumerate(places)]
    waiting = []
    for number, (cell, outcome) in enumerate(
        zip(places, executor.run(cells, values={}, files=files, seconds=seconds), strict=True), 1
    ):
        reason = _why_it_waits(cell, outcome) if is_test(cell) else ""
        if reason:
            waiting.append(Waiting(nbgrader_metadata(cell)["grade_id"], reason))
        else:
            cell.outputs = _outputs(outcome, number)
            cell.execution_count = number
    return waiting


def _is_run(cell: NotebookNode) -> bool:
    return bool(cell.cell_type == "code" and cell.source.strip() and DELETED not in cell.metadata.get("tags", ()))


def _for_executor(index: int, cell: NotebookNode, shared: Collection[str]) -> Cell:
    if not is_test(cell):
        return Cell(f"cell-{index}", "code", cell.source)
    grade_id = nbgrader_metadata(cell)["grade_id"]
    return Cell(grade_id, "shared_test" if grade_id in shared else "test", cell.source)


def _why_it_waits(cell: NotebookNode, outcome: CellOutcome) -> str:
    """Why this test has no grade, "" when it has one."""
    if outcome.failed_by_us:
        return outcome.error
    points = float(nbgrader_metadata(cell)["points"])
    if outcome.ok and outcome.credit is not None and not 0 <= outcome.credit <= points:
        return f"its last line gives {outcome.credit:g} of {points:g} points"
    return ""


def _outputs(outcome: CellOutcome, number: int) -> list[NotebookNode]:
    """What nbgrader's `determine_grade` and formgrader read. Never stderr: a warning costs no points."""
    outputs = []
    printed = outcome.stdout if outcome.sealed else f"{wording.RUN_TOGETHER}\n{outcome.stdout}"
    if printed:
        outputs.append(new_output("stream", name="stdout", text=printed))
    if not outcome.ok:
        name, _, said = outcome.error.partition(": ")
        ename, evalue = (name, said) if name.endswith("Error") else ("Error", outcome.error)
        outputs.append(new_output("error", ename=ename, evalue=evalue, traceback=[outcome.error]))
    elif outcome.credit is not None:
        shown = {"text/plain": f"{outcome.credit:g}"}
        outputs.append(new_output("execute_result", data=shown, execution_count=number))
    return outputs


def files_beside(roots: Sequence[Path]) -> dict[str, bytes]:
    """Relative name -> content of the files below `roots`, a later root's over an earlier's; notebooks left out.

    Links are not followed: a submission's may lead anywhere. Raises FilesTooBig, OSError.
    """
    found: dict[str, Path] = {}
    for root in roots:
        found |= {path.relative_to(root).as_posix(): path for path in _plain_files(root)}
    if len(found) > FILE_COUNT or sum(path.stat().st_size for path in found.values()) > FILES_LIMIT:
        raise FilesTooBig(
            f"{len(found)} files beside the notebook; {FILE_COUNT} and {FILES_LIMIT >> 20} MiB are allowed"
        )
    return {name: path.read_bytes() for name, path in found.items()}


def _plain_files(root: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "__pycache__"]
        for name in names:
            path = Path(top, name)
            if path.is_file() and not path.is_symlink() and path.suffix != ".ipynb":
                yield path
