"""Graders for tests of the queue; a grader's process imports them by name."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

from autograders.models import CriterionGrade, ExerciseGrade, Grade, Provenance
from hub_config.services.campus.grading import Job


def tries_of(job: Job) -> Path:
    """Where each run leaves a line with its process id."""
    return job.folder / f"{job.submission}.tries"


def quick(job: Job) -> str:
    """Three points, and a line that it ran."""
    with tries_of(job).open("a") as file:
        file.write(f"{os.getpid()}\n")
    line = CriterionGrade(id="c", points=3, max=4, status="scored", provenance=Provenance(by="rule"))
    exercise = ExerciseGrade(id="pick", max=4, criteria=(line,))
    return Grade(lesson="text.small", exercises=(exercise,), graded_at=datetime.now(UTC)).model_dump_json()


def hanging_at_first(job: Job) -> str:
    """Hangs until it is killed the first time, then grades."""
    first = not tries_of(job).exists()
    text = quick(job)
    if first:
        time.sleep(600)
    return text


def hanging(job: Job) -> str:
    """Hangs until it is killed, every time."""
    quick(job)
    time.sleep(600)
    return ""


def broken(job: Job) -> str:
    """Has a bug."""
    raise ValueError(f"a bug while grading {job.submission}")
