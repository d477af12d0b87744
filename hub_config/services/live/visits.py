"""Learners in live lessons: one kernel for one learner in one lesson, which ends with the page that has it open."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any, Protocol

from autograders.sandbox.cell import ExecutorUnavailable
from autograders.sandbox.warm import ParentLostError
from hub_config.services.live.lessons import LiveLesson
from hub_config.services.live.refusals import NotOpened, Why
from hub_config.services.live.room import Room
from hub_config.services.live.run import run

log = logging.getLogger(__name__)

KERNEL = "hocai-live"
LESSONS_AT_A_TIME = 2  # of one learner; another one ends the one that was used least lately
WATCH_SECONDS = 1.0


class Page(Protocol):
    """The page's end of the line."""

    def tell(self, message: dict[str, Any]) -> None: ...

    async def join(self, kernel_id: str) -> None: ...

    def close_line(self) -> None: ...


class Values(Protocol):
    """Where drawn values come from: `hub_config.services.live.material.Material`."""

    async def of(self, learner: str, full_ids: tuple[str, ...]) -> dict[str, Any]: ...


class Visit:
    """A learner with a lesson open. `kernel_id` is "" until it has a kernel; nobody but its page is told it."""

    def __init__(self, learner: str, lesson: LiveLesson, page: Page, *, teaches: bool) -> None:
        self.learner, self.lesson, self.page, self.teaches = learner, lesson, page, teaches
        self.kernel_id = ""
        self.used_at = time.monotonic()
        self.opening: asyncio.Task[None] | None = None
        self.starting: asyncio.Task[None] | None = None
        self.seated = False
        self.over = False

    @property
    def key(self) -> tuple[str, str]:
        return (self.learner, self.lesson.id)

    def use(self) -> None:
        """The learner did something."""
        self.used_at = time.monotonic()


class Visits:
    """All who are there now. `manager` is Voila's multi-kernel manager."""

    def __init__(
        self, manager: Any, room: Room, values: Values, idle_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.room = room
        self._manager, self._values, self._idle_s, self._clock = manager, values, idle_s, clock
        self._visits: dict[tuple[str, str], Visit] = {}

    def begin(self, visit: Visit) -> None:
        """Open the lesson for a page; an earlier page of the same learner and lesson gives up its kernel."""
        own = sorted((v for v in self._visits.values() if v.learner == visit.learner), key=lambda v: v.used_at)
        before = [v for v in own if v.key == visit.key]
        others = [v for v in own if v.key != visit.key]
        for leaving in [*before, *others[: max(0, len(others) - LESSONS_AT_A_TIME + 1)]]:
            self.end(leaving, "elsewhere")
        self._visits[visit.key] = visit
        visit.opening = asyncio.create_task(self._open(visit))

    def end(self, visit: Visit, why: Why | None = None) -> None:
        """End a visit and its kernel; the page is told `why`, None: it has gone itself."""
        if visit.over:
            return
        visit.over = True
        if self._visits.get(visit.key) is visit:
            del self._visits[visit.key]
        if why is not None:
            visit.page.tell({"hocai": "ended", "why": why})
            visit.page.close_line()
        if visit.opening is not None and visit.opening is not asyncio.current_task():
            visit.opening.cancel()
        _background(self._clear(visit))

    async def _open(self, visit: Visit) -> None:
        try:
            await self.room.enter(lambda ahead: visit.page.tell({"hocai": "waiting", "ahead": ahead}))
            visit.seated = True
            visit.starting = asyncio.create_task(self._start(visit))
            values = await self._values.of(visit.learner, visit.lesson.material)
            await asyncio.shield(visit.starting)  # a start that is cancelled half way would leave its kernel behind
            manager = self._manager.get_kernel(visit.kernel_id)
            opened = await run(visit.lesson, manager, values, visit.learner, tell_details=visit.teaches)
            await visit.page.join(visit.kernel_id)
            visit.use()
            visit.page.tell({"hocai": "open", **opened})
        except NotOpened as error:
            log.error("%s", error)
            self.end(visit, error.why)
        except (ExecutorUnavailable, ParentLostError, OSError, RuntimeError) as error:
            log.error("no kernel for %s in %s: %s", visit.learner, visit.lesson.id, error)
            self.end(visit, "fault")
        except Exception:
            log.exception("%s could not be opened for %s", visit.lesson.id, visit.learner)
            self.end(visit, "fault")

    async def _start(self, visit: Visit) -> None:
        visit.kernel_id = await self._manager.start_kernel(kernel_name=KERNEL, env={})

    async def _clear(self, visit: Visit) -> None:
        tasks = [task for task in (visit.opening, visit.starting) if task is not None]
        await asyncio.gather(*tasks, return_exceptions=True)
        if visit.kernel_id and visit.kernel_id in self._manager:
            await self._manager.shutdown_kernel(visit.kernel_id, now=True)
        if visit.seated:
            self.room.leave()

    async def watch(self) -> None:
        """End what stands idle or has died, until cancelled."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            for visit in list(self._visits.values()):
                await self._look_at(visit)

    async def _look_at(self, visit: Visit) -> None:
        if visit.opening is None or not visit.opening.done():
            return
        if self._clock() - visit.used_at > self._idle_s:
            log.info("kernel of %s in %s ended: idle for %.0f s", visit.learner, visit.lesson.id, self._idle_s)
            self.end(visit, "idle")
        elif visit.kernel_id not in self._manager or not await self._manager.get_kernel(visit.kernel_id).is_alive():
            log.warning("kernel of %s in %s died", visit.learner, visit.lesson.id)
            self.end(visit, "stopped")


_tasks: set[asyncio.Task[None]] = set()


def _background(work: Any) -> None:
    task = asyncio.create_task(work)
    _tasks.add(task)  # the loop itself holds tasks by weak reference only
    task.add_done_callback(_tasks.discard)
