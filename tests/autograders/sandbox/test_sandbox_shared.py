"""Tests that run in the learner's namespace, and the number that a test's last expression gives."""

from typing import Literal

import pytest
from machines import MACHINE

from autograders.sandbox.executor import Cell, Executor

pytestmark = pytest.mark.skipif(not MACHINE.can_seal, reason=MACHINE.sentence)


def test_a_shared_test_runs_in_the_learners_namespace_and_is_marked(executor: Executor) -> None:
    cells = [
        Cell("a", "code", "class Dog:\n    name = 'Vện'"),
        Cell("good", "shared_test", "dog = Dog()\nassert dog.name == 'Vện'\nassert 'Dog' in In[1]\n0.5"),
        Cell("bad", "shared_test", "assert dog.name == 'Mực', dog.name"),
        Cell("seen", "code", "dog.name"),
    ]
    outcomes = executor.run(cells, values={})
    assert [outcome.ok for outcome in outcomes] == [True, True, False, True]
    assert [outcome.sealed for outcome in outcomes] == [True, False, False, True]
    assert [outcome.credit for outcome in outcomes] == [None, 0.5, None, None]
    assert outcomes[2].error == "AssertionError: Vện"


@pytest.mark.parametrize("kind", ["test", "shared_test"])
@pytest.mark.parametrize(
    ("source", "credit"),
    [
        ("assert x == 1\n2", 2.0),
        ("points = 0.25\npoints", 0.25),
        ("2;", None),
        ("x == 1", None),
        ("float('nan')", None),
        ("10 ** 400", None),
        ("'2'", None),
        ("assert x == 1", None),
        ("assert x == 2\n2", None),
    ],
)
def test_the_last_expressions_number_is_the_credit(
    executor: Executor, kind: Literal["test", "shared_test"], source: str, credit: float | None
) -> None:
    outcome = executor.run([Cell("a", "code", "x = 1"), Cell("t", kind, source)], values={})[1]
    assert outcome.credit == credit
