"""The rule fits_length: lines or sentences, and syllables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.normalize import sentences, syllables
from autograders.rules.answers import text_of
from autograders.rules.finding import Finding, not_done
from autograders.rules.repeated import distinct
from course.criteria import FitsLength
from course.lesson import Exercise

_SENTENCE = 3  # syllables: less says nothing


def fits_length(criterion: FitsLength, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """Half the points for the number of lines (of sentences where there is one line), half for the syllables.

    Lines and sentences that say the same again count once.
    """
    text = text_of(answer, criterion.on)
    if not text.strip():
        return not_done()
    spoken = [sentence for sentence in sentences(text) if syllables(sentence) >= _SENTENCE]
    lines = [line for line in text.splitlines() if syllables(line) >= _SENTENCE]
    count = len(lines) if len(lines) > 1 else len(spoken)
    length = syllables(text)
    problems: list[str] = []
    few = max(len(distinct(lines)), len(distinct(spoken)))
    if few < max(1, criterion.min_lines):
        return Finding(0.0, wording.TOO_FEW_LINES.format(n=few, limit=criterion.min_lines))
    if criterion.max_lines is not None and count > criterion.max_lines:
        problems.append(wording.TOO_MANY_LINES.format(n=count, limit=criterion.max_lines))
    if length > criterion.max_syllables:
        problems.append(wording.TOO_LONG.format(n=length, limit=criterion.max_syllables))
    if not problems:
        return Finding(1.0, wording.FULL_LENGTH.format(n=length))
    return Finding(1 - len(problems) / 2, " ".join([*problems, criterion.missing.replace("{n}", str(length))]))
