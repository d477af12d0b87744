"""Campus's own grader with a shorter time for learners' code, so that attacks which never end cost seconds."""

from __future__ import annotations

from autograders import code_tests
from hub_config.services.campus.grading import Job, grade_job

SECONDS = 3.0


def grade_in_short(job: Job) -> str:
    """`grade_job` with `SECONDS` for all cells of a submission."""
    if code_tests.SECONDS < SECONDS:
        raise RuntimeError("the budget of code tests is not where this suite shortens it")
    code_tests.SECONDS = SECONDS
    return grade_job(job)
