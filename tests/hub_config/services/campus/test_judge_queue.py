"""The judge as a stage that may come late, fail, or be killed: points are never lost by it and never counted twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from campus_site import LocalHub, right_answers
from judge_site import SENTENCE, JudgedSite, by_rules, grade_next, hand_in_graded, judged_site, said
from sqlalchemy import select, update

from hub_config.services.campus import grading_again, judge_queue, tables
from hub_config.services.campus.database import now

LEASE = timedelta(minutes=1)


@pytest.fixture
def site(tmp_path: Path, local_hub: LocalHub) -> Iterator[JudgedSite]:
    with judged_site(tmp_path, local_hub) as made:
        yield made


def judge_until(site: JudgedSite, true: Callable[[], Any], **options: Any) -> None:
    """Run a queue of its own until something is true."""

    async def wait() -> None:
        work = asyncio.create_task(site.judge_queue(**options).run())
        try:
            async with asyncio.timeout(30):
                while not await asyncio.to_thread(true):
                    assert not work.done()
                    await asyncio.sleep(0.02)
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)

    asyncio.run(wait())


def points(site: JudgedSite, submission: str) -> tuple[float, float]:
    """Earned and waiting."""
    grade = site.grade_of(submission)
    return grade.points, grade.waiting


def change(site: JudgedSite, submission: str, **values: Any) -> None:
    with site.campus.engine.begin() as connection:
        connection.execute(update(tables.judging).where(tables.judging.c.submission == submission).values(**values))


def test_a_judge_that_appears_later_reads_what_waits(site: JudgedSite) -> None:
    site.start(grader=by_rules)
    site.draft("an.nguyen", right_answers())
    submission = site.hand_in("an.nguyen")
    until_state(site, submission, "queued")
    assert points(site, submission) == (8, 2)
    site.gateway.has_a_model()
    until_state(site, submission, "judged")
    assert points(site, submission) == (10, 0)
    waiting, scored = site.entries(submission)
    assert (waiting.status, scored.status, scored.points) == ("waiting", "scored", 2)
    assert len(site.entries(submission, "facts")) == 1
    with site.browser("an.nguyen") as browser:
        page = browser.get(f"submissions/{submission}").text
    assert ("10</b>" in page or "10<span>" in page) and "Bạn nói rõ giờ họp nhé." in page
    with site.browser("co.lan") as browser:
        assert "test-model" not in page
        assert "test-model: mức 2" in browser.get(f"classes/demo/submissions/{submission}").text


def until_state(site: JudgedSite, submission: str, state: str) -> None:
    from campus_site import until

    until(lambda: site.judging_state(submission) == state, 60)


def test_a_judge_that_is_away_costs_nothing_and_is_asked_again(site: JudgedSite) -> None:
    submission = hand_in_graded(site.campus, "an.nguyen")
    site.gateway.has_a_model()
    site.gateway.model.behaviour = "error"
    judge_until(site, lambda: site.judging(submission).tries == 1)
    row = site.judging(submission)
    assert (row.state, row.owner) == ("queued", None)
    assert timedelta(seconds=30) < row.retry_at - now() <= timedelta(minutes=1)
    assert "500" in row.problem
    assert points(site, submission) == (4, 2)
    site.gateway.model.behaviour = "normal"
    change(site, submission, retry_at=now())
    judge_until(site, lambda: site.judging_state(submission) == "judged")
    assert points(site, submission) == (6, 0)


def test_however_long_a_judge_is_away_the_submission_waits_for_it(site: JudgedSite) -> None:
    submission = hand_in_graded(site.campus, "an.nguyen")
    site.gateway.has_a_model()
    site.gateway.model.behaviour = "error"
    change(site, submission, tries=500)
    judge_until(site, lambda: site.judging(submission).tries == 501)
    row = site.judging(submission)
    assert (row.state, row.retry_at - now() > timedelta(minutes=59)) == ("queued", True)


def test_an_answer_that_never_gets_a_valid_verdict_is_left_to_the_teacher(site: JudgedSite) -> None:
    submission = hand_in_graded(site.campus, "an.nguyen")
    site.gateway.has_a_model()
    site.gateway.model.behaviour = "bad_content"
    change(site, submission, tries=judge_queue.MAX_TRIES - 1)
    judge_until(site, lambda: site.judging_state(submission) == "failed")
    assert points(site, submission) == (4, 2)


def test_one_unreadable_answer_does_not_hold_up_the_others(site: JudgedSite) -> None:
    bad = hand_in_graded(site.campus, "an.nguyen", "Mời bà con 12/03/2027 đến nhà văn hóa xóm nhé bà con.")
    good = hand_in_graded(site.campus, "hoa.ly")
    site.gateway.has_a_model()
    site.gateway.model.respond = lambda body: "không" if "nhé bà con" in str(body) else said(2, body)
    judge_until(site, lambda: site.judging_state(good) == "judged" and site.judging(bad).tries == 1, ask_s=600)
    assert points(site, bad) == (4, 2)


def test_many_are_read_at_a_time_and_each_once(site: JudgedSite) -> None:
    everyone = [hand_in_graded(site.campus, "an.nguyen", f"{SENTENCE} Lần thứ {n}.") for n in range(6)]
    site.gateway.has_a_model()
    site.gateway.model.behaviour, site.gateway.model.delay_s = "delay", 0.3
    judge_until(site, lambda: all(site.judging_state(each) == "judged" for each in everyone))
    assert [len(site.entries(each)) for each in everyone] == [2] * 6
    assert len(site.gateway.model.requests) == 6


def test_what_a_stopped_campus_was_reading_is_read_by_the_next(site: JudgedSite) -> None:
    submission = hand_in_graded(site.campus, "an.nguyen")
    site.gateway.has_a_model()
    site.gateway.model.behaviour = "hang"
    judge_until(site, site.gateway.model.hanging.is_set)
    assert site.judging_state(submission) == "queued"
    site.gateway.model.behaviour = "normal"
    judge_until(site, lambda: site.judging_state(submission) == "judged")
    assert len(site.entries(submission)) == 2


def test_the_lease_of_a_killed_process_runs_out(site: JudgedSite) -> None:
    engine = site.campus.engine
    submission = hand_in_graded(site.campus, "an.nguyen")
    assert judge_queue.claim(engine, "killed", LEASE) is not None
    assert judge_queue.claim(engine, "another", LEASE) is None
    change(site, submission, lease_until=now() - timedelta(seconds=1))
    site.gateway.has_a_model()
    judge_until(site, lambda: site.judging_state(submission) == "judged")


def test_what_comes_after_the_lease_was_lost_is_dropped(site: JudgedSite) -> None:
    engine = site.campus.engine
    submission = hand_in_graded(site.campus, "an.nguyen")
    late = judge_queue.claim(engine, "slow", LEASE)
    change(site, submission, lease_until=now() - timedelta(seconds=1))
    assert judge_queue.claim(engine, "another", LEASE) is not None
    assert not judge_queue.store(engine, "slow", late, judge_queue.Outcome(site.grade_of(submission)))
    assert (site.judging_state(submission), site.judging(submission).owner) == ("judging", "another")
    judge_queue.release(engine, "another")
    site.gateway.has_a_model()
    judge_until(site, lambda: site.judging_state(submission) == "judged")
    assert not judge_queue.store(engine, "slow", late, judge_queue.Outcome(site.grade_of(submission)))
    assert len(site.entries(submission)) == 2


def test_a_grade_that_is_made_anew_meanwhile_is_not_written_over(site: JudgedSite) -> None:
    engine = site.campus.engine
    submission = hand_in_graded(site.campus, "an.nguyen")
    row = judge_queue.claim(engine, "slow", LEASE)
    assert row is not None
    grading_again.grade_again(engine, submission)
    assert not judge_queue.store(engine, "slow", row, judge_queue.Outcome(None))
    assert judge_queue.claim(engine, "slow", LEASE) is None, "what is being graded is not judged"
    grade_next(site.campus)
    row = judge_queue.claim(engine, "slow", LEASE)
    assert row is not None
    with engine.begin() as connection:  # graded again within the lease
        connection.execute(update(tables.grading).values(graded_at=now()))
    before = site.grade_of(submission)
    assert not judge_queue.store(engine, "slow", row, judge_queue.Outcome(before.model_copy(update={"exercises": ()})))
    assert site.grade_of(submission) == before
    assert site.judging_state(submission) == "queued"


def test_grading_again_keeps_what_the_judge_gave(site: JudgedSite) -> None:
    submission = hand_in_graded(site.campus, "an.nguyen")
    site.gateway.has_a_model()
    judge_until(site, lambda: site.judging_state(submission) == "judged")
    grading_again.grade_again(site.campus.engine, submission)
    grade_next(site.campus)
    assert points(site, submission) == (6, 0)
    assert site.judging(submission) is None
    assert len(site.gateway.model.requests) == 1


def test_the_same_answer_handed_in_again_is_not_asked_again(site: JudgedSite) -> None:
    site.gateway.has_a_model()
    for learner in ("an.nguyen", "an.nguyen"):
        submission = hand_in_graded(site.campus, learner)
        judge_until(site, lambda: site.judging_state(submission) == "judged")  # noqa: B023 - run at once
        assert points(site, submission) == (6, 0)
    assert len(site.gateway.model.requests) == 1


def test_where_nothing_waits_nobody_is_asked(site: JudgedSite) -> None:
    submission = hand_in_graded(site.campus, "an.nguyen", "")
    assert site.judging(submission) is None
    assert not judge_queue.work_waits(site.campus.engine)


def test_a_reading_that_brings_nothing_new_leaves_the_grade_as_it_is(site: JudgedSite) -> None:
    submission = hand_in_graded(site.campus, "an.nguyen")
    row = judge_queue.claim(site.campus.engine, "judge", LEASE)
    assert row is not None
    before = site.grade_of(submission)
    assert judge_queue.store(site.campus.engine, "judge", row, judge_queue.Outcome(before, problem="nothing"))
    with site.campus.engine.connect() as connection:
        assert connection.execute(select(tables.grading.c.graded_at)).scalar_one() == row.graded_at
    assert len(site.entries(submission)) == 1
    assert site.judging(submission).tries == 1


def test_a_verdict_of_the_lowest_level_is_zero_points_and_not_waiting(site: JudgedSite) -> None:
    submission = hand_in_graded(site.campus, "an.nguyen")
    site.gateway.has_a_model()
    site.gateway.model.respond = partial(said, 0)
    judge_until(site, lambda: site.judging_state(submission) == "judged")
    assert points(site, submission) == (4, 0)
