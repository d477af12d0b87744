"""A task for the code cell below; the app shows its stand-in in its place."""

from __future__ import annotations

from course.exercises import wording
from course.exercises.reading import Public, paragraphs
from course.exercises.widget import ExerciseWidget


class CodeWidget(ExerciseWidget):
    """A task for the code cell below; the app shows its stand-in in its place."""

    module = "code"

    def reading(self, public: Public) -> str:
        return paragraphs(wording.CODE_BELOW)
