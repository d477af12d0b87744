"""A lesson's notebook → the page of its app: executed and exported once by Voila, then served as a static file.

The page is the same for everybody: what is drawn for a learner comes from campus when a widget opens.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.manager import KernelManager
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from voila.execute import VoilaExecutor
from voila.exporter import VoilaExporter, VoilaMarkdownRenderer

from course.catalog import LessonFolder
from course.errors import LessonError
from course.live import handing_over, live_cells, material_asked, needs_python
from course.notebook import exercise_calls, pictures_shown
from course.projection import public_exercise, public_values
from course.variants import drawn_exercise

LAB_ONLY = "lab-only"
"""Tag of a cell that speaks of JupyterLab; the app leaves it out."""
CELL_SECONDS = 60
KEPT_FOR_KERNEL = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")  # a kernel gets no secret of the process around it
READY = (
    "--IPKernelApp.exec_lines=__import__('course.exercises');",  # half of what the first cell would wait for
    # else a cell that asks for a table by a name of Python's would fail in learners' kernels alone
    "--IPKernelApp.exec_lines=__import__('course.tables', fromlist=['closed']).close_database();",
)


@dataclass(frozen=True)
class Step:
    """One card of the app: what is read, then what is done."""

    cells: tuple[NotebookNode, ...]

    @property
    def exercises(self) -> int:
        return sum(cell.cell_type == "code" for cell in self.cells)


def public_index(folder: LessonFolder) -> dict[str, Any]:
    """What the exercises of a lesson are, without answers and without anything that differs between variants.

    `{"lesson", "title", "exercises": {id: public projection}}`; a part that is drawn is empty here.
    """
    lesson = folder.lesson
    exercises = {}
    for raw in lesson.exercise:
        drawn = [public_exercise(drawn_exercise(lesson, raw["id"], v), lesson.id, "") for v in lesson.variant]
        exercises[raw["id"]] = {key: _shared([one[key] for one in drawn]) for key in drawn[0]}
    return {"lesson": lesson.id, "title": lesson.title, "exercises": exercises}


def files_shown(folder: LessonFolder) -> list[str]:
    """Names of the pictures and sounds in material/ that the lesson shows. Raises LessonError when one is missing."""
    lesson = folder.lesson
    shown = {
        block.src
        for raw in lesson.exercise
        for variant in lesson.variant
        for block in drawn_exercise(lesson, raw["id"], variant).material
        if block.src
    }
    shown |= pictures_shown(folder.notebook)
    material = (folder.path / "material").resolve()
    for name in sorted(shown):
        file = (material / name).resolve()
        if not file.is_relative_to(material) or not file.is_file():
            raise LessonError(f"{folder.path}: {name!r} is shown but is no file in material/")
    return sorted(shown)


@dataclass(frozen=True)
class AppPage:
    """The page of a lesson's app, and whether what it shows needs a kernel to move (see `course.live`)."""

    html: str
    live: bool


def app_page(
    folder: LessonFolder,
    notebook: NotebookNode,
    index: Path,
    template: Path,
    page: Mapping[str, Any],
    kernel: AppKernel | None = None,
) -> AppPage:
    """A lesson's app.

    `notebook` is the student notebook, `index` the published folder whose LESSON/public.json the kit reads,
    `template` the folder with index.html.j2, `page` what the template is told besides the steps. The cells run in
    `kernel` if one was started ahead, else in one that is started and ended here.
    Raises LessonError naming lesson and cell when a cell fails.
    """
    shown = without_code(notebook)
    asked = material_asked(shown)
    execute(shown, folder.lesson.id, index, kernel, _sample(folder, asked))
    live = needs_python(shown)
    for place, cell in enumerate(shown.cells):
        cell.metadata.place = place
    told = {"steps": steps_of(shown, _kinds(folder)), "lesson": folder.lesson, "live": live, "personal": bool(asked)}
    told["live_cells"] = live_cells(shown) if live else []
    return AppPage(asyncio.run(_exported(shown, template, {**told, **page})), live)


def without_code(notebook: NotebookNode) -> NotebookNode:
    """A copy without the cells that only JupyterLab has: solutions and tests of code exercises, tagged cells."""
    copy = NotebookNode(notebook)
    calls = {call.cell for call in exercise_calls(notebook)}
    copy.cells = [
        NotebookNode(cell)
        for index, cell in enumerate(notebook.cells)
        if LAB_ONLY not in cell.metadata.get("tags", ()) and (index in calls or not cell.metadata.get("nbgrader"))
    ]
    return copy


class AppKernel:
    """A kernel over ipc for the cells of one lesson; it gets no secret of the process around it. To be closed."""

    def __init__(self, index: Path) -> None:
        """Starts it. `index` is the published folder whose LESSON/public.json the kit reads."""
        environment = {key: os.environ[key] for key in KEPT_FOR_KERNEL if key in os.environ}
        self._scratch = tempfile.TemporaryDirectory(prefix="app-")
        file = Path(self._scratch.name) / "kernel.json"
        self._client: Any = None
        self._manager = KernelManager(kernel_name="python3", transport="ipc", connection_file=str(file))
        self._manager.start_kernel(
            env={**environment, "HOCAI_PUBLISHED": str(index)}, cwd=self._scratch.name, extra_arguments=list(READY)
        )

    def connect(self) -> None:
        """Wait until it answers: what runs then does not wait for it. Raises RuntimeError when it does not start."""
        self._client = self._manager.client()
        self._client.start_channels()
        self._client.wait_for_ready(timeout=CELL_SECONDS)

    def run(self, notebook: NotebookNode, values: Mapping[str, Mapping[str, Any]]) -> None:
        """Run the cells in place; what a cell raised stands in its outputs. `values` is what `material()` gives."""
        executor = VoilaExecutor(notebook, km=self._manager, timeout=CELL_SECONDS, show_tracebacks=True)
        executor.kc = self._client
        notebook.cells.insert(0, new_code_cell(handing_over(values)))
        executor.execute(notebook, {})
        del notebook.cells[0]

    def close(self) -> None:
        if self._client is not None:
            self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)
        self._scratch.cleanup()


def execute(
    notebook: NotebookNode,
    lesson_id: str,
    index: Path,
    kernel: AppKernel | None = None,
    values: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Run the cells in place, in `kernel` or in one of its own, with `values` for `material()`.

    Raises LessonError naming lesson and cell.
    """
    if kernel is None:
        with closing(AppKernel(index)) as own:
            own.run(notebook, values or {})
    else:
        kernel.run(notebook, values or {})
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                first = cell.source.splitlines()[0] if cell.source else ""
                raise LessonError(
                    f"lesson {lesson_id}, cell {number} of the app ({first!r}): {output.ename}: {output.evalue}"
                )


def steps_of(notebook: NotebookNode, kinds: Mapping[str, str]) -> list[Step]:
    """Cards: Markdown cells in a row with what follows them. Code exercises are not shown; cells are numbered anew."""
    hidden = {call.cell for call in exercise_calls(notebook) if kinds.get(call.exercise) == "code"}
    steps: list[Step] = []
    reading: list[NotebookNode] = []
    for index, cell in enumerate(notebook.cells):
        if index in hidden or (cell.cell_type == "code" and not cell.get("outputs")):
            continue
        reading.append(cell)
        if cell.cell_type == "code":
            steps.append(Step(tuple(reading)))
            reading = []
    return [*steps, Step(tuple(reading))] if reading else steps


class _NoContents:
    """Pictures stay files of their own: nothing is inlined."""

    def file_exists(self, path: str) -> bool:
        return False


class _Renderer(VoilaMarkdownRenderer):  # type: ignore[misc]  # mypy is told to skip voila
    """Headings without anchors: nbconvert's are `<a/>`, which HTML leaves open, and they would change the step."""

    def heading(self, text: str, level: int, **attributes: object) -> str:
        return f"<h{level}>{text}</h{level}>"


async def _exported(notebook: NotebookNode, template: Path, context: Mapping[str, Any]) -> str:
    exporter = VoilaExporter(
        template_name=template.name,
        extra_template_basedirs=[str(template.parent)],
        template_file="index.html.j2",
        contents_manager=_NoContents(),
        markdown_renderer_class=_Renderer,
    )
    pieces = exporter.generate_from_notebook_node(notebook, extra_context=dict(context))
    return "".join([piece async for piece, _ in pieces])


def _sample(folder: LessonFolder, asked: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What `material()` gives while a lesson is published: the values of its first variant, which no page keeps."""
    lesson = folder.lesson
    own = {f"{lesson.id}/{raw['id']}": raw["id"] for raw in lesson.exercise}
    return {
        full_id: public_values(drawn_exercise(lesson, own[full_id], lesson.variant[0]))
        for full_id in asked
        if full_id in own
    }


def _kinds(folder: LessonFolder) -> dict[str, str]:
    return {f"{folder.lesson.id}/{raw['id']}": str(raw.get("kind")) for raw in folder.lesson.exercise}


def _shared(values: Iterable[Any]) -> Any:
    """The value when all variants have the same, else an empty one of its type; of lists what stands in all."""
    first, *others = values
    if isinstance(first, list):
        return [element for element in first if all(element in other for other in others)]
    return first if all(other == first for other in others) else type(first)()
