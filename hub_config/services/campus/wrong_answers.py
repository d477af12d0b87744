"""What was wrong in one answer, under keys that are the same in every variant, and in words that a teacher reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from autograders.grade import grade_exercise
from autograders.models import Context, ExerciseGrade
from autograders.rules.answers import boxes_of, ids_of, items_of
from autograders.rules.facts import fact_name
from autograders.rules.items import item_results
from autograders.wording import PARTS
from course.criteria import AnyCriterion, CoversIdeas, HasParts, KeepsFacts
from course.lesson import Exercise

CLICKED = ("choice", "predict", "classify", "order", "find")
SHOWN = 80  # characters of what a learner typed
PLACE = re.compile(r"\{[a-z_]+\}")
FILLED = re.compile(r"\\\{(?:found|n|over)\\\}")
ENOUGH = 8  # words that say something by themselves
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True)
class Wrong:
    """`how`: chosen, sorted, unproved, touched, missed, misplaced, filled, absent, lacking.

    `typed`: in a learner's own words.
    """

    key: tuple[str, ...]
    how: str
    what: str  # the question, the phrase, the label of the box; "" where the exercise has one question
    text: str
    typed: bool = False


def is_right(exercise: Exercise, answer: Mapping[str, Any], grade: ExerciseGrade) -> bool:
    """Whether nothing that has a score lost points; what a second try costs and what waits for a judge is left out."""
    if not grade.criteria:  # a guess before the lesson
        return len(grade.items) == len(exercise.item) and all(result.ok for result in grade.items.values())
    if exercise.kind in CLICKED and not _full(grade):
        grade = grade_exercise(exercise, answer, Context(role="", variant=""))
    return _full(grade)


def _full(grade: ExerciseGrade) -> bool:
    return all(c.points is None or c.points >= c.max for c in grade.criteria)


def wrong_in(exercise: Exercise, answer: Mapping[str, Any], grade: ExerciseGrade) -> Iterator[Wrong]:
    """Everything that was wrong in an answer."""
    if exercise.kind in ("choice", "predict", "classify"):
        yield from _chosen(exercise, answer)
    elif exercise.kind == "find":
        yield from _touched(exercise, answer)
    elif exercise.kind == "order":
        results = item_results(exercise, answer, Context(role="", variant=""))
        wrong = [item for item in exercise.item if item.id in results and not results[item.id].ok]
        yield from (Wrong((item.id,), "misplaced", "", item.text) for item in wrong)
    else:
        yield from _lacking(exercise, answer, grade)


def _chosen(exercise: Exercise, answer: Mapping[str, Any]) -> Iterator[Wrong]:
    chosen = items_of(answer)
    labels = {category.id: category.label for category in exercise.category}
    results = item_results(exercise, answer, Context(role="", variant=""))
    for item in exercise.item:
        given = chosen.get(item.id)
        option = next((option for option in item.options if option.id == given), None)
        if option is not None and not option.correct:
            question = item.text if len(exercise.item) > 1 else ""
            yield Wrong((item.id, option.id), "chosen", question, option.text)
        elif given in labels and given != item.answer:
            yield Wrong((item.id, str(given)), "sorted", item.text, labels[str(given)])
        elif item.id in results and not results[item.id].ok:  # the right category, by another passage or by none
            yield Wrong((item.id,), "unproved", "", item.text)


def _touched(exercise: Exercise, answer: Mapping[str, Any]) -> Iterator[Wrong]:
    touched = ids_of(answer, "touched")
    for item in exercise.item:
        if (item.answer is True) != (item.id in touched):
            how = "missed" if item.answer is True else "touched"
            yield Wrong((item.id,), how, "", item.text)


def _lacking(exercise: Exercise, answer: Mapping[str, Any], grade: ExerciseGrade) -> Iterator[Wrong]:
    """Boxes with what was typed into them, else criteria by what a learner is told who loses points there."""
    messages = {c.id: c.message for c in grade.criteria}
    lost = {c.id for c in grade.criteria if c.points is not None and c.points < c.max}
    boxes = {f"box.{box.id}": box for box in exercise.box}
    for criterion in exercise.criterion:
        if criterion.id not in lost:
            continue
        box = boxes.get(criterion.on)
        typed = " ".join(boxes_of(answer).get(box.id, "").split())[:SHOWN] if box else ""
        if box and typed:
            yield Wrong((box.id, typed.casefold()), "filled", box.label, typed, typed=True)
        absent = list(_absent(criterion, exercise, messages[criterion.id]))
        yield from absent or [Wrong((criterion.id,), "lacking", "", _gist(criterion.missing))]


def _absent(criterion: AnyCriterion, exercise: Exercise, message: str) -> Iterator[Wrong]:
    """What of the lesson's own list a text did not have, by its place in the list: names differ between variants."""
    told = re.escape(criterion.missing).replace(r"\{missing\}", "(?P<missing>.*)")
    found = re.search(FILLED.sub(".*", told) + "$", message, re.DOTALL)
    if found and "missing" in found.groupdict():
        for number, name in enumerate(_names(criterion, exercise)):
            if name in found["missing"]:
                yield Wrong((criterion.id, str(number)), "absent", "", name)


def _names(criterion: AnyCriterion, exercise: Exercise) -> list[str]:
    if isinstance(criterion, KeepsFacts):
        return [fact_name(fact) for fact in criterion.facts]
    if isinstance(criterion, HasParts):
        return [PARTS[part] for part in criterion.parts]
    if isinstance(criterion, CoversIdeas):
        return [idea.text for idea in exercise.idea]
    return []


def _gist(missing: str) -> str:
    """The first words of what a learner is told, without what is filled in for each; whole sentences."""
    sentences = SENTENCE_END.split(PLACE.sub("…", missing))
    gist = sentences[0]
    for sentence in sentences[1:]:
        if len(gist.split()) < ENOUGH:
            gist = f"{gist} {sentence}"
    return gist.removesuffix(".")
