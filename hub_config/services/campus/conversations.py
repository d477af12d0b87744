"""What a learner asked the AI in each exercise of a submission, for the teachers of the class."""

from __future__ import annotations

from sqlalchemy import select

from autograders.conversation import Turn, turns
from autograders.grade import submitted_answers
from autograders.models import Context
from autograders.rules.answers import text_of
from course.notebook import stored_notebook
from hub_config.services.campus import tables
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import reading
from hub_config.services.campus.replies import asks_ai
from hub_config.services.campus.submissions import Submission

_submission, _attempt = tables.submission, tables.attempt


def conversations(campus: Campus, submission: Submission) -> dict[str, tuple[Turn, ...]] | None:
    """Exercise id -> the conversation, for each exercise with an AI; None while the record could not be read.

    The record keeps prompts as hashes: their texts are those handed in, and those of answers that were checked.
    """
    query = select(_submission.c.notebook, _submission.c.context).where(_submission.c.id == submission.id)
    checked = select(_attempt.c.exercise, _attempt.c.answer).where(
        _attempt.c.learner == submission.learner, _attempt.c.lesson == submission.lesson
    )
    with reading(campus.engine) as connection:
        row = connection.execute(query).one()
        attempts = connection.execute(checked).all()
    context = Context.model_validate_json(row.context)
    if context.replies_unknown:
        return None
    answers = submitted_answers(stored_notebook(row.notebook), submission.lesson, context)
    return {
        exercise: turns(
            context.replies.get(exercise, ()),
            text_of(answers.get(exercise, {}), "prompt"),
            [text_of(made.answer, "prompt") for made in attempts if made.exercise == exercise],
        )
        for exercise in asks_ai(campus.lesson(submission.lesson).lesson)
    }
