"""Rules over clicks, and what each click is told."""

from __future__ import annotations

from typing import Any

import pytest
from built_exercise import build

from autograders import wording
from autograders.models import Context
from autograders.rules.items import item_results
from autograders.rules.registry import check
from course.lesson import Exercise


def option(id_: str, correct: bool = False) -> dict[str, Any]:
    return {"id": id_, "text": id_, "reason": f"why {id_}", "correct": correct}


CHOICE = build(
    "choice",
    [{"on": "items", "rule": "items_right", "points": 2}],
    item=[{"id": id_, "text": f"Câu {id_}", "options": [option("yes", True), option("no")]} for id_ in ("a", "b")],
)
CLASSIFY = build(
    "classify",
    [{"on": "items", "rule": "items_right", "points": 2}],
    category=[{"id": "task", "label": "Việc"}, {"id": "facts", "label": "Dữ kiện"}],
    item=[
        {"id": "a", "text": "viết", "answer": "task", "reason": "đúng", "reasons": {"facts": "sai a"}},
        {"id": "b", "text": "19h30", "answer": "facts", "reason": "đúng", "reasons": {"task": "sai b"}},
    ],
)
ORDER = build(
    "order",
    [{"on": "order", "rule": "order_right", "points": 3}],
    item=[{"id": id_, "text": f"bước {id_}", "reason": f"vì {id_}"} for id_ in "abcd"],
)
FIND = build(
    "find",
    [{"on": "touched", "rule": "finds", "points": 4, "wrong_touch": -1}],
    item=[{"id": id_, "text": f"câu {id_}", "answer": id_ in "abcd", "reason": f"vì {id_}"} for id_ in "abcdefg"],
)


def share(exercise: Exercise, answer: dict[str, Any], wrong_before: tuple[str, ...] = ()) -> float:
    context = Context(role="official", variant="A", wrong_before={"e": wrong_before})
    return check(exercise.criterion[0], exercise, answer, context).share


@pytest.mark.parametrize(
    ("exercise", "answer", "wrong_before", "earned"),
    [
        (CHOICE, {"items": {"a": "yes", "b": "yes"}}, (), 1),
        (CHOICE, {"items": {"a": "yes", "b": "no"}}, (), 0.5),
        (CHOICE, {"items": {"a": "yes"}}, (), 0.5),
        (CHOICE, {"items": {"a": "yes", "b": "yes"}}, ("b",), 0.75),  # right at the second try: half
        (CHOICE, {"items": {"a": "yes", "b": "no"}}, ("b",), 0.5),
        (CHOICE, {"items": {"a": "nothing like it"}}, (), 0),
        (CLASSIFY, {"items": {"a": "task", "b": "facts"}}, (), 1),
        (CLASSIFY, {"items": {"a": "task", "b": "task"}}, (), 0.5),
        (ORDER, {"order": ["a", "b", "c", "d"]}, (), 1),
        (ORDER, {"order": ["d", "c", "b", "a"]}, (), 0),
        (ORDER, {"order": ["b", "c", "d", "a"]}, (), 2 / 3),
        (ORDER, {"order": ["a", "b"]}, (), 1 / 3),
        (ORDER, {"order": ["a", "b", "c", "d", "a", "x"]}, (), 1),
        (ORDER, {"order": ["a", "b", "c", "d"]}, ("b",), 2.5 / 3),
        (FIND, {"touched": ["a", "b", "c", "d"]}, (), 1),
        (FIND, {"touched": ["a", "b"]}, (), 0.5),
        (FIND, {"touched": ["a", "b", "e"]}, (), 0.25),  # a wrong touch costs a point
        (FIND, {"touched": ["a", "e", "f"]}, (), 0),
        (FIND, {"touched": list("abcdefg")}, (), 0),  # touching everything
        (FIND, {"touched": ["a", "b", "c", "d"]}, ("e",), 0.875),  # taken back after a check: half the cost
        (FIND, {"touched": ["e"]}, (), 0),
    ],
)
def test_clicks_earn_their_share(
    exercise: Exercise, answer: dict[str, Any], wrong_before: tuple[str, ...], earned: float
) -> None:
    assert share(exercise, answer, wrong_before) == pytest.approx(earned)


@pytest.mark.parametrize(
    ("exercise", "answer"), [(CHOICE, {"items": {}}), (ORDER, {"order": []}), (FIND, {"touched": ["unknown"]})]
)
def test_no_click_is_not_done(exercise: Exercise, answer: dict[str, Any], context: Context) -> None:
    assert check(exercise.criterion[0], exercise, answer, context).message == wording.NOT_DONE


def test_lost_points_say_which_items_and_how_many(context: Context) -> None:
    answer = {"items": {"a": "yes", "b": "no"}}
    assert check(CHOICE.criterion[0], CHOICE, answer, context).message == "Câu b|Câu a|1"


@pytest.mark.parametrize(
    ("exercise", "answer", "results"),
    [
        (CHOICE, {"items": {"a": "yes", "b": "no"}}, {"a": (True, "why yes"), "b": (False, "why no")}),
        (CHOICE, {"items": {"a": "hacked", "z": "yes"}}, {}),
        (CLASSIFY, {"items": {"a": "task", "b": "task"}}, {"a": (True, "đúng"), "b": (False, "sai b")}),
        (CLASSIFY, {"items": {"a": "nowhere"}}, {}),
        (FIND, {"touched": ["a", "e"]}, {"a": (True, "vì a"), "e": (False, "vì e")}),
        (ORDER, {"order": ["b", "c", "a"]}, {"b": (False, "vì b"), "c": (True, "vì c"), "a": (False, "vì a")}),
        (ORDER, {}, {}),
    ],
)
def test_every_answered_item_says_why_and_the_others_keep_silent(
    exercise: Exercise, answer: dict[str, Any], results: dict[str, tuple[bool, str]], context: Context
) -> None:
    given = {id_: (r.ok, r.reason) for id_, r in item_results(exercise, answer, context).items()}
    assert given == results


VERIFY = build(
    "classify",
    [{"on": "items", "rule": "verdict_with_evidence", "points": 3}],
    material=[{"kind": "text", "passages": [{"id": id_, "text": f"Đoạn {id_}."} for id_ in ("1a", "1b", "1c", "2c")]}],
    category=[{"id": "there", "label": "Có trong nguồn"}, {"id": "not_there", "label": "Nguồn không có"}],
    item=[
        {
            "id": "size",
            "text": "1.000 m²",
            "answer": "there",
            "evidence": ["1a"],
            "reason": "r",
            "reasons": {"not_there": "w"},
            "unproved": "u",
        },
        {
            "id": "date",
            "text": "19/3",
            "answer": "there",
            "evidence": ["1c", "2c"],
            "reason": "r",
            "reasons": {"not_there": "w"},
            "unproved": "u",
        },
        {"id": "loan", "text": "vay", "answer": "not_there", "reason": "r", "reasons": {"there": "w"}},
    ],
)
RIGHT = {"size": "there", "date": "there", "loan": "not_there"}


@pytest.mark.parametrize(
    ("items", "evidence", "right"),
    [
        (RIGHT, {"size": ["1a"], "date": ["1c"]}, 3),
        (RIGHT, {"size": ["1a"], "date": ["2c", "1c"]}, 3),
        (RIGHT, {}, 1),  # verdicts alone
        (RIGHT, {"size": ["1a", "1b"], "date": ["1c"]}, 2),  # a passage too many
        (RIGHT, {"size": ["1a"], "date": ["1c"], "loan": ["1a"]}, 2),  # what is not there has no proof
        ({**RIGHT, "size": "not_there"}, {"size": ["1a"], "date": ["1c"]}, 2),
        (RIGHT, {"size": "1a", "date": 5, 7: ["1c"], "loan": None}, 1),
        (RIGHT, ["1a"], 1),
    ],
)
def test_a_verdict_counts_with_its_proof(items: Any, evidence: Any, right: int, context: Context) -> None:
    finding = check(VERIFY.criterion[0], VERIFY, {"items": items, "evidence": evidence}, context)
    assert finding.share == pytest.approx(right / 3)


def test_evidence_without_verdicts_is_not_done_and_second_tries_earn_half(context: Context) -> None:
    assert check(VERIFY.criterion[0], VERIFY, {"evidence": {"size": ["1a"]}}, context).message == wording.NOT_DONE
    again = context.model_copy(update={"wrong_before": {"e": ("size",)}})
    answer = {"items": RIGHT, "evidence": {"size": ["1a"], "date": ["1c"]}}
    assert check(VERIFY.criterion[0], VERIFY, answer, again).share == pytest.approx(2.5 / 3)


@pytest.mark.parametrize(
    ("item", "chosen", "pointed", "told"),
    [
        ("size", "there", ["1a"], (True, "r")),
        ("size", "there", ["1b"], (False, "u")),
        ("size", "there", ["1a", "1b"], (False, "u")),
        ("size", "there", [], (False, wording.NO_PROOF)),
        ("size", "not_there", ["1a"], (False, "w")),
        ("loan", "not_there", [], (True, "r")),
        ("loan", "not_there", ["1b"], (False, wording.NOTHING_TO_PROVE.format(found="1b"))),
        ("loan", "there", ["1b"], (False, "w")),
    ],
)
def test_a_right_verdict_with_the_wrong_proof_is_told_so(
    item: str, chosen: str, pointed: list[str], told: tuple[bool, str], context: Context
) -> None:
    results = item_results(VERIFY, {"items": {item: chosen}, "evidence": {item: pointed}}, context)
    assert {id_: (r.ok, r.reason) for id_, r in results.items()} == {item: told}


SORTED = {"a": "task", "b": "facts", "c": "facts", "d": "facts"}
PROOF = {"evidence": {"b": ["1a"], "c": ["1a"], "d": ["1a"]}}


def sorting(rule: str) -> Exercise:
    """Four phrases; by `verdict_with_evidence` what is a fact must be proved."""
    other = {"task": "facts", "facts": "task"}
    proof = {"evidence": ["1a"], "unproved": "u"} if rule == "verdict_with_evidence" else {}
    return build(
        "classify",
        [{"on": "items", "rule": rule, "points": 4}],
        material=[{"kind": "text", "passages": [{"id": "1a", "text": "Họp 19h30."}]}] if proof else [],
        category=[{"id": "task", "label": "Việc"}, {"id": "facts", "label": "Dữ kiện"}],
        item=[
            {"id": id_, "text": id_, "answer": right, "reason": "đúng", "reasons": {other[right]: "sai"}}
            | (proof if right == "facts" else {})
            for id_, right in SORTED.items()
        ],
    )


@pytest.mark.parametrize("rule", ["items_right", "verdict_with_evidence"])
def test_everything_in_one_category_earns_nothing(rule: str) -> None:
    exercise, answer = sorting(rule), {"items": dict.fromkeys(SORTED, "task")}
    context = Context(role="official", variant="A")
    finding = check(exercise.criterion[0], exercise, answer, context)
    assert (finding.share, finding.message) == (0.0, wording.ALL_IN_ONE)
    told = item_results(exercise, answer, context)
    assert [result.ok for result in told.values()] == [True, False, False, False], "each item still says what it is"


@pytest.mark.parametrize("rule", ["items_right", "verdict_with_evidence"])
@pytest.mark.parametrize(
    ("items", "earned"),
    [
        (SORTED, 1),
        ({**SORTED, "a": "facts", "b": "task"}, 0.5),
        ({"b": "facts", "c": "facts"}, 0.5),  # not finished: no opinion on the rest yet
    ],
)
def test_what_is_told_apart_or_not_finished_keeps_its_points(rule: str, items: dict[str, str], earned: float) -> None:
    assert share(sorting(rule), {"items": items, **PROOF}) == earned


def test_who_proves_what_is_in_one_category_has_an_opinion() -> None:
    assert share(sorting("verdict_with_evidence"), {"items": dict.fromkeys(SORTED, "facts"), **PROOF}) == 0.75
