"""The rule improves: a later draft against an earlier one, mark by mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.normalize import folded, syllables
from autograders.rules.answers import text_of
from autograders.rules.denied import is_denied
from autograders.rules.facts import fact_name, find_fact
from autograders.rules.finding import Finding, lost, not_done, quoted
from autograders.rules.parts import find_parts
from autograders.rules.replies import reply_to, stored_reply
from course.criteria import Improves
from course.lesson import Exercise

_DRAFT = 3  # syllables: less is no draft


def improves(criterion: Improves, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """Points for what the draft left open and the later text has; what it lost again is taken off.

    A draft that left nothing open asks only that nothing gets lost. Without a draft nothing can be compared.
    """
    later, earlier = text_of(answer, criterion.on), draft(criterion.from_, exercise, answer, context)
    if not later.strip():
        return not_done()
    if syllables(earlier) < _DRAFT:
        return Finding(0.0, wording.NO_DRAFT)
    before, after = _marks(criterion, earlier), _marks(criterion, later)
    wanted = before.keys()
    left_open = [name for name in wanted if not before[name]]
    gained = [name for name in left_open if after[name]]
    again = [name for name in wanted if before[name] and not after[name]]
    missing = [name for name in wanted if not after[name]]
    evidence = quoted(words for words in after.values() if words and words in later)
    if not missing:
        return Finding(1.0, wording.FULL_DRAFT.format(found=", ".join(gained or wanted)), evidence)
    if left_open:
        share = max(0.0, (len(gained) - len(again)) / len(left_open))
    else:
        share = max(0.0, 1 - len(again) / len(wanted))
    if folded(later) == folded(earlier):
        return Finding(0.0, f"{wording.SAME_DRAFT} {lost(criterion, 0, missing, gained, len(missing)).message}")
    return lost(criterion, share, missing, gained, len(missing))


def draft(from_: str, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> str:
    """The earlier text: a part of the answer, or a reply, the one that the lesson ships before the AI's own."""
    if from_ != "reply":
        return text_of(answer, from_)
    return stored_reply(exercise) or reply_to(text_of(answer, "prompt"), exercise, context)


def _marks(criterion: Improves, text: str) -> dict[str, str]:
    """What makes a text good, by the name that a learner reads -> its wording, "" where it is not so."""
    found = find_parts(text) if criterion.parts else {}
    marks = {fact_name(fact): find_fact(text, fact, is_denied) or "" for fact in criterion.facts}
    marks |= {wording.PARTS[part]: found.get(part, "") for part in criterion.parts}
    for fact in criterion.absent:
        name = fact_name(fact)
        marks[wording.WITHOUT.format(name=name)] = "" if find_fact(text, fact) else name
    return marks
