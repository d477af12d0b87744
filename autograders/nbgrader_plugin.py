"""nbgrader preprocessors for `nbgrader autograde`: our grading in place of running learners' code as the teacher.

`hub_config/nbgrader_config.py` names them: `RestoreCells` sanitizes, `GradeLesson` grades. Nothing is executed in a
plain kernel; code tests go through the sealed executor, and wait where it cannot run.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List, Unicode

from autograders.grade import grade
from autograders.gradebook import CONTEXT_FILE
from autograders.gradebook_rows import GradebookError, set_scores
from autograders.graded_notebook import graded_notebook
from autograders.judge.judge import LLMJudge
from autograders.models import Context
from autograders.sandbox.executor import Executor, ExecutorUnavailable
from course.assignment import exercise_cells, gradebook_notebook
from course.catalog import Catalog, LessonFolder

SQLITE = "sqlite:///"


class LessonPreprocessor(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """A preprocessor that knows the lessons."""

    lessons = List(Unicode(), help="Folders of levels with the lessons' sources.").tag(config=True)

    def folder(self, resources: Any) -> LessonFolder:
        """The lesson of the assignment that is being converted. Raises GradebookError for an unknown one."""
        lesson_id = resources["nbgrader"]["assignment"]
        found = _catalog(tuple(self.lessons)).get(lesson_id)
        if found is None:
            raise GradebookError(
                f"no lesson {lesson_id!r} in {', '.join(self.lessons)}; set LessonPreprocessor.lessons"
            )
        return found


class RestoreCells(LessonPreprocessor):
    """The submission in the lesson's own cells, in place of nbgrader's sanitizing steps."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        return graded_notebook(gradebook_notebook(self.folder(resources)), nb), resources


class GradeLesson(LessonPreprocessor):
    """Grade the notebook and write the scores into the gradebook."""

    judge_base_url = Unicode(help="An OpenAI-compatible API for the judge; empty: judged criteria wait.").tag(
        config=True
    )
    judge_key = Unicode().tag(config=True)
    judge_model = Unicode().tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Leaves the notebook as it is. Raises GradebookError when the submission's context is not there."""
        names, folder = resources["nbgrader"], self.folder(resources)
        context = _context(names)
        with _executor(self.log) as executor:
            given = grade(folder, nb, context, self._judge(), executor)
        with Gradebook(names["db_url"]) as gradebook:
            submitted = gradebook.find_submission_notebook(names["notebook"], names["assignment"], names["student"])
            set_scores(submitted, exercise_cells(folder), given)
            gradebook.db.commit()
        self.log.info("%s: %g of %g points, %g wait", names["student"], given.points, given.max, given.waiting)
        return nb, resources

    def _judge(self) -> LLMJudge | None:
        if not self.judge_base_url:
            return None
        return LLMJudge(self.judge_base_url, self.judge_key, self.judge_model)


@lru_cache(maxsize=1)
def _catalog(lessons: tuple[str, ...]) -> Catalog:
    return Catalog(Path(folder) for folder in lessons)


def _context(names: dict[str, str]) -> Context:
    """Role, variant and drafts, as campus put them beside the submission."""
    classroom = Path(names["db_url"].removeprefix(SQLITE)).parent
    file = classroom / "submitted" / names["student"] / names["assignment"] / CONTEXT_FILE
    try:
        return Context.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        raise GradebookError(
            f"{file}: missing; it says which variant the learner worked on and comes with a submission through campus"
        ) from None


@contextlib.contextmanager
def _executor(log: Any) -> Iterator[Executor | None]:
    """A sealed executor, None where nothing can seal: code criteria then wait."""
    with contextlib.ExitStack() as stack:
        executor = None
        try:
            executor = stack.enter_context(Executor())
        except ExecutorUnavailable as reason:
            log.error("code tests wait: %s", reason)
        yield executor
