"""What grading yields: plain data that says what was earned, why, and who says so."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["scored", "waiting", "failed"]
Grader = Literal["code", "rule", "judge", "peer", "teacher"]


class Frozen(BaseModel):
    """A value that is compared and stored, never changed in place."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Provenance(Frozen):
    """Who gave a score, so that it can be explained and repeated years later."""

    by: Grader
    model: str = ""
    prompt_version: str = ""
    rubric_version: str = ""
    votes: tuple[int, ...] = ()
    tokens: int = 0


class CriterionGrade(Frozen):
    """One line of a grade. `points` is None until the criterion is scored.

    waiting: for a judge or a teacher. failed: a fault of ours; it costs the learner nothing.
    """

    id: str
    points: float | None
    max: float
    status: Status
    message: str = ""  # for the learner, Vietnamese
    evidence: str = ""  # verbatim from the learner's answer
    provenance: Provenance


class ItemResult(Frozen):
    """One touched, sorted or chosen item: was it right, and why."""

    ok: bool
    reason: str


class ExerciseGrade(Frozen):
    """The grade of one exercise."""

    id: str
    max: float
    criteria: tuple[CriterionGrade, ...]
    items: dict[str, ItemResult] = Field(default_factory=dict)
    cells: dict[str, float] = Field(default_factory=dict)  # points of each test cell, by its grade id
    follow_up: dict[str, str] | None = None  # a teach-back's question back: {"idea", "question"}
    artefact: str = ""  # SHA-256 of what was made
    note: str = ""  # what lowered the score apart from the criteria (solution seen first …), Vietnamese

    cap: float | None = None  # at most this many points count, see Context.caps

    @property
    def points(self) -> float:
        """Points earned so far, clamped to 0 … max and to the cap."""
        earned = sum(c.points for c in self.criteria if c.points is not None)
        return max(0.0, min(earned, self.max if self.cap is None else self.cap))

    @property
    def waiting(self) -> float:
        """Points that a judge or a teacher still has to give or refuse, or that a fault of ours holds back."""
        return sum(c.max for c in self.criteria if c.points is None)


class Grade(Frozen):
    """The grade of one submitted notebook."""

    lesson: str
    exercises: tuple[ExerciseGrade, ...]
    graded_at: datetime

    @property
    def points(self) -> float:
        return sum(e.points for e in self.exercises)

    @property
    def max(self) -> float:
        return sum(e.max for e in self.exercises)

    @property
    def waiting(self) -> float:
        return sum(e.waiting for e in self.exercises)


def prompt_sha256(prompt: str) -> str:
    """The hash a prompt is recorded under: NFC, without white space at its ends."""
    return hashlib.sha256(unicodedata.normalize("NFC", prompt).strip().encode("utf-8", "replace")).hexdigest()


class AiReply(Frozen):
    """What the AI said to a learner in an exercise, as the gateway recorded it; never what a notebook says it said."""

    prompt_sha256: str
    label: str  # as the learner saw it
    practice: bool
    text: str
    at: datetime
    invented: tuple[tuple[int, int], ...] = ()
    """What the practice AI made up: start and end in `text`. For graders and teachers, not for learners."""

    def answers(self, prompt: str) -> bool:
        """Whether this is the reply to that very prompt."""
        return self.prompt_sha256 == prompt_sha256(prompt)

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """The text in pieces, each with whether it is made up."""
        found, end = [], 0
        for start, stop in sorted(self.invented):
            start = max(start, end)
            found += [(self.text[end:start], False), (self.text[start:stop], True)]
            end = max(end, stop)
        return tuple((text, made_up) for text, made_up in (*found, (self.text[end:], False)) if text)


def plain(text: str) -> str:
    """A text without its Vietnamese marks."""
    apart = unicodedata.normalize("NFD", text).replace("\u0111", "d").replace("\u0110", "D")
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


class Lettering(Frozen):
    """A piece of text on a picture."""

    role: Literal["title", "line", "note", "read"]  # `read`: found by a program that reads pictures
    text: str
    size: float  # of the letters, as a share of the picture's longer side
    contrast: float  # with what they stand on, 1 to 21


class Picture(Frozen):
    """A picture that was made for an exercise, as campus saw it when it was composed or opened."""

    kind: Literal["picture"] = "picture"
    made: Literal["composed", "uploaded"]
    width: int
    height: int
    blank: bool = False  # one plain colour, and nothing on it
    pictured: bool = True  # there is more to it than colour and lettering
    texts: tuple[Lettering, ...] | None = ()  # None: nothing here can read pictures

    @property
    def text(self) -> str:
        """Everything that is written on it, one piece a line; what was read there without marks: they are misread."""
        written = "\n".join(lettering.text for lettering in self.texts or ())
        return plain(written) if self.made == "uploaded" else written


class Context(Frozen):
    """What grading needs to know of the learner besides the notebook; campus keeps it with each attempt."""

    role: str
    variant: str
    wrong_before: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """exercise id -> items answered wrongly in an earlier check: right later earns half."""
    caps: dict[str, float] = Field(default_factory=dict)
    """exercise id -> points earned before the worked solution was seen: nothing above counts."""
    answers: dict[str, Any] = Field(default_factory=dict)
    """exercise id -> the learner's draft, for calls in the notebook that hold no answer."""
    classmates: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """exercise id -> what others of the class handed in before, as one text each."""
    replies: dict[str, tuple[AiReply, ...]] = Field(default_factory=dict)
    """exercise id -> what the AI said to the learner in it: the reply to the prompt handed in, and the last few."""
    artefacts: dict[str, Picture] | None = None
    """SHA-256 -> what the learner made; None where nobody looked: what rests on it waits."""
    replies_unknown: bool = False
    """The gateway's record could not be read: what rests on it is not decided yet."""
