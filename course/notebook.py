"""Exercise calls in a notebook: finding them, reading the answer in them, writing it there.

A graded exercise is one nbgrader solution cell that calls `exercise("lesson/exercise")`; a submitted one holds
`exercise("lesson/exercise", answer={...})`. Cells come from learners: they are parsed, never run.
"""

from __future__ import annotations

import ast
import pprint
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

MAX_SOURCE = 200_000  # characters of a cell that are parsed; beyond it is no exercise call of ours

MARKDOWN_PICTURE = re.compile(r"!\[[^\]]*\]\(material/([^)\s]+)")
LINE = 88  # characters; longer texts are broken between words


@dataclass(frozen=True)
class Call:
    """One `exercise(...)` call: the index of its cell, the full exercise id, and the answer in it (None: none)."""

    cell: int
    exercise: str
    answer: dict[str, Any] | None


def stored_notebook(content: bytes | str) -> NotebookNode:
    """A notebook as nbformat reads it, of bytes that were found valid when they came in: not validated once more."""
    from nbformat.v4 import reads_json  # 10 MB that a process which opens no notebook does without

    return reads_json(content if isinstance(content, str) else content.decode())


def exercise_calls(notebook: NotebookNode) -> list[Call]:
    """Every exercise call at the top level of a code cell, in order. Cells that do not parse hold none."""
    calls = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or len(cell.source) > MAX_SOURCE:
            continue
        node = _call_node(cell.source)
        if node is not None:
            calls.append(Call(index, _id(node), _answer(node)))
    return calls


def pictures_shown(notebook: NotebookNode) -> set[str]:
    """Names of the files in material/ that the notebook's own text shows."""
    return {name for cell in notebook.cells for name in MARKDOWN_PICTURE.findall(cell.source)}


def with_answer(source: str, answer: dict[str, Any]) -> str:
    """The cell's source with `answer` written into its exercise call; other lines stay as they are.

    Raises ValueError when the source holds no exercise call.
    """
    node = _call_node(source)
    if node is None:
        raise ValueError("the cell holds no exercise call")
    lines = source.splitlines()
    before = lines[: node.lineno - 1]
    after = lines[node.end_lineno or node.lineno :]
    shown = pprint.pformat(answer, indent=1, width=LINE, sort_dicts=False)  # teachers read it in formgrader
    call = f'exercise("{_id(node)}", answer=(\n{shown}\n))'
    return "\n".join([*before, call, *after])


def _call_node(source: str) -> ast.Call | None:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for statement in tree.body:
        call = statement.value if isinstance(statement, ast.Expr | ast.Assign) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "exercise" and _id(call):
            return call
    return None


def _id(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def _answer(call: ast.Call) -> dict[str, Any] | None:
    for keyword in call.keywords:
        if keyword.arg == "answer":
            try:
                value = ast.literal_eval(keyword.value)
            except (ValueError, RecursionError, MemoryError):
                return None
            return value if isinstance(value, dict) else None
    return None
