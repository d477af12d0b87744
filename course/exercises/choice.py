"""A question with options; also the guess before a run (predict)."""

from __future__ import annotations

from course.exercises.reading import Public, listed, paragraphs
from course.exercises.widget import ExerciseWidget


class ChoiceWidget(ExerciseWidget):
    """A question with options; also the guess before a run (predict)."""

    module = "choice"

    def reading(self, public: Public) -> str:
        return "".join(
            paragraphs(i["text"]) + listed(o["text"] for o in i["options"]) for i in public.get("items") or ()
        )
