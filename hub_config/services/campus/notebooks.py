"""Submitted notebooks: what is taken for one, and writing drafts into the calls that hold no answer."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4.rwbase import rejoin_lines

from course.notebook import exercise_calls, with_answer
from hub_config.services.campus.refusals import Refusal

MAX_BYTES = 5_000_000
MAX_CELLS = 1_000
MAX_SOURCE = 100_000
"""Characters in all cells together: formgrader's page takes 50 microseconds for each."""


def read_notebook(body: bytes) -> NotebookNode:
    """A learner's bytes as a notebook of format 4.

    Cells that were deleted, copied or relabelled are the grader's business. Raises Refusal: "too_big", "too_long",
    "not_a_notebook" (no JSON, too deep, too many cells, not nbformat).
    """
    if len(body) > MAX_BYTES:
        raise Refusal("too_big")
    try:
        raw = json.loads(body)
        if not isinstance(raw, dict) or not isinstance(raw.get("cells"), list) or len(raw["cells"]) > MAX_CELLS:
            raise Refusal("not_a_notebook")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # cell ids that are missing or stand twice
            if raw.get("nbformat") != 4:
                raise Refusal("not_a_notebook")
            notebook = nbformat.from_dict(rejoin_lines(nbformat.from_dict(raw)))  # files hold sources line by line
            _, notebook = nbformat.validator.normalize(notebook)
            nbformat.validate(notebook)
        to_bytes(notebook)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError, nbformat.ValidationError) as error:
        raise Refusal("not_a_notebook") from error
    check_length(notebook)
    return notebook


def check_length(notebook: NotebookNode) -> None:
    """Raises Refusal("too_long") where all cells together hold more than MAX_SOURCE characters."""
    if sum(len(cell.source) for cell in notebook.cells) > MAX_SOURCE:
        raise Refusal("too_long")


def filled(
    notebook: NotebookNode, lesson: str, drafts: Mapping[str, dict[str, Any]], *, drafts_alone: bool = False
) -> NotebookNode:
    """The notebook, in place, with drafts written into those exercise calls of the lesson that hold no answer.

    `drafts_alone`: into all of them, whatever they hold.
    """
    for call in exercise_calls(notebook):
        of_lesson, _, exercise = call.exercise.partition("/")
        if of_lesson == lesson and (drafts_alone or (call.answer is None and exercise in drafts)):
            cell = notebook.cells[call.cell]
            cell.source = with_answer(cell.source, drafts.get(exercise, {}))
    return notebook


def to_bytes(notebook: NotebookNode) -> bytes:
    """nbformat JSON in UTF-8."""
    text: str = nbformat.writes(notebook)
    return text.encode()
