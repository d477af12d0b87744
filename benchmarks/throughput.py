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
GIVE_UP_S = 300.0


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
    gradebooks = await asyncio.to_thread(Gradebooks, campus)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(queue.run()), group.create_task(_keep_up(gradebooks))]
        await _hand_in(campus, queue, warm)
        progress(f"warm; grading {len(learners)} notebooks")
        began = time.perf_counter()
        await _hand_in(campus, queue, learners)
        seconds = time.perf_counter() - began
        for task in tasks:
            task.cancel()
    gradebooks.close()
    return seconds


async def _keep_up(gradebooks: Gradebooks) -> None:
    """As the service does, only more often: at the end nothing is left to be waited for."""
    while True:
        await asyncio.to_thread(gradebooks.keep_up)
        await asyncio.sleep(0.2)


async def _hand_in(campus: Campus, queue: GradingQueue, learners: Sequence[Learner]) -> None:
    """Hand in for all of them and wait until every score stands in ledger and gradebook."""
    for learner in learners:
        await asyncio.to_thread(
            submissions.submit, campus, learner.name, CLASS, "text.report", learner.notebook, "jupyterlab"
        )
        queue.wake()
    until = time.perf_counter() + GIVE_UP_S
    while left := await asyncio.to_thread(_not_in_gradebook, campus):
        if time.perf_counter() > until:
            raise RuntimeError(f"{left} notebooks have no score after {GIVE_UP_S:.0f} s")
        await asyncio.sleep(0.05)


def _not_in_gradebook(campus: Campus) -> int:
    query = select(func.count()).select_from(tables.grading).where(tables.grading.c.in_gradebook_at.is_(None))
    with reading(campus.engine) as connection:
        return connection.execute(query).scalar_one()
