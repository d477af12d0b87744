"""The executor of submissions: learners' cells run in a sealed child, test cells judge them from outside.

What is sealed from what: tests, expected values and this process from the learner's code. Code cells go to a
child that the warm parent forks for this run and that is killed after it; test cells run here (`verdict`), on
copies of the learner's values. A fault of the learner's code fails its cells; a fault of ours is marked so.
"""

from __future__ import annotations

import contextlib
import json
import math
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Literal

from .channel import ChannelError, ChannelMessageError, ChannelTimeoutError
from .learner import Learner
from .seal import Capabilities, capabilities
from .verdict import TestNames, run_test
from .warm import ExecutorUnavailable, ParentLostError, WarmParent

__all__ = ["Cell", "CellOutcome", "Executor", "ExecutorUnavailable"]

_MATERIAL = "material.json"
_LAST_WORDS = 0.3


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


class Executor:
    """Owns one warm parent; for one thread of one worker process. A parent that died is started anew.

    The kernel ends the parent together with the thread that started it, so no process is left behind.
    """

    def __init__(self, *, machine: Capabilities | None = None) -> None:
        self._machine = machine
        self._parent: WarmParent | None = None

    def __enter__(self) -> Executor:
        """Start the warm parent. Raises ExecutorUnavailable."""
        self._warm()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the warm parent."""
        if self._parent is not None:
            self._parent.stop()
            self._parent = None

    def run(
        self,
        cells: Sequence[Cell],
        *,
        values: Mapping[str, object],
        files: Mapping[str, bytes] | None = None,
        seconds: float = 20,
    ) -> list[CellOutcome]:
        """The outcome of each cell, in order, within about `seconds` whatever the code does.

        `values` are names for the test cells only; of them `material`, if it is there, is also written as
        JSON to the file that HOCAI_MATERIAL names in the child. `files` (relative names) are put into the
        child's home. Raises ExecutorUnavailable where nothing can seal the learner's code.
        """
        given = dict(files or {})
        if "material" in values and _MATERIAL not in given:
            given[_MATERIAL] = json.dumps(values["material"], ensure_ascii=False).encode()
        try:
            learner, until = self._open(seconds)
        except ParentLostError as error:
            self.close()
            return [CellOutcome(cell.id, False, f"not run: {error}", "", True) for cell in cells]
        try:
            return self._run(cells, learner, TestNames(learner, values), given, until)
        finally:
            learner.close()
            with contextlib.suppress(ParentLostError):  # the outcomes stand; the next run starts a new one
                self._end(0)

    def _warm(self) -> WarmParent:
        if self._parent is not None and not self._parent.alive():
            self.close()
        if self._parent is None:
            self._parent = WarmParent(self._machine or capabilities())
        return self._parent

    def _open(self, seconds: float) -> tuple[Learner, float]:
        """A fresh child; a parent that turns out dead gets one more try."""
        try:
            channel = self._warm().fork(math.ceil(seconds))
        except ParentLostError:
            self.close()
            channel = self._warm().fork(math.ceil(seconds))
        channel.deadline = time.monotonic() + seconds
        return Learner(channel), channel.deadline

    def _end(self, wait: float) -> int | None:
        """The child's exit status if it ended by itself. A lost parent is closed and raised."""
        if self._parent is None:
            return None
        try:
            return self._parent.end(wait)
        except ParentLostError:
            self.close()
            raise

    def _run(
        self,
        cells: Sequence[Cell],
        learner: Learner,
        names: TestNames,
        files: Mapping[str, bytes],
        until: float,
    ) -> list[CellOutcome]:
        outcomes: list[CellOutcome] = []
        try:
            learner.write(files)
            for cell in cells:
                outcomes.append(_outcome(cell, learner, names, until))
        except ChannelError as error:
            reason, ours = self._why(error)
            rest = cells[len(outcomes) :]
            outcomes += [CellOutcome(cell.id, False, reason, "", ours) for cell in rest]
        return outcomes

    def _why(self, error: ChannelError) -> tuple[str, bool]:
        """(why the child was lost, whether by our fault)."""
        if isinstance(error, ChannelTimeoutError):
            return "the time ran out", False
        try:
            status = self._end(_LAST_WORDS)
        except ParentLostError as lost:
            return f"the sandbox was lost: {lost}", True
        if isinstance(error, ChannelMessageError) or status is None:
            return f"the learner's code broke the connection: {error}", False
        if status < 0:
            return f"the learner's code ended its process: {signal.Signals(-status).name}", False
        return f"the learner's code ended its process with exit status {status}", False


def _outcome(cell: Cell, learner: Learner, names: TestNames, until: float) -> CellOutcome:
    if cell.kind == "code":
        ok, error, printed = learner.run(cell.source)
        return CellOutcome(cell.id, ok, error, printed, False)
    error, printed, ours = run_test(cell.id, cell.source, names, learner, until)
    return CellOutcome(cell.id, not error, error, printed, ours)
