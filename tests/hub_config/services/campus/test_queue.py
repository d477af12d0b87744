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
from sqlalchemy import select, update

from autograders.models import CriterionGrade, ExerciseGrade, Grade, Provenance
from hub_config.services.campus import queue, submissions, tables
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


LEASE = timedelta(seconds=30)


def handed_in(site: Site, name: str) -> str:
    """A submission, while campus does not run."""
    return submissions.submit(site.campus, name, None, LESSON, None, "phone").id


def graded_by(site: Site, version: str | None, points: float = 3, by: Any = "rule") -> str:
    """Claim what is next and store a grade for it; whose that is."""
    row = queue.claim(site.campus.engine, "me", LEASE)
    assert row is not None
    provenance = Provenance(by=by, prompt_version="1", rubric_version="1")
    line = CriterionGrade(id="c", points=points, max=4, status="scored", provenance=provenance)
    grade = Grade(lesson=LESSON, exercises=(ExerciseGrade(id="pick", max=4, criteria=(line,)),), graded_at=now())
    assert queue.store(site.campus.engine, "me", row.id, grade, version)
    return str(row.id)


def grading(site: Site, submission: str) -> Any:
    with reading(site.campus.engine) as connection:
        return connection.execute(select(tables.grading).where(tables.grading.c.submission == submission)).one()


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
    queue.grade_again(engine, old)
    tried, fresh = handed_in(site, "an.nguyen"), handed_in(site, "hoa.ly")
    row = queue.claim(engine, "me", LEASE)
    assert row is not None and row.id == tried
    queue.give_back(engine, "me", tried, "its grader ended")
    assert [graded_by(site, "v1") for _ in range(3)] == [fresh, tried, old]


def test_grading_again_keeps_the_grade_that_stands_until_there_is_a_new_one(site: Site) -> None:
    engine = site.prepare().engine
    submission = handed_in(site, "an.nguyen")
    graded_by(site, "v1", 3)
    queue.grade_again(engine, submission)
    with reading(engine) as connection:
        meanwhile = submissions.find(connection, submission)
    assert meanwhile is not None
    assert (meanwhile.state, meanwhile.scores) == ("queued", {"pick": [3, 4, 0]})
    graded_by(site, "v2", 4)
    assert grading(site, submission).scores == {"pick": [4, 4, 0]}
    assert grading(site, submission).lesson_version == "v2"
    assert entries(site, submission) == 2, "the ledger keeps both"


def test_a_submission_that_has_a_grade_keeps_it_when_grading_again_fails(site: Site) -> None:
    engine = site.prepare().engine
    submission = handed_in(site, "an.nguyen")
    graded_by(site, "v1")
    queue.grade_again(engine, submission)
    for _ in range(queue.MAX_TRIES):
        assert queue.claim(engine, "me", LEASE) is not None
        queue.give_back(engine, "me", submission, "a bug")
    row = grading(site, submission)
    assert (row.state, row.problem, row.scores) == ("graded", "a bug", {"pick": [3, 4, 0]})
    assert queue.grade_again_all(engine, failed=True) == 1
    graded_by(site, "v1")
    assert grading(site, submission).problem == ""


def test_what_a_judge_gave_stays_when_the_same_answers_are_graded_again(site: Site) -> None:
    engine = site.prepare().engine
    submission = handed_in(site, "an.nguyen")
    graded_by(site, "v1", 2, "judge")
    queue.grade_again(engine, submission)
    assert queue.claim(engine, "me", LEASE) is not None
    provenance = Provenance(by="judge", prompt_version="1", rubric_version="1")
    line = CriterionGrade(id="c", points=None, max=4, status="waiting", provenance=provenance)
    grade = Grade(lesson=LESSON, exercises=(ExerciseGrade(id="pick", max=4, criteria=(line,)),), graded_at=now())
    assert queue.store(engine, "me", submission, grade, "v1")
    assert grading(site, submission).scores == {"pick": [2, 4, 0]}


def test_many_are_graded_again_by_class_lesson_failure_and_version(site: Site) -> None:
    engine = site.prepare().engine
    of_v1 = handed_in(site, "an.nguyen")
    graded_by(site, "v1")
    of_v2 = handed_in(site, "hoa.ly")
    graded_by(site, "v2")
    failed = handed_in(site, "an.nguyen")
    for _ in range(queue.MAX_TRIES):
        assert queue.claim(engine, "me", LEASE) is not None
        queue.give_back(engine, "me", failed, "a bug")
    waiting = handed_in(site, "hoa.ly")

    def again(**kinds: Any) -> set[str]:
        before = {id_: grading(site, id_).state for id_ in (of_v1, of_v2, failed, waiting)}
        number = queue.grade_again_all(engine, **kinds)
        chosen = {id_ for id_ in before if before[id_] != grading(site, id_).state}
        assert number == len(chosen)
        with engine.begin() as connection:
            for id_ in chosen:
                change = update(tables.grading).where(tables.grading.c.submission == id_)
                connection.execute(change.values(state=before[id_]))
        return chosen

    assert again(failed=True) == {failed}
    assert again(outdated={LESSON: "v2"}) == {of_v1}
    assert again(outdated={LESSON: "v3"}) == {of_v1, of_v2}
    assert again(outdated={"text.other": "v3"}) == set()
    assert again(outdated={}) == set()
    assert again(failed=True, outdated={LESSON: "v1"}) == {failed, of_v2}
    assert again(class_id="khac") == set()
    assert again(class_id="demo", lesson=LESSON) == {of_v1, of_v2, failed}
    assert queue.grade_again_all(engine) == 3
    assert queue.grade_again_all(engine) == 0, "what is queued is not queued again"


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
    assert queue.grade_again_all(site.campus.engine, failed=True) == 1


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
