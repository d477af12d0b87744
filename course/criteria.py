"""The criteria of a lesson: which rule looks at which part of an answer, with which settings.

Each rule's settings are a type of their own, so that an unknown or missing key is named when a lesson is read.
What a rule does stands in `autograders.rules`; this module only says what a lesson may ask for.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

Part = Literal[
    "role", "context", "receiver", "task", "facts", "format", "length", "example", "constraint", "sources_only",
    "says_when_absent",
]  # fmt: skip
Gate = Literal["prompt_states_task", "not_copied", "on_topic"]


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
    on: str = Field(pattern=r"^(items|order|touched|boxes|box\.[a-z0-9_]+|prompt|final|text|follow_up|code)$")
    missing: str  # what the learner reads when points are lost; {missing}, {found}, {n} are filled in
    gate: tuple[Gate, ...] = ()


class ItemsRight(Criterion):
    """Points shared evenly over the items of a choice or classify exercise."""

    rule: Literal["items_right"]


class OrderRight(Criterion):
    """Points for each neighbouring pair in the right order."""

    rule: Literal["order_right"]


class Finds(Criterion):
    """Points for each item touched that should be; a wrong touch takes some back, never below 0."""

    rule: Literal["finds"]
    wrong_touch: float = Field(default=-1, lt=0)


class HasParts(Criterion):
    """The prompt holds these parts."""

    rule: Literal["has_parts"]
    parts: tuple[Part, ...] = Field(min_length=1)


class KeepsFacts(Criterion):
    """Each fact stands in the text; points shared evenly."""

    rule: Literal["keeps_facts"]
    facts: tuple[Fact, ...] = Field(min_length=1)
    max_syllables: int | None = None


class NoNewFigures(Criterion):
    """No figure, date or time beyond those of the material and the learner's own prompt; none of the private ones."""

    rule: Literal["no_new_figures"]
    also_absent: tuple[str, ...] = ()
    known: tuple[str, ...] = ()  # figures allowed besides those of the exercise's material


class MatchesAny(Criterion):
    """A box holds one of these forms, compared like facts."""

    rule: Literal["matches_any"]
    forms: tuple[Fact, ...] = Field(min_length=1)


class NumberIs(Criterion):
    """A box holds this number (unit and Vietnamese separators free), within the tolerance."""

    rule: Literal["number_is"]
    value: float
    tolerance: float = 0.0


class FitsLength(Criterion):
    """The text has so many lines or sentences, and not too many syllables."""

    rule: Literal["fits_length"]
    min_lines: int = 1
    max_lines: int | None = None
    max_syllables: int


class CoversIdeas(Criterion):
    """A teach-back covers these ideas (ids of the exercise's `ideas`) in text and follow-up together."""

    rule: Literal["covers_ideas"]
    ideas: tuple[str, ...] = Field(min_length=1)


class PassesTests(Criterion):
    """The notebook's test cells with these grade ids pass, in the sandbox."""

    rule: Literal["passes_tests"]
    cells: tuple[str, ...] = Field(min_length=1)


class Judged(Criterion):
    """An LLM chooses one of the anchored levels and quotes the learner; waits for a teacher where none answers."""

    judge: str
    levels: tuple[str, ...] = Field(min_length=2)  # "0: …", "1: …", … with an example each; the last earns all points


def _tag(value: Any) -> str | None:
    """Which type a criterion is: its rule's name, or "judge"."""
    if isinstance(value, Criterion):
        return getattr(value, "rule", "judge")
    return "judge" if "judge" in value else value.get("rule")


AnyCriterion = Annotated[
    Annotated[ItemsRight, Tag("items_right")]
    | Annotated[OrderRight, Tag("order_right")]
    | Annotated[Finds, Tag("finds")]
    | Annotated[HasParts, Tag("has_parts")]
    | Annotated[KeepsFacts, Tag("keeps_facts")]
    | Annotated[NoNewFigures, Tag("no_new_figures")]
    | Annotated[MatchesAny, Tag("matches_any")]
    | Annotated[NumberIs, Tag("number_is")]
    | Annotated[FitsLength, Tag("fits_length")]
    | Annotated[CoversIdeas, Tag("covers_ideas")]
    | Annotated[PassesTests, Tag("passes_tests")]
    | Annotated[Judged, Tag("judge")],
    Discriminator(_tag),
]
