"""Whether a lesson needs Python while it is read, told from its executed notebook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from small_lesson import write_lesson

from course.catalog import read_lesson
from course.live import needs_python
from course.publish import execute, public_index

EXERCISE = 'from course.exercises import exercise\nexercise("text.small/pick")'
SLIDER = "import ipywidgets\nipywidgets.IntSlider()"
INTERACT = "import ipywidgets\nipywidgets.interact(lambda n: n * 2, n=3);"
PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
CHART = "import anywidget\nclass Chart(anywidget.AnyWidget):\n    _esm = 'export default {}'\nChart()"
UNSHOWN = "import ipywidgets\nkept = ipywidgets.IntSlider()"


@pytest.mark.parametrize(
    ("source", "live"),
    [(EXERCISE, False), (PLOT, False), (UNSHOWN, False), (SLIDER, True), (INTERACT, True), (CHART, True)],
    ids=["kit", "plot", "unshown", "slider", "interact", "own_widget"],
)
def test_only_widgets_that_are_not_the_kits_need_python(tmp_path: Path, source: str, live: bool) -> None:
    folder = read_lesson(write_lesson(tmp_path / "text" / "small"))
    (tmp_path / "text.small").mkdir()
    (tmp_path / "text.small" / "public.json").write_text(json.dumps(public_index(folder), default=str), "utf-8")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = new_notebook(cells=[new_code_cell(EXERCISE), new_code_cell(source)], metadata=kernel)
    execute(notebook, "text.small", tmp_path)
    assert notebook.cells[0].outputs
    assert needs_python(notebook) is live
