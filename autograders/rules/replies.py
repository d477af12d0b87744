"""What the AI said to the learner, as campus took it from the gateway's record: never from the notebook.

An AI's reply is no work of the learner's, however good. One in which nothing is left to mend may be signed as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograders.models import Context
from autograders.normalize import folded
from autograders.rules.answers import text_of
from autograders.rules.copied import compare
from autograders.rules.finding import Finding
from autograders.rules.invented import strange_figures
from autograders.rules.placeholders import left_gaps
from course.criteria import Criterion, Improves
from course.lesson import Exercise

_SAME = 0.9  # of the words of either text


def handed_back(text: str, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> bool:
    """Whether a text is a reply of the AI as it came, and what the AI made up or left open still stands in it."""
    for reply in context.replies.get(exercise.id, ()):
        if compare(text, [reply.text]).share < _SAME or compare(reply.text, [text]).share < _SAME:
            continue
        made_up = [*strange_figures(text, exercise, text_of(answer, "prompt")), *left_gaps(text)]
        made_up += [reply.text[start:end] for start, end in reply.invented]
        said, handed_in = folded(reply.text), folded(text)
        if any(piece and piece in said and piece in handed_in for piece in (folded(one).strip() for one in made_up)):
            return True
    return False


def reply_to(prompt: str, exercise: Exercise, context: Context) -> str:
    """What the AI answered to the prompt that was handed in; else what it said last, "" when it was never asked."""
    replies = context.replies.get(exercise.id, ())
    to_this = [reply for reply in replies if reply.answers(prompt)]
    return (to_this or replies)[-1].text if replies else ""


def stored_reply(exercise: Exercise) -> str:
    """The reply that the lesson itself ships, the same for everybody; "" when it ships none."""
    replies = [block.text for block in exercise.material if block.kind == "reply"]
    return "\n".join(replies) or exercise.reveal


def rests_on_replies(criterion: Criterion, exercise: Exercise) -> bool:
    """Whether what the AI said may decide a criterion."""
    if isinstance(criterion, Improves) and criterion.from_ == "reply" and not stored_reply(exercise):
        return True
    return criterion.on == "final" and "not_copied" in criterion.gate


def is_open(criterion: Criterion, exercise: Exercise, context: Context, finding: Finding | None) -> bool:
    """Whether a criterion waits for the record: it rests on it, and nothing said so far has decided it.

    `finding` None: no gate has shut. A reply can only shut a gate, so that what earned nothing without one is decided.
    """
    if not context.replies_unknown or not rests_on_replies(criterion, exercise):
        return False
    return finding is None or finding.share > 0 or isinstance(criterion, Improves)
