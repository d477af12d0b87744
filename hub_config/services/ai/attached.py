"""The document that goes along with every prompt of an exercise, as plain text for a real model."""

from course.lesson import Block, Exercise
from hub_config.services.ai.wording import ATTACHED


def attached_document(exercise: Exercise) -> str:
    """The text that tells a model of the exercise's material; "" when nothing is attached or there is nothing to read.

    Private lines of a card stay out: a learner is asked to keep them from the AI.
    """
    document = attached_text(exercise)
    return ATTACHED.format(document=document) if document else ""


def attached_text(exercise: Exercise) -> str:
    """The text alone that is attached; "" when nothing is."""
    if not exercise.attached:
        return ""
    return "\n\n".join(text for block in exercise.material if (text := _plain(block)))


def _plain(block: Block) -> str:
    rows = (" | ".join(row) for row in block.rows)
    facts = (f"- {fact}" for fact in block.facts)
    return "\n".join(part for part in (block.title, block.whole_text, *rows, *facts) if part)
