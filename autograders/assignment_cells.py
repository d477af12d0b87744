"""Any nbgrader assignment as its gradebook knows it, lessons of ours or not.

The gradebook holds the cells that count, tests with their hidden parts; their order, attachments and the text around
them come from the notebook that was released to learners, or else from the course's source.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from course.assignment import nbgrader_metadata

SCHEMA = 3
"""nbgrader's version of a cell's metadata."""


def course_notebook(folders: list[Path], notebook: str) -> NotebookNode | None:
    """The notebook of an assignment in the first of the course's folders that has it."""
    for folder in folders:
        file = folder / f"{notebook}.ipynb"
        if file.is_file():
            return nbformat.read(file, as_version=4)
    return None


def assignment_notebook(db_url: str, assignment: str, notebook: str, released: NotebookNode | None) -> NotebookNode:
    """Each cell of the gradebook once, in the course's order, with the course's Markdown between them.

    Raises nbgrader.api.MissingEntry for an unknown assignment or notebook.
    """
    with Gradebook(db_url) as gradebook:
        book = gradebook.find_notebook(notebook, assignment)
        own = _gradebook_cells(book)
        kernelspec = json.loads(book.kernelspec or "{}")
    cells = []
    for cell in released.cells if released else []:
        grade_id = nbgrader_metadata(cell).get("grade_id")
        if grade_id in own:
            kept = own.pop(grade_id)
            if cell.cell_type == kept.cell_type == "markdown" and cell.get("attachments"):
                kept.attachments = cell.attachments
            cells.append(kept)
        elif cell.cell_type == "markdown":
            cells.append(new_markdown_cell(cell.source))
    return new_notebook(cells=[*cells, *own.values()], metadata={"kernelspec": kernelspec} if kernelspec else {})


def released_sources(released: NotebookNode | None) -> dict[str, str]:
    """Grade id -> source of its cell as learners got it."""
    metas = [(nbgrader_metadata(cell), cell) for cell in (released.cells if released else [])]
    return {meta["grade_id"]: cell.source for meta, cell in metas if meta.get("grade_id")}


def runs_python(notebook: NotebookNode) -> bool:
    """Whether an assignment's notebook is for a Python kernel; without a kernelspec nbgrader takes Python too."""
    spec = notebook.metadata.get("kernelspec", {})
    language = spec.get("language") or spec.get("name") or "python"
    return bool(str(language).lower().startswith("python"))


def _gradebook_cells(book: Any) -> dict[str, NotebookNode]:
    """Grade id -> cell, of nbgrader's `Notebook` row."""
    points = {cell.name: float(cell.max_score) for cell in [*book.grade_cells, *book.task_cells]}
    graded = {cell.name for cell in book.grade_cells}
    solutions = {cell.name for cell in book.solution_cells}
    tasks = {cell.name for cell in book.task_cells}
    cells = {}
    for row in book.source_cells:
        meta = {
            "grade": row.name in graded,
            "solution": row.name in solutions,
            "task": row.name in tasks,
            "locked": bool(row.locked),
            "grade_id": row.name,
            "cell_type": row.cell_type,
            "checksum": row.checksum,
            "schema_version": SCHEMA,
        }
        if row.name in points:
            meta["points"] = points[row.name]
        new = new_code_cell if row.cell_type == "code" else new_markdown_cell
        cells[row.name] = new(row.source, metadata={"nbgrader": meta})
    return cells
