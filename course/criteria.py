"""The criteria of a lesson: which rule looks at which part of an answer, with which settings.

Each rule's settings are a type of their own, so that an unknown or missing key is named when a lesson is read.
What a rule does stands in `autograders.rules`; this module only says what a lesson may ask for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from course.criterion import Criterion as Criterion
from course.criterion import Fact as Fact
from course.criterion import FactPattern as FactPattern
from course.criterion import Gate as Gate
from course.criterion import Strict as Strict
from course.picture_criteria import PictureFrame as PictureFrame
from course.picture_criteria import ReadableText as ReadableText
from course.picture_criteria import TextOrder as TextOrder
from course.weighing_criteria import DefendsChoice as DefendsChoice
from course.weighing_criteria import SharesWeights as SharesWeights

Part = Literal[
    "role", "context", "receiver", "task", "facts", "format", "length", "example", "constraint", "sources_only",
    "says_when_absent",
]  # fmt: skip
DocumentKind = Literal[
    "official_letter", "decision", "announcement", "report", "proposal", "plan", "minutes", "invitation", "petition"
]  # fmt: skip
DocumentPart = Literal[
    "motto", "agency", "number", "place_date", "title", "subject", "addressee", "body", "signature", "recipients"
]  # fmt: skip
Promise = Literal["payment_date", "approval"]
_DRAFT = r"^(prompt|final|text|follow_up|reply|box\.[a-z0-9_]+)$"


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
    address: tuple[Fact, ...] = ()  # how the receiver is called: with none of these nothing counts
    absent: tuple[Fact, ...] = ()  # what is not for this receiver: with one of these nothing counts


class NoNewFigures(Criterion):
    """No figure, date or time beyond those of the material and the learner's own prompt; none of the private ones."""

    rule: Literal["no_new_figures"]
    also_absent: tuple[str, ...] = ()
    known: tuple[str, ...] = ()  # figures allowed besides those of the exercise's material


class KeepsFactsByPoint(Criterion):
    """Each point of several is covered: all its facts stand in the text; points shared evenly over the points."""

    rule: Literal["keeps_facts_by_point"]
    facts: dict[str, tuple[Fact, ...]] = Field(min_length=1)


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


class VerdictWithEvidence(Criterion):
    """Items sorted rightly, each with the passage that proves it (`evidence` of the item); points shared evenly."""

    rule: Literal["verdict_with_evidence"]


class OfficialDate(Criterion):
    """A date in the form of official papers, "ngay 03 thang 3 nam 2027"; one of `forms` where there are any."""

    rule: Literal["official_date"]
    forms: tuple[str, ...] = ()


class DocumentParts(Criterion):
    """The parts that Decree 30/2020 (of a petition: custom) asks of a kind of document; points shared evenly.

    `parts` names fewer than all of them. `draft`: the number is left blank, the clerk gives it.
    """

    rule: Literal["document_parts"]
    document: DocumentKind
    parts: tuple[DocumentPart, ...] = ()
    draft: bool = False


class HasTable(Criterion):
    """A table with these columns and rows; figures are compared by value. Points shared over columns and rows."""

    rule: Literal["has_table"]
    columns: tuple[Fact, ...] = Field(min_length=1)
    rows: tuple[tuple[Fact, ...], ...] = ()  # each in the order of `columns`; "" for any
    min_rows: int = Field(default=1, ge=1)


class FitsSchema(Criterion):
    """The first JSON object or array of the text fits a JSON Schema (2020-12, references within it only)."""

    rule: Literal["fits_schema"]
    json_schema: dict[str, Any]

    @field_validator("json_schema")
    @classmethod
    def _is_a_schema(cls, schema: dict[str, Any]) -> dict[str, Any]:
        from jsonschema import Draft202012Validator, SchemaError  # 20 MB that most processes do without

        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            raise ValueError(f"no JSON Schema: {error.message}") from error
        if outside := [ref for ref in _references(schema) if not ref.startswith("#")]:
            raise ValueError(f"$ref = {outside[0]!r}; only references within the schema (#...) are followed")
        return schema


class NoPlaceholders(Criterion):
    """No gap is left for somebody to fill; a mask such as [HO TEN] is none, nor what `allow` names."""

    rule: Literal["no_placeholders"]
    allow: tuple[str, ...] = ()


class Masks(Criterion):
    """What points to a person is hidden in every way of writing; what the matter needs stays.

    Points shared evenly over `hide`; each thing of `keep` that is gone costs `over_mask` points. {n}: how many
    stand open, {found}: which, {over}: what is gone.
    """

    rule: Literal["masks"]
    hide: tuple[str, ...] = Field(min_length=1)
    keep: tuple[Fact, ...] = ()
    over_mask: float = Field(default=-1, lt=0)


class StatesPending(Criterion):
    """The text says of `topic` that it is not decided, in one of the ways of `pending`, and promises nothing of it."""

    rule: Literal["states_pending"]
    topic: Fact
    pending: tuple[Fact, ...] = Field(min_length=1)
    forbid: Promise | None = None


class Improves(Criterion):
    """The text at `on` is better than the draft at `from`: wanted facts and parts came, unwanted ones went.

    `from = "reply"` is the stored reply of the exercise. Points for the share of what the draft left open.
    """

    rule: Literal["improves"]
    from_: str = Field(alias="from", pattern=_DRAFT)
    facts: tuple[Fact, ...] = ()
    parts: tuple[Part, ...] = ()
    absent: tuple[Fact, ...] = ()

    @model_validator(mode="after")
    def _compares_two(self) -> Self:
        if self.from_ == self.on:
            raise ValueError(f"from = on = {self.on!r}; a draft cannot be better than itself")
        if not (self.facts or self.parts or self.absent):
            raise ValueError("improves needs facts, parts or absent: what makes the later draft the better one")
        return self


class PassesTests(Criterion):
    """The notebook's test cells with these grade ids pass, in the sandbox."""

    rule: Literal["passes_tests"]
    cells: tuple[str, ...] = Field(min_length=1)


class Judged(Criterion):
    """An LLM chooses one of the anchored levels and quotes the learner; waits for a teacher where none answers."""

    judge: str
    levels: tuple[str, ...] = Field(min_length=2)  # "0: …", "1: …", … with an example each; the last earns all points


def _references(schema: Any) -> Iterator[str]:
    """Every $ref of a schema, however deep."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key in ("$ref", "$dynamicRef"):
                yield str(value)
            yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)


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
    | Annotated[KeepsFactsByPoint, Tag("keeps_facts_by_point")]
    | Annotated[VerdictWithEvidence, Tag("verdict_with_evidence")]
    | Annotated[OfficialDate, Tag("official_date")]
    | Annotated[DocumentParts, Tag("document_parts")]
    | Annotated[HasTable, Tag("has_table")]
    | Annotated[FitsSchema, Tag("fits_schema")]
    | Annotated[NoPlaceholders, Tag("no_placeholders")]
    | Annotated[Masks, Tag("masks")]
    | Annotated[StatesPending, Tag("states_pending")]
    | Annotated[Improves, Tag("improves")]
    | Annotated[SharesWeights, Tag("shares_weights")]
    | Annotated[DefendsChoice, Tag("defends_choice")]
    | Annotated[ReadableText, Tag("readable_text")]
    | Annotated[TextOrder, Tag("text_order")]
    | Annotated[PictureFrame, Tag("picture_frame")]
    | Annotated[PassesTests, Tag("passes_tests")]
    | Annotated[Judged, Tag("judge")],
    Discriminator(_tag),
]
