"""The practice coach: bundled, deterministic; all it knows is the lesson's own text and the learner's draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hub_config.services.ai.coach import wording as w
from hub_config.services.ai.coach.kept import strings
from hub_config.services.ai.coach.question import CoachQuestion
from hub_config.services.ai.coach.reading import Section, sentences
from hub_config.services.ai.coach.seen import Seen
from hub_config.services.ai.coach.steps import steps
from hub_config.services.ai.practice.texts.sentences import words
from hub_config.services.ai.practice.texts.wording import STOP_WORDS
from hub_config.services.ai.practice.vocabulary import fold, search

FOLDED_STOP_WORDS = frozenset(fold(STOP_WORDS).split())
_NO_TEACHING = re.compile(r"[?][”\"]?$|^[“\"]")  # a question, an example
_WHOLE = {"thanks": w.THANKS, "off_topic": w.CAN}
_OPENINGS = {
    "answer": w.NO_ANSWER,
    "verdict": w.NO_VERDICT,
    "greeting": w.GREETING,
    "begin": w.BEGIN,
    "stuck": w.STUCK,
    "replied": w.REPLIED,
}
_MAY_WANT_HINT = ("answer", "hint", "begin", "missing", "stuck")
LONGEST_ASK = 45  # words of the task that are said again
OF_THE_LESSON = 2  # words that a message must share with the lesson to be about it


@dataclass(frozen=True)
class CoachReply:
    """`points_to` is `{"hint": number}` of the hint that the learner may open next, or None."""

    text: str
    points_to: dict[str, Any] | None = None


def practised_reply(question: CoachQuestion, seen: Seen) -> CoachReply:
    """The reply to a message; the same one is not asked twice as long as there is another."""
    intent = _intent(question, seen)
    if intent in _WHOLE:
        return CoachReply(_WHOLE[intent])
    step = _next_step(question, seen)
    lines = list(_lines(intent, question, seen, step))
    if not (seen.hints_left and intent in _MAY_WANT_HINT):
        return CoachReply("\n\n".join(lines))
    number = len(seen.hints) + 1
    offer = [] if intent == "hint" else [w.HINT.format(number=number)]
    return CoachReply("\n\n".join([*lines, *offer]), {"hint": number})


def _next_step(question: CoachQuestion, seen: Seen) -> str:
    said = _said(question)
    possible = list(steps(seen))
    fresh = [step for step in possible if not any(step in text for text in said)]
    return fresh[0] if fresh else next((step for step in possible if step not in said[-1]), w.ONE_MORE)


def _said(question: CoachQuestion) -> list[str]:
    """What the coach has said before, as far as the page is to be believed."""
    return [turn.text for turn in question.history if turn.by == "coach"]


def _lines(intent: str, question: CoachQuestion, seen: Seen, step: str) -> Iterator[str]:
    """The paragraphs of a reply, each with one thing, the question last."""
    if intent == "term":
        yield _term(question.message, seen)
        return
    if intent == "example":
        examples = [example for section in seen.sections for example in section.examples]
        yield w.EXAMPLE.format(example=examples[-1]) if examples else w.NO_EXAMPLE
        if examples:
            return
    if intent == "hint":
        yield w.HINT_FIRST.format(number=len(seen.hints) + 1) if seen.hints_left else w.HINTS_GONE
        if not seen.hints_left:
            return
    if intent == "task":
        yield w.TASK.format(ask=_shortened(seen.public["ask"]), what=w.WHAT[seen.public["kind"]])
    if intent in _OPENINGS:
        yield _OPENINGS[intent]
    if intent in ("task", "begin", "missing", "answer", "stuck"):
        yield from (line for line in _where_to_read(seen, step) if not any(line in text for text in _said(question)))
    yield step


def _intent(question: CoachQuestion, seen: Seen) -> str:
    message = question.message
    found = next((name for name, pattern in w.INTENTS.items() if search(pattern, message)), "")
    if found:
        return found
    if question.history and not search(w.QUESTION, message):
        return "replied"
    asked = {word for word in _content(message) if not word.isdigit()}
    told = {word for text in (seen.public["ask"], *strings(seen.public["items"])) for word in _content(text)}
    told |= {word for section in seen.sections[-1:] for word in _content(section.text)}
    return "missing" if len(asked & told) >= OF_THE_LESSON else "off_topic"


def _term(message: str, seen: Seen) -> str:
    """The sentence in which the lesson explains the term; of a category its note."""
    asked = re.search(w.TERM_ASKED, message.lower())
    term = fold(asked[1] if asked else message.lower()).strip()
    for category in seen.public["categories"]:
        if category["note"] and fold(category["label"].lower()) == term:
            return w.TERM.format(sentence=f"{category['label']}: {category['note']}")
    told = [(sentence, section.terms) for section in seen.reading.sections for sentence in section.sentences]
    for sentence, terms in told:
        if any(fold(name.lower()) == term and sentence.startswith(name) for name in terms):
            return w.TERM.format(sentence=sentence)
    standing = re.compile(rf"\b{re.escape(term)}\b")
    found = next((s for s, _ in told if not s.endswith("?") and standing.search(fold(s.lower()))), "")
    return w.TERM.format(sentence=found) if found and term else w.NO_TERM


def _where_to_read(seen: Seen, step: str) -> Iterator[str]:
    """The sentence of the exercise's own section that has most to do with task and step."""
    section = next((section for section in reversed(seen.sections[1:]) if section.text), None)  # the first is a story
    sentence = _nearest(section, seen.public["ask"], step) if section else ""
    if section and sentence:
        line = w.READ if section.heading else w.READ_PLAIN
        yield line.format(heading=section.heading, sentence=sentence)


def _nearest(section: Section, task: str, step: str) -> str:
    """The sentence that shares most words with the step, and with the task; "" where none shares enough."""
    asked, next_ = set(_content(task)), set(_content(step))
    shared = {sentence: set(_content(sentence)) & (asked | next_) for sentence in section.sentences}
    told = [s for s, common in shared.items() if len(common) >= OF_THE_LESSON and not _NO_TEACHING.search(s)]
    return max(told, key=lambda s: len(shared[s]) + 2 * len(shared[s] & next_), default="")


def _content(text: str) -> list[str]:
    return [word for word in map(fold, words(text)) if word not in FOLDED_STOP_WORDS]


def _shortened(text: str) -> str:
    """The task as it stands, or its first sentences."""
    told = ""
    for sentence in sentences(text):
        if told and len(f"{told} {sentence}".split()) > LONGEST_ASK:
            break
        told = f"{told} {sentence}".strip()
    return told
