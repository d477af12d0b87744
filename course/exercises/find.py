"""Sentences, some of which are to be touched."""

from __future__ import annotations

from course.exercises import wording
from course.exercises.reading import Public, listed
from course.exercises.widget import ExerciseWidget


class FindWidget(ExerciseWidget):
    """Sentences, some of which are to be touched."""

    module = "find"

    def reading(self, public: Public) -> str:
        return listed((i["text"] for i in public.get("items") or ()), label=wording.SENTENCES)
