"""Which lessons need Python while they are read: those that show a widget whose other half is in the kernel.

It follows from the executed notebook alone. The kit's widgets talk to campus and not to the kernel; every other widget
(a slider, a chart, what `interact` makes) is dead without one. A plot by itself is a picture.
"""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"


def needs_python(executed: NotebookNode) -> bool:
    """Whether an output of an executed notebook is a widget that is not the kit's.

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
    return any(not _is_kit(states.get(model_id, {})) for model_id in shown)


def _is_kit(model: dict[str, Any]) -> bool:
    """Whether a widget's saved model is an exercise of the kit, which alone has these two traits."""
    return model.get("model_module") == "anywidget" and {"exercise", "kind"} <= model.get("state", {}).keys()
