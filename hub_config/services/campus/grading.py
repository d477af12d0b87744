"""What a grader's process does: one submission in, one grade out, both as text. Nothing here touches the database."""

from __future__ import annotations

import multiprocessing
import os
import threading
from dataclasses import dataclass
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path

import nbformat

from autograders.grade import grade
from autograders.models import Context, Grade
from autograders.sandbox.executor import Executor
from course.catalog import read_lesson
from hub_config import processes


@dataclass(frozen=True)
class Job:
    """A submission on its way to a grader's process."""

    submission: str
    folder: Path
    notebook: str
    context: str


def grade_job(job: Job) -> str:
    """The Grade as JSON. Raises what grading raises: a fault of ours, never of the learner."""
    notebook = nbformat.reads(job.notebook, as_version=4)
    context = Context.model_validate_json(job.context)
    made: Grade = grade(read_lesson(job.folder), notebook, context, None, _executor())
    return made.model_dump_json()


def begin_process() -> None:
    """Run first in a grader's process: it ends when campus ends, however campus ends, and is as closed as campus."""
    processes.conceal()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


@cache
def _executor() -> Executor:
    return Executor()
