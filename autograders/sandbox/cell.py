"""What goes into a run and what comes out of it, cell by cell.

What is sealed from what: nothing by itself; `CellOutcome.sealed` says whether an outcome was judged outside the
learner's process.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal


class ExecutorUnavailable(Exception):
    """Nothing here can seal learners' code: code grades wait. The message is for the operator."""


@dataclass(frozen=True)
class Cell:
    """One cell of a run.

    code: the learner's. test: our own, never the submission's, run outside the learner's process.
    shared_test: our own, but not sealable (see `sealable`): run in the learner's process, so that its outcome is
    no more than the learner's claim.
    """

    id: str
    kind: Literal["code", "test", "shared_test"]
    source: str


@dataclass(frozen=True)
class CellOutcome:
    """What became of a cell. `error` is one line for the teacher, "" when ok; `stdout` what was printed.

    `credit` is the number that the last expression of a test gave, for nbgrader's partial points; `sealed` is False
    for a shared_test.
    """

    id: str
    ok: bool
    error: str
    stdout: str
    failed_by_us: bool
    credit: float | None = None
    sealed: bool = True


def credit(value: object) -> float | None:
    """A plain finite number as nbgrader's partial points; None for all else, for a bool and numpy's numbers too."""
    if type(value) not in (int, float):
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def not_run(cell: Cell, error: str, *, failed_by_us: bool) -> CellOutcome:
    """The outcome of a cell that was not run to its end."""
    return CellOutcome(cell.id, False, error, "", failed_by_us, sealed=cell.kind != "shared_test")
