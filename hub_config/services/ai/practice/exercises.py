"""The exercises that prompts are written in, as drawn for those who ask."""

from course.catalog import Lessons
from course.lesson import Exercise, Lesson
from course.variants import drawn_exercise
from hub_config.services.ai.practice.variant import Draws


class Exercises:
    """Exercises by their full id, such as "text.first_prompt/notice"."""

    def __init__(self, lessons: Lessons, draws: Draws) -> None:
        self._lessons = lessons
        self._draws = draws

    def known(self, exercise: str) -> bool:
        """Whether there is an exercise with this full id."""
        return self._found(exercise) is not None

    def drawn(self, exercise: str, learner: str) -> Exercise:
        """An exercise in the learner's variant. Blocks: call it off the event loop. Raises KeyError for unknown ids."""
        found = self._found(exercise)
        if found is None:
            raise KeyError(exercise)
        lesson, exercise_id = found
        return drawn_exercise(lesson, exercise_id, self._draws.variant(lesson, learner))

    def replies_are_saved(self, exercise: str) -> bool:
        """Whether its lesson lets a model's reply be said again to others who ask the same."""
        found = self._found(exercise)
        return found is not None and found[0].cached_replies

    def _found(self, exercise: str) -> tuple[Lesson, str] | None:
        lesson_id, _, exercise_id = exercise.partition("/")
        folder = self._lessons.get(lesson_id)
        if folder is None or all(raw.get("id") != exercise_id for raw in folder.lesson.exercise):
            return None
        return folder.lesson, exercise_id
