"""What points to a person in a text, and the text without it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hub_config.services.ai.guard.wording import LABELS, MASKS, Kind


@dataclass(frozen=True, slots=True)
class Finding:
    """text[start:end] of what was searched, in characters. `value` is the same however it was written."""

    kind: Kind
    start: int
    end: int
    text: str
    value: str  # the digits alone; of an address its plain letters

    @property
    def label(self) -> str:
        return LABELS[self.kind]


def mask_of(finding: Finding) -> str:
    """What stands in its place: the name of its kind, in brackets."""
    return f"[{MASKS[finding.kind]}]"


def masked(text: str, findings: Sequence[Finding], mask: Callable[[Finding], str] = mask_of) -> str:
    """The text with a mask for each finding, which are those of `noticed(text)` or some of them."""
    pieces: list[str] = []
    done = 0
    for finding in findings:
        pieces += [text[done : finding.start], mask(finding)]
        done = finding.end
    return "".join([*pieces, text[done:]])
