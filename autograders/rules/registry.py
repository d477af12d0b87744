"""The rules by name, and the way a criterion is checked: gates first, then its rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from autograders import wording
from autograders.judge.spans import told
from autograders.models import Context
from autograders.normalize import read_text
from autograders.rules.answers import text_of
from autograders.rules.decision import defends_choice, shares_weights
from autograders.rules.document import document_parts
from autograders.rules.drafts import improves
from autograders.rules.finding import Finding, not_done
from autograders.rules.gates import shut_gate
from autograders.rules.invented import no_new_figures
from autograders.rules.items import finds, items_right, order_right, verdict_with_evidence
from autograders.rules.json_schema import fits_schema
from autograders.rules.masks import masks
from autograders.rules.official_date import official_date
from autograders.rules.pending import states_pending
from autograders.rules.pictures import picture_frame, readable_text, text_order
from autograders.rules.placeholders import no_placeholders
from autograders.rules.prompt_parts import has_parts
from autograders.rules.shape import fits_length
from autograders.rules.stated import keeps_facts, keeps_facts_by_point, matches_any, number_is
from autograders.rules.tables import has_table
from autograders.rules.teach_back import covers_ideas
from course.criteria import AnyCriterion
from course.lesson import Exercise

RULES: dict[str, Callable[[Any, Exercise, Mapping[str, Any], Context], Finding]] = {
    "items_right": items_right,
    "verdict_with_evidence": verdict_with_evidence,
    "order_right": order_right,
    "finds": finds,
    "has_parts": has_parts,
    "keeps_facts": keeps_facts,
    "keeps_facts_by_point": keeps_facts_by_point,
    "no_new_figures": no_new_figures,
    "matches_any": matches_any,
    "number_is": number_is,
    "fits_length": fits_length,
    "covers_ideas": covers_ideas,
    "official_date": official_date,
    "document_parts": document_parts,
    "has_table": has_table,
    "fits_schema": fits_schema,
    "no_placeholders": no_placeholders,
    "masks": masks,
    "states_pending": states_pending,
    "improves": improves,
    "shares_weights": shares_weights,
    "defends_choice": defends_choice,
    "readable_text": readable_text,
    "text_order": text_order,
    "picture_frame": picture_frame,
}
"""Every rule but passes_tests, which the sandbox checks; each gets a criterion of its own type."""

_ON_CLICKS = ("items", "order", "touched")
_TOLD = (
    "keeps_facts",
    "keeps_facts_by_point",
    "covers_ideas",
    "defends_choice",
)  # what is told to the grader tells the receiver nothing
_TEXTS = ("prompt", "final", "text", "follow_up")


def check(criterion: AnyCriterion, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """Check one criterion that a rule decides. Pure; raises KeyError for a criterion that no rule decides."""
    name = getattr(criterion, "rule", "judge")
    rule = RULES[name]
    if criterion.on in _ON_CLICKS:
        return rule(criterion, exercise, answer, context)
    text = text_of(answer, criterion.on)
    if not text.strip() and criterion.on != "text":  # of a teach-back the follow-up alone is an answer too
        return not_done()
    read = _told(criterion, answer) if name in _TOLD else answer
    if text.strip() and not text_of(read, criterion.on).strip() and not text_of(read, "follow_up").strip():
        return Finding(0.0, wording.ONLY_TO_GRADER)
    finding = shut_gate(criterion, exercise, answer, context) or rule(criterion, exercise, read, context)
    notes = [finding.message, finding.question]
    if read_text(text).telex:
        notes.append(wording.KEYBOARD_OFF)
    return replace(finding, message=" ".join(note for note in notes if note))


def _told(criterion: AnyCriterion, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer without what its text says to the grader."""
    parts = {criterion.on, "follow_up"} & set(_TEXTS)
    return {**answer, **{part: told(text) for part in parts if (text := text_of(answer, part))}}
