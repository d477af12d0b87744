from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from campus_site import LESSON, Site, right_answers
from sqlalchemy import select

from course.variants import variant_of
from hub_config.services.campus import attempts, draws, tables
from hub_config.services.campus.database import reading

RIGHT = right_answers()["pick"]
WRONG = {"items": {"day": "wrong", "fee": "right"}}


@pytest.fixture
def started(site: Site) -> Site:
    site.prepare()
    site.start()
    return site


def check(site: Site, answer: dict[str, Any], exercise: str = "pick", name: str = "an.nguyen") -> dict[str, Any]:
    with site.program(name) as client:
        reply = client.post(f"exercises/{LESSON}/{exercise}/check", json={"answer": answer, "active_s": 12})
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


def test_a_check_earns_points_with_reasons_and_is_remembered(started: Site) -> None:
    result = check(started, RIGHT)
    assert (result["points"], result["max"], result["waiting"]) == (4, 4, 0)
    assert result["items"]["day"] == {"ok": True, "reason": "Đúng."}
    with started.program("an.nguyen") as client:
        state = client.get(f"exercises/{LESSON}/pick").json()
    assert (state["tries"], state["answer"], state["result"]) == (1, RIGHT, result)
    assert state["exercise"]["items"][0]["options"][0].keys() == {"id", "text"}


def test_a_check_that_is_sent_again_with_its_key_is_the_same_attempt(started: Site) -> None:
    path = f"exercises/{LESSON}/pick/check"
    body = {"answer": WRONG, "active_s": 12, "writer": "phone", "base": None}
    with started.program("an.nguyen") as client:
        first = client.post(path, json=body, headers={"Idempotency-Key": "k1"}).json()
        assert client.post(path, json=body, headers={"Idempotency-Key": "k1"}).json() == first
        assert client.get(f"exercises/{LESSON}/pick").json()["tries"] == 1
        again = client.post(path, json={**body, "answer": RIGHT}, headers={"Idempotency-Key": "k2"})
        assert again.json()["points"] == 3
        for key in ("", "x" * 201):
            assert client.post(path, json=body, headers={"Idempotency-Key": key}).status_code == 400
    with started.program("hoa.ly") as client:
        theirs = client.post(path, json={**body, "answer": RIGHT}, headers={"Idempotency-Key": "k1"}).json()
        assert theirs["points"] == 4, "a key is somebody's own"
    with reading(started.campus.engine) as connection:
        rows = connection.execute(select(tables.attempt.c.learner, tables.attempt.c.first)).all()
        seconds = connection.execute(select(tables.active_time.c.seconds)).scalars().all()
    assert [tuple(row) for row in rows] == [("an.nguyen", True), ("an.nguyen", False), ("hoa.ly", True)]
    assert seconds == [12, 12, 12]


def test_checks_with_one_key_at_the_same_moment_are_one_attempt(started: Site) -> None:
    def send(_number: int) -> dict[str, Any]:
        with started.program("an.nguyen") as client:
            headers = {"Idempotency-Key": "k1"}
            body = {"answer": RIGHT, "active_s": 1}
            return dict(client.post(f"exercises/{LESSON}/pick/check", json=body, headers=headers).json())

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(send, range(8)))
    assert all(result == results[0] for result in results)
    with started.program("an.nguyen") as client:
        assert client.get(f"exercises/{LESSON}/pick").json()["tries"] == 1


def test_a_page_that_did_not_hear_of_a_hint_gets_that_one_again(started: Site) -> None:
    with started.program("an.nguyen") as client:
        path = f"exercises/{LESSON}/pick/hint"
        first = client.post(path, json={"seen": 0}).json()
        assert client.post(path, json={"seen": 0}).json() == first
        assert client.post(path, json={"seen": 1}).json()["hints_left"] == 0


def test_an_item_that_was_wrong_in_an_earlier_check_earns_half(started: Site) -> None:
    assert check(started, WRONG)["points"] == 2
    assert check(started, RIGHT)["points"] == 3
    assert check(started, RIGHT, name="hoa.ly")["points"] == 4


def test_a_judged_criterion_waits_and_costs_nothing(started: Site) -> None:
    result = check(started, right_answers()["notice"], "notice")
    assert (result["points"], result["waiting"]) == (4, 2)
    assert [line["status"] for line in result["criteria"]] == ["scored", "waiting"]


def test_after_the_solution_was_seen_an_exercise_earns_no_more_than_before(started: Site) -> None:
    assert check(started, WRONG)["points"] == 2
    with started.program("an.nguyen") as client:
        assert client.post(f"exercises/{LESSON}/pick/solution").json() == {"solution": "…", "why": "…"}
    result = check(started, RIGHT)
    assert result["points"] == 2
    assert result["note"]


def test_the_solution_seen_first_earns_nothing(started: Site) -> None:
    with started.program("an.nguyen") as client:
        client.post(f"exercises/{LESSON}/pick/solution")
    assert check(started, RIGHT)["points"] == 0


def test_hints_come_one_at_a_time_and_end(started: Site) -> None:
    with started.program("an.nguyen") as client:
        shown = [client.post(f"exercises/{LESSON}/pick/hint").json() for _ in range(3)]
    assert shown[0] == {"hints": ["Xem lại thẻ."], "hints_left": 1}
    assert shown[1] == shown[2] == {"hints": ["Xem lại thẻ.", "Còn thiếu một ý."], "hints_left": 0}


def test_the_record_holds_role_variant_first_try_hints_and_time(started: Site) -> None:
    with started.program("an.nguyen") as client:
        client.post(f"exercises/{LESSON}/pick/hint")
    check(started, WRONG)
    check(started, RIGHT)
    campus = started.campus
    with reading(campus.engine) as connection:
        rows = connection.execute(select(tables.attempt).order_by(tables.attempt.c.id)).all()
        made = attempts.list_attempts(connection, "an.nguyen", LESSON, "pick")
    assert [(r.role, r.variant, r.first, r.hints, r.active_s) for r in rows] == [
        ("official", "A", True, 1, 12.0),
        ("official", "A", False, 1, 12.0),
    ]
    assert [a.grade.points for a in made] == [2, 3]


def test_changing_role_changes_only_lessons_not_begun(started: Site) -> None:
    campus, lesson = started.campus, started.campus.lesson(LESSON).lesson
    with campus.engine.begin() as connection:
        assert draws.drawn_variant(connection, lesson, "an.nguyen").role == "official"
    for name in ("an.nguyen", "khach.le"):
        with started.browser(name) as browser:
            assert started.send(browser, "profile", {"role": "household"}).status_code == 303
    with campus.engine.begin() as connection:
        assert draws.drawn_variant(connection, lesson, "an.nguyen").role == "official"
        assert draws.drawn_variant(connection, lesson, "khach.le") == variant_of(lesson, "household", "A")


@pytest.mark.parametrize(
    "answer",
    [None, [], "text", {"text": "x" * 70_000}, {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": 1}}}}}}}}],
    ids=["none", "list", "text", "long", "deep"],
)
def test_a_senseless_answer_is_refused_and_nothing_kept(started: Site, answer: Any) -> None:
    with started.program("an.nguyen") as client:
        reply = client.put(f"exercises/{LESSON}/notice/draft", json={"answer": answer, "active_s": 1})
        assert (reply.status_code, reply.json()["error"]["code"]) == (422, "bad_answer")
        assert client.get(f"exercises/{LESSON}/notice").json()["answer"] is None


@pytest.mark.parametrize("seconds", ['"5"', "NaN", "Infinity", "true", "null", "[]"])
def test_senseless_seconds_are_refused(started: Site, seconds: str) -> None:
    body = f'{{"answer": {{}}, "active_s": {seconds}}}'
    with started.program("an.nguyen") as client:
        assert client.put(f"exercises/{LESSON}/notice/draft", content=body).status_code == 400


def test_drafts_are_kept_composed_and_without_broken_characters(started: Site) -> None:
    body = '{"answer": {"text": "Ho\\u0323p x\\ud800\\u0000o\\u0301m"}, "active_s": 1}'
    with started.program("an.nguyen") as client:
        assert "saved_at" in client.put(f"exercises/{LESSON}/notice/draft", content=body).json()
        assert client.get(f"exercises/{LESSON}/notice").json()["answer"] == {"text": "Họp xóm"}


def test_unknown_lessons_and_exercises_are_404_in_vietnamese(started: Site) -> None:
    with started.program("an.nguyen") as client:
        for path, code in ((f"exercises/{LESSON}/none", "unknown_exercise"), ("lessons/text.none", "unknown_lesson")):
            reply = client.get(path)
            assert reply.status_code == 404
            assert reply.json()["error"]["code"] == code
            assert "Không tìm thấy" in reply.json()["error"]["message"]


def test_an_older_page_puts_nothing_over_a_newer_draft(started: Site) -> None:
    path = f"exercises/{LESSON}/notice"
    with started.program("an.nguyen") as client:

        def save(text: str, writer: str, base: str | None) -> tuple[int, dict[str, Any]]:
            body = {"answer": {"prompt": text}, "active_s": 5, "writer": writer, "base": base}
            reply = client.put(f"{path}/draft", json=body)
            return reply.status_code, reply.json()

        first = save("một", "phone", None)[1]["saved_at"]
        second = save("hai", "tablet", first)[1]["saved_at"]
        # the phone slept meanwhile
        status, refused = save("ba", "phone", first)
        assert (status, refused["error"]["code"], refused["error"]["saved_at"]) == (409, "newer_draft", second)
        checked = client.post(f"{path}/check", json={"answer": {}, "active_s": 5, "writer": "phone", "base": first})
        assert checked.status_code == 409
        assert client.get(path).json()["answer"] == {"prompt": "hai"}
        assert save("ba", "phone", second)[0] == 200, "the learner has seen it and chose"


def test_a_draft_that_is_sent_again_counts_once_and_its_page_may_go_on(started: Site) -> None:
    with started.program("an.nguyen") as client:
        body = {"answer": {"prompt": "một"}, "active_s": 5, "writer": "phone", "base": None}
        path = f"exercises/{LESSON}/notice/draft"
        first = client.put(path, json=body).json()
        assert client.put(path, json=body).json() == first
        assert client.put(path, json={**body, "answer": {"prompt": "một hai"}}).status_code == 200
        for wrong in ({"writer": ""}, {"writer": "x" * 65}, {"writer": 5}, {"base": 7}):
            assert client.put(path, json={**body, **wrong}).status_code == 400
    with reading(started.campus.engine) as connection:
        seconds = connection.execute(select(tables.active_time.c.seconds)).scalars().all()
    assert seconds == [5, 5]
