"""The lesson format: `lesson.toml` read into types.

A lesson is a folder with lesson.toml, lesson.ipynb, material/ and samples/. Texts of an exercise may hold
`{{name}}`, filled from the values of the variant that is drawn for the learner (see `course.variants`), so an
`Exercise` here is always one that has been drawn.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, Self

from pydantic import Field, PrivateAttr, field_validator, model_validator

from course.consistency import exercise_problem, table_problem
from course.criteria import AnyCriterion, Fact, Judged, Part, Strict
from course.poster import Design

Role = Literal["official", "household", "farmer", "worker", "teacher", "student"]
Kind = Literal[
    "choice", "predict", "order", "classify", "find", "fill", "prompt", "text", "code", "make", "teach_back"
]  # fmt: skip
FigureKind = Literal["money", "time", "date"]
CHALLENGE = ".challenge"
"""How the id of a level's challenge ends."""
Id = Field(pattern=r"^[a-z][a-z0-9_]*$")


class Passage(Strict):
    """A part of a source that can be pointed at as evidence, by the small tag that stands before it."""

    id: str = Field(pattern=r"^[0-9]{1,2}[a-z]?$")  # "1a": source 1, its first passage
    text: str


class Block(Strict):
    """A piece of material: a card, a source text, a table, a chat, an AI's reply, a picture, a sound, a matrix.

    A matrix is worked with: criteria down, options across, a plot of what the first criterion's weight decides. Its
    weights are given, or set by touch in the exercise's boxes of kind "weight", one for each criterion in their order.
    """

    kind: Literal["card", "text", "table", "chat", "reply", "image", "audio", "matrix"]
    id: str = ""
    title: str = ""
    text: str = ""  # paragraphs by blank lines; for a chat and of a sound one "Ten: loi" a line
    facts: tuple[str, ...] = ()  # of a card: what can be tapped into a prompt
    private: tuple[str, ...] = ()  # of a card: what stands there but must not go out
    rows: tuple[tuple[str, ...], ...] = ()  # of a table or matrix: the first row is its head
    passages: tuple[Passage, ...] = ()  # of a text: what can be pointed at as evidence (classify)
    shared: int = 0  # of a matrix: how many seeds are dealt out among the criteria
    weights: tuple[int, ...] = ()  # of a matrix: the seeds of each criterion, where they are given
    src: str = ""  # of an image or a sound: a file in material/
    alt: str = ""  # of a sound: what is heard and how long it lasts

    @property
    def lines(self) -> tuple[str, ...]:
        """All that is read in it, private lines too; of a table a row a line."""
        rows = (" | ".join(row) for row in self.rows)
        return tuple(filter(None, (self.title, self.whole_text, *self.facts, *self.private, *rows)))

    @property
    def whole_text(self) -> str:
        """The text with its passages, a line each behind its tag: as it would be pasted."""
        return "\n".join([*filter(None, [self.text.strip()]), *(f"[{p.id}] {p.text}" for p in self.passages)])

    @model_validator(mode="after")
    def _pictures_have_alt(self) -> Self:
        if self.kind == "image" and not (self.src and self.alt):
            raise ValueError("an image needs src (a file in material/) and alt (what it shows, in Vietnamese)")
        return self

    @model_validator(mode="after")
    def _sounds_can_be_read(self) -> Self:
        if self.kind == "audio" and not (self.alt and self.text and self.src.endswith(".mp3")):
            raise ValueError(
                "a sound needs src (an .mp3 in material/: every phone plays it), alt (what is heard, how long it "
                "lasts) and text (what is said, for those who do not hear it)"
            )
        return self


class Option(Strict):
    """One option of an item: exactly one is correct, and each says why it is right or wrong."""

    id: str = Id
    text: str
    reason: str
    correct: bool = False


class Item(Strict):
    """One thing to decide: a question (choice, predict), a step (order), a phrase to sort or touch (classify, find)."""

    id: str = Id
    text: str
    skill: str = ""  # the exercise's own when empty
    difficulty: Literal[1, 2, 3] = 1
    options: tuple[Option, ...] = ()  # choice, predict
    answer: str | bool | None = None  # classify: a category id; find: whether it should be touched
    reason: str = ""  # order, find: what is said about it; classify: when right
    reasons: dict[str, str] = Field(default_factory=dict)  # classify: what is said to each wrong category
    evidence: tuple[str, ...] = ()  # classify: the passages of the material that prove the answer
    unproved: str = ""  # classify: what is said to the right category with a passage that does not prove it


class Category(Strict):
    id: str = Id
    label: str
    note: str = ""


class Box(Strict):
    """One box of a form to fill, or (weight, in a prompt exercise) the seeds of a criterion of its matrix."""

    id: str = Id
    label: str
    kind: Literal["number", "line", "lines", "weight"] = "line"
    placeholder: str = ""
    skill: str = ""
    difficulty: Literal[1, 2, 3] = 1


class Idea(Strict):
    """An idea that a teach-back must cover, and the question the simulated beginner asks when it is not there."""

    id: str = Id
    text: str
    any: tuple[Fact, ...] = Field(min_length=1)  # any of these shows it
    follow_up: str


class Making(Strict):
    """What is to be made in a `make` exercise, and what stands on the table when the learner comes to it."""

    artefact: Literal["picture"] = "picture"
    start: Design = Design()  # a poster that is not good yet
    own: bool = True  # a picture that was made elsewhere may be handed in


class Fragment(Strict):
    """A piece of the practice AI's reply: `given` when the prompt holds the part, fact or figure, else `none`.

    `{from_prompt}` in `given` is the learner's own wording. A figure is any of its kind, right or wrong. `as_table`
    stands in place of `given` where the prompt asks for a table: rows, the first is their head; rows of fragments that
    follow each other under the same head become one table.
    """

    id: str = Id
    part: Part | None = None
    fact: Fact | None = None
    figure: FigureKind | None = None
    given: str = ""
    none: str = ""
    as_table: tuple[tuple[str, ...], ...] = ()  # may hold {from_prompt} too
    invented: bool = False  # `none` (`given`, where it hangs on nothing) is invented; shown so in the teacher's view

    @model_validator(mode="after")
    def _one_condition(self) -> Self:
        if sum(condition is not None for condition in (self.part, self.fact, self.figure)) > 1:
            raise ValueError("a practice fragment hangs on one of part, fact and figure, not on several")
        return self

    @model_validator(mode="after")
    def _table_holds_together(self) -> Self:
        if problem := table_problem(self.as_table):
            raise ValueError(f"as_table of practice fragment {self.id!r}: {problem}")
        if self.as_table and not self.given:
            raise ValueError(f"practice fragment {self.id!r}: as_table needs given, what is said without a table")
        return self


class Exercise(Strict):
    """One exercise, its texts drawn for a variant."""

    id: str = Id
    kind: Kind
    title: str
    ask: str
    points: float = Field(default=0, ge=0)
    skill: str
    difficulty: Literal[1, 2, 3]
    stands_in_for: str = ""  # a code exercise of this lesson that this one replaces on a phone
    material: tuple[Block, ...] = ()
    attached: bool = False  # prompt: the material goes to the AI with every prompt, like a file one attaches
    item: tuple[Item, ...] = ()
    category: tuple[Category, ...] = ()
    box: tuple[Box, ...] = ()
    making: Making | None = None
    idea: tuple[Idea, ...] = ()
    listener: str = ""  # teach_back: who asks
    misconception: str = ""  # teach_back: the usual one, for teachers
    reveal: str = ""  # shown after the first check: a stored weak reply, say
    criterion: tuple[AnyCriterion, ...] = ()
    hints: tuple[str, ...] = ()
    solution: str = ""
    why: str = ""
    practice: tuple[Fragment, ...] = ()
    values: dict[str, Any] = Field(default_factory=dict)  # of the drawn variant; `material()` hands the public ones on
    public_values: tuple[str, ...] = ()  # the names of values that code in the learner's notebook may read
    in_sitting: bool = False  # of a level challenge: no hints, no checks, the solution only once it is handed in

    @property
    def graded(self) -> bool:
        return self.points > 0

    @property
    def proved_categories(self) -> frozenset[str]:
        """The categories whose items must be proved by a passage of the material."""
        return frozenset(str(item.answer) for item in self.item if item.evidence)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        problem = exercise_problem(self)
        if problem:
            raise ValueError(problem)
        return self


class Variant(Strict):
    """Names, figures and texts for one role; drawn once a lesson for each learner."""

    role: Role
    id: str = Field(pattern=r"^[A-Z]$")
    values: dict[str, Any]


class DailyQuestion(Strict):
    """A two-minute question for another day."""

    id: str = Id
    text: str
    options: tuple[Option, ...] = Field(min_length=2)
    skill: str
    difficulty: Literal[1, 2, 3] = 1


class Probe(Strict):
    """The same skill asked twice in parallel forms, before and after: "improved" is reported from it."""

    skill: str
    before: DailyQuestion
    after: DailyQuestion


class TeachBackSample(Strict):
    """A scored explanation; peers are calibrated on these."""

    text: str
    points: float
    note: str


class Lesson(Strict):
    """One lesson. `exercise` holds the exercises as they stand in the file; `course.variants` draws them."""

    id: str = Field(pattern=r"^(text|media|thinking|data|innovation)\.[a-z][a-z0-9_]*$")
    title: str
    minutes: int = Field(ge=5, le=30)
    objectives: tuple[str, ...] = Field(min_length=1)
    skills: tuple[str, ...] = Field(min_length=1)
    terms: tuple[str, ...] = ()  # words new to a beginner
    plan_clause: str  # the clause of the province's plan that the lesson serves
    challenge: str
    guide: str  # a page for leading the lesson face to face
    checked_on: date
    sources: tuple[str, ...] = ()
    shareable: bool = True
    cached_replies: bool = False  # who asks a model what another has asked gets that reply, marked as saved
    variant: tuple[Variant, ...] = Field(min_length=1)
    exercise: tuple[dict[str, Any], ...] = Field(min_length=1)
    daily: tuple[DailyQuestion, ...] = Field(min_length=3)
    probe: Probe
    teach_back_samples: tuple[TeachBackSample, ...] = Field(min_length=3)
    _drawn: dict[tuple[int, int], tuple[object, object, Exercise]] = PrivateAttr(default_factory=dict)
    """What `course.variants` has drawn, by the ids of raw exercise and variant; both are kept with it."""

    @property
    def is_challenge(self) -> bool:
        """Whether this is its level's challenge: one sitting, no help, counted toward the level's certificate."""
        return self.id.endswith(CHALLENGE)

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles the material stands in, in the order of the file."""
        return tuple(dict.fromkeys(v.role for v in self.variant))

    @field_validator("variant")
    @classmethod
    def _variants_differ(cls, variants: tuple[Variant, ...]) -> tuple[Variant, ...]:
        keys = [(v.role, v.id) for v in variants]
        if twice := {k for k in keys if keys.count(k) > 1}:
            raise ValueError(f"variant {sorted(twice)[0]} stands twice; role and id together must be unique")
        return variants


def judged_points(exercise: Exercise) -> float:
    """Points of an exercise that need a judge."""
    return sum(c.points for c in exercise.criterion if isinstance(c, Judged))
