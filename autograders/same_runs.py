"""An executor that does not run the same code twice: a lesson check sends each sample through several doors.

Code is the same when its cells are, whatever answers stand in their exercise calls: a call shows a widget, and what
is answered in it is graded from the notebook.
"""

from __future__ import annotations

import ast
from collections.abc import Hashable, Mapping, Sequence

from autograders.sandbox.cell import Cell, CellOutcome
from autograders.sandbox.executor import Executor


class SameRuns(Executor):
    """Runs cells in the executor it is given, once for each code, names and files."""

    def __init__(self, executor: Executor) -> None:
        super().__init__()
        self._executor = executor
        self._known: dict[Hashable, list[CellOutcome]] = {}

    def run(
        self,
        cells: Sequence[Cell],
        *,
        values: Mapping[str, object],
        files: Mapping[str, bytes] | None = None,
        seconds: float = 20,
    ) -> list[CellOutcome]:
        """As `Executor.run`; outcomes go by the cells' ids and kinds, which are part of what is the same."""
        told = tuple((cell.id, cell.kind, _without_answers(cell.source)) for cell in cells)
        key = (told, repr(values), tuple(sorted((files or {}).items())), seconds)
        if key not in self._known:
            self._known[key] = self._executor.run(cells, values=values, files=files, seconds=seconds)
        return self._known[key]


def _without_answers(source: str) -> str:
    """The code without `answer=…` in its exercise calls; as it stands where it is no plain Python."""
    if "exercise(" not in source:
        return source
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return source
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "exercise":
            node.keywords = [keyword for keyword in node.keywords if keyword.arg != "answer"]
    return ast.unparse(tree)
