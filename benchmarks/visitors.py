"""Visitors of a lesson without a kernel: how many may answer every twenty seconds before answers become slow.

Protocol clients, not browsers. A visitor sends each answer over a connection of its own, as a phone does that was
quiet for twenty seconds: the proxy has closed the last one. Times count from the moment the answer was due, so that
a service which falls behind cannot make its own load lighter.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jupyterhub import orm
from learners import LESSONS, sample
from output import progress
from sqlalchemy import insert

from autograders.grade import grade_exercise
from autograders.models import Context
from course.catalog import read_lesson
from course.variants import drawn_exercises, variant_of
from hub_config.services.campus import accounts, tables
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import now
from hub_config.services.campus.hubapi import TOKEN_SCOPES, TOKEN_SECONDS

LESSON = LESSONS / "01_first_prompt"
LESSON_ID, ROLE, VARIANT = "text.first_prompt", "official", "A"
EVERY_S = 20.0  # one answer a visitor
WITHIN_S = 1.0  # the 95th percentile
ROUNDS = 2  # earlier attempts at each exercise: a check reads them all
GIVE_UP_S = 30.0


@dataclass(frozen=True)
class Step:
    """What came of one number of visitors."""

    visitors: int
    p95_s: float
    failed: int

    @property
    def holds(self) -> bool:
        return self.failed == 0 and self.p95_s <= WITHIN_S


def learners(campus: Campus, count: int) -> list[str]:
    """Names of new learners who are in the middle of the lesson: drawn, and with earlier attempts."""
    names = [f"visitor{number:05}" for number in range(count)]
    whole = sample(LESSON, "pass_whole_lesson")["answer"]
    lesson = read_lesson(LESSON).lesson
    exercises = drawn_exercises(lesson, variant_of(lesson, ROLE, VARIANT))
    shared = {"lesson": LESSON_ID, "role": ROLE, "variant": VARIANT}
    earlier: dict[str, Any] = {**shared, "hints": 0, "solution_seen": False, "active_s": 20.0, "at": now()}
    context = Context(role=ROLE, variant=VARIANT)
    grades = {e.id: grade_exercise(e, whole[e.id], context) for e in exercises if e.id in whole}
    attempts = [
        {
            **earlier,
            "exercise": id_,
            "answer": whole[id_],
            "first": turn == 0,
            "grade": grade.model_dump_json(exclude={"points", "waiting"}),
        }
        for turn in range(ROUNDS)
        for id_, grade in grades.items()
    ]
    made = {"kind": "learner", "role": ROLE, "created_at": now()}
    with campus.engine.begin() as connection:
        connection.execute(insert(accounts.account), [{"name": n, "display_name": n, **made} for n in names])
        connection.execute(insert(tables.draw), [{"learner": n, "drawn_at": now(), **shared} for n in names])
        connection.execute(insert(tables.attempt), [{"learner": n, **a} for n in names for a in attempts])
    return names


def tokens(data: Path, names: Sequence[str]) -> dict[str, str]:
    """Each one's token, made by the hub's own code as it makes them for an app's page; without the sign-ins."""
    database = orm.new_session_factory(f"sqlite:///{data / 'hub' / 'jupyterhub.sqlite'}")()
    try:
        role = orm.Role.find(database, "user")
        made = {}
        for name in names:
            user = orm.User(name=name)
            user.roles.append(role)
            database.add(user)
            made[name] = str(user.new_api_token(scopes=list(TOKEN_SCOPES), expires_in=TOKEN_SECONDS, note="app page"))
        database.commit()
        return made
    finally:
        database.close()


def opened(port: int, tokens_: Sequence[str]) -> None:
    """Each opens the lesson, a few at a time: the hub has seen their tokens, as it has those of real visitors."""

    async def all_of_them() -> None:
        waiting = iter([_opening(port).replace(b"TOKEN", token.encode()) for token in tokens_])

        async def some() -> None:
            for request in waiting:
                if await _seconds(port, request, time.perf_counter(), b'"exercises":') is None:
                    raise RuntimeError("a visitor could not open the lesson")

        await asyncio.gather(*(some() for _ in range(4)))

    asyncio.run(all_of_them())


def step(port: int, tokens_: Sequence[str], count: int, seconds: float) -> Step:
    """`count` visitors at work for some seconds; of a short time only those who answer in it need a token."""
    p95_s, failed = asyncio.run(_at_work(port, tokens_, count, seconds))
    progress(f"{count} visitors for {seconds:.0f} s: p95 {p95_s:.2f} s, {failed} not answered")
    return Step(count, p95_s, failed)


async def _at_work(port: int, tokens_: Sequence[str], count: int, seconds: float) -> tuple[float, int]:
    answers = itertools.cycle(
        _request(port, id_, answer) for id_, answer in sample(LESSON, "pass_whole_lesson")["answer"].items()
    )
    begin, gap = time.perf_counter(), EVERY_S / count
    sent = []
    async with asyncio.TaskGroup() as group:
        for number in range(int(seconds / gap)):
            due = begin + number * gap
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            request = next(answers).replace(b"TOKEN", tokens_[number % count].encode())
            sent.append(group.create_task(_seconds(port, request, due, b'"points":')))
    times = [task.result() for task in sent]
    return float(np.percentile([GIVE_UP_S if t is None else t for t in times], 95)), times.count(None)


def _opening(port: int) -> bytes:
    return (
        f"GET /services/campus/api/lessons/{LESSON_ID} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Authorization: Bearer TOKEN\r\nConnection: close\r\n\r\n"
    ).encode()


def _request(port: int, exercise: str, answer: Any) -> bytes:
    body = json.dumps({"answer": answer, "active_s": EVERY_S}).encode()
    return (
        f"POST /services/campus/api/exercises/{LESSON_ID}/{exercise}/check HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Authorization: Bearer TOKEN\r\nContent-Type: application/json\r\nConnection: close\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


async def _seconds(port: int, request: bytes, due: float, expected: bytes) -> float | None:
    """Seconds from when a request was due until its reply was read; None when what was expected did not come."""
    try:
        async with asyncio.timeout(GIVE_UP_S):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request)
            reply = await reader.read()
            writer.close()
    except (OSError, TimeoutError):
        return None
    return time.perf_counter() - due if reply.startswith(b"HTTP/1.1 200 ") and expected in reply else None
