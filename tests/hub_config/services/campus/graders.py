"""Graders for tests of the queue; a grader's process imports them by name."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

from autograders.models import Context, CriterionGrade, ExerciseGrade, Grade, Provenance, Status
from hub_config.services.campus.grading import Job


def tries_of(job: Job) -> Path:
    """Where each run leaves a line with its process id."""
    return job.folder / f"{job.submission}.tries"


def quick(job: Job) -> str:
    """Three points, and a line that it ran."""
    with tries_of(job).open("a") as file:
        file.write(f"{os.getpid()}\n")
    return _grade("pick", 3, 4)


def telling_classmates(job: Job) -> str:
    """As many points for `notice` as classmates' texts came with the job."""
    texts = Context.model_validate_json(job.context).classmates.get("notice", ())
    return _grade("notice", len(texts), 200)


def sandbox_lost(job: Job) -> str:
    """Its only criterion failed by a fault of ours: every time."""
    return _grade("pick", None, 4, "failed")


def sandbox_lost_twice(job: Job) -> str:
    """As `sandbox_lost` for two runs, then as `quick`."""
    text = quick(job)
    return text if len(tries_of(job).read_text().split()) > 2 else sandbox_lost(job)


def no_sandbox_twice(job: Job) -> str:
    """Its only criterion waits for a sandbox in two runs, then as `quick`."""
    text = quick(job)
    return text if len(tries_of(job).read_text().split()) > 2 else _grade("pick", None, 4, "waiting")


def one_hangs(job: Job) -> str:
    """As `quick`, a tenth of a second each; who takes the file `hang` away leaves its process id and hangs."""
    text = quick(job)
    try:
        (job.folder / "hang").unlink()
    except FileNotFoundError:
        time.sleep(0.1)
        return text
    (job.folder / "hanging").write_text(f"{job.submission} {os.getpid()}\n")
    time.sleep(600)
    return text


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


def _grade(exercise: str, points: float | None, max_: float, status: Status = "scored") -> str:
    line = CriterionGrade(id="c", points=points, max=max_, status=status, provenance=Provenance(by="code"))
    graded = ExerciseGrade(id=exercise, max=max_, criteria=(line,))
    return Grade(lesson="text.small", exercises=(graded,), graded_at=datetime.now(UTC)).model_dump_json()
