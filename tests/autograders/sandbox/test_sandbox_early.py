"""The executor that starts in the background."""

from __future__ import annotations

import pytest

from autograders.sandbox.cell import Cell, ExecutorUnavailable
from autograders.sandbox.early import EarlyExecutor
from autograders.sandbox.seal import Capabilities

CELLS = [Cell("a", "code", "tong = 1 + 2"), Cell("b", "test", "assert tong == muc_tieu")]


def test_it_runs_cells_again_and_again_after_its_start() -> None:
    with EarlyExecutor() as executor:
        for wanted in (3, 4, 3):
            outcomes = executor.run(CELLS, values={"muc_tieu": wanted})
            assert [outcome.ok for outcome in outcomes] == [True, wanted == 3]


def test_it_can_be_ended_without_a_run() -> None:
    with EarlyExecutor() as executor:
        parent = executor
    assert parent._parent is None, "its warm parent is gone"


def test_what_keeps_it_from_starting_is_raised_by_the_run() -> None:
    nothing = Capabilities(landlock_abi=0, bwrap=False, can_seal=False, sentence="nothing can seal here")
    with EarlyExecutor(machine=nothing) as executor, pytest.raises(ExecutorUnavailable):
        executor.run(CELLS, values={"muc_tieu": 3})
