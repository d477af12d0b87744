"""Grading on the workers of a real Dask cluster: a scheduler and workers in processes of their own."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import distributed
import graders
import pytest
from campus_site import LESSON, ROOT, Site, free_port, right_answers, until
from sqlalchemy import select

from hub_config import processes
from hub_config.services.campus import tables
from hub_config.services.campus.database import reading
from hub_config.services.campus.graders import DaskGraders
from hub_config.services.campus.grading import dask_setup, grade_job
from hub_config.settings import SettingsError

FOLDERS = [str(Path(__file__).parent), str(ROOT), str(ROOT / "tests")]


class Cluster:
    """A scheduler and workers, started by the command line as operators do."""

    def __init__(self, site: Site) -> None:
        self._folder = site.data
        self._programs: list[subprocess.Popen[bytes]] = []
        with socket.socket() as campus:
            campus.bind(("127.0.0.1", site.port))  # which campus takes later
            self.address = f"tcp://127.0.0.1:{free_port()}"

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        port = self.address.rpartition(":")[2]
        return self._start("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard", "--no-jupyter")

    def start_worker(self) -> subprocess.Popen[bytes]:
        preload = "hub_config.services.campus.grading"
        options = ("--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", "--preload", preload)
        return self._start("worker", self.address, *options, "--local-directory", str(self._folder))

    def stop(self) -> None:
        """At once: nannies would wait for workers that hang."""
        for program in self._programs:
            processes.kill([program.pid, *processes.descendants(program.pid)])
            program.wait()

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        environ = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(FOLDERS),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
        }
        with (self._folder / f"{words[0]}.log").open("ab") as log:
            program = subprocess.Popen([sys.executable, "-m", "dask", *words], env=environ, stdout=log, stderr=log)
        self._programs.append(program)
        return program


@pytest.fixture
def cluster(site: Site) -> Iterator[Cluster]:
    """One that is named in the site's settings; nothing of it is started."""
    made = Cluster(site)
    (site.data / "hocai.toml").write_text(f'dask_scheduler = "{made.address}"\n')
    yield made
    made.stop()


def eventually(true: Callable[[], Any]) -> Any:
    """A worker takes seconds to start, on a busy machine many."""
    return until(true, 200)


def workers(site: Site, submission: str) -> list[int]:
    """Processes that ran the submission's grader, one a run."""
    file = site.campus.lesson(LESSON).path / f"{submission}.tries"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def row(site: Site, submission: str) -> Any:
    with reading(site.campus.engine) as connection:
        return connection.execute(select(tables.grading).where(tables.grading.c.submission == submission)).one()


def test_two_workers_share_the_work_and_one_that_is_killed_loses_nothing(site: Site, cluster: Cluster) -> None:
    site.prepare()
    cluster.start_scheduler()
    for _ in range(2):
        cluster.start_worker()
    with distributed.Client(cluster.address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=200)
    folder = site.campus.lesson(LESSON).path
    (folder / "hang").touch()
    site.start(grader=graders.one_hangs)
    sent = [site.hand_in(name) for name in ("an.nguyen", "hoa.ly") * 10]
    hit, pid = eventually(lambda: (folder / "hanging").exists() and (folder / "hanging").read_text().split())
    eventually(lambda: all(site.state(id_) == "graded" for id_ in sent if id_ != hit))
    os.kill(int(pid), signal.SIGKILL)
    eventually(lambda: all(site.state(id_) == "graded" for id_ in sent))
    ran = {pid for id_ in sent for pid in workers(site, id_)}
    assert len(ran) >= 2
    assert len(workers(site, hit)) == 2
    with reading(site.campus.engine) as connection:
        lines = connection.execute(select(tables.grade_entry.c.submission)).scalars().all()
    assert sorted(lines) == sorted(sent), "one line of the ledger for each"


def test_code_is_graded_in_the_sandbox_of_a_worker(site: Site, cluster: Cluster) -> None:
    site.code = True
    site.prepare()
    cluster.start_scheduler()
    cluster.start_worker()
    site.start()
    site.draft("an.nguyen", right_answers())
    submission = site.hand_in("an.nguyen")
    eventually(lambda: site.state(submission) == "graded")
    scores = row(site, submission).scores
    assert scores["pick"] == [4, 4, 0]
    assert scores["sum"] == [0, 3, 0], "its code is empty, and that was seen"


def test_while_the_cluster_is_away_submissions_wait_and_no_try_is_counted(site: Site, cluster: Cluster) -> None:
    site.prepare()
    site.start(grader=graders.hanging_at_first)
    submission = site.hand_in("an.nguyen")
    scheduler = cluster.start_scheduler()
    cluster.start_worker()
    eventually(partial(workers, site, submission))
    scheduler.kill()
    eventually(lambda: site.state(submission) == "queued")
    assert row(site, submission).tries == 0
    cluster.start_scheduler()
    cluster.start_worker()
    eventually(lambda: site.state(submission) == "graded")


def test_a_worker_that_hangs_is_started_anew(site: Site, cluster: Cluster) -> None:
    site.prepare()
    cluster.start_scheduler()
    cluster.start_worker()
    site.start(grader=graders.hanging_at_first, seconds=3)
    submission = site.hand_in("an.nguyen")
    eventually(lambda: site.state(submission) == "graded")
    first, second = workers(site, submission)
    assert first != second
    assert row(site, submission).tries == 1


def test_without_the_package_the_operator_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SettingsError, match="extra 'cluster'"):
        DaskGraders("tcp://127.0.0.1:1", grade_job, 1)


def test_a_worker_of_several_threads_is_refused() -> None:
    class State:
        nthreads = 2

    class Worker:
        state = State()

    with pytest.raises(ValueError, match="--nthreads 1"):
        asyncio.run(dask_setup(Worker()))
