"""How many kernels there may be, and who is next: first come, first served."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograders.sandbox.memory import MEMINFO, memory

Tell = Callable[[int], None]
"""Told how many people are ahead, whenever that changes."""

KERNEL_BYTES = 50_000 * 1024  # what a kernel with pandas and a plot holds for itself
SHARE = 0.5  # of the machine's memory, at most, for kernels


def seats_of_this_machine(meminfo: Path = MEMINFO) -> int:
    """As many kernels as half of this machine's memory holds, at least one. Raises OSError where it is not told."""
    return max(1, int(memory("MemTotal", meminfo) * SHARE / KERNEL_BYTES))


@dataclass(eq=False)
class _Waiting:
    turn: asyncio.Future[None]
    tell: Tell


class Room:
    """`seats` places; who finds none waits in line."""

    def __init__(self, seats: int) -> None:
        self.seats = seats
        self.taken = 0
        self._line: list[_Waiting] = []

    @property
    def waiting(self) -> int:
        return len(self._line)

    async def enter(self, tell: Tell) -> None:
        """Take a seat, waiting for one if need be; a cancelled wait leaves the line. `leave` gives it back."""
        if self.taken < self.seats:  # then nobody waits
            self.taken += 1
            return
        own = _Waiting(asyncio.get_running_loop().create_future(), tell)
        self._line.append(own)
        tell(len(self._line) - 1)
        try:
            await own.turn
        except asyncio.CancelledError:
            if own in self._line:
                self._line.remove(own)
                self._tell()
            elif not own.turn.cancelled():
                self.leave()  # the seat came in the same moment
            raise

    def leave(self) -> None:
        """Give a seat back; the next in line has it."""
        self.taken -= 1
        while self._line and self.taken < self.seats:
            following = self._line.pop(0)
            if not following.turn.done():
                following.turn.set_result(None)
                self.taken += 1
        self._tell()

    def _tell(self) -> None:
        for ahead, waiting in enumerate(self._line):
            waiting.tell(ahead)
