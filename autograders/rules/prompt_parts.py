"""The rule has_parts: the prompt holds these parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.rules.answers import text_of
from autograders.rules.facts import find_fact
from autograders.rules.finding import Finding, lost, not_done, quoted
from autograders.rules.gates import is_copied, is_copied_prompt
from autograders.rules.given import topic
from autograders.rules.parts import find_parts
from course.criteria import HasParts
from course.lesson import Exercise

_ENOUGH_FACTS = 1 / 3


def has_parts(criterion: HasParts, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """Points shared evenly over the parts; a prompt that is the card or the question pasted holds none."""
    text = text_of(answer, criterion.on)
    if not text.strip():
        return not_done()
    copied = is_copied_prompt if criterion.on == "prompt" else is_copied
    if copied(text, exercise):
        return Finding(0.0, wording.COPIED)
    parts = find_parts(text)
    if "facts" in criterion.parts and "facts" not in parts and (facts := _facts(text, exercise)):
        parts["facts"] = facts
    found = [part for part in criterion.parts if part in parts]
    missing = [wording.PARTS[part] for part in criterion.parts if part not in parts]
    evidence = quoted(parts[part] for part in found)
    names = [wording.PARTS[part] for part in found]
    if not missing:
        return Finding(1.0, wording.FULL_PARTS.format(found=", ".join(names)), evidence)
    message = lost(criterion, 0, missing, names, len(missing)).message
    return Finding(len(found) / len(criterion.parts), message, evidence)


def _facts(text: str, exercise: Exercise) -> str:
    """The wording of the exercise's facts, when the text states a third of them; else ""."""
    wanted = topic(exercise)
    stated = [wording_ for fact in wanted if (wording_ := find_fact(text, fact))]
    return quoted(stated) if stated and len(stated) >= len(wanted) * _ENOUGH_FACTS else ""
