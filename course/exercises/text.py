"""A text to write."""

from __future__ import annotations

from course.exercises.widget import ExerciseWidget


class TextWidget(ExerciseWidget):
    """A text to write."""

    module = "text"
