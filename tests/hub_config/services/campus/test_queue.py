from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import graders
from campus_site import LESSON, ROOT, Site, until
from sqlalchemy import select, update

from autograders.models import Grade
from hub_config.services.campus import queue, tables
from hub_config.services.campus.database import now, reading


def pids(site: Site, submission: str) -> list[int]:
    """Processes that ran the submission's grader, one a run."""
    file = site.campus.lesson(LESSON).path / f"{submission}.tries"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def ran_more_often_than(site: Site, submission: str, runs: int) -> bool:
    return len(pids(site, submission)) > runs


def entries(site: Site, submission: str) -> int:
    with reading(site.campus.engine) as connection:
        query = select(tables.grade_entry).where(tables.grade_entry.c.submission == submission)
        return len(connection.execute(query).all())


def test_a_grader_that_is_killed_is_started_again_and_its_grade_counts_once(site: Site) -> None:
    site.prepare()
    site.start(grader=graders.hanging_at_first)
    submission = site.hand_in("an.nguyen")
    until(lambda: pids(site, submission))
    assert site.state(submission) == "grading"
    os.kill(pids(site, submission)[0], signal.SIGKILL)
    until(lambda: site.state(submission) == "graded")
    assert len(pids(site, submission)) == 2
    assert entries(site, submission) == 1


def test_a_grader_killed_three_times_fails_the_grading_and_the_next_submission_is_graded(site: Site) -> None:
    site.prepare()
    site.start(grader=graders.hanging)
    submission = site.hand_in("an.nguyen")
    for run in range(3):
        until(partial(ran_more_often_than, site, submission, run))
        os.kill(pids(site, submission)[run], signal.SIGKILL)
    until(lambda: site.state(submission) == "failed")
    assert entries(site, submission) == 0
    site.stop()
    site.start(grader=graders.quick)
    later = site.hand_in("hoa.ly")
    until(lambda: site.state(later) == "graded")
    queue.grade_again(site.campus.engine, submission)
    until(lambda: site.state(submission) == "graded")


def test_a_grader_that_hangs_is_ended(site: Site) -> None:
    site.prepare()
    site.start(grader=graders.hanging_at_first, seconds=3)
    submission = site.hand_in("an.nguyen")
    until(lambda: site.state(submission) == "graded")
    first = pids(site, submission)[0]
    until(lambda: not Path(f"/proc/{first}").exists())


def test_a_bug_in_grading_is_tried_three_times_and_named_to_the_operator(site: Site) -> None:
    site.prepare()
    site.start(grader=graders.broken)
    submission = site.hand_in("an.nguyen")
    until(lambda: site.state(submission) == "failed")
    with reading(site.campus.engine) as connection:
        row = connection.execute(select(tables.grading)).one()
    assert (row.tries, row.problem) == (3, f"ValueError: a bug while grading {submission}")


def test_what_was_unfinished_at_a_stop_is_taken_up_at_the_next_start(site: Site) -> None:
    site.prepare()
    site.start(grader=graders.hanging)
    submission = site.hand_in("an.nguyen")
    until(lambda: pids(site, submission))
    site.stop()
    assert site.state(submission) == "queued"
    until(lambda: not Path(f"/proc/{pids(site, submission)[0]}").exists())
    site.start(grader=graders.quick)
    until(lambda: site.state(submission) == "graded")


def test_what_a_dead_campus_left_in_grading_is_taken_up_when_its_lease_ends(site: Site) -> None:
    campus = site.prepare()
    site.start(grader=graders.quick)
    submission = site.hand_in("an.nguyen")
    until(lambda: site.state(submission) == "graded")
    site.stop()
    lease = timedelta(seconds=30)
    with campus.engine.begin() as connection:
        connection.execute(update(tables.grading).values(state="queued", tries=0))
    assert queue.claim(campus.engine, "dead", lease) is not None
    assert queue.claim(campus.engine, "other", lease) is None
    with campus.engine.begin() as connection:
        connection.execute(update(tables.grading).values(lease_until=now() - lease))
    taken = queue.claim(campus.engine, "other", lease)
    assert taken is not None
    assert taken.id == submission


def test_when_campus_is_killed_its_graders_end_too(site: Site) -> None:
    site.prepare()
    site.start(grader=graders.quick)
    submission = site.hand_in("an.nguyen")
    until(lambda: site.state(submission) == "graded")
    site.stop()
    queue.grade_again(site.campus.engine, submission)
    (site.campus.lesson(LESSON).path / f"{submission}.tries").unlink()
    program = (
        "import graders; from campus_site import LocalHub, Site, until; from pathlib import Path\n"
        "if __name__ == '__main__':\n"
        f"    Site(Path({str(site.data)!r}), LocalHub()).start(grader=graders.hanging); until(lambda: False, 600)\n"
    )
    script = site.data / "dying.py"
    script.write_text(program)
    path = os.pathsep.join([str(Path(__file__).parent), str(ROOT), str(ROOT / "tests")])
    campus = subprocess.Popen([sys.executable, script], env={**os.environ, "PYTHONPATH": path})
    try:
        until(lambda: pids(site, submission))
    finally:
        campus.kill()
        campus.wait()
    until(lambda: not Path(f"/proc/{pids(site, submission)[0]}").exists())


def test_a_grade_that_comes_after_the_lease_was_lost_does_not_count(site: Site) -> None:
    campus = site.prepare()
    site.start(grader=graders.hanging)
    submission = site.hand_in("an.nguyen")
    until(lambda: pids(site, submission))
    grade = Grade(lesson=LESSON, exercises=(), graded_at=now())
    assert queue.store(campus.engine, "somebody else", submission, grade) is False
    assert site.state(submission) == "grading"
