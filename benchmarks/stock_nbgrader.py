"""The peer: `nbgrader autograde` as it comes, on its command line, over a course of the same notebooks."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import nbformat
from learners import LESSON, Learner
from nbformat.v4 import new_code_cell

from autograders.code_tests import MATERIAL_FILE, material_file, values_for_tests
from autograders.gradebook import ClassGradebook
from course.catalog import read_lesson
from course.variants import drawn_exercises, variant_of

NBGRADER = Path(sys.prefix) / "bin" / "nbgrader"
SCORES = """
SELECT sa.student_id, c.name, g.auto_score FROM grade g JOIN base_cell c ON c.id = g.cell_id
JOIN submitted_notebook sn ON sn.id = g.notebook_id JOIN submitted_assignment sa ON sa.id = sn.assignment_id
"""


def seconds_of_stock(course: Path, learners: Sequence[Learner]) -> float:
    """Seconds that `nbgrader autograde` needs for all of them, as a teacher runs it."""
    folder = read_lesson(LESSON)
    with ClassGradebook(course, "bench") as gradebook:  # a course as nbgrader lays it out
        gradebook.add_assignment(folder)
    for learner in learners:
        place = course / "submitted" / learner.name / folder.lesson.id
        place.mkdir(parents=True)
        exercises = drawn_exercises(folder.lesson, variant_of(folder.lesson, learner.role, learner.variant))
        # what our tests get by a trusted name, stock tests can only find in the learner's own kernel
        values = json.dumps(values_for_tests(exercises), default=str)
        notebook = nbformat.v4.new_notebook(
            cells=[new_code_cell(f"variant = __import__('json').loads({values!r})"), *learner.notebook.cells],
            metadata=learner.notebook.metadata,
        )
        nbformat.write(notebook, place / "lesson.ipynb")
        (place / MATERIAL_FILE).write_bytes(material_file(folder.lesson.id, exercises)[MATERIAL_FILE])
    return _run(course, "autograde", folder.lesson.id, "--course=bench")


def _run(course: Path, *words: str) -> float:
    environment = {
        "PATH": f"{NBGRADER.parent}:{os.environ['PATH']}",
        "HOME": str(course),
        "HOCAI_MATERIAL": MATERIAL_FILE,
        "LANG": "C.UTF-8",
    }
    began = time.perf_counter()
    done = subprocess.run([NBGRADER, *words], cwd=course, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"nbgrader {' '.join(words)} failed:\n{done.stderr[-3000:]}")
    return time.perf_counter() - began


def scores(database: Path, cells: Sequence[str]) -> dict[tuple[str, str], float | None]:
    """(learner, cell) -> the automatic score of these cells in an nbgrader gradebook."""
    connection = sqlite3.connect(database)
    try:
        return {(who, cell): score for who, cell, score in connection.execute(SCORES) if cell in cells}
    finally:
        connection.close()
