"""Steps to be put in order."""

from __future__ import annotations

from course.exercises import wording
from course.exercises.reading import Public, listed
from course.exercises.widget import ExerciseWidget


class OrderWidget(ExerciseWidget):
    """Steps to be put in order."""

    module = "order"

    def reading(self, public: Public) -> str:
        return listed((i["text"] for i in public.get("items") or ()), label=wording.STEPS)
