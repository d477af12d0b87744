"""Rules over a decision matrix whose weights the learner sets: shares_weights, defends_choice."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.rules.answers import boxes_of, text_of
from autograders.rules.defence import Defence
from autograders.rules.finding import Finding, lost
from course.criteria import DefendsChoice, SharesWeights
from course.lesson import Exercise
from course.weighing import Matrix

_MOST_SEEDS = 4  # digits
_SCATTERED = 4  # different numbers that are none of the table's; margins and rounds are forgiven


def shares_weights(
    criterion: SharesWeights, exercise: Exercise, answer: Mapping[str, Any], context: Context
) -> Finding:
    """All or none: every seed is dealt out, no criterion is left without, and they weigh in the order of `ranks`."""
    matrix, seeds = _matrix(exercise), _seeds(exercise, answer)
    dealt = sum(seeds.values())
    if dealt != matrix.shared:
        said = wording.SEEDS_NOT_ALL if dealt < matrix.shared else wording.SEEDS_TOO_MANY
        return lost(criterion, 0.0, [said.format(n=dealt, limit=matrix.shared)])
    names = {box.id: box.label for box in exercise.box}
    others = [id_ for id_ in seeds if id_ not in criterion.ranks]
    pairs = [*pairwise(criterion.ranks), *((criterion.ranks[-1], other) for other in others)]
    wrong = [wording.NO_SEED.format(name=names[id_]) for id_, n in seeds.items() if not n]
    wrong += [
        wording.NOT_HEAVIER.format(heavy=names[heavy], light=names[light])
        for heavy, light in pairs
        if seeds[heavy] <= seeds[light]
    ]
    return lost(criterion, 0.0, wrong) if wrong else Finding(1.0, wording.FULL_WEIGHTS)


def defends_choice(
    criterion: DefendsChoice, exercise: Exercise, answer: Mapping[str, Any], context: Context
) -> Finding:
    """Points shared evenly over what a defence states, each figure as the learner's own weights make it."""
    matrix, weights = _matrix(exercise), tuple(_seeds(exercise, answer).values())
    if sum(weights) != matrix.shared:
        return Finding(0.0, wording.DEAL_FIRST)
    leader = matrix.leader(weights)
    if leader is None:
        return Finding(0.0, wording.LEVEL)
    defence = Defence(text_of(answer, criterion.on), matrix, weights)
    if len(strange := defence.strange) >= _SCATTERED:
        return Finding(0.0, wording.NOT_OF_TABLE.format(found=", ".join(strange)))
    stated = defence.stated(leader)
    missing = [name for name, said in stated.items() if not said]
    if not missing:
        return Finding(1.0, wording.FULL_FACTS.format(found=", ".join(stated)))
    return lost(criterion, 1 - len(missing) / len(stated), missing, (), len(missing))


def _matrix(exercise: Exercise) -> Matrix:
    block = next(b for b in exercise.material if b.kind == "matrix" and not b.weights)
    return Matrix.of(block.rows, block.shared)


def _seeds(exercise: Exercise, answer: Mapping[str, Any]) -> dict[str, int]:
    """Weight box -> its seeds, in the order of the criteria; what is no whole number is none."""
    given = boxes_of(answer)
    read = {box.id: given.get(box.id, "").strip() for box in exercise.box if box.kind == "weight"}
    return {id_: int(text) if text.isdecimal() and len(text) <= _MOST_SEEDS else 0 for id_, text in read.items()}
