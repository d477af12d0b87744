"""Phrases to be sorted into categories."""

from __future__ import annotations

from course.exercises import wording
from course.exercises.reading import Public, listed
from course.exercises.widget import ExerciseWidget


class ClassifyWidget(ExerciseWidget):
    """Phrases to be sorted into categories."""

    module = "classify"

    def reading(self, public: Public) -> str:
        categories = (f"{c['label']} – {c['note']}".rstrip(" –") for c in public.get("categories") or ())
        phrases = (i["text"] for i in public.get("items") or ())
        return listed(categories, label=wording.CATEGORIES) + listed(phrases, label=wording.PHRASES)
