"""A circuit breaker: an endpoint that fails again and again is left alone for a while, so that nobody waits for it.

closed ── 3 failures and half of the last results ──► open ── rest is over, a probe is answered ──► half open
  ▲                                                     ▲                                              │
  └────────────── one request as a trial: it is answered │ it fails ───────────────────────────────────┘
"""

import time
from collections import deque
from collections.abc import Callable
from typing import Literal

State = Literal["closed", "open", "half_open"]
FAILURES = 3
RESULTS = 10  # the last ones that are looked at
WINDOW_S = 600.0
LONGEST_REST_S = 600.0


class Pass:
    """Leave for one request. Whoever has it says once how it went."""

    def __init__(self, breaker: "Breaker", trial: bool) -> None:
        self._breaker = breaker
        self._trial = trial

    def done(self, answered: bool | None) -> None:
        """`None`: nobody knows, since the asker has left."""
        self._breaker._noted(self._trial, answered)


class Breaker:
    """For one endpoint, in one thread. Each failed trial doubles the rest, up to `LONGEST_REST_S`."""

    def __init__(self, rest_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rest_s = rest_s
        self._clock = clock
        self._results: deque[tuple[float, bool]] = deque(maxlen=RESULTS)
        self._rests = 0  # in a row
        self._until = 0.0
        self._trying = False  # a probe or a trial is on its way
        self.state: State = "closed"

    def enter(self) -> Pass | None:
        """Leave to ask the endpoint, or None as long as it rests."""
        if self.state == "open" or (self.state == "half_open" and self._trying):
            return None
        self._trying = trial = self.state == "half_open"
        return Pass(self, trial)

    def wants_probe(self) -> bool:
        """Whether the rest is over; it then waits for `probed`."""
        wanted = self.state == "open" and not self._trying and self._clock() >= self._until
        self._trying = self._trying or wanted
        return wanted

    def probed(self, answered: bool) -> None:
        self._trying = False
        if answered:
            self.state = "half_open"
        else:
            self._open()

    def _noted(self, trial: bool, answered: bool | None) -> None:
        if trial:
            self._trying = False
        if answered is None or (self.state != "closed" and not trial):
            return  # a request from before says nothing new
        if not trial:
            self._results.append((self._clock(), answered))
            if not answered and self._fails():
                self._open()
        elif answered:
            self.state, self._rests = "closed", 0
        else:
            self._open()

    def _fails(self) -> bool:
        since = self._clock() - WINDOW_S
        recent = [answered for at, answered in self._results if at >= since]
        failures = recent.count(False)
        return failures >= FAILURES and 2 * failures >= len(recent)

    def _open(self) -> None:
        self.state = "open"
        self._until = self._clock() + min(self._rest_s * 2**self._rests, LONGEST_REST_S)
        self._rests = min(self._rests + 1, 30)
        self._results.clear()
