"""A prompt to write, the AI's reply to it, and the version that goes out."""

from __future__ import annotations

from course.exercises.widget import ExerciseWidget


class PromptWidget(ExerciseWidget):
    """A prompt to write, the AI's reply to it, and the version that goes out."""

    module = "prompt"
