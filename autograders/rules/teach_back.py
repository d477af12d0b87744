"""The rule covers_ideas, and the one question that the simulated beginner asks back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.normalize import Text, read_text
from autograders.rules.answers import text_of
from autograders.rules.facts import find_fact
from autograders.rules.finding import Finding, lost, not_done, quoted
from autograders.rules.gates import is_copied
from autograders.rules.lexicon import phrases
from course.criteria import CoversIdeas
from course.lesson import Exercise, Idea

_AROUND = 3  # words of an explanation around each idea's wording; loose key words have none
_PHRASE = 5  # words in a row that a list of key words has not
_LEAD = 5  # words of the longest negation


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
    return next((words for fact in idea.any if (words := find_fact(text, fact, _is_needless))), "")


def _is_needless(text: Text, first: int, last: int) -> bool:
    """Whether what begins at token `first` is said to be needless: "khoi can doc lai".

    A fault that is avoided ("cho khoi nham") is still spoken of, an act that is spared ("de khoi doc lai") is not.
    Without diacritics "cho" is no warning.
    """
    if phrases("teach_back", "acts").at(text, first) and _led(text, first, "spared"):
        return True
    if _led(text, first, "avoided"):
        return False
    warned = text.accented and not phrases("teach_back", "subjects").at(text, first) and _led(text, first, "warning")
    return warned or _led(text, first, "needless")


def _led(text: Text, first: int, words: str) -> bool:
    """Whether a phrase of the list `words` runs up to token `first`, or into what begins there ("khong phai ghi")."""
    for start in range(max(0, first - _LEAD), first):
        same_clause = text.tokens[start].clause == text.tokens[first].clause
        if same_clause and start + phrases("teach_back", words).at(text, start) >= first:
            return True
    return False


def _is_explained(text: str, covered: Mapping[str, str]) -> bool:
    """Whether the ideas are told in sentences: enough other words, those that only speech has counted twice."""
    read = read_text(text)
    spoken = sum(1 for index in range(len(read.tokens)) if phrases("teach_back", "speech").at(read, index))
    longest = max(Counter(token.clause for token in read.tokens).values())
    around = len(read.tokens) - sum(len(read_text(words).tokens) for words in set(covered.values()))
    return (spoken >= len(covered) or longest >= _PHRASE) and around + spoken >= _AROUND * len(covered)
