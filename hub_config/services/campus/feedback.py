"""The feedback page of a submission, as a learner's JupyterLab fetches it.

Importing this module imports nbgrader, which takes seconds: it is imported when it is first asked for.
"""

from __future__ import annotations

from autograders.feedback import feedback_html
from autograders.gradebook import Override
from course.notebook import stored_notebook
from hub_config.services.campus import artefacts, ledger, results
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import reading
from hub_config.services.campus.refusals import Refusal
from hub_config.services.campus.submissions import Submission


def feedback_page(campus: Campus, submission: Submission) -> str:
    """HTML with every reason and the teacher's changes. Raises Refusal("not_graded")."""
    with reading(campus.engine) as connection:
        stored = results.stored_grade(connection, submission)
        standing = ledger.of_submission(connection, submission)
    if stored is None:
        raise Refusal("not_graded")
    grade, _, blob = stored
    overrides = [
        Override(submission.learner, submission.lesson, exercise, found.teacher.points, found.teacher.comment)
        for exercise, found in standing.exercises.items()
        if found.teacher is not None
    ]
    notebook = stored_notebook(blob)
    with reading(campus.engine) as connection:
        made = artefacts.contents(
            connection, submission.learner, submission.lesson, [e.artefact for e in grade.exercises]
        )
    return feedback_html(campus.lesson(submission.lesson), notebook, grade, overrides, made)
