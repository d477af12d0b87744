"""What a judge may say, and the checks that a verdict must pass before it counts.

The model never gives a total: it chooses a level of one criterion and quotes the learner. A verdict that does not
fit the schema, misses the nonce, names a level that was not offered or quotes what the learner did not write is no
verdict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograders.normalize import folded

if TYPE_CHECKING:
    from openai.types.shared_params import ResponseFormatJSONSchema

MAX_QUOTE = MAX_ADVICE = 400  # characters


class InvalidVerdict(ValueError):
    """The model's reply cannot be trusted; the text says why, for the log."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    level: int = Field(ge=0)
    quote: str = Field(max_length=MAX_QUOTE)
    advice: str = Field(max_length=MAX_ADVICE)


class Verdict(_Strict):
    """The structured output asked of the model."""

    nonce: str


class KeptVerdict(_Strict):
    """A valid verdict as it is kept in a cache, with the name of the model that gave it."""

    model: str


def schema(levels: int) -> ResponseFormatJSONSchema:
    """The JSON schema of a verdict over `levels` levels, as `response_format` of the OpenAI API."""
    return {
        "type": "json_schema",
        "json_schema": {
            "name": "verdict",
            "strict": True,
            "schema": {
                "type": "object",
                "additionalProperties": False,
                "required": ["nonce", "level", "quote", "advice"],
                "properties": {
                    "nonce": {"type": "string"},
                    "level": {"type": "integer", "enum": list(range(levels))},
                    "quote": {"type": "string"},
                    "advice": {"type": "string"},
                },
            },
        },
    }


def read_verdict(reply: str, nonce: str, levels: int, shown: Sequence[str]) -> Verdict:
    """The verdict in a model's reply; `shown` are the pieces of the answer it was shown.

    Raises InvalidVerdict saying what is wrong with it.
    """
    try:
        verdict = Verdict.model_validate_json(reply)
    except ValidationError as error:
        raise InvalidVerdict(f"not the schema asked for: {error.error_count()} problems") from error
    if verdict.nonce != nonce:
        raise InvalidVerdict("the nonce is not the one sent")
    _prove(verdict.level, verdict.quote, levels, shown)
    return verdict


def kept_verdict(stored: str, levels: int, shown: Sequence[str]) -> KeptVerdict:
    """A verdict from the cache, proved again. Raises InvalidVerdict."""
    try:
        verdict = KeptVerdict.model_validate_json(stored)
    except ValidationError as error:
        raise InvalidVerdict(f"not a kept verdict: {error.error_count()} problems") from error
    _prove(verdict.level, verdict.quote, levels, shown)
    return verdict


def _prove(level: int, quote: str, levels: int, shown: Sequence[str]) -> None:
    if level >= levels:
        raise InvalidVerdict(f"level {level} was not offered (0 to {levels - 1})")
    if level > 0 and not any(stands_in(quote, part) for part in shown):
        raise InvalidVerdict("the quote does not stand in the answer")


def stands_in(quote: str, text: str) -> bool:
    """Whether a quote of at least two words stands in a text, after folding, from word to word."""
    wanted = folded(quote).strip(" .,;:!?\"'“”…()[]")
    if len(wanted.split()) < 2:
        return False
    return re.search(rf"(?<![^\W_]){re.escape(wanted)}(?![^\W_])", folded(text)) is not None
