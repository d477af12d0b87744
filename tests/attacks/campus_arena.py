"""The real campus over HTTP for code attacks: handed in, graded by its queue, written into the gradebook, shown."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "hub_config" / "services" / "campus"))

import attack_graders
import attack_lesson
import campus_site
import httpx
import nbformat
from active_content import active_content
from attack_case import Case
from bait import Bait
from campus_site import LocalHub, Site
from code_attack import CodeAttack, body_of, honest_body
from formgrader_page import FormgraderPage
from sqlalchemy import select

from autograders.models import Grade
from hub_config import processes
from hub_config.services.campus import accounts, app, tables
from hub_config.services.campus.database import reading

PORTS = range(22000, 22100)
GRADED_WITHIN = 60.0
LESSON = attack_lesson.LESSON
CLASSMATE = attack_lesson.CLASSMATE
SCORES = """
SELECT sa.student_id, a.name, c.name, g.auto_score, g.manual_score FROM grade g JOIN base_cell c ON c.id = g.cell_id
JOIN submitted_notebook sn ON sn.id = g.notebook_id JOIN submitted_assignment sa ON sa.id = sn.assignment_id
JOIN assignment a ON a.id = sa.assignment_id ORDER BY 1, 2, 3
"""


@dataclass(frozen=True)
class Result:
    """What became of one notebook that was handed in."""

    submission: str
    refused: str
    state: str = ""
    grade: Grade | None = None
    problem: str = ""


class CampusArena:
    """One campus with the class `demo`, for all cases; each attacker is a learner of the own."""

    def __enter__(self) -> Self:
        self._stack = ExitStack()
        with ExitStack() as stack:
            data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="attacked-")))
            campus_site.PORTS = PORTS
            app.GRADEBOOK_SECONDS = 0.2
            hub = LocalHub()
            stack.callback(hub.serving.stop)
            self.site = Site(data, hub)
            stack.callback(self.site.close)
            attack_lesson.write_attacked_lesson(data / "level1_text" / "02_attacked")
            self.site.prepare()
            self.bait = Bait(
                [data / "homes" / CLASSMATE / "private.txt", data / "hub" / "ai_key", data / "classes/demo/key.txt"],
                reversed(PORTS),
            )
            stack.callback(self.bait.close)
            self._page = FormgraderPage()
            stack.callback(self._page.close)
            self.site.start(grader=attack_graders.grade_in_short)
            self._attackers = 0
            self._settle()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def places(self) -> dict[str, str]:
        """What stands for @name@ in an attack's sources."""
        classroom = self.site.data / "classes" / "demo"
        return {
            "data": str(self.site.data),
            "secret": str(self.bait.files[0]),
            "submitted": str(classroom / "submitted"),
            "gradebook": str(classroom / "gradebook.db"),
            "lesson": str(self.site.data / "level1_text" / "02_attacked"),
            "classmate": CLASSMATE,
            "port": str(self.bait.port),
            "campus": str(self.site.port),
            "abstract": self.bait.abstract,
            "pid": str(os.getpid()),
        }

    def problems(self, case: Case) -> list[str]:
        """Run one case; what of it, of the class or of the next submission is not as it must be."""
        attack = CodeAttack.model_validate(case.content)
        attacker = self._enrol()
        before = self._others(attacker)
        started = datetime.now().astimezone()
        result = self._hand_in(attacker, body_of(attack, self.fetched, self.places), attack)
        found = self._of_result(attack, result, attacker, started)
        found += [f"bait: {touch}" for touch in self.bait.touched()]
        if self._others(attacker) != before:
            found.append("scores of others changed in the gradebook")
        return found + self._of_next()

    def _settle(self) -> None:
        """Fetch the notebook, grade an honest one, and remember what pages and processes look like then."""
        with self.site.program(CLASSMATE) as client:
            reply = client.get(f"exchange/assignments/demo/{LESSON}")
        self.fetched = nbformat.reads(reply.text, as_version=4)
        self._honest = honest_body(self.fetched)
        result = self._hand_in(CLASSMATE, self._honest)
        honest = CodeAttack(title="", family="", tries="", honest=True)
        problems = [*_of_points(honest, result)]
        if problems:
            raise RuntimeError(f"the honest notebook is not graded right: {problems}")
        self._pages = {name: active_content(page) for name, page in self._shown(result, CLASSMATE).items()}
        self._processes = len(processes.descendants(os.getpid()))

    def _enrol(self) -> str:
        self._attackers += 1
        name = f"attacker{self._attackers}"
        engine = self.site.campus.engine
        accounts.create_account(engine, name, "Kẻ Phá", password=None, kind="learner", role="official")
        accounts.enrol(engine, "demo", name, "learner")
        return name

    def _hand_in(
        self, name: str, body: bytes, attack: CodeAttack | None = None, *, await_gradebook: bool = True
    ) -> Result:
        asked = attack.request if attack else CodeAttack(title="", family="", tries="").request
        path = f"exchange/assignments/{asked.course}/{asked.lesson}/submissions"
        with self.site.program(name) as client:
            reply = client.post(path, content=body, headers=asked.headers, params=asked.query)
        if reply.status_code != 200:
            return Result("", reply.json()["error"]["code"])
        submission = reply.json()["id"]
        campus_site.until(lambda: self._row(submission).state in ("graded", "failed"), GRADED_WITHIN)
        row = self._row(submission)
        if row.state == "failed":
            return Result(submission, "", row.state, None, row.problem)
        if await_gradebook:
            campus_site.until(lambda: self._row(submission).in_gradebook_at is not None, GRADED_WITHIN)
        return Result(submission, "", row.state, Grade.model_validate_json(row.grade))

    def _row(self, submission: str) -> Any:
        columns = (*tables.grading.c, tables.submission.c.learner, tables.submission.c.submitted_at)
        query = select(*columns).join(tables.submission).where(tables.grading.c.submission == submission)
        with reading(self.site.campus.engine) as connection:
            return connection.execute(query).one()

    def _of_result(self, attack: CodeAttack, result: Result, attacker: str, started: datetime) -> list[str]:
        if result.refused or attack.expect.refused:
            wanted = attack.expect.refused
            return [] if result.refused == wanted else [f"refused: {result.refused!r}, must be {wanted!r}"]
        found = _of_points(attack, result)
        row = self._row(result.submission)
        if row.learner != attacker or not started <= row.submitted_at <= datetime.now().astimezone():
            found.append(f"it counts as {row.learner}'s of {row.submitted_at}")
        if result.grade is None:
            return found
        try:
            pages = self._shown(result, attacker)
        except (TimeoutError, httpx.TimeoutException) as error:
            return [*found, f"a page of it is not made in time: {type(error).__name__}"]
        for name, page in pages.items():
            more = Counter(active_content(page)) - self._pages[name]
            found += [f"{name} can act: {more}"] if more else []
            if name != "formgrader" and attack_lesson.HIDDEN in page:
                found.append(f"{name} shows a hidden test")
        shown = [row.grade, *pages.values()]
        return found + (["the bait's secret is shown"] if any(self.bait.token in text for text in shown) else [])

    def _shown(self, result: Result, learner: str) -> dict[str, str]:
        """The learner's feedback page as campus serves it, and formgrader's page as its exporter makes it."""
        with self.site.program(learner) as client:
            reply = client.get(f"exchange/submissions/{result.submission}/feedback")
        file = self.site.data / "classes" / "demo" / "autograded" / learner / LESSON / "lesson.ipynb"
        return {"feedback": reply.text, "formgrader": self._page.of(file)}

    def _others(self, attacker: str) -> list[Any]:
        """Every score of everybody else; the gradebook is whole and can be written to."""
        path = self.site.data / "classes" / "demo" / "gradebook.db"
        with closing(sqlite3.connect(path, timeout=5)) as connection:
            if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
                return ["broken"]
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()
            return [row for row in connection.execute(SCORES) if row[0] != attacker]

    def _of_next(self) -> list[str]:
        """An honest notebook right after the attack is graded right, and no process is left over."""
        honest = CodeAttack(title="", family="", tries="", honest=True)
        result = self._hand_in(CLASSMATE, self._honest, await_gradebook=False)
        problems = [f"afterwards: {problem}" for problem in _of_points(honest, result)]
        until = time.monotonic() + 10
        while (running := len(processes.descendants(os.getpid()))) > self._processes:
            if time.monotonic() > until:
                return [*problems, f"{running} processes run, {self._processes} did before"]
            time.sleep(0.02)
        return problems


def _of_points(attack: CodeAttack, result: Result) -> list[str]:
    if result.grade is None:
        return [f"state {result.state}: {result.problem or result.refused}"]
    earned = {exercise.id: exercise.points for exercise in result.grade.exercises}
    found = [
        f"{id_}: {earned[id_]:g} points, must be {points:g}"
        for id_, points in attack.points().items()
        if earned[id_] != points
    ]
    waiting = [exercise.id for exercise in result.grade.exercises if exercise.waiting]
    return found + ([f"waiting: {waiting}"] if waiting != list(attack.expect.waiting) else [])
