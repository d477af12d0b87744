"""Answers of somebody who has not done an exercise, made up for each of them and graded: what such an answer earns.

Samples show what a lesson's author thought of; these are the same for every lesson. Points are those without a judge,
as of samples. Which strategies are lazy, and which are a guess that cannot be priced, says docs/lessons.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograders import wording
from autograders.grade import grade_exercise
from autograders.models import Context, Picture
from course.criteria import Judged
from course.lesson import Exercise, Lesson, Variant
from course.poster import Design
from course.projection import public_exercise
from course.variants import drawn_exercises

LIMIT = 0.25
"""A lazy answer earns less than this share of an exercise's points."""
TITLE, LINES = 300, 2000  # characters of a poster
LEARNERS = ("an", "binh", "chi", "dung", "giang")  # the order of steps is shuffled for each


@dataclass(frozen=True)
class LazyAnswer:
    """What was done ("the question pasted"), and the answer it makes.

    `limited`: it must stay under the limit; else it is only told of.
    """

    name: str
    answer: dict[str, Any]
    limited: bool = True
    artefacts: dict[str, Picture] = field(default_factory=dict)


@dataclass(frozen=True)
class LazyOutcome:
    """What a lazy answer earned in one variant, and the judged criteria whose gates let it through to a model."""

    exercise: str
    variant: str
    name: str
    points: float
    max: float
    limited: bool
    asks_judge: tuple[str, ...]

    @property
    def share(self) -> float:
        return self.points / self.max


def lazy_outcomes(lesson: Lesson) -> Iterator[LazyOutcome]:
    """Every lazy answer to every graded exercise in every variant; variants that do not differ count once."""
    seen: list[Exercise] = []
    for variant in lesson.variant:
        for exercise in drawn_exercises(lesson, variant):
            same = exercise.model_copy(update={"values": {}})
            if exercise.graded and exercise.kind != "code" and same not in seen:
                seen.append(same)
                yield from _outcomes(lesson, exercise, variant)


def _outcomes(lesson: Lesson, exercise: Exercise, variant: Variant) -> Iterator[LazyOutcome]:
    for lazy in lazy_answers(exercise, lesson.id):
        context = Context(role=variant.role, variant=variant.id, artefacts=lazy.artefacts)
        grade = grade_exercise(exercise, lazy.answer, context)
        judged = {c.id for c in exercise.criterion if isinstance(c, Judged)}
        asks = tuple(c.id for c in grade.criteria if c.id in judged and c.status == "waiting")
        where = f"{variant.role}/{variant.id}"
        yield LazyOutcome(exercise.id, where, lazy.name, grade.points, grade.max, lazy.limited, asks)


def lazy_answers(exercise: Exercise, lesson_id: str) -> Iterator[LazyAnswer]:
    """The lazy answers to a drawn exercise; to a kind that has no other, the empty one."""
    yield LazyAnswer("empty", {})
    if exercise.kind == "find":
        yield LazyAnswer("all touched", {"touched": [item.id for item in exercise.item]})
    elif exercise.kind == "classify":
        for category in exercise.category:
            all_in = {item.id: category.id for item in exercise.item}
            yield LazyAnswer(f"all in {category.id!r}", {"items": all_in})
    elif exercise.kind == "order":
        for learner in LEARNERS:
            shown = public_exercise(exercise, lesson_id, learner)["items"]
            yield LazyAnswer("the order as shown", {"order": [item["id"] for item in shown]})
    elif exercise.kind == "make":
        yield from _made(exercise)
    else:
        yield from _written(exercise)


def _made(exercise: Exercise) -> Iterator[LazyAnswer]:
    """What stands on the table handed in as it is, and posters that hold what is written into any place for text."""
    from autograders.made_samples import made  # brings Pillow, and few lessons make pictures

    if exercise.making is None:
        return
    designs = {"what was there": (exercise.making.start, "")}
    for name, text in lazy_texts(exercise):
        designs[name] = (Design(title=text.partition("\n")[0][:TITLE], lines=text[:LINES]), text)
    for name, (design, prompt) in designs.items():
        artefacts: dict[str, Picture] = {}
        answer = made(Path(), {"design": design.model_dump()}, artefacts)
        yield LazyAnswer(f"{name} as a poster", {**answer, "prompt": prompt}, artefacts=artefacts)


def _written(exercise: Exercise) -> Iterator[LazyAnswer]:
    texts = dict(lazy_texts(exercise))
    if exercise.kind in ("text", "teach_back"):
        yield from (LazyAnswer(name, {"text": text}) for name, text in texts.items())
    elif exercise.kind == "fill":
        texts["the number 1"] = wording.LAZY_NUMBER
        for name, text in texts.items():
            yield LazyAnswer(f"{name} in every box", {"boxes": {box.id: text for box in exercise.box}})
        yield LazyAnswer("the examples in the boxes", {"boxes": {b.id: b.placeholder for b in exercise.box}})
    elif exercise.kind == "prompt":
        even = _dealt_out_evenly(exercise)
        for name, text in texts.items():
            yield LazyAnswer(f"{name} as prompt and final", {"prompt": text, "final": text, **even})
        only_form = {"prompt": wording.LAZY_PROMPT, "final": wording.LAZY_TEXT, **even}
        yield LazyAnswer("a prompt on nothing in good form", only_form, limited=False)


def _dealt_out_evenly(exercise: Exercise) -> dict[str, Any]:
    """The seeds of the exercise's matrix, as many for each criterion, where they are set by touch; else nothing."""
    boxes = [box.id for box in exercise.box if box.kind == "weight"]
    if not boxes:
        return {}
    each, rest = divmod(sum(block.shared for block in exercise.material if not block.weights), len(boxes))
    return {"boxes": {box: str(each + (number < rest)) for number, box in enumerate(boxes)}}


def lazy_texts(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """What is written into any place for text, with its name."""
    yield "one word", wording.LAZY_WORD
    yield "the question pasted", exercise.ask
    yield "fluent nonsense", wording.LAZY_TEXT
    yield "fluent nonsense on the title", wording.LAZY_TEXT_ON.format(title=exercise.title)
    blocks = ["\n".join(block.lines) for block in exercise.material]
    card = next((text for text, block in zip(blocks, exercise.material, strict=True) if block.kind == "card"), "")
    if card:
        yield "the card pasted", card
    if any(blocks) and blocks != [card]:
        yield "all material pasted", "\n".join(blocks)
    if exercise.reveal:
        yield "the stored reply pasted", exercise.reveal
