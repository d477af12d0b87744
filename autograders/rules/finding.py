"""What a rule finds in an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autograders import wording
from course.criteria import Criterion

_QUOTED = 400  # characters of evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's result. `share` of the criterion's points, 0 … 1; `evidence` is verbatim from the answer."""

    share: float
    message: str
    evidence: str = ""
    question: str = ""  # something unclear that costs nothing, asked back


def not_done() -> Finding:
    """Nothing was answered: that is not wrong, only not done."""
    return Finding(0.0, wording.NOT_DONE)


def lost(
    criterion: Criterion, share: float, missing: Iterable[str] = (), found: Iterable[str] = (), n: int = 0
) -> Finding:
    """Points are lost: the criterion's own message, filled; `found` is the evidence too."""
    found = list(found)
    message = criterion.missing
    for name, value in (("missing", ", ".join(missing)), ("found", ", ".join(found)), ("n", str(n))):
        message = message.replace("{" + name + "}", value)
    return Finding(max(0.0, min(1.0, share)), message, quoted(found))


def quoted(wordings: Iterable[str]) -> str:
    """Pieces of the learner's wording as one line of evidence."""
    return " · ".join(dict.fromkeys(w for w in wordings if w))[:_QUOTED]
