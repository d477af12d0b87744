"""The judge's queue against a model that takes a second: all answers judged, and the same answers once more."""

from __future__ import annotations

import asyncio
import math
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import nbformat
from learners import CLASS, LESSON, campus_in, handed_in
from output import progress, quick, result
from sqlalchemy import func, insert, select
from texts import TEXTS

from autograders.grade import grade
from autograders.models import Context
from course.assignment import student_notebook
from course.catalog import read_lesson
from hub_config.services.campus import accounts, queue, submissions, tables
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import now, reading
from hub_config.services.campus.judge_queue import JudgeQueue
from hub_config.services.campus.judging import judge_of
from hub_config.services.campus.verdicts import StoredVerdicts
from hub_config.settings import Settings

LATENCY_S = 1.0
CONCURRENCY = 16
GIVE_UP_S = 120.0
ROLE, VARIANT = "household", "A"


@contextmanager
def slow_model() -> Iterator[int]:
    """The port of a model that answers after LATENCY_S."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = subprocess.Popen([sys.executable, Path(__file__).with_name("slow_model.py"), str(port), str(LATENCY_S)])
    try:
        until = time.monotonic() + 30
        while True:
            try:
                _calls(port)
                break
            except httpx.ConnectError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait()


def _calls(port: int) -> int:
    return int(httpx.get(f"http://127.0.0.1:{port}/calls").json()["calls"])


def hand_in(campus: Campus, names: list[str]) -> None:
    """One submission each with one answer for the judge, graded by the rules as the queue does it."""
    folder = read_lesson(LESSON)
    base = student_notebook(folder)
    for name in names:
        answer = {"prompt": TEXTS["prompt"], "final": TEXTS["final"].format(name=name)}
        notebook = handed_in(base, {"report": answer}, {})
        made = submissions.submit(campus, name, CLASS, folder.lesson.id, notebook, "jupyterlab", uuid.uuid4().hex)
        given = grade(folder, nbformat.from_dict(notebook), Context(role=ROLE, variant=VARIANT))
        claimed = queue.claim(campus.engine, "benchmark", timedelta(minutes=5))
        if claimed is None or claimed.id != made.id or not queue.store(campus.engine, "benchmark", made.id, given):
            raise RuntimeError(f"submission of {name} was not stored as graded")


def add_learners(campus: Campus, names: list[str]) -> None:
    """Learners with the same variant, so that one text fits all."""
    for name in names:
        accounts.create_account(campus.engine, name, name, password=None, role=ROLE)
        accounts.enrol(campus.engine, CLASS, name, "learner")
        draw = {"learner": name, "lesson": "text.report", "role": ROLE, "variant": VARIANT, "drawn_at": now()}
        with campus.engine.begin() as connection:
            connection.execute(insert(tables.draw).values(**draw))


async def judged(campus: Campus, settings: Settings) -> float:
    """Seconds from the start of the judge's queue until nothing waits any more."""
    queue_ = JudgeQueue(campus, lambda: judge_of(settings, "benchmark", StoredVerdicts(campus.engine)))
    began = time.perf_counter()
    running = asyncio.create_task(queue_.run())
    try:
        while (states := await asyncio.to_thread(_states, campus)).keys() != {"judged"}:
            if running.done() or "failed" in states or time.perf_counter() - began > GIVE_UP_S:
                raise RuntimeError(f"judging did not come to its end: {states}")
            await asyncio.sleep(0.05)
        return time.perf_counter() - began
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def _states(campus: Campus) -> dict[str, int]:
    state = tables.judging.c.state
    with reading(campus.engine) as connection:
        return {row[0]: row[1] for row in connection.execute(select(state, func.count()).group_by(state))}


def main() -> None:
    """Print the figures of one run."""
    answers = 64 if quick(__doc__ or "") else 200
    names = [f"learner{number:04}" for number in range(answers)]
    with tempfile.TemporaryDirectory(prefix="hocai-") as folder, slow_model() as port:
        campus = campus_in(Path(folder))
        # the model stands where the AI gateway would
        settings = campus.settings.model_copy(update={"port": port - 4, "judge_concurrency": CONCURRENCY})
        try:
            add_learners(campus, names)
            progress(f"{answers} answers, graded by the rules first")
            hand_in(campus, names)
            progress("judging")
            total_s = asyncio.run(judged(campus, settings))
            first_calls = _calls(port)
            progress("the same answers again")
            hand_in(campus, names)
            asyncio.run(judged(campus, settings))
            cached_calls = _calls(port) - first_calls
        finally:
            campus.engine.dispose()
    ideal_s = math.ceil(answers / CONCURRENCY) * LATENCY_S
    result(
        answers=first_calls,
        latency_s=LATENCY_S,
        concurrency=CONCURRENCY,
        total_s=round(total_s, 2),
        ideal_s=ideal_s,
        ratio=round(total_s / ideal_s, 3),
        cached_calls_on_resubmit=cached_calls,
    )


if __name__ == "__main__":
    main()
