"""What a judge may say, and the checks that a verdict must pass before it counts.

The model never gives a total: it chooses a level of one criterion and quotes the learner. A verdict that does not
fit the schema, misses the nonce, names a level that was not offered or quotes what the learner did not write is no
verdict.
"""

from __future__ import annotations

from openai.types.shared_params import ResponseFormatJSONSchema
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograders.normalize import folded

MAX_QUOTE = 400  # characters


class InvalidVerdict(ValueError):
    """The model's reply cannot be trusted; the text says why, for the log."""


class Verdict(BaseModel):
    """The structured output asked of the model."""

    model_config = ConfigDict(extra="forbid", strict=True)

    nonce: str
    level: int = Field(ge=0)
    quote: str = Field(max_length=MAX_QUOTE)
    advice: str = Field(max_length=400)


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


def read_verdict(reply: str, nonce: str, levels: int, answer: str) -> Verdict:
    """The verdict in a model's reply. Raises InvalidVerdict saying what is wrong with it."""
    try:
        verdict = Verdict.model_validate_json(reply)
    except ValidationError as error:
        raise InvalidVerdict(f"not the schema asked for: {error.error_count()} problems") from error
    if verdict.nonce != nonce:
        raise InvalidVerdict("the nonce is not the one sent")
    if verdict.level >= levels:
        raise InvalidVerdict(f"level {verdict.level} was not offered (0 to {levels - 1})")
    if verdict.level > 0 and not stands_in(verdict.quote, answer):
        raise InvalidVerdict("the quote does not stand in the answer")
    return verdict


def stands_in(quote: str, answer: str) -> bool:
    """Whether a quote of at least two words stands in the answer, after folding."""
    wanted = folded(quote).strip(" .,;:!?\"'“”…")
    return len(wanted.split()) >= 2 and wanted in folded(answer)
