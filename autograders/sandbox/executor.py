"""The executor of submissions: learners' cells run in a sealed child, test cells judge them from outside.

What is sealed from what: tests and expected values from the learner's code, and this process from both. The warm
parent forks two processes for each run, which are killed after it or when its time is up: a child that runs code
cells, and a `tester` that runs test cells on copies of the learner's values. A fault of the learner's code fails
its cells; a fault of ours is marked so.
"""

from __future__ import annotations

import base64
import json
import math
import signal
import time
from collections.abc import Mapping, Sequence
from types import TracebackType

from . import tester
from .cell import Cell, CellOutcome, ExecutorUnavailable, not_run
from .channel import Channel, ChannelError, ChannelTimeoutError, Message
from .seal import Capabilities, capabilities
from .warm import Ended, ParentLostError, WarmParent

__all__ = ["Cell", "CellOutcome", "Executor", "ExecutorUnavailable"]

_MATERIAL = "material.json"
_LAST_WORDS = 0.3


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
        child's home. Raises ExecutorUnavailable where nothing can seal the learner's code, WireError (a ValueError)
        for values that are not plain data.
        """
        given = dict(files or {})
        if "material" in values and _MATERIAL not in given:
            given[_MATERIAL] = json.dumps(values["material"], ensure_ascii=False).encode()
        coded = {name: base64.b64encode(content).decode("ascii") for name, content in given.items()}
        job = tester.request(list(cells), values, coded)
        try:
            channel = self._open(seconds)
        except ParentLostError as error:
            self.close()
            return [not_run(cell, f"not run: {error}", failed_by_us=True) for cell in cells]
        try:
            return self._outcomes(cells, job, channel)
        finally:
            channel.close()
            self._drop()

    def _warm(self) -> WarmParent:
        if self._parent is not None and not self._parent.alive():
            self.close()
        if self._parent is None:
            self._parent = WarmParent(self._machine or capabilities())
        return self._parent

    def _open(self, seconds: float) -> Channel:
        """The tester of a fresh child; a parent that turns out dead gets one more try."""
        try:
            channel = self._warm().fork(math.ceil(seconds))
        except ParentLostError:
            self.close()
            channel = self._warm().fork(math.ceil(seconds))
        channel.deadline = time.monotonic() + seconds
        return channel

    def _drop(self) -> None:
        """End the run's processes. A parent that turns out lost is closed; the next run starts a new one."""
        if self._parent is not None:
            try:
                self._parent.drop()
            except ParentLostError:
                self.close()

    def _end(self, wait: float) -> Ended:
        """How the run's processes ended. A lost parent is closed and raised."""
        if self._parent is None:
            return Ended(None, None)
        try:
            return self._parent.end(wait)
        except ParentLostError:
            self.close()
            raise

    def _outcomes(self, cells: Sequence[Cell], job: Message, channel: Channel) -> list[CellOutcome]:
        """What the tester sends; from where it, the child or the time ends, the rest is not run."""
        outcomes: list[CellOutcome] = []
        try:
            channel.send(job)
            while len(outcomes) < len(cells):
                said = channel.receive()
                if "id" not in said:
                    return outcomes + self._rest(cells[len(outcomes) :], said)
                outcomes.append(CellOutcome(**said))
        except ChannelTimeoutError:
            return outcomes + _out_of_time(cells[len(outcomes) :])
        except ChannelError as error:
            return outcomes + self._rest(cells[len(outcomes) :], {"failed": str(error)})
        return outcomes

    def _rest(self, cells: Sequence[Cell], said: Message) -> list[CellOutcome]:
        reason, ours = self._why(said)
        return [not_run(cell, reason, failed_by_us=ours) for cell in cells]

    def _why(self, said: Message) -> tuple[str, bool]:
        """(why the run ended early, whether by our fault)."""
        try:
            ended = self._end(_LAST_WORDS)
        except ParentLostError as lost:
            return f"the sandbox was lost: {lost}", True
        if "lost" not in said:
            return f"the tester failed: {said.get('failed')}; exit status {ended.tester}", True
        status = ended.learner
        if said["broken"] or status is None:
            return f"the learner's code broke the connection: {said['lost']}", False
        if status == -signal.SIGKILL and (self._machine or capabilities()).bwrap:
            # a learner's code cannot do that to process 1 of its namespace; a machine short of memory does
            return "the learner's process was killed from outside", True
        if status < 0:
            return f"the learner's code ended its process: {signal.Signals(-status).name}", False
        return f"the learner's code ended its process with exit status {status}", False


def _out_of_time(cells: Sequence[Cell]) -> list[CellOutcome]:
    """The cell that was running and the ones after it."""
    reasons = ["the time ran out in this test" if cells[0].kind == "test" else "the time ran out"]
    reasons += ["the time ran out"] * (len(cells) - 1)
    return [not_run(cell, reason, failed_by_us=False) for cell, reason in zip(cells, reasons, strict=True)]
