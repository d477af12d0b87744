"""What pydantic cannot say by types: the parts of an exercise must fit each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from course.criteria import CoversIdeas, Criterion, DefendsChoice, SharesWeights, VerdictWithEvidence
from course.weighing import matrix_problem

if TYPE_CHECKING:
    from course.lesson import Exercise

PARTS_OF_ANSWER = {
    "choice": ("items",),
    "predict": ("items",),
    "classify": ("items",),
    "order": ("order",),
    "find": ("touched",),
    "fill": ("boxes", "box."),
    "prompt": ("prompt", "final", "boxes", "box."),
    "text": ("text",),
    "teach_back": ("text", "follow_up"),
    "code": ("code",),
    "make": ("artefact", "prompt"),
}


def exercise_problem(exercise: Exercise) -> str:
    """The first thing wrong with an exercise as one sentence, "" when it holds together."""
    for check in (_ids, _points, _items, _evidence, _matrix, _criteria, _help):
        problem = check(exercise)
        if problem:
            return f"exercise {exercise.id!r}: {problem}"
    return ""


def _ids(exercise: Exercise) -> str:
    for what, things in (
        ("item", exercise.item),
        ("category", exercise.category),
        ("box", exercise.box),
        ("idea", exercise.idea),
        ("criterion", exercise.criterion),
        ("practice", exercise.practice),
    ):
        ids = [thing.id for thing in things]
        for id_ in ids:
            if ids.count(id_) > 1:
                return f"{what} id {id_!r} stands twice; ids are unique within an exercise"
    return ""


def _points(exercise: Exercise) -> str:
    total = sum(c.points for c in exercise.criterion)
    if abs(total - exercise.points) > 1e-9:
        return f"points = {exercise.points:g}, but its criteria add up to {total:g}; make the two equal"
    return ""


def _items(exercise: Exercise) -> str:
    needs = {
        "choice": "item",
        "predict": "item",
        "order": "item",
        "classify": "item",
        "find": "item",
        "fill": "box",
        "teach_back": "idea",
        "make": "making",
    }.get(exercise.kind)
    if needs and not getattr(exercise, needs):
        return f"a {exercise.kind} exercise needs at least one [[exercise.{needs}]]"
    for item in exercise.item:
        problem = _item(exercise, item.id)
        if problem:
            return f"item {item.id!r}: {problem}"
    return ""


def _item(exercise: Exercise, id_: str) -> str:
    item = next(i for i in exercise.item if i.id == id_)
    if exercise.kind in ("choice", "predict"):
        if sum(o.correct for o in item.options) != 1:
            return "exactly one option must have correct = true"
    elif exercise.kind == "classify":
        categories = {c.id for c in exercise.category}
        if item.answer not in categories:
            return f"answer = {item.answer!r}; allowed: {', '.join(sorted(categories))}"
        if unexplained := categories - {item.answer} - set(item.reasons):
            return f"reasons lacks {sorted(unexplained)[0]!r}; every wrong category says why"
    elif exercise.kind == "find" and not isinstance(item.answer, bool):
        return f"answer = {item.answer!r}; allowed: true (to be touched), false"
    if exercise.kind in ("order", "find", "classify") and not item.reason:
        return "reason is missing"
    return ""


def _evidence(exercise: Exercise) -> str:
    """A category needs a passage for all its items or for none: the page asks for one before it knows the item's."""
    passages = [passage.id for block in exercise.material for passage in block.passages]
    for id_ in passages:
        if passages.count(id_) > 1:
            return f"passage {id_!r} stands twice; passages are named once within an exercise"
    for item in exercise.item:
        where = f"item {item.id!r}"
        if unknown := set(item.evidence) - set(passages):
            return f"{where}: evidence {min(unknown)!r}; passages of the material are {', '.join(passages) or 'none'}"
        if item.evidence and not item.unproved:
            return f"{where}: unproved is missing: what is said when another passage is pointed at"
        if not item.evidence and item.answer in exercise.proved_categories:
            return f"{where}: evidence is missing; other items of category {item.answer!r} have it"
    by_proof = any(isinstance(criterion, VerdictWithEvidence) for criterion in exercise.criterion)
    if by_proof != bool(exercise.proved_categories):
        return "evidence of items and a criterion verdict_with_evidence go together; only one of them is there"
    return ""


def _matrix(exercise: Exercise) -> str:
    """A matrix is whole, and its weights are either given or set in boxes that bear the criteria's names."""
    boxes = [box.label for box in exercise.box if box.kind == "weight"]
    matrices = [block for block in exercise.material if block.kind == "matrix"]
    if problem := next((p for b in matrices if (p := matrix_problem(b.rows, b.shared, b.weights))), ""):
        return f"matrix: {problem}"
    set_by_touch = [block for block in matrices if not block.weights]
    if len(set_by_touch) > 1 or bool(boxes) != bool(set_by_touch):
        return "one matrix without weights takes the boxes of kind weight; it needs them, and they need it"
    if not boxes:
        return ""
    if exercise.kind != "prompt":
        return f"boxes of kind weight stand in prompt exercises, not in {exercise.kind}"
    criteria = [row[0] for row in set_by_touch[0].rows[1:]]
    return "" if boxes == criteria else f"weight boxes are labelled {boxes}, the matrix's criteria {criteria}"


def _criteria(exercise: Exercise) -> str:
    allowed = PARTS_OF_ANSWER[exercise.kind]
    for criterion in exercise.criterion:
        if not any(criterion.on == a or (a.endswith(".") and criterion.on.startswith(a)) for a in allowed):
            shown = ", ".join(allowed)
            return f"criterion {criterion.id!r}: on = {criterion.on!r}; a {exercise.kind} exercise allows {shown}"
        if problem := _references(exercise, criterion):
            return f"criterion {criterion.id!r}: {problem}"
    return ""


def _references(exercise: Exercise, criterion: Criterion) -> str:
    if isinstance(criterion, SharesWeights | DefendsChoice) and not any(b.kind == "weight" for b in exercise.box):
        return f"{criterion.rule} looks at weights set by touch; there is no box of kind weight"
    if isinstance(criterion, SharesWeights):
        boxes = [b.id for b in exercise.box if b.kind == "weight"]
        if unknown := [id_ for id_ in criterion.ranks if id_ not in boxes]:
            return f"ranks has {unknown[0]!r}; weight boxes are {', '.join(boxes)}"
    if criterion.on.startswith("box."):
        boxes = [b.id for b in exercise.box]
        if criterion.on.removeprefix("box.") not in boxes:
            return f"on = {criterion.on!r}; boxes are {', '.join(boxes)}"
    if isinstance(criterion, CoversIdeas):
        ideas = [i.id for i in exercise.idea]
        for idea in criterion.ideas:
            if idea not in ideas:
                return f"idea {idea!r} is unknown; ideas are {', '.join(ideas)}"
    return ""


def _help(exercise: Exercise) -> str:
    if exercise.in_sitting and exercise.hints:
        return f"{len(exercise.hints)} hints; a level challenge gives none"
    if exercise.points and not exercise.in_sitting and not 2 <= len(exercise.hints) <= 4:
        return f"{len(exercise.hints)} hints; a graded exercise has 2 to 4"
    if exercise.points and not (exercise.solution and exercise.why):
        return "a graded exercise needs solution and why"
    return ""


def table_problem(rows: Sequence[Sequence[str]]) -> str:
    """What keeps rows, the first of them the head, from being a table; "" when nothing does, or there are none."""
    if not rows:
        return ""
    if len(rows) < 2:
        return "one row; a table has a head and at least one row under it"
    if not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        return f"rows of {', '.join(str(len(row)) for row in rows)} cells; all have as many as the head"
    if signed := next((cell for row in rows for cell in row if "|" in cell or "\n" in cell), None):
        return f"the cell {signed!r} holds a bar or a line break"
    return ""


def stand_in_problem(exercises: Sequence[Exercise]) -> str:
    """A code exercise needs a stand-in with the same points, or phones could not earn them; "" when all have one."""
    code = {e.id: e for e in exercises if e.kind == "code"}
    for exercise in exercises:
        if not exercise.stands_in_for:
            continue
        where = f"exercise {exercise.id!r}: stands_in_for = {exercise.stands_in_for!r}"
        replaced = code.pop(exercise.stands_in_for, None)
        if replaced is None:
            return f"{where}; that is no code exercise of this lesson"
        if replaced.points != exercise.points:
            return f"{where}, which has {replaced.points:g} points; points = {exercise.points:g} must be the same"
    if code:
        return f"exercise {min(code)!r}: a code exercise needs another with stands_in_for = {min(code)!r}"
    return ""
