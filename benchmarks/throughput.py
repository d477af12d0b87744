"""Notebooks a second through the real queue: sandbox, rules, ledger, gradebook. Warmed up, as the service is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from learners import CLASS, Learner, campus_in, enrolled
from output import progress
from sqlalchemy import func, select

from hub_config.services.campus import submissions, tables
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import reading
from hub_config.services.campus.gradebooks import Gradebooks
from hub_config.services.campus.queue import GradingQueue

WORKERS = 2


def measured(data: Path, count: int) -> tuple[float, list[Learner], Path]:
    """(notebooks a second, the learners, the class's gradebook.db)."""
    campus = campus_in(data)
    try:
        warm, learners = enrolled(campus, WORKERS * 2), enrolled(campus, count, first=WORKERS * 2)
        seconds = asyncio.run(_run(campus, warm, learners))
        return count / seconds, learners, campus.settings.classes / CLASS / "gradebook.db"
    finally:
        campus.engine.dispose()


async def _run(campus: Campus, warm: Sequence[Learner], learners: Sequence[Learner]) -> float:
    queue = GradingQueue(campus, slots=WORKERS)
    running = asyncio.create_task(queue.run())
    gradebooks = await asyncio.to_thread(Gradebooks, campus)
    try:
        await _all_graded(campus, queue, warm, running)
        await asyncio.to_thread(gradebooks.keep_up)
        progress(f"warm; grading {len(learners)} notebooks")
        began = time.perf_counter()
        await _all_graded(campus, queue, learners, running)
        await asyncio.to_thread(gradebooks.keep_up)
        return time.perf_counter() - began
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        gradebooks.close()


async def _all_graded(
    campus: Campus, queue: GradingQueue, learners: Sequence[Learner], running: asyncio.Task[None]
) -> None:
    """Hand in for all of them and wait until every score stands in the ledger."""
    for learner in learners:
        await asyncio.to_thread(
            submissions.submit, campus, learner.name, CLASS, "text.report", learner.notebook, "jupyterlab"
        )
        queue.wake()
    while (states := await asyncio.to_thread(_states, campus)).keys() != {"graded"}:
        if running.done() or "failed" in states:
            raise RuntimeError(f"grading did not come to its end: {states}")
        await asyncio.sleep(0.05)


def _states(campus: Campus) -> dict[str, int]:
    state = tables.grading.c.state
    with reading(campus.engine) as connection:
        return {row[0]: row[1] for row in connection.execute(select(state, func.count()).group_by(state))}
