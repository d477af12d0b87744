"""What an exercise itself says: the facts it is about, and every text of it that a learner might paste."""

from __future__ import annotations

from course.criteria import Fact, KeepsFacts, KeepsFactsByPoint, Masks, MatchesAny
from course.lesson import Block, Exercise


def topic(exercise: Exercise) -> tuple[Fact, ...]:
    """What a text on the exercise's matter speaks of: its facts, else what its cards hold, else its ideas."""
    facts = tuple(fact for c in exercise.criterion if isinstance(c, KeepsFacts) for fact in c.facts)
    facts += tuple(
        f for c in exercise.criterion if isinstance(c, KeepsFactsByPoint) for fs in c.facts.values() for f in fs
    )
    facts = facts or tuple(form for c in exercise.criterion if isinstance(c, MatchesAny) for form in c.forms)
    facts = facts or tuple(fact for block in exercise.material for fact in block.facts)
    return facts or tuple(fact for idea in exercise.idea for fact in idea.any)


def told_facts(exercise: Exercise) -> tuple[Fact, ...]:
    """The facts that a message of the exercise tells, as the grader and as the card word them."""
    return (*topic(exercise), *(fact for block in exercise.material for fact in block.facts))


def secrets(exercise: Exercise) -> tuple[str, ...]:
    """What was planted in an exercise and must not get out: private lines of its cards, and what is to be masked."""
    private = [line for block in exercise.material for line in block.private]
    return (*private, *(secret for c in exercise.criterion if isinstance(c, Masks) for secret in c.hide))


def sources(exercise: Exercise) -> tuple[str, ...]:
    """Everything of an exercise that a learner might paste."""
    material = material_texts(exercise)
    return tuple(text for text in (*unlisted(exercise), "\n".join(material), *material) if text.strip())


def material_texts(exercise: Exercise) -> tuple[str, ...]:
    return tuple(text for block in exercise.material for text in block_texts(block) if text.strip())


def empty_replies(exercise: Exercise) -> tuple[str, ...]:
    """What an AI that knows nothing answers."""
    unasked = "\n".join(fragment.none for fragment in exercise.practice)
    return tuple(text for text in (unasked, exercise.reveal) if text.strip())


def unlisted(exercise: Exercise) -> tuple[str, ...]:
    """Everything of an exercise but the facts of its cards."""
    blocks = [text for block in exercise.material for text in block_texts(block.model_copy(update={"facts": ()}))]
    texts = (exercise.title, exercise.ask, *empty_replies(exercise), *blocks)
    return tuple(text for text in texts if text.strip())


def block_texts(block: Block) -> tuple[str, ...]:
    """The texts of a block of material, as they would be pasted."""
    rows = "\n".join(" ".join(row) for row in block.rows)
    card = "\n".join((block.title, *block.facts, *block.private))
    return (f"{block.title}\n{block.whole_text}", card, rows, block.alt)
