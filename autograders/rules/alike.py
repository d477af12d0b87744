"""Whether an answer is nearly the same as one that somebody else of the class handed in before."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from autograders.models import Context
from autograders.normalize import read_text
from autograders.rules.answers import text_of
from autograders.rules.copied import compare
from autograders.rules.given import sources, topic
from course.criteria import FactPattern
from course.lesson import Exercise

_TYPED = ("prompt", "text", "teach_back")
_PARTS = ("prompt", "final", "text", "follow_up")
_ENOUGH = 25  # words of the learner's own: who says the same card in few words says the same words
_SAME_WORDS, _SAME_PAIRS = 0.9, 0.8  # a word changed costs two pairs, a sentence moved costs two as well
_WORD = re.compile(r"[a-z0-9]+")
_FILLED = re.compile(r"\{[a-z_]+\}")


def is_alike(exercise: Exercise, answer: Mapping[str, Any], context: Context) -> bool:
    """Whether a typed answer is nearly one of `others`; never for answers by touch, which are alike when right.

    Looked at are the words that are the learner's own: those of the exercise, its facts and the practice AI's reply
    are everybody's, and what any AI answered to the prompt handed in is that AI's. `others`, of the context's
    `classmates`, are the texts of others' answers, their parts joined by line breaks.
    """
    others = context.classmates.get(exercise.id, ())
    if exercise.kind not in _TYPED or not others:
        return False
    words, pairs = _own(exercise, answer, context)
    if words.total() < _ENOUGH:
        return False
    return any(_holds(other, words, pairs) for other in map(_words, others))


def _holds(other: tuple[str, ...], words: Counter[str], pairs: Counter[tuple[str, str]]) -> bool:
    """Whether nearly all the words and pairs stand in another's text."""
    enough = _SAME_WORDS * words.total()
    there = set(other)
    if sum(count for word, count in words.items() if word in there) < enough:
        return False
    if (words & Counter(other)).total() < enough:
        return False
    return (pairs & Counter(pairwise(other))).total() >= _SAME_PAIRS * pairs.total()


def _own(
    exercise: Exercise, answer: Mapping[str, Any], context: Context
) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """The learner's own words, and pairs of them that stand next to each other."""
    prompt = text_of(answer, "prompt")
    # to another prompt, say one that had a classmate's text repeated, the AI may have said anything
    said = [reply.text for reply in context.replies.get(exercise.id, ()) if reply.answers(prompt)]
    facts = [form for fact in topic(exercise) for form in _forms(fact)]
    facts += [fact for block in exercise.material for fact in block.facts]
    everybodys = [*sources(exercise), *(_FILLED.sub(" ", fragment.given) for fragment in exercise.practice)]
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for on in _PARTS:
        text = text_of(answer, on)
        tokens = read_text(text).tokens
        others = [*everybodys, *said] if on == "final" else everybodys
        own = [at for at in compare(text, others, whole=facts).own if tokens[at].base.isalpha()]
        words.update(tokens[at].base for at in own)
        pairs.update((tokens[a].base, tokens[b].base) for a, b in pairwise(own) if b == a + 1)
    return words, pairs


def _forms(fact: str | FactPattern) -> tuple[str, ...]:
    return (fact,) if isinstance(fact, str) else (*fact.any, *fact.all)


@lru_cache(maxsize=2048)
def _words(text: str) -> tuple[str, ...]:
    """The words of another's text, folded the fast way: hundreds are read for each answer."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("\u0111", "d")).encode("ascii", "ignore").decode("ascii")
    return tuple(_WORD.findall(plain))
