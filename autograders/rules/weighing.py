"""Rules over a decision matrix whose weights the learner sets: shares_weights, defends_choice."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.normalize import read_text
from autograders.rules.answers import boxes_of, text_of
from autograders.rules.figures import find_figures
from autograders.rules.finding import Finding, lost
from autograders.rules.lexicon import entry
from autograders.rules.stated import keeps_facts
from autograders.rules.values import Number
from course.criteria import DefendsChoice, FactPattern, KeepsFacts, SharesWeights
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
    if len(strange := _strange(text_of(answer, criterion.on), matrix, weights)) >= _SCATTERED:
        return Finding(0.0, wording.NOT_OF_TABLE.format(found=", ".join(strange)))
    facts = KeepsFacts.model_validate(
        {**criterion.model_dump(), "rule": "keeps_facts", "facts": _facts(matrix, weights, leader)}
    )
    return keeps_facts(facts, exercise, answer, context)


def _strange(text: str, matrix: Matrix, weights: tuple[int, ...]) -> list[str]:
    """Numbers of a text that are none of the table's: who writes down every figure has stated none."""
    at = {n for change in matrix.changes(weights) for n in (change - 1, change, change + 1)}
    known = {*matrix.totals(weights), *weights, *at, matrix.shared}
    read = read_text(text)
    numbers = {
        value.amount: read.quote_tokens(figure.first, figure.last)
        for figure in find_figures(text)
        if isinstance(value := figure.values[0], Number)
    }
    return [quoted for amount, quoted in numbers.items() if Fraction(amount) not in known]


def _facts(matrix: Matrix, weights: tuple[int, ...], leader: int) -> tuple[FactPattern, ...]:
    totals = matrix.totals(weights)
    next_best = max(total for i, total in enumerate(totals) if i != leader)
    rivals = tuple(o for o, total in zip(matrix.options, totals, strict=True) if total == next_best)
    first, choice = matrix.criteria[0], matrix.options[leader]
    # "con 3 hat thi doi" and "duoi 4 hat thi doi" say the same
    steps = {at: at + (1 if at < weights[0] else -1) for at in matrix.changes(weights)}
    change = tuple(dict.fromkeys(str(n) for at, before in steps.items() for n in (at, before)))
    facts = [
        FactPattern(name=wording.CHOICE.format(option=choice), any=(choice,), near=entry("choice", "choose")),
        FactPattern(name=wording.TOTAL_OF.format(option=choice), any=(str(totals[leader]),), near=(choice,)),
        FactPattern(name=wording.TOTAL_OF.format(option=rivals[0]), any=(str(next_best),), near=rivals),
        FactPattern(name=wording.SEEDS_OF.format(criterion=first), any=(str(weights[0]),), near=(first,)),
    ]
    if change:
        name = wording.WHEN_CHANGED.format(criterion=first)
        facts.append(FactPattern(name=name, any=change, all=(first,), near=entry("choice", "change")))
    return tuple(facts)


def _matrix(exercise: Exercise) -> Matrix:
    block = next(b for b in exercise.material if b.kind == "matrix" and not b.weights)
    return Matrix.of(block.rows, block.shared)


def _seeds(exercise: Exercise, answer: Mapping[str, Any]) -> dict[str, int]:
    """Weight box -> its seeds, in the order of the criteria; what is no whole number is none."""
    given = boxes_of(answer)
    read = {box.id: given.get(box.id, "").strip() for box in exercise.box if box.kind == "weight"}
    return {id_: int(text) if text.isdecimal() and len(text) <= _MOST_SEEDS else 0 for id_, text in read.items()}
