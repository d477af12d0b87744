"""Which lessons need Python while they are read, and what their kernel is told before it runs them.

It follows from the executed notebook alone. The kit's widgets talk to campus and not to the kernel; every other widget
(a slider, a chart, what `interact` makes) is dead without one. A plot by itself is a picture. A cell that asks for the
learner's values shows each learner something else, so that no page can be the same for all.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode

from course.notebook import exercise_calls

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"


def needs_python(executed: NotebookNode) -> bool:
    """Whether an output of an executed notebook is a widget that is not the kit's, or a cell asks for drawn values.

    The notebook carries its widgets' states, as Voila's executor leaves them. A widget without a state is taken for one
    that needs Python: rather a kernel too many than a control that does not move.
    """
    states = executed.metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    shown = [
        output.data[VIEW]["model_id"]
        for cell in executed.cells
        for output in cell.get("outputs", ())
        if VIEW in output.get("data", {})
    ]
    return any(not _is_kit(states.get(model_id, {})) for model_id in shown) or bool(material_asked(executed))


def live_cells(notebook: NotebookNode) -> list[int]:
    """The code cells that a kernel runs: all but the exercise calls, whose widgets stand in the page already."""
    calls = {call.cell for call in exercise_calls(notebook)}
    return [place for place, cell in enumerate(notebook.cells) if cell.cell_type == "code" and place not in calls]


def material_asked(notebook: NotebookNode) -> list[str]:
    """Full ids of the exercises whose drawn values the cells ask for: `material("lesson/exercise")`, in order."""
    asked: dict[str, None] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and "material" in cell.source:
            asked |= dict.fromkeys(_material_calls(cell.source))
    return list(asked)


def _material_calls(source: str) -> list[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []  # a magic stands in the cell; whoever runs it finds out
    return [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "material"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    ]


def handing_over(values: Mapping[str, Mapping[str, Any]]) -> str:
    """The first code a kernel runs: full exercise id -> drawn values, for `material()`, which then asks nobody."""
    text = json.dumps(values, ensure_ascii=False, default=str)
    return f"__import__('course.exercises.calls', fromlist=['hand_over']).hand_over({text!r})"


def _is_kit(model: dict[str, Any]) -> bool:
    """Whether a widget's saved model is an exercise of the kit, which alone has these two traits."""
    return model.get("model_module") == "anywidget" and {"exercise", "kind"} <= model.get("state", {}).keys()
