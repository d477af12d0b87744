"""The durable queue of submissions to grade: queued → grading → graded or failed.

A row of `grading` is claimed under a lease that is renewed while its grader works; whoever finds a lease that ran
out takes the submission up again, also after a restart. Each grader's process has one job at a time, so that one that
is killed is known to have been at that very submission: that counts as a try, a campus that was killed does not. A
grade is stored in one transaction, and only by the owner of the lease: it counts once.

What has no grade yet goes first, then what is graded again; what was tried before stands behind what was not. A
submission that has a grade keeps it: when grading it again fails, it is `graded` as before, with the problem noted.
"""

from __future__ import annotations

import asyncio
import logging
import os
import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, Row, and_, case, or_, select, update

from autograders.grade import lesson_version, submitted_answers
from autograders.judge.stage import carried_over
from autograders.models import Context, Grade
from course.lesson import Lesson
from course.notebook import stored_notebook
from hub_config.services.campus import judge_queue, ledger, tables
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.classmates import Classmates
from hub_config.services.campus.database import now, reading
from hub_config.services.campus.faults import faults_of, problem_of
from hub_config.services.campus.graders import Grader, GradersAwayError, Place, graders_of
from hub_config.services.campus.grading import Job, grade_job
from hub_config.services.campus.replies import Record, asks_ai, with_replies

log = logging.getLogger(__name__)

MAX_TRIES = 3
GRADE_SECONDS = 300.0
_grading, _submission = tables.grading, tables.submission


class GradingQueue:
    """Grades what is queued until it is stopped. `run` is one task of the service's event loop."""

    def __init__(
        self,
        campus: Campus,
        grader: Grader = grade_job,
        *,
        record: Record | None = None,
        slots: int = min(4, os.cpu_count() or 1),
        lease_s: float = 30.0,
        poll_s: float = 2.0,
        seconds: float = GRADE_SECONDS,
        warm: bool = True,
    ) -> None:
        """`slots` processes, warmed up or not, or the workers of the cluster that the settings name.

        `record` tells what the AI said to learners; without it nothing is known of that.

        Raises SettingsError when a cluster is named and its package is missing.
        """
        self._campus = campus
        self._graders = graders_of(campus.settings, grader, slots, seconds, warm)
        self._classmates = Classmates(campus.engine)
        self._record = record
        self._lease = timedelta(seconds=lease_s)
        self._poll_s = poll_s
        self._owner = uuid.uuid4().hex
        self._awake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def wake(self) -> None:
        """Look for work now; call it from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._awake.set)

    async def run(self) -> None:
        """Grade until cancelled; what is unfinished then goes back into the queue."""
        self._loop = asyncio.get_running_loop()
        try:
            async with self._graders, asyncio.TaskGroup() as group:
                while True:
                    place = await self._graders.place()
                    group.create_task(self._grade(place, *await self._next()))
        finally:
            release(self._campus.engine, self._owner)

    async def _next(self) -> tuple[Row[Any], Job, Context | None]:
        """Wait for work and claim it."""
        while True:
            self._awake.clear()
            try:
                claimed = await asyncio.to_thread(self._claim)
            except Exception:  # a full disk, a locked database
                log.exception("the grading queue was disturbed and goes on")
                claimed = None
            if claimed is not None:
                return claimed
            try:
                await asyncio.wait_for(self._awake.wait(), self._poll_s)
            except TimeoutError:
                continue

    def _claim(self) -> tuple[Row[Any], Job, Context | None] | None:
        while (row := claim(self._campus.engine, self._owner, self._lease)) is not None:
            try:
                return row, *self._job(row)
            except Exception as error:  # the lesson is gone, or broken at this moment
                log.exception("submission %s cannot be graded", row.id)
                give_back(self._campus.engine, self._owner, row.id, f"{type(error).__name__}: {error}")
        return None

    def _job(self, row: Row[Any]) -> tuple[Job, Context | None]:
        """The job, and the context to be stored with its grade where that is not as it was."""
        folder = self._campus.lesson(row.lesson)
        stored = Context.model_validate_json(row.context)
        context = self._with_replies(row, stored, folder.lesson)
        classmates = self._classmates.texts(row, context, folder.lesson)
        job = Job(
            submission=row.id,
            folder=folder.path,
            notebook=row.notebook.decode(),
            context=context.model_copy(update={"classmates": classmates}).model_dump_json(),
            version=lesson_version(folder),
        )
        return job, None if context == stored else context

    def _with_replies(self, row: Row[Any], context: Context, lesson: Lesson) -> Context:
        """With what the AI had said when this was handed in; once it is stored, the record is not asked again."""
        asking = asks_ai(lesson)
        if self._record is None or context.replies or not asking:
            return context
        answers = submitted_answers(stored_notebook(row.notebook), lesson.id, context)
        asked = {exercise: answers.get(exercise, {}) for exercise in asking}
        return with_replies(context, self._record, row.learner, lesson.id, asked, row.submitted_at)

    async def _grade(self, place: Place, row: Row[Any], job: Job, context: Context | None) -> None:
        """Grade one submission. Never raises: what is claimed and not stored is free when its lease ends."""
        engine, owner = self._campus.engine, self._owner
        renewing = asyncio.create_task(self._renew(row.id))
        try:
            try:
                grade = Grade.model_validate_json(await place(job))
            except GradersAwayError as error:
                log.warning("submission %s waits on: %s", row.id, error)
                await asyncio.to_thread(give_back, engine, owner, row.id, str(error), counts=False)
            except Exception as error:  # whatever it is, the submission stays and its teacher sees it
                log.exception("grading of submission %s failed", row.id)
                await asyncio.to_thread(give_back, engine, owner, row.id, f"{type(error).__name__}: {error}")
            else:
                await asyncio.to_thread(self._settle, row, grade, job.version, context)
        except Exception:
            log.exception("what became of submission %s was not stored", row.id)
        finally:
            renewing.cancel()

    def _settle(self, row: Row[Any], grade: Grade, version: str, context: Context | None) -> None:
        """Store the grade; a sandbox that was lost in mid-run gets another try before."""
        faults = faults_of(grade)
        if faults["code"] and row.tries + 1 < MAX_TRIES:
            give_back(self._campus.engine, self._owner, row.id, f"not run: {', '.join(faults['code'])}")
        else:
            store(self._campus.engine, self._owner, row.id, grade, version, context)

    async def _renew(self, submission: str) -> None:
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            try:
                await asyncio.to_thread(renew, self._campus.engine, self._owner, submission, self._lease)
            except Exception:  # the next round may come in time
                log.exception("the lease of submission %s could not be renewed", submission)


def claim(engine: Engine, owner: str, lease: timedelta) -> Row[Any] | None:
    """Take what is to be graded next; None: nothing to do."""
    free = or_(
        _grading.c.state == "queued",
        and_(_grading.c.state == "grading", _grading.c.lease_until < now()),
    )
    again = case((_grading.c.grade.is_not(None), 1), else_=0)
    left = case((_grading.c.state == "grading", 1), else_=0)  # perhaps what ended the campus that had it
    order = (again, left, _grading.c.tries, _submission.c.submitted_at)
    query = select(_submission.c.id).join(_grading).where(free).order_by(*order).limit(1)
    while True:
        with reading(engine) as connection:  # looking is cheap and blocks nobody
            id_ = connection.execute(query).scalar_one_or_none()
        if id_ is None:
            return None
        take = update(_grading).where(_grading.c.submission == id_, free)
        claimed = select(_submission, _grading.c.tries).join(_grading).where(_submission.c.id == id_)
        with engine.begin() as connection:
            if connection.execute(take.values(state="grading", owner=owner, lease_until=now() + lease)).rowcount:
                return connection.execute(claimed).one()
        # another was faster


def renew(engine: Engine, owner: str, submission: str, lease: timedelta) -> None:
    """Push the end of a lease out."""
    with engine.begin() as connection:
        connection.execute(_owned(owner, submission).values(lease_until=now() + lease))


def store(
    engine: Engine,
    owner: str,
    submission: str,
    grade: Grade,
    version: str | None = None,
    context: Context | None = None,
) -> bool:
    """Store a grade, all or nothing; False when the lease was lost and another's grade counts.

    `version` of the lesson that it was graded by, `context` where it is another than was handed in. What a judge gave
    the same answers before is carried over.
    """
    with engine.begin() as connection:
        mine = and_(_grading.c.submission == submission, _grading.c.owner == owner, _grading.c.state == "grading")
        row = connection.execute(select(_grading.c.grade).where(mine).with_for_update()).one_or_none()
        if row is None:
            return False
        if row.grade is not None:
            grade = carried_over(Grade.model_validate_json(row.grade), grade)
        values = {
            "state": "graded",
            "owner": None,
            "problem": problem_of(grade, context),
            "grade": grade.model_dump_json(),
            "scores": {e.id: [e.points, e.max, e.waiting] for e in grade.exercises},
            "graded_at": grade.graded_at,
            "lesson_version": version,
            "in_gradebook_at": None,
        }
        connection.execute(update(_grading).where(mine).values(**values))
        if context is not None:
            kept = update(_submission).where(_submission.c.id == submission)
            connection.execute(kept.values(context=context.model_dump_json()))
        ledger.add_grade(connection, submission, grade)
        judge_queue.want(connection, submission, grade)
    return True


def give_back(engine: Engine, owner: str, submission: str, problem: str, *, counts: bool = True) -> None:
    """Put a submission back into the queue, one try more on its count, or give up after `MAX_TRIES`.

    Given up is `failed`, or `graded` as it was when it is graded already.
    """
    given_up = case((_grading.c.grade.is_not(None), "graded"), else_="failed")
    state = case((_grading.c.tries + 1 >= MAX_TRIES, given_up), else_="queued") if counts else "queued"
    values = {"state": state, "tries": _grading.c.tries + int(counts), "owner": None, "problem": problem[:2000]}
    with engine.begin() as connection:
        connection.execute(_owned(owner, submission).values(**values))


def release(engine: Engine, owner: str) -> None:
    """Put everything that a stopping process was at back into the queue."""
    with engine.begin() as connection:
        change = update(_grading).where(_grading.c.owner == owner, _grading.c.state == "grading")
        connection.execute(change.values(state="queued", owner=None))


def _owned(owner: str, submission: str) -> Any:
    return update(_grading).where(
        _grading.c.submission == submission, _grading.c.owner == owner, _grading.c.state == "grading"
    )
