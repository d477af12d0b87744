"""A picture to make: composed from a design, or brought along."""

from __future__ import annotations

from course.exercises import wording
from course.exercises.reading import Public, listed
from course.exercises.widget import ExerciseWidget


class MakeWidget(ExerciseWidget):
    """A picture to make: composed from a design, or brought along."""

    module = "make"

    def reading(self, public: Public) -> str:
        """What is laid out, in the order of the work."""
        return listed(wording.MAKE_STEPS, tag="ol", label=wording.MAKE)
