from __future__ import annotations

from typing import Any

import graders
import pytest
from campus_site import LESSON, Site, right_answers, until
from sqlalchemy import Row, func, select

from autograders.models import Context
from hub_config.services.campus import accounts, classmates, submissions, tables
from hub_config.services.campus.classmates import Classmates
from hub_config.services.campus.database import reading
from hub_config.services.campus.drafts import save


@pytest.fixture
def prepared(site: Site) -> Site:
    """A campus that does not run, with a second official and one of another class."""
    site.prepare()
    for name, course in (("binh.tran", "demo"), ("xa.pham", "khac")):
        accounts.create_account(site.campus.engine, name, name, password=None, kind="learner", role="official")
        accounts.enrol(site.campus.engine, course, name, "learner")
    return site


def hand_in(site: Site, name: str, final: str) -> str:
    answers: dict[str, Any] = {**right_answers(), "notice": {"prompt": "Viết thông báo", "final": final}}
    with site.campus.engine.begin() as connection:
        for exercise, answer in answers.items():
            save(connection, name, LESSON, exercise, answer)
    return submissions.submit(site.campus, name, None, LESSON, None, "phone").id


def texts(site: Site, submission: str, known: Classmates | None = None) -> dict[str, tuple[str, ...]]:
    with reading(site.campus.engine) as connection:
        row: Row[Any] = connection.execute(select(tables.submission).where(tables.submission.c.id == submission)).one()
    found = known or Classmates(site.campus.engine)
    return found.texts(row, Context.model_validate_json(row.context), site.campus.lesson(LESSON).lesson)


def test_what_a_classmate_with_the_same_variant_typed_before_is_seen(prepared: Site) -> None:
    first = hand_in(prepared, "an.nguyen", "Mời bà con họp.")
    hand_in(prepared, "hoa.ly", "của vai khác")
    hand_in(prepared, "xa.pham", "của lớp khác")
    hand_in(prepared, "binh.tran", "bài nộp trước")
    hand_in(prepared, "binh.tran", "bài nộp sau")
    later = hand_in(prepared, "an.nguyen", "Mời bà con họp lần nữa.")
    assert texts(prepared, first) == {}, "nobody was before"
    assert texts(prepared, later) == {"notice": ("Viết thông báo\nbài nộp sau",)}


def test_no_more_than_200_texts_of_5000_characters_are_carried(prepared: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classmates, "MAX_OTHERS", 2)
    for number in range(3):
        name = f"nguoi{number}"
        accounts.create_account(prepared.campus.engine, name, name, password=None, kind="learner", role="official")
        accounts.enrol(prepared.campus.engine, "demo", name, "learner")
        hand_in(prepared, name, f"{number} " + "dài " * 2_000)
    carried = texts(prepared, hand_in(prepared, "an.nguyen", "x"))["notice"]
    assert [text.splitlines()[1][0] for text in carried] == ["2", "1"], "the latest"
    assert {len(text) for text in carried} == {5_000}


def test_a_submission_is_read_once_for_all_its_classmates(prepared: Site) -> None:
    known = Classmates(prepared.campus.engine)
    hand_in(prepared, "an.nguyen", "Mời bà con họp.")
    asked = [hand_in(prepared, "binh.tran", f"bài {n}") for n in range(3)]
    assert {texts(prepared, one, known)["notice"] for one in asked} == {("Viết thông báo\nMời bà con họp.",)}
    assert known._texts.cache_info().misses == 1


def test_a_notebook_that_cannot_be_read_stops_nobody_elses_grading(prepared: Site) -> None:
    broken = hand_in(prepared, "an.nguyen", "Mời bà con họp.")
    with prepared.campus.engine.begin() as connection:
        change = tables.submission.update().where(tables.submission.c.id == broken)
        connection.execute(change.values(notebook=b"{"))
    assert texts(prepared, hand_in(prepared, "binh.tran", "bài")) == {}


def test_the_queue_carries_them_to_the_grader_and_stores_them_nowhere(prepared: Site) -> None:
    hand_in(prepared, "an.nguyen", "Mời bà con họp.")
    submission = hand_in(prepared, "binh.tran", "bài")
    prepared.start(grader=graders.telling_classmates)
    until(lambda: prepared.state(submission) == "graded")
    with reading(prepared.campus.engine) as connection:
        row = connection.execute(
            select(tables.grading.c.scores, tables.submission.c.context)
            .join(tables.submission)
            .where(tables.submission.c.id == submission)
        ).one()
        assert connection.execute(select(func.count()).select_from(tables.grade_entry)).scalar_one() == 2
    assert row.scores == {"notice": [1, 200, 0]}
    assert Context.model_validate_json(row.context).classmates == {}
