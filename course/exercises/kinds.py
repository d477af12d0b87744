"""Which widget shows which kind of exercise."""

from __future__ import annotations

from typing import Any

from course.exercises.choice import ChoiceWidget
from course.exercises.classify import ClassifyWidget
from course.exercises.code import CodeWidget
from course.exercises.fill import FillWidget
from course.exercises.find import FindWidget
from course.exercises.make import MakeWidget
from course.exercises.order import OrderWidget
from course.exercises.prompt import PromptWidget
from course.exercises.reading import Public
from course.exercises.teach_back import TeachBackWidget
from course.exercises.text import TextWidget
from course.exercises.widget import ExerciseWidget

WIDGETS: dict[str, type[ExerciseWidget]] = {
    "choice": ChoiceWidget,
    "predict": ChoiceWidget,
    "order": OrderWidget,
    "classify": ClassifyWidget,
    "find": FindWidget,
    "fill": FillWidget,
    "prompt": PromptWidget,
    "text": TextWidget,
    "code": CodeWidget,
    "make": MakeWidget,
    "teach_back": TeachBackWidget,
}


def widget_of(public: Public, answer: dict[str, Any] | None = None) -> ExerciseWidget:
    """The widget for an exercise's public projection. Raises KeyError for a kind that is none."""
    return WIDGETS[public["kind"]](public, answer)
