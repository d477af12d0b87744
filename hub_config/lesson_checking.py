"""One lesson checked, with what campus does to a learner's notebook as one of its doors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograders.lesson_check import Report, check_lesson, unreadable
from autograders.sandbox.executor import Executor
from course.catalog import id_at_head, read_lesson
from course.errors import LessonError
from course.notebook import stored_notebook
from hub_config.services.campus import notebooks


def report_of(folder: Path, executor: Executor | None) -> Report:
    """What a check finds; of a lesson that cannot be read, why."""
    try:
        return check_lesson(read_lesson(folder), executor, _handed_in)
    except LessonError as error:
        return unreadable(id_at_head(folder) or folder.name, error)


def _handed_in(notebook: NotebookNode, lesson_id: str, drafts: Mapping[str, dict[str, Any]]) -> NotebookNode:
    """What the grader gets when campus has written the drafts into the notebook, and stored it as bytes."""
    return stored_notebook(notebooks.to_bytes(notebooks.filled(notebook, lesson_id, drafts)))
