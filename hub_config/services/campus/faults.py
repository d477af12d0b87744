"""What of a grade is missing by a fault of ours: the learner loses nothing, and it is graded again."""

from __future__ import annotations

from autograders.models import Context, Grade

REPLIES_UNKNOWN = "the gateway's record of replies could not be read"
"""How the problem of a submission begins that is graded again as soon as the record can be read."""
MAX_PROBLEM = 2000


def faults_of(grade: Grade) -> dict[str, list[str]]:
    """Criteria without points by a fault of ours, as exercise/criterion, by who was to grade them: code, rule.

    Code that waits is among them: no sandbox could be started.
    """
    found: dict[str, list[str]] = {"code": [], "rule": []}
    for exercise in grade.exercises:
        for line in exercise.criteria:
            if line.status == "failed" or (line.status == "waiting" and line.provenance.by == "code"):
                found.setdefault(line.provenance.by, []).append(f"{exercise.id}/{line.id}")
    return found


def problem_of(grade: Grade, context: Context | None) -> str:
    """What a graded submission's row says is wrong with its grade, "" when nothing is."""
    failed = [line for lines in faults_of(grade).values() for line in lines]
    if not failed:
        return ""
    why = f"{REPLIES_UNKNOWN}: " if context is not None and context.replies_unknown else ""
    return f"{why}by a fault of ours not graded: {', '.join(failed)}"[:MAX_PROBLEM]
