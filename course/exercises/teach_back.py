"""An explanation for somebody who asks."""

from __future__ import annotations

from course.exercises import wording
from course.exercises.reading import Public, paragraphs
from course.exercises.widget import ExerciseWidget


class TeachBackWidget(ExerciseWidget):
    """An explanation for somebody who asks."""

    module = "teach_back"

    def reading(self, public: Public) -> str:
        listener = public.get("listener") or ""
        return paragraphs(wording.QUESTION_BY.format(listener=listener)) if listener else ""
