"""What a judge is asked: one criterion with its anchored levels, and the versions of prompt and rubric."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from course.criteria import Judged
from course.lesson import Exercise

PROMPT = (Path(__file__).parent.parent / "prompts" / "judge.md").read_text("utf-8")

_NUMBER = re.compile(r"^\s*\d+\s*[:.)-]\s*")
_EXAMPLE = re.compile(r"\([^()]*[“\"][^()]*\)|[“\"][^”\"]*[”\"]")
_NAME = re.compile(r"\{\{(nonce|levels|question|task)\}\}")


def question(criterion: Judged, exercise: Exercise, nonce: str, *, highest_first: bool) -> str:
    """The system message; the order of the levels is one way in which votes differ."""
    levels = [level if _NUMBER.match(level) else f"{number}: {level}" for number, level in enumerate(criterion.levels)]
    values = {
        "nonce": nonce,
        "levels": "\n".join(reversed(levels) if highest_first else levels),
        "question": criterion.judge,
        "task": exercise.ask,
    }
    return _NAME.sub(lambda name: values[name[1]], PROMPT)  # in one pass: a task that holds {{nonce}} stays as it is


def rubric_lines(criterion: Judged) -> list[str]:
    """The rubric's own words, without numbers and example sentences: what an answer has no reason to hold."""
    return [criterion.judge, *(_EXAMPLE.sub("", _NUMBER.sub("", level)).strip() for level in criterion.levels)]


def versions(criterion: Judged, exercise: Exercise) -> tuple[str, str]:
    """(prompt version, rubric version) by which a judge reads this criterion of this drawn exercise."""
    return _version(PROMPT), _version("\n".join((exercise.ask, criterion.judge, *criterion.levels)))


def _version(text: str) -> str:
    """Twelve hex digits that change when the text does."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
