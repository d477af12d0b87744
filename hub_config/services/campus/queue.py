"""The durable queue of submissions to grade: queued → grading → graded or failed.

A row of `grading` is claimed under a lease that is renewed while its grader works; whoever finds a lease that ran
out takes the submission up again, also after a restart. Each slot has a process of its own, so that a grader that is
killed is known to have been at that very submission. A grade is stored in one transaction, and only by the owner of
the lease: it counts once.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import uuid
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, Row, and_, or_, select, update

from autograders.models import Grade
from hub_config.services.campus import ledger, tables
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import now, reading
from hub_config.services.campus.grading import Job, begin_process, grade_job

log = logging.getLogger(__name__)

MAX_TRIES = 3
GRADE_SECONDS = 300.0
_grading, _submission = tables.grading, tables.submission


class GradingQueue:
    """Grades what is queued until it is stopped. `run` is one task of the service's event loop."""

    def __init__(
        self,
        campus: Campus,
        grader: Callable[[Job], str] = grade_job,
        *,
        slots: int = max(1, min(2, (os.cpu_count() or 1) - 1)),
        lease_s: float = 30.0,
        poll_s: float = 2.0,
        seconds: float = GRADE_SECONDS,
    ) -> None:
        self._campus = campus
        self._grader = grader
        self._slots = slots
        self._lease = timedelta(seconds=lease_s)
        self._poll_s = poll_s
        self._seconds = seconds
        self._owner = uuid.uuid4().hex
        self._awake = asyncio.Event()

    def wake(self) -> None:
        """Look for work now; call it in the event loop."""
        self._awake.set()

    async def run(self) -> None:
        """Grade until cancelled; what is unfinished then goes back into the queue."""
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._slots):
                    group.create_task(self._serve_slot())
        finally:
            release(self._campus.engine, self._owner)

    async def _serve_slot(self) -> None:
        pool = _new_pool()
        try:
            while True:
                try:
                    row = await asyncio.to_thread(claim, self._campus.engine, self._owner, self._lease)
                    if row is None:
                        await self._sleep()
                    elif not await self._grade(pool, row):
                        _end(pool)
                        pool = _new_pool()
                except Exception:  # a full disk, a locked database: what is claimed is free when its lease ends
                    log.exception("the grading queue was disturbed and goes on")
                    await self._sleep()
        finally:
            _end(pool)

    async def _sleep(self) -> None:
        self._awake.clear()
        try:
            await asyncio.wait_for(self._awake.wait(), self._poll_s)
        except TimeoutError:
            return

    async def _grade(self, pool: ProcessPoolExecutor, row: Row[Any]) -> bool:
        """Grade one submission; False when the pool must be replaced."""
        engine = self._campus.engine
        renewing = asyncio.create_task(self._renew(row.id))
        try:
            job = await asyncio.to_thread(self._job, row)
            future = asyncio.get_running_loop().run_in_executor(pool, self._grader, job)
            text = await asyncio.wait_for(future, self._seconds)
            grade = Grade.model_validate_json(text)
        except (BrokenProcessPool, TimeoutError) as error:
            log.error("grader of submission %s ended in mid-run: %s", row.id, type(error).__name__)
            await asyncio.to_thread(give_back, engine, self._owner, row.id, row.tries, type(error).__name__)
            return False
        except Exception as error:  # whatever it is, the submission stays and its teacher sees it
            log.exception("grading of submission %s failed", row.id)
            problem = f"{type(error).__name__}: {error}"
            await asyncio.to_thread(give_back, engine, self._owner, row.id, row.tries, problem)
        else:
            await asyncio.to_thread(store, engine, self._owner, row.id, grade)
        finally:
            renewing.cancel()
        return True

    async def _renew(self, submission: str) -> None:
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            await asyncio.to_thread(renew, self._campus.engine, self._owner, submission, self._lease)

    def _job(self, row: Row[Any]) -> Job:
        folder = self._campus.lesson(row.lesson)
        return Job(row.id, folder.path, row.notebook.decode(), row.context)


def claim(engine: Engine, owner: str, lease: timedelta) -> Row[Any] | None:
    """Take the submission that has waited longest, one try more on its count; None: nothing to do."""
    free = or_(
        _grading.c.state == "queued",
        and_(_grading.c.state == "grading", _grading.c.lease_until < now()),
    )
    query = select(_submission, _grading.c.tries).join(_grading).where(free).order_by(_submission.c.submitted_at)
    with reading(engine) as connection:  # looking is cheap and blocks nobody
        if connection.execute(query.limit(1)).first() is None:
            return None
    with engine.begin() as connection:
        row = connection.execute(query.limit(1).with_for_update(skip_locked=True, of=_grading)).one_or_none()
        if row is None:
            return None
        values = {"state": "grading", "owner": owner, "lease_until": now() + lease, "tries": row.tries + 1}
        if row.tries >= MAX_TRIES:
            values = {"state": "failed", "owner": None, "problem": "its grader ended in mid-run, again and again"}
        connection.execute(update(_grading).where(_grading.c.submission == row.id).values(**values))
    return None if row.tries >= MAX_TRIES else row


def renew(engine: Engine, owner: str, submission: str, lease: timedelta) -> None:
    """Push the end of a lease out."""
    with engine.begin() as connection:
        connection.execute(_owned(owner, submission).values(lease_until=now() + lease))


def store(engine: Engine, owner: str, submission: str, grade: Grade) -> bool:
    """Store a grade, all or nothing; False when the lease was lost and another's grade counts."""
    scores = {e.id: [e.points, e.max, e.waiting] for e in grade.exercises}
    values = {"state": "graded", "grade": grade.model_dump_json(), "scores": scores}
    with engine.begin() as connection:
        change = _owned(owner, submission).values(
            **values, owner=None, problem="", graded_at=grade.graded_at, in_gradebook_at=None
        )
        if connection.execute(change).rowcount != 1:
            return False
        ledger.add_grade(connection, submission, grade)
    return True


def give_back(engine: Engine, owner: str, submission: str, tries: int, problem: str) -> None:
    """Put a submission back into the queue, or give up after `MAX_TRIES` (`tries` were made before this one)."""
    state = "failed" if tries + 1 >= MAX_TRIES else "queued"
    with engine.begin() as connection:
        connection.execute(_owned(owner, submission).values(state=state, owner=None, problem=problem[:2000]))


def release(engine: Engine, owner: str) -> None:
    """Put everything that a stopping process was at back into the queue; the try does not count."""
    with engine.begin() as connection:
        connection.execute(
            update(_grading)
            .where(_grading.c.owner == owner, _grading.c.state == "grading")
            .values(state="queued", owner=None, tries=_grading.c.tries - 1)
        )


def grade_again(engine: Engine, submission: str) -> None:
    """Queue a submission once more, as a teacher asks; one that is under way stays as it is."""
    with engine.begin() as connection:
        connection.execute(
            update(_grading)
            .where(_grading.c.submission == submission, _grading.c.state.in_(("graded", "failed")))
            .values(state="queued", tries=0, problem="")
        )


def _owned(owner: str, submission: str) -> Any:
    return update(_grading).where(
        _grading.c.submission == submission, _grading.c.owner == owner, _grading.c.state == "grading"
    )


def _new_pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), begin_process)


def _end(pool: ProcessPoolExecutor) -> None:
    """End a pool and its process, also in the middle of a run."""
    workers = list((pool._processes or {}).values())  # no public way before Python 3.14
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()
