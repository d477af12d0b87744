"""The durable queue of graded submissions whose rubric criteria a judge still has to read.

queued → judging → judged, back to queued with a time not to be tried before, or failed: for a teacher. A row of
`judging` is claimed under a lease as one of `grading` is. What the judge gave is stored in one transaction, only by
the owner of the lease and only onto the very grade that was read. Until then the submission stands as it was graded.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, delete, insert, or_, select, update

from autograders.grade import judged_grade
from autograders.judge.judge import Judge
from autograders.judge.stage import waits_for_judge
from autograders.models import Context, ExerciseGrade, Grade
from course.notebook import stored_notebook
from hub_config.services.campus import ledger, tables
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import now, reading
from hub_config.services.campus.judging import Attended

log = logging.getLogger(__name__)

MAX_TRIES = 10
"""After so many tries that a working judge answered without a valid verdict the criteria are a teacher's."""
BACKOFF = tuple(timedelta(minutes=m) for m in (1, 2, 4, 8, 16, 32, 60))
_judging, _grading, _submission = tables.judging, tables.grading, tables.submission


@dataclass(frozen=True)
class Outcome:
    """What one try came to. `grade` None: nothing was read; `away`: the judge could not be reached."""

    grade: Grade | None
    away: bool = False
    problem: str = ""


class JudgeQueue:
    """Lets a judge read what waits for one until it is stopped. `run` is one task of the service's event loop."""

    def __init__(
        self,
        campus: Campus,
        find_judge: Callable[[], Judge | None],
        *,
        lease_s: float = 60.0,
        poll_s: float = 1.0,
        ask_s: float = 30.0,
    ) -> None:
        """`find_judge` may block; while it finds none, or the judge is away, it is asked every `ask_s` seconds."""
        self._campus = campus
        self._find_judge = find_judge
        self._lease = timedelta(seconds=lease_s)
        self._poll_s, self._ask_s = poll_s, ask_s
        self._owner = uuid.uuid4().hex
        self._working: set[str] = set()
        self._away = False

    async def run(self) -> None:
        """Judge until cancelled; what is unfinished then goes back into the queue."""
        try:
            while True:
                try:
                    await self._round()
                except Exception:  # a full disk, a locked database: what is claimed is free when its lease ends
                    log.exception("the queue of the judge was disturbed and goes on")
                    await asyncio.sleep(self._ask_s)
        finally:
            release(self._campus.engine, self._owner)

    async def _round(self) -> None:
        """Wait for work, find a judge, and work as long as it is there."""
        while not await asyncio.to_thread(work_waits, self._campus.engine):
            await asyncio.sleep(self._poll_s)
        judge = await asyncio.to_thread(self._find_judge)
        if judge is not None:
            self._away = False
            async with judge, asyncio.TaskGroup() as group:
                renewing = group.create_task(self._renew())
                await self._work(judge)
                renewing.cancel()
        await asyncio.sleep(self._ask_s)

    async def _work(self, judge: Judge) -> None:
        """Many submissions at a time; the judge itself counts its questions. Ends when the judge is away."""
        places = 2 * self._campus.settings.judge_concurrency  # some are made ready while the model reads others
        free = asyncio.Semaphore(places)
        async with asyncio.TaskGroup() as group:
            while not self._away:
                await free.acquire()
                row = await asyncio.to_thread(claim, self._campus.engine, self._owner, self._lease)
                if row is None:
                    free.release()
                    await asyncio.sleep(self._poll_s)
                    continue
                self._working.add(row.id)
                group.create_task(self._judge_one(row, judge)).add_done_callback(lambda _: free.release())

    async def _judge_one(self, row: Row[Any], judge: Judge) -> None:
        try:
            outcome = await self._read(row, Attended(judge))
            self._away = self._away or outcome.away
            await asyncio.to_thread(store, self._campus.engine, self._owner, row, outcome)
        except Exception:  # the database: the lease runs out, verdicts stay in the cache
            log.exception("what the judge gave submission %s was not stored", row.id)
        finally:
            self._working.discard(row.id)

    async def _read(self, row: Row[Any], judge: Attended) -> Outcome:
        try:
            folder = self._campus.lesson(row.lesson)
            notebook = await asyncio.to_thread(stored_notebook, row.notebook)
            context = Context.model_validate_json(row.context)
            grade = await judged_grade(Grade.model_validate_json(row.grade), folder, notebook, context, judge)
        except Exception as error:  # whatever it is, the grade stays as it was and is tried again later
            log.exception("judging of submission %s failed", row.id)
            return Outcome(None, problem=f"{type(error).__name__}: {error}")
        return Outcome(grade, judge.away, judge.problem)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            try:
                await asyncio.to_thread(renew, self._campus.engine, self._owner, list(self._working), self._lease)
            except Exception:
                log.exception("the leases of the judge's queue could not be renewed")


def want(connection: Connection, submission: str, grade: Grade) -> None:
    """Queue a submission for the judge, or take it out when nothing waits for one.

    Call it in the transaction that stores `grade`: a judge that reads an earlier grade loses its lease by this.
    """
    connection.execute(delete(_judging).where(_judging.c.submission == submission))
    if wanted(grade):
        connection.execute(insert(_judging).values(submission=submission, state="queued", tries=0, problem=""))


def wanted(grade: Grade) -> bool:
    """Whether a criterion of this grade waits for a judge."""
    return any(waits_for_judge(line) for exercise in grade.exercises for line in exercise.criteria)


def work_waits(engine: Engine) -> bool:
    """Whether anything could be judged now."""
    with reading(engine) as connection:
        return connection.execute(_due().limit(1)).first() is not None


def claim(engine: Engine, owner: str, lease: timedelta) -> Row[Any] | None:
    """Take what has waited longest, with its grade; None: nothing to do now."""
    if not work_waits(engine):  # looking is cheap and blocks nobody
        return None
    with engine.begin() as connection:
        first = _due().order_by(_submission.c.submitted_at).limit(1)
        id_ = connection.execute(first.with_for_update(skip_locked=True, of=_judging)).scalar_one_or_none()
        if id_ is None:
            return None
        values = {"state": "judging", "owner": owner, "lease_until": now() + lease}
        connection.execute(update(_judging).where(_judging.c.submission == id_).values(**values))
        columns = (_submission, _grading.c.grade, _grading.c.graded_at, _judging.c.tries)
        claimed = select(*columns).join(_grading).join(_judging, _judging.c.submission == _submission.c.id)
        return connection.execute(claimed.where(_submission.c.id == id_)).one()


def renew(engine: Engine, owner: str, submissions: list[str], lease: timedelta) -> None:
    """Push the end of these leases out."""
    with engine.begin() as connection:
        change = update(_judging).where(_judging.c.submission.in_(submissions), _judging.c.owner == owner)
        connection.execute(change.where(_judging.c.state == "judging").values(lease_until=now() + lease))


def store(engine: Engine, owner: str, row: Row[Any], outcome: Outcome) -> bool:
    """Store what a judge gave to the grade in `row`, all or nothing.

    False when the lease was lost or the submission was graded again meanwhile: then this reading is dropped.
    """
    mine = and_(_judging.c.submission == row.id, _judging.c.owner == owner, _judging.c.state == "judging")
    same = select(_grading.c.submission).join(_judging, _judging.c.submission == _grading.c.submission)
    same = same.where(mine, _grading.c.state == "graded", _grading.c.graded_at == row.graded_at).with_for_update()
    with engine.begin() as connection:
        kept = connection.execute(same).first() is not None
        values = _next(row, outcome) if kept else {"state": "queued"}
        connection.execute(update(_judging).where(mine).values(owner=None, **values))
        if kept and outcome.grade is not None:
            _complete(connection, row, outcome.grade)
    return kept


def release(engine: Engine, owner: str) -> None:
    """Put everything that a stopping process was at back into the queue."""
    with engine.begin() as connection:
        change = update(_judging).where(_judging.c.owner == owner, _judging.c.state == "judging")
        connection.execute(change.values(state="queued", owner=None))


def _due() -> Any:
    """Ids of what could be judged now: not the rows, or the database would sort notebooks."""
    free = or_(
        and_(_judging.c.state == "queued", or_(_judging.c.retry_at.is_(None), _judging.c.retry_at <= now())),
        and_(_judging.c.state == "judging", _judging.c.lease_until < now()),
    )
    query = select(_submission.c.id).join(_grading).join(_judging, _judging.c.submission == _submission.c.id)
    # what is being graded again comes back by itself when that is done
    return query.where(free, _grading.c.state == "graded")


def _next(row: Row[Any], outcome: Outcome) -> dict[str, Any]:
    """The row of `judging` after a try."""
    if outcome.grade is not None and not wanted(outcome.grade):
        return {"state": "judged", "retry_at": None, "problem": ""}
    given_up = not outcome.away and row.tries + 1 >= MAX_TRIES
    return {
        "state": "failed" if given_up else "queued",
        "tries": row.tries + 1,
        "retry_at": now() + BACKOFF[min(row.tries, len(BACKOFF) - 1)],
        "problem": outcome.problem[:2000],
    }


def _complete(connection: Connection, row: Row[Any], read: Grade) -> None:
    """The grade with the judge's points, and the lines that are new in it in the ledger."""
    news = _news(Grade.model_validate_json(row.grade), read)
    if not news:
        return
    at = now()
    grade = read.model_copy(update={"graded_at": at})
    scores = {e.id: [e.points, e.max, e.waiting] for e in grade.exercises}
    values = {"grade": grade.model_dump_json(), "scores": scores, "graded_at": at, "in_gradebook_at": None}
    connection.execute(update(_grading).where(_grading.c.submission == row.id).values(**values))
    ledger.add_grade(connection, row.id, grade.model_copy(update={"exercises": news}))


def _news(before: Grade, after: Grade) -> tuple[ExerciseGrade, ...]:
    """The exercises in which a line has changed, with those lines only."""
    known = {(exercise.id, line.id): line for exercise in before.exercises for line in exercise.criteria}
    return tuple(
        exercise.model_copy(update={"criteria": lines})
        for exercise in after.exercises
        if (lines := tuple(line for line in exercise.criteria if known.get((exercise.id, line.id)) != line))
    )
