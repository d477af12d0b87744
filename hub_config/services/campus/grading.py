"""What a grader's process does: one submission in, one grade out, both as text. Nothing here touches the database.

The process is a slot of campus's own (graders.LocalGraders) or a Dask worker that preloads this module.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import threading
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograders.grade import grade, lesson_version
from autograders.models import Context, Grade
from autograders.sandbox.cell import ExecutorUnavailable
from course.catalog import LessonFolder, read_lesson
from course.notebook import stored_notebook
from hub_config import processes

if TYPE_CHECKING:
    from autograders.sandbox.executor import Executor

log = logging.getLogger(__name__)

_thread = threading.local()


class LessonChangedError(Exception):
    """The lesson folder here is not the one that the submission is to be graded by: mend the copy, or try again."""


@dataclass(frozen=True)
class Job:
    """A submission on its way to a grader's process."""

    submission: str
    folder: Path  # the lesson's, at the same place on every machine that grades
    notebook: str  # nbformat JSON
    context: str  # autograders.models.Context as JSON
    version: str  # autograders.grade.lesson_version of the folder as campus sees it


def grade_job(job: Job) -> str:
    """The Grade as JSON. Raises what grading raises: a fault of ours, never of the learner."""
    notebook = stored_notebook(job.notebook)
    context = Context.model_validate_json(job.context)
    made: Grade = grade(_lesson(job.folder, job.version), notebook, context, None, _executor())
    return made.model_dump_json()


@lru_cache(maxsize=64)
def _lesson(folder: Path, version: str) -> LessonFolder:
    """The lesson as it is in that version: reading and drawing one takes up to half a second."""
    found = read_lesson(folder)
    found.notebook  # noqa: B018 - read now, so that it belongs to the same version
    if lesson_version(found) != version:
        raise LessonChangedError(f"{folder} holds version {lesson_version(found)}, the submission wants {version}")
    return found


def begin_process(warm: bool) -> None:
    """Run first in a grader's process: it ends when campus ends, however campus ends, and is as closed as campus.

    `warm` starts its sandbox now and not with the first submission that has code.
    """
    processes.conceal()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()
    if warm:
        warm_up()
    processes.keep_loaded()


def warm_up() -> None:
    """Start the sandbox's warm parent of this thread, so that the first submission need not wait for it."""
    try:
        _executor().__enter__()
    except ExecutorUnavailable as reason:
        log.error("criteria that need code wait: %s", reason)


async def dask_setup(worker: Any) -> None:
    """What `dask worker --preload hub_config.services.campus.grading` awaits before the worker joins; docs/cluster.md.

    Raises ValueError for a worker of several threads: they could not be ended one by one.
    """
    if worker.state.nthreads != 1:
        raise ValueError(f"a grading worker has one thread, not {worker.state.nthreads}: start it with --nthreads 1")
    processes.conceal()
    await asyncio.wrap_future(worker.executor.submit(warm_up))  # in the thread that will grade


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _executor() -> Executor:
    """This thread's own: the kernel ends a warm parent together with the thread that started it."""
    if not hasattr(_thread, "executor"):
        from autograders.sandbox.executor import Executor  # brings pandas, and campus itself runs no code

        _thread.executor = Executor()
    executor: Executor = _thread.executor
    return executor
