from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import graders
import pytest
from campus_site import LESSON, ROOT, Site, until
from queue_rows import LEASE, entries, graded_by, grading, handed_in
from sqlalchemy import select, update

from autograders.models import Grade
from hub_config.services.campus import grading_again, queue, tables
from hub_config.services.campus.database import now, reading


def pids(site: Site, submission: str) -> list[int]:
    """Processes that ran the submission's grader, one a run."""
    file = site.campus.lesson(LESSON).path / f"{submission}.tries"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def ran_more_often_than(site: Site, submission: str, runs: int) -> bool:
    return len(pids(site, submission)) > runs


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
    grading_again.grade_again(site.campus.engine, submission)
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
    grading_again.grade_again(site.campus.engine, submission)
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


def test_a_campus_that_died_counts_as_no_try_and_what_it_left_stands_behind_fresh_work(site: Site) -> None:
    engine = site.prepare().engine
    left, fresh = handed_in(site, "an.nguyen"), handed_in(site, "hoa.ly")
    for _ in range(5):
        row = queue.claim(engine, "dead", timedelta(0))
        assert row is not None
        queue.claim(engine, "dead", timedelta(0))
    assert {grading(site, left).state, grading(site, fresh).state} == {"grading"}
    assert (grading(site, left).tries, grading(site, fresh).tries) == (0, 0)
    later = handed_in(site, "an.nguyen")
    assert graded_by(site, "v1") == later


def test_what_was_tried_stands_behind_what_was_not_and_what_is_graded_again_behind_both(site: Site) -> None:
    engine = site.prepare().engine
    old = handed_in(site, "an.nguyen")
    graded_by(site, "v1")
    grading_again.grade_again(engine, old)
    tried, fresh = handed_in(site, "an.nguyen"), handed_in(site, "hoa.ly")
    row = queue.claim(engine, "me", LEASE)
    assert row is not None and row.id == tried
    queue.give_back(engine, "me", tried, "its grader ended")
    assert [graded_by(site, "v1") for _ in range(3)] == [fresh, tried, old]


@pytest.mark.parametrize("grader", [graders.sandbox_lost_twice, graders.no_sandbox_twice])
def test_a_sandbox_that_was_lost_or_did_not_start_gets_another_try(site: Site, grader: Any) -> None:
    site.prepare()
    site.start(grader=grader)
    submission = site.hand_in("an.nguyen")
    until(lambda: site.state(submission) == "graded")
    assert grading(site, submission).scores == {"pick": [3, 4, 0]}
    assert entries(site, submission) == 1


def test_a_sandbox_that_is_lost_every_time_costs_no_points_and_is_named_to_the_operator(site: Site) -> None:
    site.prepare()
    site.start(grader=graders.sandbox_lost)
    submission = site.hand_in("an.nguyen")
    until(lambda: site.state(submission) == "graded")
    row = grading(site, submission)
    assert (row.scores, row.problem) == ({"pick": [0, 4, 4]}, "by a fault of ours not graded: pick/c")
    assert grading_again.grade_again_all(site.campus.engine, failed=True) == 1


def test_a_lesson_that_is_gone_fails_only_its_own_submissions(site: Site) -> None:
    engine = site.prepare().engine
    gone, here = handed_in(site, "an.nguyen"), handed_in(site, "hoa.ly")
    with engine.begin() as connection:
        change = update(tables.submission).where(tables.submission.c.id == gone)
        connection.execute(change.values(lesson="text.gone"))
    site.start(grader=graders.quick)
    until(lambda: site.state(here) == "graded" and site.state(gone) == "failed")


def test_a_grader_that_was_killed_while_idle_costs_no_try(site: Site) -> None:
    site.prepare()
    site.start(grader=graders.quick)
    first = site.hand_in("an.nguyen")
    until(lambda: site.state(first) == "graded")
    idle = pids(site, first)[0]
    os.kill(idle, signal.SIGKILL)
    until(lambda: not Path(f"/proc/{idle}").exists())
    second = site.hand_in("an.nguyen")
    until(lambda: site.state(second) == "graded")
    assert grading(site, second).tries == 0
