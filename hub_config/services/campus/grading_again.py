"""Submissions that are to be graded once more go back into the queue; a grade stands until there is a new one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import NoReturn

from sqlalchemy import ColumnElement, Engine, and_, false, or_, select, update

from hub_config.services.campus import tables
from hub_config.services.campus.database import reading
from hub_config.services.campus.faults import REPLIES_UNKNOWN
from hub_config.services.campus.replies import Record, RecordAwayError
from hub_config.services.campus.submissions import matching

log = logging.getLogger(__name__)

LOOK_SECONDS = 30.0
"""Between two looks whether grades that wait for the record can be made."""
_grading, _submission = tables.grading, tables.submission
_RECORD_AWAY = (_grading.c.state == "graded") & _grading.c.problem.startswith(REPLIES_UNKNOWN, autoescape=True)


def grade_again(engine: Engine, submission: str) -> None:
    """Queue a submission once more, as a teacher asks; one that is under way stays as it is.

    Its grade stands until there is a new one; the ledger keeps both.
    """
    _queue_again(engine, _grading.c.submission == submission)


def grade_again_all(
    engine: Engine,
    *,
    class_id: str | None = None,
    lesson: str | None = None,
    failed: bool = False,
    outdated: Mapping[str, str] | None = None,
) -> int:
    """Queue many submissions once more, all at once; how many. What is under way stays as it is.

    `class_id`, `lesson`: of these only. `failed`: those that could not be graded, or not wholly. `outdated`, lesson id
    to version: those of these lessons that were graded by another version. With both: either.
    """
    chosen = select(_submission.c.id).where(*matching(class_id=class_id, lesson=lesson))
    kinds: list[ColumnElement[bool]] = []
    if failed:
        kinds.append(or_(_grading.c.state == "failed", _grading.c.problem != ""))
    if outdated is not None:
        other = [
            and_(_submission.c.lesson == id_, _grading.c.lesson_version.is_distinct_from(version))
            for id_, version in outdated.items()
        ]
        of_these = select(_submission.c.id).where(_submission.c.id == _grading.c.submission, or_(false(), *other))
        kinds.append(and_(_grading.c.state == "graded", of_these.exists()))
    wanted = [or_(*kinds)] if kinds else []
    return _queue_again(engine, _grading.c.submission.in_(chosen), *wanted)


async def grade_when_back(engine: Engine, record: Record) -> NoReturn:
    """Have graded again, until cancelled, what waits for the record, as soon as that can be read."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            await asyncio.to_thread(_look, engine, record)
        except Exception:  # a locked database: there is another look
            log.exception("submissions that wait for the record of replies could not be queued")


def _look(engine: Engine, record: Record) -> None:
    with reading(engine) as connection:
        if connection.execute(select(_grading.c.submission).where(_RECORD_AWAY).limit(1)).first() is None:
            return
    try:
        record.replies("-", "-", [])
    except RecordAwayError:
        return
    log.info("graded again with the AI's replies: %d submissions", _queue_again(engine, _RECORD_AWAY))


def _queue_again(engine: Engine, *conditions: ColumnElement[bool]) -> int:
    change = update(_grading).where(_grading.c.state.in_(("graded", "failed")), *conditions)
    with engine.begin() as connection:
        return connection.execute(change.values(state="queued", tries=0, problem="")).rowcount
