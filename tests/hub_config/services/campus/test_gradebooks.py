"""Campus and the real gradebook of a class, with changes made as formgrader makes them."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from campus_site import LESSON, PREFIX, Site, right_answers, until
from nbgrader.api import Gradebook
from sqlalchemy import select

from hub_config.services.campus import ledger, tables
from hub_config.services.campus.database import reading
from hub_config.services.campus.gradebooks import Gradebooks


def graded(site: Site) -> Gradebooks:
    """A graded submission of an.nguyen, 8 of 10 points; campus is stopped, rounds are made by hand."""
    site.prepare()
    site.start()
    site.draft("an.nguyen", right_answers())
    submission = site.hand_in("an.nguyen")
    until(lambda: site.state(submission) == "graded")
    site.stop()
    return Gradebooks(site.campus)


def change(site: Site, edit: Callable[[Gradebook], None]) -> None:
    with Gradebook(f"sqlite:///{site.data / 'classes' / 'demo' / 'gradebook.db'}", "demo") as gradebook:
        edit(gradebook)
        gradebook.db.commit()


def points(site: Site) -> float | None:
    with reading(site.campus.engine) as connection:
        standing = ledger.standing(connection, "an.nguyen", LESSON)
    return standing.points if standing else None


def teacher_rows(site: Site) -> list[tuple[str, float | None, str]]:
    entry = tables.grade_entry.c
    query = select(entry.exercise, entry.points, entry.status).where(entry.criterion == "").order_by(entry.id)
    with reading(site.campus.engine) as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_a_grade_stands_in_the_gradebook_with_the_learners_name(site: Site) -> None:
    gradebooks = graded(site)
    gradebooks.keep_up()
    gradebooks.close()
    with Gradebook(f"sqlite:///{site.data / 'classes' / 'demo' / 'gradebook.db'}", "demo") as gradebook:
        student = gradebook.find_student("an.nguyen")
        assert (student.first_name, student.last_name) == ("An", "Nguyễn Văn")
        assert gradebook.find_grade("pick", "lesson", LESSON, "an.nguyen").auto_score == 4
        assert gradebook.find_submission(LESSON, "an.nguyen").score == 8


def test_a_teachers_change_goes_over_the_rules_once_and_can_be_taken_back(site: Site) -> None:
    gradebooks = graded(site)
    gradebooks.keep_up()

    def lower(gradebook: Gradebook) -> None:
        gradebook.find_grade("pick", "lesson", LESSON, "an.nguyen").manual_score = 1.5
        gradebook.find_comment("pick", "lesson", LESSON, "an.nguyen").manual_comment = "Xem lại thẻ nhé."

    def take_back(gradebook: Gradebook) -> None:
        gradebook.find_grade("pick", "lesson", LESSON, "an.nguyen").manual_score = None
        gradebook.find_comment("pick", "lesson", LESSON, "an.nguyen").manual_comment = None

    change(site, lower)
    gradebooks.keep_up()
    gradebooks.keep_up()
    assert points(site) == 5.5
    assert teacher_rows(site) == [("pick", 1.5, "scored")]
    site.start()
    with site.browser("an.nguyen") as browser:
        page = browser.get(browser.get(f"lessons/{LESSON}/result").headers["location"].removeprefix(PREFIX)).text
    assert "Thầy cô đã sửa điểm thành 1,5/4" in page
    assert "Xem lại thẻ nhé." in page
    site.stop()
    change(site, take_back)
    gradebooks.keep_up()
    gradebooks.close()
    assert points(site) == 8
    assert teacher_rows(site) == [("pick", 1.5, "scored"), ("pick", None, "withdrawn")]


def test_a_teachers_score_stays_when_the_work_is_handed_in_again(site: Site) -> None:
    gradebooks = graded(site)
    gradebooks.keep_up()

    def score(gradebook: Gradebook) -> None:
        gradebook.find_grade("notice", "lesson", LESSON, "an.nguyen").manual_score = 6

    change(site, score)
    gradebooks.keep_up()
    assert points(site) == 10
    site.start()
    again = site.hand_in("an.nguyen")
    until(lambda: site.state(again) == "graded")
    site.stop()
    gradebooks.keep_up()
    gradebooks.close()
    assert points(site) == 10
    assert len(teacher_rows(site)) == 1


def test_a_gradebook_that_cannot_be_written_is_tried_again(site: Site) -> None:
    gradebooks = graded(site)
    blocked = site.data / "classes" / "demo"
    shutil.rmtree(blocked, ignore_errors=True)  # the service may have made its first round
    blocked.parent.mkdir(exist_ok=True)
    blocked.write_text("in the way")
    with site.campus.engine.begin() as connection:
        connection.execute(tables.grading.update().values(in_gradebook_at=None))
    gradebooks.keep_up()
    blocked.unlink()
    gradebooks.keep_up()
    gradebooks.close()
    with Gradebook(f"sqlite:///{blocked / 'gradebook.db'}", "demo") as gradebook:
        assert gradebook.find_submission(LESSON, "an.nguyen").score == 8
