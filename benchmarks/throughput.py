"""Notebooks a second through the real queue: sandbox, rules, ledger, gradebook. Warmed up, as the service is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from learners import CLASS, Learner, campus_in, enrolled
from output import progress
from sqlalchemy import func, select, update

from hub_config.services.campus import submissions, tables
from hub_config.services.campus.app import open_gradebooks
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import reading
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
    hand_in(campus, learners)
    held = _move(campus, "queued", "held")  # the peer too begins with all submissions in its folder
    hand_in(campus, warm)
    queue = GradingQueue(campus, slots=WORKERS)
    gradebooks = await asyncio.to_thread(open_gradebooks, campus)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(queue.run()), group.create_task(_keep_up(gradebooks))]
        await _until_in_gradebook(campus, left=held)
        progress(f"warm; grading {held} notebooks")
        began = time.perf_counter()
        _move(campus, "held", "queued")
        queue.wake()
        await _until_in_gradebook(campus, left=0)
        seconds = time.perf_counter() - began
        for task in tasks:
            task.cancel()
    gradebooks.close()
    return seconds


def hand_in(campus: Campus, learners: Sequence[Learner]) -> None:
    """Submit for all of them, as the exchange does."""
    for learner in learners:
        submissions.submit(campus, learner.name, CLASS, "text.report", learner.notebook, "jupyterlab")


def _move(campus: Campus, before: str, after: str) -> int:
    """Put all rows of one state into another; how many."""
    state = tables.grading.c.state
    with campus.engine.begin() as connection:
        return connection.execute(update(tables.grading).where(state == before).values(state=after)).rowcount


async def _keep_up(gradebooks: Any) -> None:
    """As the service does, only more often: little is left to be waited for at the end."""
    while True:
        await asyncio.to_thread(gradebooks.keep_up)
        await asyncio.sleep(0.3)


async def _until_in_gradebook(campus: Campus, *, left: int) -> None:
    """Wait until the scores of all but `left` stand in ledger and gradebook."""
    until = time.perf_counter() + GIVE_UP_S
    while (missing := await asyncio.to_thread(_not_in_gradebook, campus)) > left:
        if time.perf_counter() > until:
            raise RuntimeError(f"{missing - left} notebooks have no score after {GIVE_UP_S:.0f} s")
        await asyncio.sleep(0.1)  # looking costs time as well


def _not_in_gradebook(campus: Campus) -> int:
    query = select(func.count()).select_from(tables.grading).where(tables.grading.c.in_gradebook_at.is_(None))
    with reading(campus.engine) as connection:
        return connection.execute(query).scalar_one()
