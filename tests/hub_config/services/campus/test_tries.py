"""Tries at a lesson and the sitting of a level challenge, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import graders
import httpx
import nbformat
import pytest
from campus_site import LESSON, Site, right_answers
from small_lesson import write_lesson
from sqlalchemy import select, update

from course.notebook import exercise_calls, with_answer
from hub_config.services.campus import tables
from hub_config.services.campus.database import now, reading

CHALLENGE = "text.challenge"
HINTS = 'hints = ["Xem lại thẻ.", "Còn thiếu một ý."]\n'
WRONG = {"items": {"day": "wrong", "fee": "wrong"}}
A_DAY = timedelta(days=1)


@pytest.fixture
def started(site: Site) -> Site:
    _write_challenge(site)
    site.prepare()
    site.start(grader=graders.quick)
    return site


@pytest.fixture
def an(started: Site) -> Iterator[httpx.Client]:
    with started.program("an.nguyen") as client:
        yield client


def _write_challenge(site: Site) -> None:
    folder = site.data / "level1_text" / "10_challenge"
    write_lesson(folder)
    for file in (folder / "lesson.toml", folder / "lesson.ipynb"):
        text = file.read_text("utf-8").replace(LESSON, CHALLENGE).replace(HINTS, "")
        file.write_text(text, "utf-8")


def begin(client: httpx.Client, lesson: str, **body: str) -> dict[str, Any]:
    reply = client.post(f"lessons/{lesson}/try", json=body)
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


def refused(reply: httpx.Response) -> str:
    assert reply.status_code == 409, reply.text
    return str(reply.json()["error"]["code"])


def check(client: httpx.Client, answer: dict[str, Any]) -> dict[str, Any]:
    return dict(client.post(f"exercises/{LESSON}/pick/check", json={"answer": answer, "active_s": 1}).json())


def draft(client: httpx.Client, answers: dict[str, dict[str, Any]], lesson: str = CHALLENGE) -> list[httpx.Response]:
    body = [(f"exercises/{lesson}/{id_}/draft", {"answer": answer, "active_s": 1}) for id_, answer in answers.items()]
    return [client.put(path, json=json) for path, json in body]


def earlier(site: Site, column: Any, by: timedelta) -> None:
    """Put every moment of a column of An's rows back."""
    table = column.table
    with site.campus.engine.begin() as connection:
        for moment in set(connection.execute(select(column)).scalars()):
            if moment is not None:
                change = update(table).where(table.c.learner == "an.nguyen", column == moment)
                connection.execute(change.values({column.name: moment - by}))


# --- tries


def test_a_new_try_has_a_variant_of_the_role_asked_for_and_begins_from_nothing(an: httpx.Client) -> None:
    assert check(an, WRONG)["points"] == 0
    assert an.get(f"lessons/{LESSON}").json()["try"]["role"] == "official"
    here = begin(an, LESSON, role="household")
    assert (here["number"], here["role"], here["sitting"]) == (2, "household", None)
    assert [one["id"] for one in here["roles"]] == ["official", "household"]
    state = an.get(f"exercises/{LESSON}/pick").json()
    assert (state["answer"], state["result"], state["tries"]) == (None, None, 0)
    shown = str(an.get(f"exercises/{LESSON}/notice").json()["exercise"]["material"])
    assert "xưởng chè" in shown
    assert check(an, right_answers()["pick"])["points"] == 4, "wrong answers of an earlier try cost nothing"


def test_what_was_handed_in_before_a_new_try_stays(started: Site, an: httpx.Client) -> None:
    draft(an, right_answers(), LESSON)
    submission = started.hand_in("an.nguyen")
    begin(an, LESSON)
    assert an.get(f"lessons/{LESSON}").json()["submission"]["id"] == submission


def test_who_saw_a_solution_begins_anew_the_next_day_and_may_earn_again(started: Site, an: httpx.Client) -> None:
    an.post(f"exercises/{LESSON}/pick/solution")
    assert refused(an.post(f"lessons/{LESSON}/try", json={})) == "try_tomorrow"
    assert an.get(f"lessons/{LESSON}").json()["try"]["tomorrow"]
    for column in (tables.help_view.c.at, tables.draw.c.drawn_at):
        earlier(started, column, A_DAY)
    begin(an, LESSON, role="official")
    assert an.get(f"exercises/{LESSON}/pick").json()["solution"] is None
    assert check(an, right_answers()["pick"])["points"] == 4
    an.post(f"exercises/{LESSON}/pick/solution")
    assert an.get(f"exercises/{LESSON}/pick").json()["solution"] is not None, "seen once more, in this try"


def test_a_page_that_still_shows_the_old_try_puts_no_answer_into_the_new_one(an: httpx.Client) -> None:
    path = f"exercises/{LESSON}/pick/draft"
    old = {"answer": WRONG, "active_s": 1, "writer": "old", "base": None}
    saved_at = an.put(path, json=old).json()["saved_at"]
    begin(an, LESSON)
    assert refused(an.put(path, json={**old, "base": saved_at})) == "new_try"
    assert an.get(f"exercises/{LESSON}/pick").json()["answer"] is None


@pytest.mark.parametrize("role", ["king", 7, ["official"]])
def test_a_role_that_is_none_is_refused(an: httpx.Client, role: Any) -> None:
    assert an.post(f"lessons/{LESSON}/try", json={"role": role}).status_code == 400


# --- the sitting of a challenge


def test_before_the_sitting_nothing_of_a_challenge_is_shown_or_taken(an: httpx.Client) -> None:
    assert refused(an.get(f"exercises/{CHALLENGE}/notice")) == "sitting_not_begun"
    assert [refused(reply) for reply in draft(an, right_answers())] == ["sitting_not_begun"] * 2
    assert refused(an.get(f"exercises/{CHALLENGE}/notice/material")) == "sitting_not_begun"
    assert refused(an.post(f"lessons/{CHALLENGE}/submit", json={})) == "sitting_not_begun"
    assert an.get(f"lessons/{CHALLENGE}").json()["try"]["sitting"] == "not_begun"


def test_in_the_sitting_answers_are_kept_and_no_help_is_given(an: httpx.Client) -> None:
    here = begin(an, CHALLENGE)
    assert (here["sitting"], here["minutes"]) == ("running", 30)
    assert begin(an, CHALLENGE) == here, "a sitting that runs is not begun again"
    assert [reply.status_code for reply in draft(an, right_answers())] == [200, 200]
    at = f"exercises/{CHALLENGE}/pick"
    state = an.get(at).json()
    assert (state["answer"], state["sitting"]) == (
        right_answers()["pick"],
        {"state": "running", "ends_at": here["ends_at"]},
    )
    assert refused(an.post(f"{at}/check", json={"answer": WRONG, "active_s": 1})) == "in_sitting"
    assert refused(an.post(f"{at}/solution")) == "in_sitting"
    assert an.post(f"{at}/hint", json={}).json() == {"hints": [], "hints_left": 0}


def test_a_sitting_is_handed_in_once_and_the_next_is_tomorrow_on_another_variant(
    started: Site, an: httpx.Client
) -> None:
    begin(an, CHALLENGE)
    draft(an, right_answers())
    assert an.post(f"lessons/{CHALLENGE}/submit", json={}).status_code == 200
    assert refused(an.post(f"lessons/{CHALLENGE}/submit", json={})) == "sitting_over"
    assert [refused(reply) for reply in draft(an, {"pick": WRONG})] == ["sitting_over"]
    assert an.post(f"exercises/{CHALLENGE}/pick/solution").status_code == 200, "now it may be seen"
    assert refused(an.post(f"lessons/{CHALLENGE}/try", json={})) == "try_tomorrow"
    for column in (tables.submission.c.submitted_at, tables.draw.c.drawn_at, tables.help_view.c.at):
        earlier(started, column, A_DAY)
    assert begin(an, CHALLENGE)["number"] == 2
    assert an.get(f"exercises/{CHALLENGE}/pick").json()["answer"] is None


def test_after_the_end_no_answer_is_taken_and_what_was_saved_is_handed_in(started: Site, an: httpx.Client) -> None:
    begin(an, CHALLENGE)
    draft(an, right_answers())
    with started.campus.engine.begin() as connection:
        connection.execute(update(tables.draw).values(ends_at=now() - timedelta(minutes=2)))
    assert [refused(reply) for reply in draft(an, {"pick": WRONG})] == ["sitting_over"]
    assert an.get(f"exercises/{CHALLENGE}/pick").json()["sitting"]["state"] == "over"
    assert an.post(f"lessons/{CHALLENGE}/submit", json={}).status_code == 200
    assert answers_handed_in(started) == right_answers()


def test_answers_written_into_the_notebook_do_not_count_beside_those_of_the_sitting(
    started: Site, an: httpx.Client
) -> None:
    begin(an, CHALLENGE)
    draft(an, {"pick": WRONG})
    fetched = nbformat.reads(an.get(f"exchange/assignments/demo/{CHALLENGE}").text, as_version=4)
    for call in exercise_calls(fetched):
        cell = fetched.cells[call.cell]
        cell.source = with_answer(cell.source, right_answers()[call.exercise.partition("/")[2]])
    handed_in = an.post(f"exchange/assignments/demo/{CHALLENGE}/submissions", content=nbformat.writes(fetched))
    assert handed_in.status_code == 200, handed_in.text
    assert answers_handed_in(started) == {"pick": WRONG, "notice": {}}


def answers_handed_in(site: Site) -> dict[str, Any]:
    with reading(site.campus.engine) as connection:
        [blob] = connection.execute(select(tables.submission.c.notebook)).scalars()
    calls = exercise_calls(nbformat.reads(blob.decode(), as_version=4))
    return {call.exercise.partition("/")[2]: call.answer for call in calls}
