"""What the coach knows: what the learner may see of an exercise, and nothing else.

It is campus's own `State` (public projection, draft, last result, hints shown, the solution where it was shown) and
the lesson's text, so that whatever is kept from learners is kept from the coach too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import NoResultFound

from course.catalog import LessonFolder
from course.lesson import Lesson, Variant
from course.projection import public_exercise
from course.variants import draw, drawn_exercise
from hub_config.services.ai.coach.kept import Kept, KeptLessons, strings
from hub_config.services.ai.coach.reading import Reading, Section, lesson_reading
from hub_config.services.campus import draws, exercises
from hub_config.services.campus.database import reading

Public = Mapping[str, Any]


@dataclass(frozen=True)
class Seen:
    """An exercise as its learner sees it now."""

    lesson_title: str
    public: Public  # see course.projection
    draft: Mapping[str, Any]
    result: Mapping[str, Any] | None  # of the last check
    hints: tuple[str, ...]  # shown so far
    hints_left: int
    solution: Mapping[str, str] | None  # where the learner has looked at it
    reading: Reading
    others: tuple[Public, ...]  # the lesson's other exercises, as the learner may open them

    @property
    def sections(self) -> tuple[Section, ...]:
        """The lesson's text before the exercise, its own section last."""
        return self.reading.upto(self.public["id"])

    def texts(self) -> Iterator[str]:
        """Everything that the learner may read, the draft included."""
        shown = (self.public, self.others, self.draft, self.result, self.hints, self.solution)
        yield self.lesson_title
        for value in shown:
            yield from strings(value)
        for section in self.reading.sections:
            yield section.heading
            yield section.text


class Standing:
    """Asks campus's database and the published lesson. Calls block: make them off the event loop."""

    def __init__(self, campus: Engine, published: Path) -> None:
        """`campus` is the engine of campus's database."""
        self._engine = campus
        self._published = published
        self._kept = KeptLessons()

    def of(
        self, folder: LessonFolder, exercise_id: str, learner: str, answer: Mapping[str, Any] | None
    ) -> tuple[Seen, Kept]:
        """Where a learner stands; `answer` is what stands on the page now, None: what campus has saved."""
        lesson = folder.lesson
        variant, state = self._state(folder, exercise_id, learner)
        kept = self._kept.of(lesson, variant, exercise_id)
        public = [public_exercise(exercise, lesson.id, learner) for exercise in kept.lesson]
        seen = Seen(
            lesson_title=lesson.title,
            public=state["exercise"],
            draft=(state["answer"] if answer is None else answer) or {},
            result=state["result"],
            hints=tuple(state["hints"]),
            hints_left=state["hints_left"],
            solution=state["solution"],
            reading=lesson_reading(self._published, lesson.id),
            others=tuple(one for one in public if one["id"] != state["exercise"]["id"]),
        )
        return seen, kept

    def _state(self, folder: LessonFolder, exercise_id: str, learner: str) -> tuple[Variant, dict[str, Any]]:
        lesson = folder.lesson
        with reading(self._engine) as connection:  # no writer waits for this one
            known = draws.known_exercise(connection, lesson, learner, exercise_id)
            if known is not None:
                return known[0], exercises.state(connection, folder, learner, exercise_id)
        try:
            with self._engine.begin() as connection:
                variant, _ = draws.exercise_of(connection, lesson, learner, exercise_id)
                return variant, exercises.state(connection, folder, learner, exercise_id)
        except NoResultFound:  # somebody whom the hub knows and campus does not, such as an operator trying a lesson
            variant = draw(lesson, learner, None)
            return variant, _untouched(lesson, variant, exercise_id, learner)


def _untouched(lesson: Lesson, variant: Variant, exercise_id: str, learner: str) -> dict[str, Any]:
    exercise = drawn_exercise(lesson, exercise_id, variant)
    public = public_exercise(exercise, lesson.id, learner)
    nothing: dict[str, Any] = {"answer": None, "result": None, "hints": [], "solution": None}
    return {"exercise": public, "hints_left": len(exercise.hints), **nothing}
