"""Rules over clicks: items_right, verdict_with_evidence, order_right, finds, and what each item answers to its click.

An item answered wrongly in an earlier check earns half when it is right later, so that trying every option does not
pay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from autograders import wording
from autograders.models import Context, ItemResult
from autograders.rules.answers import evidence_of, ids_of, items_of
from autograders.rules.finding import Finding, lost, not_done
from course.criteria import Criterion, Finds, ItemsRight, OrderRight, VerdictWithEvidence
from course.lesson import Exercise, Item

_SECOND_TRY = 0.5
_SORTED = 4  # items from which on all in one category is no opinion any more


def items_right(criterion: ItemsRight, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """Points shared evenly over the items."""
    chosen = {item.id: items_of(answer).get(item.id) for item in exercise.item}
    if not any(chosen.values()):
        return not_done()
    if _all_in_one(exercise, list(chosen.values())):
        return Finding(0.0, wording.ALL_IN_ONE)
    wrong = [item for item in exercise.item if not _right(item, chosen[item.id])]
    return _by_items(criterion, exercise, wrong, context)


def verdict_with_evidence(
    criterion: VerdictWithEvidence, exercise: Exercise, answer: Mapping[str, Any], context: Context
) -> Finding:
    """Points shared evenly over the items that are sorted rightly and proved: by at least one passage that proves them
    and none that does not. An item without `evidence` needs none, and is wrong with any."""
    chosen, pointed = items_of(answer), evidence_of(answer)
    if not any(item.id in chosen for item in exercise.item):
        return not_done()
    if not pointed and _all_in_one(exercise, [chosen.get(item.id) for item in exercise.item]):
        return Finding(0.0, wording.ALL_IN_ONE)
    wrong = [i for i in exercise.item if not _right(i, chosen.get(i.id)) or not _proved(i, pointed.get(i.id, ()))]
    return _by_items(criterion, exercise, wrong, context)


def _by_items(criterion: Criterion, exercise: Exercise, wrong: Sequence[Item], context: Context) -> Finding:
    """Points shared evenly over the items that are not wrong; what was wrong in an earlier check earns less."""
    before = context.wrong_before.get(exercise.id, ())
    earned = sum(_SECOND_TRY if item.id in before else 1.0 for item in exercise.item if item not in wrong)
    share = earned / len(exercise.item)
    if wrong:
        right = [item.text for item in exercise.item if item not in wrong]
        return _without_evidence(lost(criterion, share, [item.text for item in wrong], right, len(wrong)))
    return Finding(share, wording.FULL_ITEMS if share == 1 else wording.FULL_ITEMS_SECOND_TRY)


def order_right(criterion: OrderRight, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """Points for each pair of neighbours of the right order that are neighbours in the answer."""
    known = [item.id for item in exercise.item]
    given = [id_ for id_ in ids_of(answer, "order") if id_ in known]
    if not given:
        return not_done()
    pairs = list(pairwise(known)) or [(known[0], known[0])]
    right = set(pairwise(given))
    wrong = [pair for pair in pairs if pair not in right]
    before = context.wrong_before.get(exercise.id, ())
    earned = sum(_SECOND_TRY if pair[1] in before else 1.0 for pair in pairs if pair in right)
    share = earned / len(pairs)
    if wrong:
        texts = {item.id: item.text for item in exercise.item}
        return _without_evidence(lost(criterion, share, [texts[second] for _, second in wrong], (), len(wrong)))
    return Finding(share, wording.FULL_ITEMS if share == 1 else wording.FULL_ITEMS_SECOND_TRY)


def finds(criterion: Finds, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """Points for each item touched that should be; a wrong touch costs `wrong_touch` points, half when taken back
    after a check."""
    touched = {item.id for item in exercise.item} & set(ids_of(answer, "touched"))
    if not touched:
        return not_done()
    wanted = [item for item in exercise.item if item.answer is True]
    others = [item for item in exercise.item if item.answer is not True]
    if others and len(touched) == len(exercise.item):
        return Finding(0.0, wording.ALL_TOUCHED)
    before = context.wrong_before.get(exercise.id, ())
    missed = [item for item in wanted if item.id not in touched]
    wrong = [item for item in others if item.id in touched]
    taken_back = sum(1 for item in others if item.id in before and item.id not in touched)
    hits = sum(_SECOND_TRY if item.id in before else 1.0 for item in wanted if item.id in touched)
    cost = criterion.wrong_touch / criterion.points * (len(wrong) + _SECOND_TRY * taken_back)
    share = max(0.0, hits / max(1, len(wanted)) + cost)
    if missed or wrong:
        wrong_texts = [item.text for item in wrong]
        return _without_evidence(lost(criterion, share, (), wrong_texts, len(missed) + len(wrong)))
    return Finding(share, wording.FULL_ITEMS if share == 1 else wording.FULL_ITEMS_SECOND_TRY)


def item_results(exercise: Exercise, answer: Mapping[str, Any], context: Context) -> dict[str, ItemResult]:
    """What each answered item is told; items not answered, and what should have been touched, stay open."""
    if exercise.kind == "order":
        return _ordered_results(exercise, answer)
    if exercise.kind == "find":
        touched = ids_of(answer, "touched")
        return {i.id: ItemResult(ok=i.answer is True, reason=i.reason) for i in exercise.item if i.id in touched}
    chosen = items_of(answer)
    results = {item.id: _chosen_result(item, chosen[item.id]) for item in exercise.item if item.id in chosen}
    if any(isinstance(criterion, VerdictWithEvidence) for criterion in exercise.criterion):
        pointed = evidence_of(answer)
        results |= {i.id: _unproved(i, pointed.get(i.id, ())) for i in exercise.item if _half_right(i, chosen, pointed)}
    return {id_: result for id_, result in results.items() if result is not None}


def _chosen_result(item: Item, chosen: str) -> ItemResult | None:
    if not item.options:
        ok = chosen == item.answer
        reason = item.reason if ok else item.reasons.get(chosen)
        return None if reason is None else ItemResult(ok=ok, reason=reason)
    option = next((option for option in item.options if option.id == chosen), None)
    return ItemResult(ok=option.correct, reason=option.reason) if option else None


def _ordered_results(exercise: Exercise, answer: Mapping[str, Any]) -> dict[str, ItemResult]:
    """A step is right when the step right before it is the right one."""
    known = [item.id for item in exercise.item]
    given = [id_ for id_ in ids_of(answer, "order") if id_ in known]
    before = dict(zip(known, ["", *known], strict=False))
    given_before = dict(zip(given, ["", *given], strict=False))
    return {
        item.id: ItemResult(ok=given_before[item.id] == before[item.id], reason=item.reason)
        for item in exercise.item
        if item.id in given_before
    }


def _right(item: Item, chosen: str | None) -> bool:
    if item.options:
        return any(option.id == chosen and option.correct for option in item.options)
    return chosen is not None and chosen == item.answer


def _all_in_one(exercise: Exercise, chosen: Sequence[str | None]) -> bool:
    """Whether every item was put into the same category where they belong into several: nothing was told apart."""
    several = len({item.answer for item in exercise.item}) > 1
    return exercise.kind == "classify" and several and len(chosen) >= _SORTED and len(set(chosen)) == 1


def _half_right(item: Item, chosen: Mapping[str, str], pointed: Mapping[str, tuple[str, ...]]) -> bool:
    return _right(item, chosen.get(item.id)) and not _proved(item, pointed.get(item.id, ()))


def _unproved(item: Item, pointed: tuple[str, ...]) -> ItemResult:
    """What is told to the right verdict without its proof."""
    if not item.evidence:
        return ItemResult(ok=False, reason=wording.NOTHING_TO_PROVE.format(found=", ".join(pointed)))
    return ItemResult(ok=False, reason=item.unproved if pointed else wording.NO_PROOF)


def _proved(item: Item, pointed: tuple[str, ...]) -> bool:
    return set(pointed) <= set(item.evidence) and bool(pointed) == bool(item.evidence)


def _without_evidence(finding: Finding) -> Finding:
    """Texts of items are the lesson's, not the learner's."""
    return Finding(finding.share, finding.message)
