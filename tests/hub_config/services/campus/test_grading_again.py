"""Grading again: what stands until there is a new grade, what stays of the old one, and what is chosen."""

from __future__ import annotations

from typing import Any

from campus_site import LESSON, Site
from queue_rows import LEASE, entries, graded_by, grading, handed_in
from sqlalchemy import update

from autograders.models import CriterionGrade, ExerciseGrade, Grade, Provenance
from hub_config.services.campus import grading_again, queue, submissions, tables
from hub_config.services.campus.database import now, reading


def test_grading_again_keeps_the_grade_that_stands_until_there_is_a_new_one(site: Site) -> None:
    engine = site.prepare().engine
    submission = handed_in(site, "an.nguyen")
    graded_by(site, "v1", 3)
    grading_again.grade_again(engine, submission)
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
    grading_again.grade_again(engine, submission)
    for _ in range(queue.MAX_TRIES):
        assert queue.claim(engine, "me", LEASE) is not None
        queue.give_back(engine, "me", submission, "a bug")
    row = grading(site, submission)
    assert (row.state, row.problem, row.scores) == ("graded", "a bug", {"pick": [3, 4, 0]})
    assert grading_again.grade_again_all(engine, failed=True) == 1
    graded_by(site, "v1")
    assert grading(site, submission).problem == ""


def test_what_a_judge_gave_stays_when_the_same_answers_are_graded_again(site: Site) -> None:
    engine = site.prepare().engine
    submission = handed_in(site, "an.nguyen")
    graded_by(site, "v1", 2, "judge")
    grading_again.grade_again(engine, submission)
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
        number = grading_again.grade_again_all(engine, **kinds)
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
    assert grading_again.grade_again_all(engine) == 3
    assert grading_again.grade_again_all(engine) == 0, "what is queued is not queued again"
