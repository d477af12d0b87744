"""Kernels that were forked before anybody asked: whoever comes finds one ready.

What is sealed from what: a ready kernel is sealed and blank, and is handed out once. What ends is never handed out
again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable

from .cell import ExecutorUnavailable
from .kernels import KernelProcess, ReadyKernel
from .memory import memory
from .warm import ParentLostError

log = logging.getLogger(__name__)

LEAST = 20  # a class comes at once
_MOST = 40
_DEMAND_SECONDS = 600.0
_MEMORY_SHARE = 20  # at most this part of the memory that is free
_KERNEL_BYTES = 25 * 2**20  # what a ready kernel does not share
_QUIET_SECONDS = 1.0  # who arrives now goes first
_LOOK_SECONDS = 60.0
_AFTER_FAILURE_SECONDS = 30.0


def stock(demand: int, free: int) -> int:
    """How many kernels to hold for a demand, with so many bytes of memory free."""
    return min(demand, _MOST, free // _MEMORY_SHARE // _KERNEL_BYTES)


class ReadyKernels:
    """A stock of kernels, filled by a thread of its own while nobody arrives.

    `fork` makes one; `least` are held where there is the memory, and as many as were taken in the last ten minutes.
    """

    def __init__(self, fork: Callable[[], ReadyKernel], least: int = LEAST) -> None:
        self._fork = fork
        self._least = least
        self._kernels: deque[ReadyKernel] = deque()
        self._taken: deque[float] = deque(maxlen=_MOST)
        self._changed = threading.Condition()
        self._stopped = False
        self._filler: threading.Thread | None = None

    @property
    def processes(self) -> list[KernelProcess]:
        """Those that are ready."""
        with self._changed:
            return [kernel.process for kernel in self._kernels]

    def open(self) -> None:
        """Begin to fill, unless that is so already."""
        with self._changed:
            if self._filler is None and not self._stopped and self._least > 0:
                self._filler = threading.Thread(target=self._fill, name="ready-kernels", daemon=True)
                self._filler.start()

    def take(self) -> ReadyKernel | None:
        """The kernel that has been ready longest, None where none is."""
        with self._changed:
            self._taken.append(time.monotonic())
            self._changed.notify()
            while self._kernels:
                kernel = self._kernels.popleft()
                if kernel.usable():
                    return kernel
                kernel.end()
        return None

    def stop(self) -> None:
        """End all that are ready, and make no more."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
        if self._filler is not None:
            self._filler.join()
        while self._kernels:
            self._kernels.popleft().end()

    def _fill(self) -> None:
        while True:
            with self._changed:
                while not self._stopped and (pause := self._pause()) > 0:
                    self._changed.wait(pause)
                if self._stopped:
                    return
            try:
                kernel = self._fork()
            except (ParentLostError, ExecutorUnavailable, OSError) as error:
                log.warning("no kernel could be made ready: %s", error)
                with self._changed:
                    self._changed.wait_for(lambda: self._stopped, _AFTER_FAILURE_SECONDS)
                continue
            with self._changed:
                self._kernels.append(kernel)

    def _pause(self) -> float:
        """Seconds until another kernel is to be made, as it looks now; ends those that are one too many or gone."""
        since = time.monotonic() - _DEMAND_SECONDS
        demand = sum(moment > since for moment in self._taken)
        wanted = stock(max(self._least, demand), memory("MemAvailable"))
        for _ in range(len(self._kernels)):
            kernel = self._kernels.popleft()
            if kernel.usable() and len(self._kernels) < wanted:
                self._kernels.append(kernel)
            else:
                kernel.end()
        if len(self._kernels) >= wanted:
            return _LOOK_SECONDS
        return self._taken[-1] + _QUIET_SECONDS - time.monotonic() if self._taken else 0.0
