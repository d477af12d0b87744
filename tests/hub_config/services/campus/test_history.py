from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from submission_rows import add_grade, add_submission, campus_with_rows, line

from hub_config.services.campus import ledger, submissions
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import now, reading
from hub_config.services.campus.history import Round, history

EARLIER, LATER = now() - timedelta(hours=2), now() - timedelta(hours=1)


@pytest.fixture
def campus(tmp_path: Path) -> Iterator[Campus]:
    with campus_with_rows(tmp_path) as made:
        yield made


def rounds(campus: Campus, submission: str) -> list[Round]:
    with reading(campus.engine) as connection:
        return history(connection, submission)


def teacher_gives(campus: Campus, submission: str, points: float | None, comment: str) -> None:
    with campus.engine.begin() as connection:
        found = submissions.find(connection, submission)
        assert found is not None
        ledger.add_teacher_score(connection, found, "notice", points, comment)


def changes(of: Round) -> list[tuple[str, str, float | None, float | None]]:
    return [(change.exercise, change.status, change.before, change.after) for change in of.changes]


def test_a_submission_without_a_grade_has_no_history(campus: Campus) -> None:
    assert rounds(campus, add_submission(campus, "queued")) == []


def test_grading_again_adds_a_round_with_what_changed_and_the_newest_comes_first(campus: Campus) -> None:
    submission = add_submission(campus, "graded")
    add_grade(
        campus, submission, EARLIER, pick=[line("right", 4, 4)], notice=[line("facts", 1, 4, message="Còn thiếu")]
    )
    add_grade(campus, submission, LATER, pick=[line("right", 4, 4)], notice=[line("facts", 3, 4)])
    new, old = rounds(campus, submission)
    assert (old.first, old.at, old.points, old.max, old.by) == (True, EARLIER, 5, 8, ("rule",))
    assert changes(old) == [("pick", "scored", None, 4), ("notice", "scored", None, 1)]
    assert old.changes[1].message == "Còn thiếu"
    assert (new.first, new.at, new.points) == (False, LATER, 7)
    assert changes(new) == [("notice", "scored", 1, 3)]


def test_a_judge_adds_to_what_the_rules_gave(campus: Campus) -> None:
    submission = add_submission(campus, "graded")
    add_grade(campus, submission, EARLIER, pick=[line("right", 4, 4)], notice=[line("fit", None, 2, "judge")])
    add_grade(campus, submission, LATER, notice=[line("fit", 2, 2, "judge")])
    read, before = rounds(campus, submission)
    assert (before.points, before.waiting, before.by) == (4, 2, ("rule",))
    assert (read.points, read.max, read.waiting, read.by) == (6, 6, 0, ("judge",))
    assert changes(read) == [("notice", "scored", None, 2)]


def test_a_teachers_score_stands_over_later_grades_until_it_is_taken_back(campus: Campus) -> None:
    submission = add_submission(campus, "graded")
    add_grade(campus, submission, EARLIER, pick=[line("right", 4, 4)], notice=[line("fit", None, 2, "judge")])
    teacher_gives(campus, submission, 1, "Đọc thử chưa trôi")
    add_grade(campus, submission, now(), pick=[line("right", 2, 4)], notice=[line("fit", 2, 2, "judge")])
    teacher_gives(campus, submission, None, "")
    back, again, given, _ = rounds(campus, submission)
    assert (given.points, given.waiting, given.by, changes(given)) == (
        5,
        0,
        ("teacher",),
        [("notice", "scored", 0, 1)],
    )
    assert given.changes[0].message == "Đọc thử chưa trôi"
    assert again.points == 3
    assert (back.points, changes(back)) == (4, [("notice", "withdrawn", 1, 2)])


def test_a_criterion_that_the_lesson_no_longer_has_is_said_to_be_gone(campus: Campus) -> None:
    submission = add_submission(campus, "graded")
    add_grade(campus, submission, EARLIER, pick=[line("right", 3, 4)], notice=[line("facts", 4, 4)])
    add_grade(campus, submission, LATER, pick=[line("right", 3, 4)])
    new, _ = rounds(campus, submission)
    assert (new.points, new.max, changes(new)) == (3, 4, [("notice", "removed", 4, None)])


def test_points_after_the_solution_was_seen_are_capped_as_in_the_grade(campus: Campus) -> None:
    submission = add_submission(campus, "graded", caps={"pick": 1.0})
    add_grade(campus, submission, EARLIER, pick=[line("right", 4, 4)])
    assert rounds(campus, submission)[0].points == 1


def test_what_a_teacher_changed_on_an_earlier_submission_of_the_same_work_counts_here_too(campus: Campus) -> None:
    earlier, submission = add_submission(campus, "graded"), add_submission(campus, "graded")
    elsewhere = add_submission(campus, "graded", class_id="khac")
    teacher_gives(campus, earlier, 2, "")
    teacher_gives(campus, elsewhere, 0, "")
    add_grade(campus, submission, EARLIER, pick=[line("right", 4, 4)], notice=[line("fit", 1, 2)])
    (first,) = rounds(campus, submission)
    assert (first.first, first.points, first.by) == (True, 6, ("rule", "teacher"))
    teacher_gives(campus, earlier, 1.5, "")
    assert [round_.points for round_ in rounds(campus, submission)] == [5.5, 6]
