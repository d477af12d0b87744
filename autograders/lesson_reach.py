"""Can everything that a lesson says to an answer be brought up: reasons, hints, what criteria miss, questions back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from autograders.models import Context
from autograders.rules.items import item_results
from autograders.rules.teach_back import missing_idea
from autograders.samples import Outcome
from course.catalog import LessonFolder
from course.criteria import Criterion, Fact, Judged
from course.lesson import DailyQuestion, Exercise, Item
from course.variants import drawn_exercise, drawn_exercises, variant_of

FILLED = re.compile(r"\\\{(?:missing|found|n|over)\\\}")
LEFT_OPEN = re.compile(r"\{[a-z_]+\}")


def unreachable(folder: LessonFolder, outcomes: Sequence[Outcome]) -> list[str]:
    """A sentence for each text that no answer brings up in any variant, or that says nothing of its own."""
    lesson = folder.lesson
    found = [p for question in (*lesson.daily, lesson.probe.before, lesson.probe.after) for p in _question(question)]
    shown: dict[str, bool] = {}  # a text's place -> whether some answer to some variant brings it up
    for variant in lesson.variant:
        context = Context(role=variant.role, variant=variant.id)
        for exercise in drawn_exercises(lesson, variant):
            where = f"exercise {exercise.id!r}"
            for place, is_shown in _reasons(exercise, context).items():
                shown[f"{where}, {place}"] = shown.get(f"{where}, {place}", False) or is_shown
            found += [f"{where}, {problem}" for problem in _alike(exercise)]
            found += [f"{where}, {problem}" for problem in _hints(exercise)]
            found += [f"{where}, {problem}" for problem in _questions_back(exercise, outcomes)]
    never = (place for place, is_shown in shown.items() if not is_shown)
    found += [f"{place}: no answer brings it up; take it out, or mend the id it hangs on" for place in never]
    found += _missing(folder, outcomes)
    return list(dict.fromkeys(found))


def _question(question: DailyQuestion) -> Iterator[str]:
    where = f"question {question.id!r}"
    if sum(option.correct for option in question.options) != 1:
        yield f"{where}: exactly one option must have correct = true"
    for problem in _own_reasons((option.id, option.reason) for option in question.options):
        yield f"{where}: {problem}"


def _own_reasons(reasons: Iterable[tuple[str, str]]) -> Iterator[str]:
    given = list(reasons)
    for id_, text in given:
        if not text.strip():
            yield f"{id_!r} has no reason; say what was chosen and what to try next"
    for text, times in Counter(text for _, text in given if text.strip()).items():
        if times > 1:
            ids = ", ".join(repr(id_) for id_, other in given if other == text)
            yield f"{ids} have the same reason; each says what that choice means"


def _reasons(exercise: Exercise, context: Context) -> dict[str, bool]:
    """The place of each reason of an item -> whether something that is chosen, touched or put in order shows it."""
    shown = {item.id: set[str]() for item in exercise.item}
    for answer in _all_clicks(exercise):
        for id_, result in item_results(exercise, answer, context).items():
            shown[id_].add(result.reason)
    found: dict[str, bool] = {}
    for item in exercise.item:
        for what, text in _written(item):
            place = f"item {item.id!r}, {what}"
            found[place] = found.get(place, True) and text in shown[item.id]  # an id that stands twice hides one
    return found


def _alike(exercise: Exercise) -> Iterator[str]:
    for item in exercise.item:
        wrong = [(id_, text) for id_, text in item.reasons.items() if id_ != item.answer]
        chosen = [(option.id, option.reason) for option in item.options] or wrong
        yield from (f"item {item.id!r}: {problem}" for problem in _own_reasons(chosen))


def _written(item: Item) -> Iterator[tuple[str, str]]:
    yield from ((f"reason of option {option.id!r}", option.reason) for option in item.options)
    yield from ((f"reason for {category!r}", text) for category, text in item.reasons.items())
    yield from ((what, text) for what, text in (("reason", item.reason), ("unproved", item.unproved)) if text)


def _all_clicks(exercise: Exercise) -> Iterator[dict[str, object]]:
    """Answers that between them choose everything there is to choose, with the right passages and with others."""
    choices = [max((len(item.options) for item in exercise.item), default=0), len(exercise.category)]
    passages = [passage.id for block in exercise.material for passage in block.passages]
    right = {item.id: list(item.evidence) for item in exercise.item}
    other = {id_: [passage for passage in passages if passage not in own] for id_, own in right.items()}
    for number in range(max(choices)):
        chosen = {item.id: id_ for item in exercise.item if (id_ := _nth(exercise, item, number))}
        yield {"items": chosen, "evidence": right}
        yield {"items": chosen, "evidence": other}
    ids = [item.id for item in exercise.item]
    yield {"order": ids, "touched": ids}


def _nth(exercise: Exercise, item: Item, number: int) -> str:
    ids = [option.id for option in item.options] or [category.id for category in exercise.category]
    return ids[number] if number < len(ids) else ""


def _hints(exercise: Exercise) -> Iterator[str]:
    for number, hint in enumerate(exercise.hints, 1):
        if not hint.strip():
            yield f"hint {number} is empty"
        elif hint in exercise.hints[: number - 1]:
            yield f"hint {number} says what an earlier one says; come a step nearer"


def _questions_back(exercise: Exercise, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Questions of the simulated beginner that neither a sample nor an answer with all other ideas gets."""
    if exercise.kind != "teach_back":
        return
    asked = {g.follow_up["idea"] for o in outcomes for g in o.grades if g.id == exercise.id and g.follow_up}
    for idea in exercise.idea:
        others = ". ".join(_wording(other.any[0]) for other in exercise.idea if other is not idea)
        told = missing_idea(exercise, {"text": others or "…"})
        if idea.id not in asked and (told is None or told.id != idea.id):
            yield f"idea {idea.id!r}: no answer is asked its follow_up: no criterion wants it, or others cover it"


def _wording(fact: Fact) -> str:
    if isinstance(fact, str):
        return fact
    return " ".join((*fact.any[:1], *fact.all, *fact.near[:1]))


def _missing(folder: LessonFolder, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Criteria whose `missing` no sample is told, and places in it that stay open."""
    told: dict[tuple[str, str], bool] = {}
    for outcome in outcomes:
        variant = variant_of(folder.lesson, outcome.sample.file.role, outcome.sample.file.variant)
        for grade in outcome.grades:
            exercise = drawn_exercise(folder.lesson, grade.id, variant)
            messages = {c.id: c.message for c in grade.criteria}
            for criterion in exercise.criterion:
                if not isinstance(criterion, Judged):  # a judge says it, and samples have none
                    key, message = (exercise.id, criterion.id), messages.get(criterion.id, "")
                    told[key] = told.get(key, False) or _is_missing_of(criterion, message)
                    if told[key] and (left := LEFT_OPEN.search(message)):
                        yield f"exercise {exercise.id!r}, criterion {criterion.id!r}: {left[0]} is never filled"
    for (exercise_id, criterion_id), shown in told.items():
        if not shown:
            where = f"exercise {exercise_id!r}, criterion {criterion_id!r}"
            yield f"{where}: no sample is told its missing; add a fail_ sample that gets through its gates"


def _is_missing_of(criterion: Criterion, message: str) -> bool:
    pattern = FILLED.sub("(?:.|\\n)*", re.escape(criterion.missing))
    return re.search(f"(?:^| ){pattern}$", message) is not None  # some rules put figures of their own before it
