"""Lessons for the benchmark of live Python: the notebook that stock Voila gets, and one that draws a plot."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
from learners import ROOT
from stock_voila import CODE

LIVE_LESSONS = ROOT / "tests" / "live_lessons"
TEA, RAIN = "data.tea", "data.rain"  # the peer's notebook; a plot that follows a slider


def written(folder: Path) -> Path:
    """A level folder with both lessons."""
    level = folder / LIVE_LESSONS.name
    shutil.copytree(LIVE_LESSONS / "rain", level / "rain")
    shutil.copy(LIVE_LESSONS / "level.toml", level)
    tea = shutil.copytree(level / "rain", level / "tea")
    toml = tea / "lesson.toml"
    toml.write_text(toml.read_text("utf-8").replace(RAIN, TEA), "utf-8")
    notebook = nbformat.read(tea / "lesson.ipynb", as_version=4)
    title, code, *_, last = notebook.cells
    code.source = f"from course.exercises import exercise\n\n{CODE}"
    last.source = last.source.replace(RAIN, TEA)
    notebook.cells = [title, code, last]
    nbformat.write(notebook, tea / "lesson.ipynb")
    return level
