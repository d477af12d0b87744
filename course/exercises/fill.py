"""A form to fill."""

from __future__ import annotations

from course.exercises import wording
from course.exercises.reading import Public, listed
from course.exercises.widget import ExerciseWidget


class FillWidget(ExerciseWidget):
    """A form to fill."""

    module = "fill"

    def reading(self, public: Public) -> str:
        return listed((b["label"] for b in public.get("boxes") or ()), label=wording.BOXES)
