"""Gates: what must hold before a criterion counts, so that pasted or idle text earns nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from autograders import wording
from autograders.judge.spans import told
from autograders.models import Context
from autograders.normalize import read_text
from autograders.rules.answers import text_of
from autograders.rules.bare_list import is_bare_list
from autograders.rules.copied import Copying, compare, is_reordered, is_salad
from autograders.rules.facts import find_fact
from autograders.rules.finding import Finding
from autograders.rules.given import empty_replies, material_texts, secrets, sources, told_facts, topic, unlisted
from autograders.rules.masks import find_secret
from autograders.rules.parts import find_parts
from autograders.rules.repeated import repeated_share
from autograders.rules.replies import handed_back
from course.criteria import Criterion, Gate
from course.lesson import Exercise

_MOSTLY, _NEARLY_ALL = 0.6, 0.9
_ASKED = 0.8  # of the question in a prompt: it was pasted
_FEW, _SOME = 4, 12  # words of the learner's own
_OPENING = 2  # different words of the learner's own that make a notice of the card's facts
_ON_TOPIC = 1 / 3
_REPEATED = 1 / 3  # of the words; an hour or a place may well be said twice


def shut_gate(criterion: Criterion, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding | None:
    """The first gate of a criterion that does not open, as a finding of nothing earned; None when all do."""
    for gate in criterion.gate:
        message = GATES[gate](criterion, exercise, answer, context)
        if message:
            return Finding(0.0, message)
    return None


def _states_task(criterion: Criterion, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> str:
    return "" if "task" in find_parts(text_of(answer, "prompt")) else wording.NO_TASK


def _not_copied(criterion: Criterion, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> str:
    text = told(text_of(answer, criterion.on))
    copied = {"final": is_copied_final, "prompt": is_copied_prompt, "artefact": is_the_question}.get(
        criterion.on, is_copied
    )
    if copied(text, exercise):
        reply = compare(text, empty_replies(exercise)).share >= _MOSTLY
        return wording.AI_REPLY if reply and criterion.on == "final" else wording.COPIED
    if criterion.on == "final" and handed_back(text, exercise, answer, context):
        return wording.AI_REPLY
    if criterion.on == "final" and _is_prompt(text, text_of(answer, "prompt")):
        return wording.PROMPT_AS_FINAL
    if criterion.on in ("final", "text") and is_bare_list(text, told_facts(exercise)):
        return wording.BARE_LIST
    return ""


def _not_repeated(criterion: Criterion, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> str:
    return wording.REPEATED if repeated_share(text_of(answer, criterion.on)) > _REPEATED else ""


def _no_planted_secrets(criterion: Criterion, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> str:
    text = text_of(answer, criterion.on)
    found = dict.fromkeys(wording_ for secret in secrets(exercise) if (wording_ := find_secret(text, secret)))
    return wording.SECRETS.format(found=", ".join(found)) if found else ""


def _on_topic(criterion: Criterion, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> str:
    text = told(text_of(answer, criterion.on))
    marks = topic(exercise)
    if not marks:
        return ""
    stated = sum(1 for fact in marks if find_fact(text, fact) is not None)
    return "" if stated >= len(marks) * _ON_TOPIC else wording.OFF_TOPIC


GATES: dict[Gate, Callable[[Criterion, Exercise, Mapping[str, Any], Context], str]] = {
    "prompt_states_task": _states_task,
    "not_copied": _not_copied,
    "on_topic": _on_topic,
    "not_repeated": _not_repeated,
    "no_planted_secrets": _no_planted_secrets,
}


def is_copied(text: str, exercise: Exercise) -> bool:
    """Whether a text is the exercise's own: its card, material, question or stored reply with little added.

    A prompt that states a task and for whom or how, with the card's facts in it, is the learner's work.
    """
    everything = sources(exercise)
    copying = compare(text, everything)
    if _adds_little(text, copying) or is_salad(text, everything):
        return True
    return copying.share < _MOSTLY and is_reordered(text, unlisted(exercise))


def is_copied_prompt(text: str, exercise: Exercise) -> bool:
    """Whether a prompt is the exercise's own words. Facts of a card are tapped into it, and the words of the question
    ("viet thong bao hop") may well be those of the order; the question pasted is none.
    """
    if not any(block.facts for block in exercise.material):
        return is_copied(text, exercise)
    asked = compare(exercise.ask, [text]).share >= _ASKED
    material = material_texts(exercise)
    known = sources(exercise) if asked else (*material, "\n".join(material), *empty_replies(exercise))
    facts = [fact for block in exercise.material for fact in block.facts]
    return _adds_little(text, compare(text, known, whole=facts)) or is_salad(text, known)


def is_the_question(text: str, exercise: Exercise) -> bool:
    """Whether most of the question stands on what was made. A card's facts are there to be put on it word for word."""
    return compare(exercise.ask, [text]).share >= _MOSTLY


def _adds_little(text: str, copying: Copying) -> bool:
    if copying.share < _MOSTLY:
        return False
    if len(copying.own) < _FEW:
        return True
    if copying.share < _NEARLY_ALL or len(copying.own) >= _SOME:
        return False
    return not _is_own_prompt(text, copying)


def is_copied_final(text: str, exercise: Exercise) -> bool:
    """Whether what should be sent is copied. A card's facts may stand in it word for word.

    A copy is what adds nothing to them, or holds the card's head, its private line or other material with little added.
    """
    cards = [block for block in exercise.material if block.facts]
    if not cards:
        return is_copied(text, exercise)
    facts = [fact for card in cards for fact in card.facts]
    lines = [line for card in cards for line in (card.title, *card.private)]
    everything = [*sources(exercise), *lines]
    copying = compare(text, everything, whole=[*facts, *lines])
    read = read_text(text)
    if is_salad(text, everything):
        return True
    own = {read.tokens[index].base for index in copying.own if read.tokens[index].base.isalpha()}
    if len(own) < _OPENING and copying.share >= _MOSTLY:
        return True
    pasted = compare(text, [*unlisted(exercise), *lines], whole=lines)
    if len(own) >= _OPENING and not pasted.share:
        return False
    return _adds_little(text, compare(text, everything))


def _is_own_prompt(text: str, copying: Copying) -> bool:
    parts = find_parts(". ".join(_own_runs(text, copying)))
    return "task" in parts and bool({"receiver", "format"} & parts.keys())


def _own_runs(text: str, copying: Copying) -> Iterable[str]:
    read = read_text(text)
    first = last = None
    for index in copying.own:
        if first is None or last is None or index != last + 1:
            if first is not None and last is not None:
                yield read.quote_tokens(first, last)
            first = index
        last = index
    if first is not None and last is not None:
        yield read.quote_tokens(first, last)


def _is_prompt(final: str, prompt: str) -> bool:
    """Whether what should be sent is still the order to the AI."""
    if compare(final, [prompt]).share < _NEARLY_ALL:
        return False
    opening = read_text(final).tokens
    task = find_parts(final).get("task", "")
    return bool(task and opening) and read_text(task).tokens[0].base == opening[0].base
