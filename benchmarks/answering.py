"""How many visitors of a lesson may answer every twenty seconds before answers become slow.

Protocol clients, not browsers, that send what the page sends for an answer: a draft when it was written, the check a
moment later, over a connection of its own, since the proxy has closed that of the answer before. Answers are spread
evenly. Times count from the moment a request was due, so that a service which falls behind cannot make its own load
lighter; what is not answered counts as never answered in time. At the steady rate of a long evening visitors turn up
with a token that campus has not just asked the hub about, and some of them, whose hour is over, with none: these get
it from the page's `/session` first, as the page does.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from connection import Connection, bearer, connected, request
from cpu import cpu_seconds, shares
from learners import sample
from output import progress
from visitors import LESSON, LESSON_ID, Visitor, arrived, cookies, tokens

from hub_config.services.campus.hubapi import TOKEN_SECONDS
from hub_config.settings import Settings

if TYPE_CHECKING:
    from running_hub import RunningHub

EVERY_S = 20.0  # one answer a visitor
WITHIN_S = 1.0  # the 95th percentile of all requests
CHECK_AFTER_S = 2.0  # from the draft to the check
GIVE_UP_S = 30.0
KEPT_S = int(Settings.model_fields["token_kept_s"].default)  # by a service that has asked the hub about a token
_SAVED_AT = re.compile(rb'"saved_at": *"([^"]+)"')


@dataclass(frozen=True)
class Step:
    """What came of one number of visitors. `p95_s` counts what failed as GIVE_UP_S."""

    visitors: int
    p95_s: float

    @property
    def holds(self) -> bool:
        return self.p95_s <= WITHIN_S


class Evening:
    """A hub that ever more visitors come to. Later steps go on with what they wrote in earlier ones."""

    def __init__(self, hub: RunningHub, names: Sequence[str]) -> None:
        """`names` as `visitors.learners` made them. Raises RuntimeError when the hub does not run."""
        if hub.process is None:
            raise RuntimeError("the hub does not run")
        self._hub = hub
        self._pid = hub.process.pid
        self._names = names
        self._here: list[Visitor] = []

    def most(self, counts: Sequence[int], seconds: float, long_s: float) -> int:
        """The largest of these numbers, in their order, that is answered in time for `long_s`; 0 when none is.

        Short steps of `seconds` look for it first.
        """
        held: list[int] = []
        for count in counts:
            if not self.step(count, seconds).holds:
                break
            held.append(count)
        return next((count for count in reversed(held) if self.step(count, long_s).holds), 0)

    def step(self, count: int, seconds: float) -> Step:
        """So many visitors at work for some seconds; of a short time only those are there who answer in it."""
        answers = int(count * seconds / EVERY_S)
        needed = min(count, answers)
        self._here += arrived(self._hub.port, self._hub.data, self._names[len(self._here) : needed])
        visitors = self._here[:needed]
        unknown = _spread(answers, round(count * seconds / KEPT_S))
        new = dict(zip(unknown, tokens(self._hub.data, [visitors[n % needed].name for n in unknown]), strict=True))
        over = unknown[:: TOKEN_SECONDS // KEPT_S]
        none = dict(zip(over, cookies(self._hub.data, [visitors[n % needed].name for n in over]), strict=True))
        before, began = cpu_seconds(self._pid), time.perf_counter()
        times = asyncio.run(_at_work(self._hub.port, visitors, EVERY_S / count, answers, new, none))
        took = shares(before, cpu_seconds(self._pid), time.perf_counter() - began)
        p50_s, p95_s = np.percentile([GIVE_UP_S if t is None else t for t in times], (50, 95))
        progress(
            f"{count} visitors for {seconds:.0f} s: {len(times)} requests, p50 {p50_s:.3f} s, p95 {p95_s:.3f} s, "
            f"{times.count(None)} not answered, {len(new)} tokens new to campus, {len(none)} of them from /session; "
            f"of a core: {took}"
        )
        return Step(count, float(p95_s))


def _spread(places: int, wanted: int) -> list[int]:
    """`wanted` of the numbers below `places`, evenly spread."""
    return [place * places // wanted for place in range(wanted)]


async def _at_work(
    port: int, visitors: Sequence[Visitor], gap: float, answers: int, new: dict[int, str], none: dict[int, str]
) -> list[float | None]:
    """Seconds of each request, an answer each `gap` seconds; None where what was expected did not come.

    `new` has the answers before which a visitor's token is another one, `none` those before which it is asked for.
    """
    samples = itertools.cycle(sample(LESSON, "pass_whole_lesson")["answer"].items())
    begin = time.perf_counter()
    sent = []
    async with asyncio.TaskGroup() as group:
        for number in range(answers):
            due = begin + number * gap
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            visitor = visitors[number % len(visitors)]
            visitor.token = new.get(number, visitor.token)
            exercise, answer = next(samples)
            own = _own(answer, f"{visitor.name} {number}")
            sent.append(group.create_task(_answer(port, visitor, none.get(number), exercise, own, due)))
    return [seconds for task in sent for seconds in task.result()]


def _own(answer: dict[str, Any], mark: str) -> dict[str, Any]:
    """An answer as nobody else has written it: what is read of a text must not be found ready."""
    return {key: f"{value} {mark}" if isinstance(value, str) else value for key, value in answer.items()}


async def _answer(
    port: int, visitor: Visitor, cookie: str | None, exercise: str, answer: Any, due: float
) -> list[float | None]:
    """The draft and the check of one answer; with a cookie the draft waits for a token."""
    times: list[float | None] = []
    try:
        async with asyncio.timeout(GIVE_UP_S), connected(port) as connection:
            if cookie is not None:
                visitor.token = await _token(connection, port, cookie)
            body = {"answer": answer, "active_s": EVERY_S - CHECK_AFTER_S}
            saved = await _sent(connection, port, visitor, "PUT", exercise, "draft", body)
            found = _SAVED_AT.search(saved or b"")
            if found is None:
                return [None, None]
            visitor.base[exercise] = found[1].decode()
            times.append(time.perf_counter() - due)
            due += CHECK_AFTER_S
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            body = {"answer": answer, "active_s": CHECK_AFTER_S}
            result = await _sent(connection, port, visitor, "POST", exercise, "check", body)
            times.append(time.perf_counter() - due if b'"points":' in (result or b"") else None)
    except (OSError, TimeoutError):
        times += [None] * (2 - len(times))
    return times


async def _token(connection: Connection, port: int, cookie: str) -> str:
    """A token from the page's session; raises ConnectionRefusedError when there is none."""
    reply = await connection.ask(request("GET", "/services/apps/session", port, f"Cookie: service-apps={cookie}"))
    if reply.status != 200:
        raise ConnectionRefusedError(f"no session: {reply}")
    return str(json.loads(reply.body)["token"])


async def _sent(
    connection: Connection, port: int, visitor: Visitor, method: str, exercise: str, call: str, body: dict[str, Any]
) -> bytes | None:
    """The reply's body when it is 200."""
    body |= {"base": visitor.base.get(exercise), "writer": visitor.writer}
    path = f"/services/campus/api/exercises/{LESSON_ID}/{exercise}/{call}"
    reply = await connection.ask(request(method, path, port, bearer(visitor.token), json.dumps(body).encode()))
    return reply.body if reply.status == 200 else None
