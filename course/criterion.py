"""What all criteria of a lesson have in common, and what a fact is."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Gate = Literal["prompt_states_task", "not_copied", "on_topic", "not_repeated", "no_planted_secrets"]


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FactPattern(Strict):
    """A fact that may be worded in several ways, or that counts only with other words in the same sentence."""

    name: str = ""  # how the learner is told of it; the first form when empty
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


Fact = str | FactPattern
"""A text such as "19 gio 30", "12/03/2027", "150.000 dong", "12 ha" or plain words: times, dates, money and
numbers are compared by value in every Vietnamese way of writing them, words after folding."""


class Criterion(Strict):
    """What all criteria have in common. `on` names the part of the answer: see docs/architecture.md, Answers."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    points: float = Field(gt=0)
    on: str = Field(pattern=r"^(items|order|touched|boxes|box\.[a-z0-9_]+|prompt|final|text|follow_up|code|artefact)$")
    missing: str  # what the learner reads when points are lost; {missing}, {found}, {n} are filled in
    gate: tuple[Gate, ...] = ()
