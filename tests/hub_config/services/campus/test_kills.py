"""Nothing is lost or doubled, whichever process is killed and whenever."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import campus_program
import httpx
import nbformat
import pytest
from campus_site import LESSON, ROOT, Site, right_answers, until
from small_lesson import notebook as source_notebook
from sqlalchemy import select

from hub_config import processes
from hub_config.services.campus import accounts, grading_again, tables
from hub_config.services.campus.database import reading

SEED = int(os.environ.get("KILL_SEED", "20270312"))
KILLS = {"campus": 6, "grader": 10, "warm parent": 10, "run": 170, "other": 4}
"""How often a process of a kind is killed; a run's are the sandboxed child and the tester of one submission."""
LEASE_S = 2.0
PATIENCE_S = 200.0
SCORES = {"pick": [4, 4, 0], "notice": [4, 6, 2], "sum": [3, 3, 0]}
LEARNERS = ["an.nguyen", "binh.tran", "chi.le", "dung.vu"]
LINES = 4  # criteria of the lesson, rows in the ledger for each grade


@dataclass
class KilledCampus:
    """A campus that is a process of its own, started again whenever it was killed."""

    site: Site
    process: subprocess.Popen[bytes] | None = None
    seen: set[tuple[int, str]] = field(default_factory=set)

    def start(self) -> None:
        path = os.pathsep.join([str(ROOT), str(Path(campus_program.__file__).parent)])
        given = {"HOCAI_LESSONS": str(self.site.data / "level1_text"), "PYTHONPATH": path, **self.site.environ}
        command = [sys.executable, campus_program.__file__, str(self.site.port), str(LEASE_S)]
        environ = {**os.environ, **self.site.settings.environment(), **given}
        with (self.site.data / "campus.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=environ, stderr=log)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)

    def processes(self) -> dict[str, list[int]]:
        """Kind -> process ids, campus's own among them."""
        assert self.process is not None
        found: dict[str, list[int]] = {"campus": [self.process.pid]}
        for pid in processes.descendants(self.process.pid):
            found.setdefault(_kind(pid), []).append(pid)
        self.seen.update((pid, _stat(pid, STARTED)) for pids in found.values() for pid in pids)
        return found

    def kill_one(self, kind: str, chance: random.Random) -> None:
        """SIGKILL a process of this kind, at a random moment after there is one."""
        while True:
            found = until(lambda: self.processes().get(kind), PATIENCE_S)
            time.sleep(chance.uniform(0, 0.03))
            try:
                os.kill(chance.choice(found), signal.SIGKILL)
            except ProcessLookupError:
                continue  # it had ended by itself
            break
        if kind == "campus":
            assert self.process is not None
            self.process.wait()
            self.start()


STATE, PARENT, STARTED = 0, 1, 19
"""Fields of /proc/PID/stat, after the name."""


def _stat(pid: int, number: int) -> str:
    """A field of a process's state; "" when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[number]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _command(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _kind(pid: int) -> str:
    words, above = _command(str(pid)), _command(_stat(pid, PARENT) or "0")
    if b"spawn_main" in words:
        return "grader"
    if b"sandbox.parent" not in words:
        return "other"
    if words.startswith(b"bwrap") or above.startswith(b"bwrap"):
        return "warm parent"
    return "run"


def _gone(pid: int, started: str) -> bool:
    now = _stat(pid, STARTED)
    return not now or now != started or _stat(pid, STATE) in ("Z", "")


class Clients:
    """Learners who hand in again and again, each time with a key and until campus has confirmed and graded it."""

    def __init__(self, site: Site, names: list[str]) -> None:
        self.confirmed: dict[str, set[str]] = {}
        self.graded = 0
        self._site = site
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._hand_in, args=(name,), daemon=True) for name in names]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """No new submissions; those under way are confirmed first."""
        self._over.set()
        for thread in self._threads:
            thread.join(PATIENCE_S)
            assert not thread.is_alive()

    def _hand_in(self, name: str) -> None:
        number = 0
        with self._site.program(name) as client:
            while not self._over.is_set():
                number += 1
                key = f"{name}-{number}"
                for _ in range(1 + number % 2):  # a phone that did not see the answer asks again
                    made = self._ask(client, "POST", f"lessons/{LESSON}/submit", key)
                    self.confirmed.setdefault(key, set()).add(made["id"])
                while not self._over.is_set() and made["state"] not in ("graded", "failed"):
                    time.sleep(0.1)
                    made = self._ask(client, "GET", f"submissions/{made['id']}", key)
                self.graded += 1

    def _ask(self, client: httpx.Client, method: str, path: str, key: str) -> dict[str, str]:
        while True:
            try:
                reply = client.request(method, path, headers={"Idempotency-Key": key})
            except httpx.TransportError:
                time.sleep(0.1)
                continue
            assert reply.status_code == 200, reply.text
            answer: dict[str, str] = reply.json()
            return answer


@contextmanager
def killed_campus(site: Site) -> Iterator[KilledCampus]:
    site.code = True
    site.prepare()
    for name in LEARNERS[1:]:
        accounts.create_account(site.campus.engine, name, name, password=None, kind="learner", role="official")
        accounts.enrol(site.campus.engine, "demo", name, "learner")
    nbformat.write(source_notebook(code=True), site.campus.student_notebook(LESSON))  # the code is right in it
    campus = KilledCampus(site)
    campus.start()
    try:
        until(lambda: _answers(campus))
        yield campus
    finally:
        campus.stop()


def _answers(campus: KilledCampus) -> bool:
    assert campus.process is not None
    assert campus.process.poll() is None, "campus did not start"
    try:
        return httpx.get(f"{campus.site.url}health").status_code == 200
    except httpx.TransportError:
        return False


def _states(site: Site) -> Counter[str]:
    with reading(site.campus.engine) as connection:
        return Counter(connection.scalars(select(tables.grading.c.state)))


def _more_than(clients: Clients, graded: int) -> bool:
    return clients.graded > graded


def _settled(site: Site) -> bool:
    return set(_states(site)) <= {"graded", "failed"}


def _take_up_again(site: Site) -> list[tuple[str, str | None]]:
    """As the daily run does it: what was not or not wholly graded, each with the grade it has."""
    with reading(site.campus.engine) as connection:
        query = select(tables.grading.c.submission, tables.grading.c.grade)
        query = query.where((tables.grading.c.state == "failed") | (tables.grading.c.problem != ""))
        found = [(row.submission, row.grade) for row in connection.execute(query)]
    assert grading_again.grade_again_all(site.campus.engine, failed=True) == len(found)
    return found


def _ledger(site: Site) -> dict[str, Counter[object]]:
    """Submission -> how many rows each of its grades has."""
    entry = tables.grade_entry.c
    rows: dict[str, Counter[object]] = {}
    with reading(site.campus.engine) as connection:
        for row in connection.execute(select(entry.submission, entry.at)):
            rows.setdefault(row.submission, Counter())[row.at] += 1
    return rows


@pytest.mark.timeout(1200)  # 150 s on two cores that others use too
def test_200_kills_of_any_process_lose_and_double_nothing(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(SEED)  # noqa: S311
    with killed_campus(site) as campus:
        for name in LEARNERS:
            site.draft(name, right_answers())
        clients = Clients(site, LEARNERS)
        plan = [kind for kind, number in KILLS.items() for _ in range(number)]
        chance.shuffle(plan)
        for kind in plan:
            campus.kill_one(kind, chance)
            # each start comes to something, and no submission is hit every time
            if kind != "run" or chance.random() < 0.3:
                until(partial(_more_than, clients, clients.graded), PATIENCE_S)
        clients.stop()
        until(lambda: _settled(site), PATIENCE_S)
        again: Counter[str] = Counter()
        while taken := _take_up_again(site):
            again.update(submission for submission, grade in taken if grade is not None)
            until(lambda: _settled(site), PATIENCE_S)
        campus.processes()
    until(lambda: all(_gone(*process) for process in campus.seen))

    with reading(site.campus.engine) as connection:
        rows = connection.execute(
            select(tables.submission.c.idempotency_key, tables.grading).join(tables.grading)
        ).all()
    ids = {row.idempotency_key: row.submission for row in rows}
    lost = [key for key, answered in clients.confirmed.items() if answered != {ids.get(key)}]
    grades = _ledger(site)
    doubled = [row.submission for row in rows if len(grades[row.submission]) != 1 + again[row.submission]]
    with capsys.disabled():
        kinds = ", ".join(f"{number} {kind}" for kind, number in KILLS.items())
        print(
            f"\nseed {SEED}: {sum(KILLS.values())} kills ({kinds}), {len(rows)} submissions, {len(lost)} lost,", end=" "
        )
        print(f"{len(doubled)} doubled, {again.total()} graded again by the daily run")
    assert not lost
    assert len(rows) == len(clients.confirmed)
    assert {row.state for row in rows} == {"graded"}
    assert [(row.scores, row.grade) for row in rows if row.scores != SCORES] == []
    assert not doubled
    assert all(set(counts.values()) == {LINES} for counts in grades.values())
