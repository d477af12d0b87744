"""An nbgrader course on disk, graded by nbgrader's own command line: with its defaults, or with our configuration."""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import nbgrader
from jupyter_double import NBGRADER_CONFIG
from nbformat import NotebookNode
from nbgrader.api import Gradebook

COURSE = "course101"
QUICKSTART = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "source"
Change = Callable[[NotebookNode], None]


@dataclass(frozen=True)
class NbgraderCourse:
    """A course's folder, DATA/classes/course101. `ours` says whose configuration grades."""

    path: Path
    ours: bool = False
    environ: Mapping[str, str] = field(default_factory=dict)

    @property
    def database(self) -> str:
        return f"sqlite:///{self.path / 'gradebook.db'}"

    def write_config(self) -> None:
        """Put our nbgrader_config.py into the folder, or one that says nothing but the course's name."""
        config = f'c = get_config()\nc.CourseDirectory.course_id = "{COURSE}"\n'.encode()
        self.path.mkdir(parents=True, exist_ok=True)
        (self.path / "nbgrader_config.py").write_bytes(NBGRADER_CONFIG.read_bytes() if self.ours else config)

    def graded_by_us(self, data: Path) -> NbgraderCourse:
        """A copy of the course as it is now, in the folder `data`, with our configuration."""
        shutil.copytree(self.path, data / "classes" / COURSE)
        copied = NbgraderCourse(data / "classes" / COURSE, ours=True)
        copied.write_config()
        return copied

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """nbgrader's command line in the course's folder."""
        env = {k: v for k, v in os.environ.items() if not k.startswith(("HOCAI_", "JUPYTER"))}
        env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
        if self.ours:
            env |= {"HOCAI_CLASS": COURSE, "HOCAI_DATA": str(self.path.parent.parent)}
        command = [sys.executable, "-m", "nbgrader", *words]
        return subprocess.run(
            command, env=env | dict(self.environ), cwd=self.path, capture_output=True, text=True, timeout=300
        )

    def submit(self, student: str, assignment: str, notebook: str, change: Change | None = None) -> Path:
        """Hand in the released notebook as `change` leaves it; the submission's folder."""
        released = nbformat.read(self.path / "release" / assignment / f"{notebook}.ipynb", as_version=4)
        if change:
            change(released)
        folder = self.path / "submitted" / student / assignment
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(released, folder / f"{notebook}.ipynb")
        return folder

    def scores(self, student: str, assignment: str, notebook: str) -> dict[str, tuple[float | None, bool]]:
        """Grade id -> (auto score, whether a teacher has to grade)."""
        with Gradebook(self.database) as gradebook:
            submitted = gradebook.find_submission_notebook(notebook, assignment, student)
            return {row.name: (row.auto_score, bool(row.needs_manual_grade)) for row in submitted.grades}

    def graded(self, student: str, assignment: str, notebook: str) -> NotebookNode:
        """What formgrader shows of a graded submission."""
        path = self.path / "autograded" / student / assignment / f"{notebook}.ipynb"
        return nbformat.read(path, as_version=4)


def quickstart(path: Path, *, ours: bool = False) -> NbgraderCourse:
    """What `nbgrader quickstart course101` makes, with its assignment ps1 generated."""
    shutil.copytree(QUICKSTART, path / "source", ignore=shutil.ignore_patterns("*.html", "ps1_autotest"))
    course = NbgraderCourse(path, ours=ours)
    course.write_config()
    done = course.run("generate_assignment", "ps1")
    assert done.returncode == 0, done.stderr
    return course


def cell(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    """The cell with this grade id."""
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def answers(**sources: str) -> Change:
    """A change that writes these sources into the cells with these grade ids."""

    def change(notebook: NotebookNode) -> None:
        for grade_id, source in sources.items():
            cell(notebook, grade_id).source = source

    return change


def insert(notebook: NotebookNode, before: str, source: str) -> None:
    """Put a code cell of the learner's before the cell with this grade id."""
    made = nbformat.v4.new_code_cell(source)
    if notebook.nbformat_minor < 5:
        del made["id"]
    notebook.cells.insert(notebook.cells.index(cell(notebook, before)), made)


def duplicate(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    """Copy a cell to the end, as copying it in JupyterLab does: with its metadata."""
    notebook.cells.append(copy.deepcopy(cell(notebook, grade_id)))
    notebook.cells[-1].pop("id", None)
    return notebook.cells[-1]
