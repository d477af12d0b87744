"""The figures of a lesson and their limits: what is measured, and how much of it is allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, Field

from autograders.lazy import LIMIT
from course.lesson import CHALLENGE


class Figures(BaseModel):
    """The figures of one lesson under the names of the benchmarks page; where variants differ, the worst one's."""

    syllables: int = 0
    syllables_with_material: int = 0
    syllables_before_action: int = 0
    syllables_per_action: float = 0
    sentence_mean: float = 0
    sentence_longest: int = 0
    typed: int = 0
    terms: int = 0
    first_check_cell: int = 0
    cells: int = 0
    exercises: int = 0
    kinds: list[str] = Field(default_factory=list)
    offline_points_share: float = 0
    samples: int = 0
    lazy_share_max: float = 0
    roles: int = 0
    variants_min: int = 0


@dataclass(frozen=True)
class Limit:
    """What one figure may be: `at_least`, `at_most`, or less than `below`; and what to do when it is not."""

    figure: str
    name: str
    mend: str
    at_least: float | None = None
    at_most: float | None = None
    below: float | None = None

    def value(self, figures: Figures) -> float:
        found = getattr(figures, self.figure)
        return len(found) if isinstance(found, list) else float(found)

    def holds(self, figures: Figures) -> bool:
        value = self.value(figures)
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
        )

    @property
    def allowed(self) -> str:
        """ "10 to 20", "at most 800"."""
        if self.at_least is not None and self.at_most is not None:
            return f"{self.at_least:g} to {self.at_most:g}"
        if self.below is not None:
            return f"less than {self.below:g}"
        return f"at least {self.at_least:g}" if self.at_most is None else f"at most {self.at_most:g}"


def limits(lesson_id: str) -> Sequence[Limit]:
    """The limits that hold for a lesson. The challenge of a level may take twice the reading and typing."""
    more = 2 if lesson_id.endswith(CHALLENGE) else 1
    return (
        Limit("syllables", "syllables of prose", "shorten cells and questions", at_most=800 * more),
        Limit(
            "syllables_with_material",
            "syllables with material and replies",
            "shorten what [[exercise.material]], items and replies say",
            at_most=1100 * more,
        ),
        Limit(
            "syllables_before_action",
            "syllables before the first action",
            "move the first exercise up, or cut what stands before it",
            at_most=100,
        ),
        Limit("syllables_per_action", "syllables per checked action", "let the learner act more often", at_most=150),
        Limit("typed", "syllables that must be typed", "let facts be tapped, ask for less text", at_most=80 * more),
        Limit("sentence_mean", "syllables of a sentence, mean", "break up long sentences", at_most=15),
        Limit("sentence_longest", "syllables of the longest sentence", "break it up", at_most=25),
        Limit("terms", "new terms", "leave a term for another lesson", at_most=3),
        Limit("first_check_cell", "cell of the first checked answer", "move an exercise up", at_most=6),
        Limit("cells", "cells", "join or split cells", at_least=10, at_most=20),
        Limit("exercises", "graded exercises", "add or leave out an exercise", at_least=3, at_most=5),
        Limit("kinds", "kinds of exercises", "give one exercise another kind", at_least=2),
        Limit(
            "offline_points_share",
            "share of points with no AI service",
            "move points from judge criteria to rules",
            at_least=0.6,
        ),
        Limit("lazy_share_max", "best lazy answer's share", "see the lines on lazy answers", below=LIMIT),
        Limit("roles", "roles", "add [[variant]] of another role", at_least=2),
        Limit("variants_min", "variants of each role", "add [[variant]] with other values", at_least=3),
    )


def past_limits(figures: Figures, lesson_id: str, longest_sentence: str) -> Iterator[str]:
    """A sentence for each figure that is past its limit."""
    for limit in limits(lesson_id):
        if not limit.holds(figures):
            words = f" ({longest_sentence!r})" if limit.figure == "sentence_longest" else ""
            yield f"{limit.name}: {limit.value(figures):g}, {limit.allowed}{words}; {limit.mend}"
