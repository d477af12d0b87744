"""Visitors of a lesson without a kernel: people in the middle of it, and their tokens."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from connection import bearer, connected, request
from jupyterhub import orm
from learners import LESSONS, sample
from sqlalchemy import insert

from autograders.grade import grade_exercise
from autograders.models import Context
from course.catalog import read_lesson
from course.lesson import Lesson, Variant
from course.variants import drawn_exercises
from hub_config.auth import PEOPLE_GROUP
from hub_config.services.campus import accounts, tables
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import now
from hub_config.services.campus.hubapi import TOKEN_SCOPES, TOKEN_SECONDS

LESSON = LESSONS / "01_first_prompt"
LESSON_ID = "text.first_prompt"
ROUNDS = 2  # earlier attempts at each exercise: a check reads them all
AT_ONCE = 4  # who open the lesson


@dataclass
class Visitor:
    """Somebody with the page of the lesson open: what the page knows."""

    name: str
    token: str
    writer: str = field(default_factory=lambda: str(uuid4()))
    base: dict[str, str] = field(default_factory=dict)  # exercise -> when its draft was saved


def learners(campus: Campus, count: int) -> list[str]:
    """Names of new learners who are in the middle of the lesson: drawn, all variants alike, with earlier attempts."""
    names = [f"visitor{number:05}" for number in range(count)]
    lesson = read_lesson(LESSON).lesson
    drawn = {name: lesson.variant[number % len(lesson.variant)] for number, name in enumerate(names)}
    earlier = {(variant.role, variant.id): _attempts(lesson, variant) for variant in lesson.variant}
    people = [
        {"name": n, "display_name": n, "kind": "learner", "role": v.role, "created_at": now()} for n, v in drawn.items()
    ]
    draws = [
        {"learner": n, "lesson": LESSON_ID, "role": v.role, "variant": v.id, "drawn_at": now()}
        for n, v in drawn.items()
    ]
    attempts = [{"learner": n, **made} for n, v in drawn.items() for made in earlier[v.role, v.id]]
    with campus.engine.begin() as connection:
        connection.execute(insert(accounts.account), people)
        connection.execute(insert(tables.draw), draws)
        connection.execute(insert(tables.attempt), attempts)
    return names


def _attempts(lesson: Lesson, variant: Variant) -> list[dict[str, Any]]:
    """Rows of `tables.attempt`, without the learner, of somebody who drew this variant."""
    whole = sample(LESSON, "pass_whole_lesson")["answer"]
    context = Context(role=variant.role, variant=variant.id)
    shared = {"lesson": LESSON_ID, "role": variant.role, "variant": variant.id, "hints": 0, "solution_seen": False}
    return [
        {
            **shared,
            "exercise": exercise.id,
            "answer": whole[exercise.id],
            "grade": grade_exercise(exercise, whole[exercise.id], context).model_dump_json(
                exclude={"points", "waiting"}
            ),
            "first": turn == 0,
            "active_s": 20.0,
            "at": now(),
        }
        for turn in range(ROUNDS)
        for exercise in drawn_exercises(lesson, variant)
        if exercise.id in whole
    ]


def tokens(data: Path, names: Sequence[str]) -> list[str]:
    """A new token for each, made by the hub's own code as it makes them for a page's `/session`."""
    return made(data, names, scopes=list(TOKEN_SCOPES), note="app page")


def cookies(data: Path, names: Sequence[str]) -> list[str]:
    """What stands in each one's cookie of the apps service, as the hub makes it when somebody signs in there."""
    return made(data, names, scopes=["access:services!service=apps"], client_id="service-apps", session_id="evening")


def made(data: Path, names: Sequence[str], **token: Any) -> list[str]:
    """A new token of this kind for each, known to the hub or not, without their sign-ins."""
    database = orm.new_session_factory(f"sqlite:///{data / 'hub' / 'jupyterhub.sqlite'}")()
    try:
        role = orm.Role.find(database, "user")
        people = orm.Group.find(database, PEOPLE_GROUP) or orm.Group(name=PEOPLE_GROUP)
        known = {user.name: user for user in database.query(orm.User)}
        made = []
        for name in names:
            user = known.get(name)
            if user is None:
                user = known[name] = orm.User(name=name, roles=[role], groups=[people])
                database.add(user)
            made.append(str(user.new_api_token(expires_in=TOKEN_SECONDS, **token)))
        database.commit()
        return made
    finally:
        database.close()


def arrived(port: int, data: Path, names: Sequence[str]) -> list[Visitor]:
    """Each has opened the lesson, a few at a time: campus knows their tokens. Without the sign-ins."""
    visitors = [Visitor(name, token) for name, token in zip(names, tokens(data, names), strict=True)]

    async def all_of_them() -> None:
        waiting = iter(visitors)

        async def some() -> None:
            for visitor in waiting:
                async with connected(port) as connection:
                    path = f"/services/campus/api/lessons/{LESSON_ID}"
                    reply = await connection.ask(request("GET", path, port, bearer(visitor.token)))
                if reply.status != 200:
                    raise RuntimeError(f"a visitor could not open the lesson: {reply}")

        await asyncio.gather(*(some() for _ in range(AT_ONCE)))

    asyncio.run(all_of_them())
    return visitors
