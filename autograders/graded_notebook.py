"""A submission as formgrader shows it: what the learner wrote, in cells the gradebook knows.

Learners delete, copy and relabel cells. Here each cell of the gradebook stands exactly once with the assignment's own
metadata, locked cells hold the assignment's text, and nothing of the learner's metadata, outputs, attachments or
markup is left: formgrader puts all of it into its pages as it is, scripts included.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Mapping, Sequence

from nbformat import NotebookNode
from nbformat.corpus.words import generate_corpus_id as random_cell_id
from nbformat.v4 import new_notebook

from autograders import wording
from autograders.conversation import conversation_cell
from autograders.models import AiReply
from autograders.pictures.shown import picture_cell
from autograders.rules.answers import artefact_of, text_of
from course.assignment import nbgrader_metadata
from course.notebook import Call, exercise_calls

SHOWN = 10_000
"""Characters of a learner's Markdown cell that formgrader shows."""
DELETED = "deleted-by-learner"
"""Tag of a cell that was put back without having been the learner's: it is not to be run as theirs."""


def graded_notebook(
    assignment: NotebookNode,
    submitted: NotebookNode,
    released: Mapping[str, str] | None = None,
    replies: Mapping[str, Sequence[AiReply]] | None = None,
    artefacts: Mapping[str, bytes] | None = None,
) -> NotebookNode:
    """The submission in the assignment's cells; none of the notebooks is changed.

    `assignment` is `course.assignment.gradebook_notebook` or `assignment_cells.assignment_notebook`; `released` the
    sources of its cells as learners got them (without hidden tests) by grade id, where they are known.
    `replies`, by exercise id, are what the AI said: each conversation stands behind its exercise.
    `artefacts`, by SHA-256, are what the learner made: each stands behind the exercise that names it.
    """
    own = {meta["grade_id"]: cell for cell in assignment.cells if (meta := nbgrader_metadata(cell))}
    given = {grade_id: {cell.source, (released or {}).get(grade_id, cell.source)} for grade_id, cell in own.items()}
    calls = exercise_calls(submitted)
    places = _exercise_places(assignment, calls)
    places |= _places(own, given, submitted, places, {call.cell for call in calls} if places else set())
    names = {index: grade_id for grade_id, index in places.items()}
    ours = {cell.source for cell in assignment.cells if cell.cell_type == "markdown"}
    cells = [
        _cell(cell, own.get(names.get(index, "")), ours)
        for index, cell in enumerate(submitted.cells)
        if index in names or not _is_copy(cell, own, given)
    ]
    _put_back(cells, own)
    _add_conversations(cells, replies or {})
    _add_artefacts(cells, artefacts or {})
    return new_notebook(cells=cells, metadata=copy.deepcopy(assignment.metadata))


def _exercise_places(assignment: NotebookNode, calls: Sequence[Call]) -> dict[str, int]:
    """grade id -> index of the submitted exercise call that counts: the one whose answer was graded, else the first."""
    places: dict[str, int] = {}
    for call in exercise_calls(assignment):
        grade_id = nbgrader_metadata(assignment.cells[call.cell]).get("grade_id")
        same = [c for c in calls if c.exercise == call.exercise]
        if grade_id and same:
            places[grade_id] = next((c for c in same if c.answer is not None), same[0]).cell
    return places


def _places(
    own: Mapping[str, NotebookNode],
    given: Mapping[str, set[str]],
    submitted: NotebookNode,
    exercises: Mapping[str, int],
    calls: Collection[int],
) -> dict[str, int]:
    """grade id -> index of the submitted cell that counts, for cells that are no exercise calls.

    A locked cell stands where its first unchanged copy does, an answer is the last one that was changed.
    """
    found: dict[str, list[int]] = {}
    for index, cell in enumerate(submitted.cells):
        grade_id = _grade_id(cell)
        if grade_id in own and grade_id not in exercises and index not in calls:
            found.setdefault(grade_id, []).append(index)
    places = {}
    for grade_id, indices in found.items():
        unchanged = [index for index in indices if submitted.cells[index].source in given[grade_id]]
        if nbgrader_metadata(own[grade_id]).get("locked"):
            places[grade_id] = unchanged[0] if unchanged else indices[-1]
        else:
            places[grade_id] = next((i for i in reversed(indices) if i not in unchanged), indices[-1])
    return places


def _grade_id(cell: NotebookNode) -> str:
    found = nbgrader_metadata(cell).get("grade_id")
    return found if isinstance(found, str) else ""


def _is_copy(cell: NotebookNode, own: Mapping[str, NotebookNode], given: Mapping[str, set[str]]) -> bool:
    """Whether a cell that does not count is a mere copy of a locked one; with other text in it it is the learner's."""
    grade_id = _grade_id(cell)
    locked = grade_id in own and nbgrader_metadata(own[grade_id]).get("locked")
    return bool(locked) and (not cell.source.strip() or cell.source in given[grade_id])


def _cell(cell: NotebookNode, own: NotebookNode | None, ours: set[str]) -> NotebookNode:
    if own is not None and nbgrader_metadata(own).get("locked"):
        return _copy(own)
    if (own or cell).cell_type == "code":
        made = _new("code", cell.source)
    else:
        made = _new("markdown", cell.source if cell.source in ours else as_written(cell.source))
    if own is not None:
        made.metadata = copy.deepcopy(own.metadata)
    return made


def _copy(own: NotebookNode) -> NotebookNode:
    made = _new("code" if own.cell_type == "code" else "markdown", own.source)
    made.metadata = copy.deepcopy(own.metadata)
    if own.get("attachments"):
        made.attachments = copy.deepcopy(own.attachments)
    return made


def _new(cell_type: str, source: str) -> NotebookNode:
    """A cell as nbformat.v4 makes it, without validating it."""
    made = NotebookNode(id=random_cell_id(), cell_type=cell_type, metadata=NotebookNode(), source=source)
    if cell_type == "code":
        made.update(execution_count=None, outputs=[])
    return made


def as_written(text: str) -> str:
    """Markdown that shows `text` letter by letter: a fence longer than any run of backticks in it.

    Of a very long text the beginning: nbconvert reads Markdown in the square of its length.
    """
    if len(text) > SHOWN:
        text = f"{text[:SHOWN]}\n{wording.CUT}"
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _add_conversations(cells: list[NotebookNode], replies: Mapping[str, Sequence[AiReply]]) -> None:
    """Behind each exercise that counts, what the AI said in it."""
    for call in reversed(exercise_calls(NotebookNode(cells=cells))):
        said = replies.get(call.exercise.partition("/")[2], ())
        if said and nbgrader_metadata(cells[call.cell]).get("grade_id"):
            prompt = text_of(call.answer or {}, "prompt")
            cells.insert(call.cell + 1, _new("markdown", conversation_cell(said, prompt)))


def _add_artefacts(cells: list[NotebookNode], artefacts: Mapping[str, bytes]) -> None:
    for call in reversed(exercise_calls(NotebookNode(cells=cells))):
        content = artefacts.get(artefact_of(call.answer or {}))
        if content is not None and nbgrader_metadata(cells[call.cell]).get("grade_id"):
            cells.insert(call.cell + 1, _new("markdown", picture_cell(content)))


def _put_back(cells: list[NotebookNode], own: Mapping[str, NotebookNode]) -> None:
    """Insert what is missing behind the cell it follows in the assignment."""
    here = [nbgrader_metadata(cell).get("grade_id") for cell in cells]
    behind = 0
    for grade_id, cell in own.items():
        if grade_id in here:
            behind = here.index(grade_id) + 1
            continue
        made = _copy(cell)
        if not nbgrader_metadata(cell).get("locked"):
            made.metadata["tags"] = [DELETED]
        cells.insert(behind, made)
        here.insert(behind, grade_id)
        behind += 1
