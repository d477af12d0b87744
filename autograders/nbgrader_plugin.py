"""nbgrader preprocessors for `nbgrader autograde`: our grading in place of running learners' code as the teacher.

`hub_config/nbgrader_config.py` names them. `RestoreCells` sanitizes. Of a lesson of ours `GradeLesson` makes the
grade; of any other assignment `SealedExecute` runs the notebook and `SaveGrades` reads the outputs as nbgrader does.
Nothing is executed in a plain kernel; code tests go through the sealed executor, and wait where it cannot run.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Float, List, Unicode

from autograders.assignment_cells import assignment_notebook, course_notebook, released_sources, runs_python
from autograders.assignment_tests import FilesTooBig, Waiting, all_waiting, execute, files_beside, shared_tests
from autograders.grade import grade
from autograders.gradebook import CONTEXT_FILE
from autograders.gradebook_rows import GradebookError, set_scores
from autograders.graded_notebook import graded_notebook
from autograders.judge.judge import LLMJudge
from autograders.models import Context
from autograders.sandbox.executor import Executor, ExecutorUnavailable
from course.assignment import exercise_cells, gradebook_notebook, nbgrader_metadata
from course.catalog import Catalog, LessonFolder
from course.notebook import exercise_calls

WAITING = "waiting tests"
"""Where `SealedExecute` leaves for `SaveGrades` the grade ids of the tests that wait."""


class LessonPreprocessor(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """A preprocessor that knows the lessons, and the folders of the course."""

    lessons = List(Unicode(), help="Folders of levels with the lessons' sources.").tag(config=True)

    def folder(self, resources: Any) -> LessonFolder | None:
        """The lesson of the assignment that is being converted; None for an assignment that is no lesson of ours."""
        return _catalog(tuple(self.lessons)).get(resources["nbgrader"]["assignment"])

    def assignment(self, resources: Any) -> tuple[NotebookNode, NotebookNode | None]:
        """(the gradebook's cells in their order, the notebook as learners got it) of no lesson of ours."""
        names = resources["nbgrader"]
        released = course_notebook([self.step(s, resources) for s in ("release", "source")], names["notebook"])
        return assignment_notebook(names["db_url"], names["assignment"], names["notebook"], released), released

    def step(self, step: str, resources: Any) -> Path:
        """The assignment's folder of one of nbgrader's steps: source, release, submitted or autograded."""
        course = self.parent.parent.coursedir  # preprocessor -> exporter -> Autograde
        student = "." if step in ("source", "release") else resources["nbgrader"]["student"]
        place = getattr(course, f"{step}_directory")
        return Path(course.format_path(place, student, resources["nbgrader"]["assignment"]))


class RestoreCells(LessonPreprocessor):
    """The submission in the assignment's own cells, in place of nbgrader's sanitizing steps."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Raises GradebookError for a lesson that is not configured, and for a submission that is a link or has no
        context.
        """
        self._drop_links(resources)
        folder = self.folder(resources)
        if folder is not None:
            context = _context(self.step("submitted", resources) / CONTEXT_FILE)
            return graded_notebook(gradebook_notebook(folder), nb, replies=context.replies), resources
        own, released = self.assignment(resources)
        lesson = next((call.exercise for call in exercise_calls(own)), "").partition("/")[0]
        if lesson == resources["nbgrader"]["assignment"]:
            raise GradebookError(f"no lesson {lesson!r} in {', '.join(self.lessons)}; set LessonPreprocessor.lessons")
        return graded_notebook(own, nb, released_sources(released)), resources

    def _drop_links(self, resources: Any) -> None:
        """Take away what nbgrader copied from behind a submission's links: it may be anybody's file."""
        submitted, source = self.step("submitted", resources), self.step("source", resources)
        for link in (path for path in submitted.rglob("*") if path.is_symlink()):
            name = link.relative_to(submitted)
            if name.as_posix() == f"{resources['nbgrader']['notebook']}.ipynb":
                raise GradebookError(f"{link} is a link, not a submission")
            self.log.warning("%s is a link: it is not taken", link)
            if not (source / name).is_file():
                (self.step("autograded", resources) / name).unlink(missing_ok=True)


class SealedExecute(LessonPreprocessor):
    """Run the notebook in the sealed executor, in place of nbgrader's `Execute`; a lesson's is not run here."""

    seconds = Float(60.0, help="For one notebook, whatever its code does.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Outputs go into the cells; nothing is raised for what a submission does."""
        if self.folder(resources) is None:
            waiting = self._execute(nb, resources)
            for test in waiting:
                names = resources["nbgrader"]
                self.log.error(
                    "%s, %s: test %s waits for the teacher: %s",
                    names["student"], names["notebook"], test.grade_id, test.reason,
                )  # fmt: skip
            resources[WAITING] = [test.grade_id for test in waiting]
        return nb, resources

    def _execute(self, nb: NotebookNode, resources: Any) -> list[Waiting]:
        if not runs_python(nb):
            return all_waiting(nb, "only notebooks of a Python kernel are run")
        try:
            files = files_beside([self.step("submitted", resources), self.step("source", resources)])
            source = course_notebook([self.step("source", resources)], resources["nbgrader"]["notebook"])
            shared = shared_tests(self.assignment(resources)[0], source)
            return execute(nb, _executor(), files, shared, seconds=self.seconds)
        except (ExecutorUnavailable, FilesTooBig) as reason:
            return all_waiting(nb, str(reason))


class SaveGrades(LessonPreprocessor, SaveAutoGrades):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's `SaveAutoGrades`, where a test that waits has no score instead of a full one."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """A lesson's scores are `GradeLesson`'s."""
        if self.folder(resources) is not None:
            return nb, resources
        return SaveAutoGrades.preprocess(self, nb, resources)  # type: ignore[no-any-return]

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:
        grade_id = nbgrader_metadata(cell)["grade_id"]
        if grade_id not in resources[WAITING]:
            super()._add_score(cell, resources)
            return
        row = self.gradebook.find_grade(grade_id, self.notebook_id, self.assignment_id, self.student_id)
        row.auto_score, row.needs_manual_grade = None, True
        self.gradebook.db.commit()


class GradeLesson(LessonPreprocessor):
    """Grade a lesson's notebook and write the scores into the gradebook; other assignments are left alone."""

    judge_base_url = Unicode(help="An OpenAI-compatible API for the judge; empty: judged criteria wait.").tag(
        config=True
    )
    judge_key = Unicode().tag(config=True)
    judge_model = Unicode().tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Leaves the notebook as it is. Raises GradebookError when the submission's context is not there."""
        folder = self.folder(resources)
        if folder is None:
            return nb, resources
        names = resources["nbgrader"]
        context = _context(self.step("submitted", resources) / CONTEXT_FILE)
        executor = None
        try:
            executor = _executor()
        except ExecutorUnavailable as reason:
            self.log.error("code tests wait: %s", reason)
        given = grade(folder, nb, context, self._judge(), executor)
        with Gradebook(names["db_url"]) as gradebook:
            submitted = gradebook.find_submission_notebook(names["notebook"], names["assignment"], names["student"])
            set_scores(gradebook.db, submitted.id, exercise_cells(folder), given)
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


def _context(file: Path) -> Context:
    """Role, variant and drafts, as campus put them beside the submission."""
    try:
        return Context.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        raise GradebookError(
            f"{file}: missing; it says which variant the learner worked on and comes with a submission through campus"
        ) from None


class _Own(threading.local):
    """This thread's executor: warm for all notebooks of one `nbgrader autograde`, ended by the kernel with it."""

    executor: Executor | None = None


_own = _Own()


def _executor() -> Executor:
    """A sealed executor. Raises ExecutorUnavailable where nothing can seal."""
    if _own.executor is None:
        _own.executor = Executor().__enter__()
    return _own.executor
