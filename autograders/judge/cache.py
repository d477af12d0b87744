"""Verdicts that were given before, so that the same answer is never paid for twice."""

from __future__ import annotations

import hashlib
import json
from typing import Protocol


class VerdictCache(Protocol):
    """Where verdicts are kept, by key; calls come from threads and may block."""

    def get(self, key: str) -> str | None:
        """The verdict stored under `key`, as JSON."""

    def put(self, key: str, verdict: str) -> None:
        """Store a verdict; an earlier one under the key stays."""


def verdict_key(model: str, parameters: dict[str, object], prompt: str, rubric: str, answer: str) -> str:
    """The key of a verdict: everything that it depends on. `prompt` and `rubric` are versions, `answer` normalised."""
    parts = [model, parameters, prompt, rubric, answer]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
