"""Where submissions are graded: processes of campus's own, or the workers of a Dask cluster.

Both give places: `place()` waits for a free one and returns what grades one job there. GraderLostError counts against
the job, which may be what ended its grader; GradersAwayError does not.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import uuid
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from types import TracebackType
from typing import Any, Protocol, Self

from hub_config.services.campus.grading import Job, begin_process
from hub_config.settings import Settings, SettingsError

log = logging.getLogger(__name__)

Grader = Callable[[Job], str]
Place = Callable[[Job], Awaitable[str]]
START_AGAIN_SECONDS = (0.0, 1.0, 5.0, 30.0)
WORKERS_SECONDS = 1.0
CONNECT_SECONDS = 5.0
"""For the scheduler to answer; also how long a connection that is being closed looks for one that is gone."""


class GraderLostError(Exception):
    """The process that was at this job ended, or did not end in time."""


class GradersAwayError(Exception):
    """Nothing could take the job, or all connection was lost: not the job's doing."""


class Graders(Protocol):
    """Processes that grade; used as an async context manager."""

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    async def place(self) -> Place:
        """Wait until one more job can be graded. The place is for one job; call it with that.

        It raises GraderLostError, GradersAwayError, or what the grader raised.
        """
        ...


def graders_of(settings: Settings, grader: Grader, slots: int, seconds: float, warm: bool) -> Graders:
    """Workers of the cluster when the settings name one, else `slots` processes, their sandboxes started if `warm`.

    `seconds` is the time of one job.

    Raises SettingsError when the cluster's package is missing.
    """
    if settings.dask_scheduler is None:
        return LocalGraders(grader, slots, seconds, warm)
    return DaskGraders(settings.dask_scheduler, grader, seconds)


class LocalGraders:
    """A process for each slot, so that one that ends is known to have been at that very submission."""

    def __init__(self, grader: Grader, slots: int, seconds: float, warm: bool) -> None:
        self._grader, self._slots, self._seconds, self._warm = grader, slots, seconds, warm
        self._ready: asyncio.Queue[ProcessPoolExecutor] = asyncio.Queue()
        self._pools: set[ProcessPoolExecutor] = set()
        self._starting: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        for _ in range(self._slots):
            self._start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._starting:
            task.cancel()
        for pool in list(self._pools):
            self._end(pool)

    async def place(self) -> Place:
        return partial(self._grade, await self._ready.get())

    async def _grade(self, pool: ProcessPoolExecutor, job: Job) -> str:
        try:
            running = asyncio.get_running_loop().run_in_executor(pool, self._grader, job)
        except BrokenProcessPool:
            self._replace(pool)
            raise GradersAwayError("the grader's process had ended before the job came to it") from None
        try:
            text = await asyncio.wait_for(running, self._seconds)
        except (BrokenProcessPool, TimeoutError) as error:
            self._replace(pool)
            reason = "took too long" if isinstance(error, TimeoutError) else "ended in mid-run"
            raise GraderLostError(f"the grader's process {reason}") from error
        except Exception:
            self._ready.put_nowait(pool)
            raise
        self._ready.put_nowait(pool)
        return text

    def _replace(self, pool: ProcessPoolExecutor) -> None:
        self._end(pool)
        self._start()

    def _start(self) -> None:
        task = asyncio.create_task(self._make_ready())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _make_ready(self) -> None:
        """Start a process and give it out when it is warm; one that cannot start is tried again, with pauses."""
        for tried in range(1_000_000):
            await asyncio.sleep(START_AGAIN_SECONDS[min(tried, len(START_AGAIN_SECONDS) - 1)])
            pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), begin_process, (self._warm,))
            self._pools.add(pool)
            try:
                await asyncio.get_running_loop().run_in_executor(pool, _is_ready)
            except BrokenProcessPool:
                log.error("a grader's process ended before it was ready; it is started again")
                self._end(pool)
            else:
                self._ready.put_nowait(pool)
                return

    def _end(self, pool: ProcessPoolExecutor) -> None:
        """End a pool and its process, also in the middle of a run."""
        self._pools.discard(pool)
        workers = list((pool._processes or {}).values())  # no public way before Python 3.14
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.kill()


def _is_ready() -> bool:
    """Runs in a grader's process, behind its initializer."""
    return True


class DaskGraders:
    """The workers of a Dask scheduler, one thread each; workers may join and leave at any time."""

    def __init__(self, address: str, grader: Grader, seconds: float) -> None:
        """Raises SettingsError when the package `distributed` is missing."""
        try:
            import distributed
        except ImportError as error:
            raise SettingsError(
                f"HOCAI_DASK_SCHEDULER = {address!r}: the package 'distributed' is not installed; "
                "mend: install the extra 'cluster' (docs/cluster.md), or unset HOCAI_DASK_SCHEDULER"
            ) from error
        self._dask: Any = distributed
        self._address, self._grader, self._seconds = address, grader, seconds
        self._client: Any = None
        self._running = 0
        self._ended = asyncio.Event()
        self._said = ""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._disconnect()

    async def place(self) -> Place:
        while self._running >= await self._threads():
            self._ended.clear()
            try:
                await asyncio.wait_for(self._ended.wait(), WORKERS_SECONDS)
            except TimeoutError:
                continue
        self._running += 1
        return self._grade

    async def _threads(self) -> int:
        """How many jobs the cluster takes at a time; 0 while it is away."""
        try:
            if self._client is None:
                self._client = await self._dask.Client(
                    self._address, asynchronous=True, set_as_default=False, timeout=CONNECT_SECONDS
                )
            threads: int = sum((await self._client.nthreads()).values())
        except Exception as error:  # whatever is wrong with the connection, a new one is made
            await self._disconnect()
            self._say(f"the Dask scheduler {self._address} is away: {type(error).__name__}: {error}")
            return 0
        self._say("" if threads else f"the Dask scheduler {self._address} has no workers")
        return threads

    def _say(self, text: str) -> None:
        """Log a change of how the cluster is, once."""
        if text != self._said:
            log.log(logging.ERROR if text else logging.INFO, "%s", text or "the Dask cluster grades")
            self._said = text

    async def _disconnect(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _grade(self, job: Job) -> str:
        client = self._client
        if client is None:
            self._leave()
            raise GradersAwayError("the connection to the Dask scheduler was lost")
        key = f"grade-{job.submission}-{uuid.uuid4().hex[:8]}"  # its own for each try: nothing is taken from before
        future = client.submit(self._grader, job, key=key, pure=False, retries=0)
        try:
            text: str = await asyncio.wait_for(future.result(), self._seconds)
        except self._dask.scheduler.KilledWorker as error:
            raise GraderLostError(f"the Dask worker {error.last_worker.address} ended in mid-run") from error
        except self._dask.client.FutureCancelledError as error:
            raise GradersAwayError(f"the Dask scheduler gave the job up: {error}") from error
        except TimeoutError as error:
            await self._end_worker_of(client, key)
            raise GraderLostError("the Dask worker took too long") from error
        finally:
            future.release()
            self._leave()
        return text

    def _leave(self) -> None:
        self._running -= 1
        self._ended.set()

    async def _end_worker_of(self, client: Any, key: str) -> None:
        """A thread cannot be stopped: the worker that is at this job is started anew by its nanny."""
        processing = await client.processing()
        at_it = [worker for worker, keys in processing.items() if key in keys]
        try:
            await client.restart_workers(at_it, raise_for_error=False)
        except ValueError as error:
            log.error("a Dask worker hangs and has no nanny to start it anew: %s", error)
