"""The rule covers_ideas, and the one question that the simulated beginner asks back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.normalize import syllables
from autograders.rules.answers import text_of
from autograders.rules.facts import find_fact
from autograders.rules.finding import Finding, lost, not_done, quoted
from autograders.rules.gates import is_copied
from course.criteria import CoversIdeas
from course.lesson import Exercise, Idea

_AROUND = 3  # words of an explanation around each idea's wording; loose key words have none


def covers_ideas(criterion: CoversIdeas, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """Points shared evenly over the ideas that text and follow-up cover together."""
    text = _told(answer)
    if not text.strip():
        return not_done()
    if is_copied(text, exercise):
        return Finding(0.0, wording.COPIED)
    shown = {idea.id: _shown(idea, text) for idea in exercise.idea if idea.id in criterion.ideas}
    covered = {id_: words for id_, words in shown.items() if words}
    if covered and not _is_explained(text, covered):
        return Finding(0.0, wording.KEYWORDS_ONLY, quoted(covered.values()))
    missing = [idea.text for idea in exercise.idea if idea.id in shown and idea.id not in covered]
    if not missing:
        return Finding(1.0, wording.FULL_IDEAS, quoted(covered.values()))
    return lost(criterion, len(covered) / len(shown), missing, covered.values(), len(missing))


def missing_idea(exercise: Exercise, answer: Mapping[str, Any]) -> Idea | None:
    """The idea to ask back about: the one asked already, else the first that the text does not cover.

    None when every idea is covered or the learner has answered a question: only one is asked.
    """
    text = text_of(answer, "text")
    if not text.strip() or text_of(answer, "follow_up").strip():
        return None
    wanted = [id_ for c in exercise.criterion if isinstance(c, CoversIdeas) for id_ in c.ideas]
    ideas = [idea for idea in exercise.idea if not wanted or idea.id in wanted]
    open_ideas = [idea for idea in ideas if not _shown(idea, text)]
    asked = answer.get("asked")
    return next((idea for idea in open_ideas if idea.id == asked), open_ideas[0] if open_ideas else None)


def _told(answer: Mapping[str, Any]) -> str:
    return "\n".join(filter(None, (text_of(answer, "text"), text_of(answer, "follow_up"))))


def _shown(idea: Idea, text: str) -> str:
    return next((words for fact in idea.any if (words := find_fact(text, fact))), "")


def _is_explained(text: str, covered: Mapping[str, str]) -> bool:
    around = syllables(text) - sum(syllables(words) for words in set(covered.values()))
    return around >= _AROUND * len(covered)
