from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor

import graders
import nbformat
import pytest
from campus_site import LESSON, PREFIX, Site, right_answers, until
from small_lesson import notebook
from sqlalchemy import select

from autograders.models import Context
from course.notebook import exercise_calls
from hub_config.services.campus import ledger, tables
from hub_config.services.campus.database import reading
from hub_config.services.campus.notebooks import to_bytes

EXCHANGE = f"exchange/assignments/demo/{LESSON}"


@pytest.fixture
def started(site: Site) -> Site:
    site.prepare()
    site.start(grader=graders.quick)
    return site


def stored(site: Site) -> list[tuple[str, str, str, bytes, str]]:
    s = tables.submission.c
    with reading(site.campus.engine) as connection:
        return [tuple(row) for row in connection.execute(select(s.learner, s.class_id, s.door, s.notebook, s.context))]


def test_from_the_phone_the_stored_notebook_holds_the_drafts(started: Site) -> None:
    started.draft("an.nguyen", right_answers())
    started.hand_in("an.nguyen")
    [(learner, class_id, door, blob, context)] = stored(started)
    assert (learner, class_id, door) == ("an.nguyen", "demo", "phone")
    calls = exercise_calls(nbformat.reads(blob.decode(), as_version=4))
    assert {c.exercise.partition("/")[2]: c.answer for c in calls} == right_answers()
    assert Context.model_validate_json(context).role == "official"


def test_the_same_key_sent_many_times_at_once_is_one_submission(started: Site) -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(lambda _: started.hand_in("an.nguyen", "key-1"), range(8)))
    assert len(ids) == len(stored(started)) == 1
    assert started.hand_in("hoa.ly", "key-1") not in ids
    assert started.hand_in("an.nguyen", "key-2") not in ids


def test_real_grading_of_both_doors_gives_the_same_score(site: Site) -> None:
    site.prepare()
    site.start()
    site.draft("an.nguyen", right_answers())
    phone = site.hand_in("an.nguyen")
    with site.program("an.nguyen") as client:
        fetched = client.get(EXCHANGE)
        assert "hidden" not in fetched.text.lower()
        lab = client.post(f"{EXCHANGE}/submissions", content=fetched.content).json()["id"]
    until(lambda: {site.state(phone), site.state(lab)} == {"graded"})
    with site.program("an.nguyen") as client:
        listed = client.get("exchange/submissions", params={"course": "demo"}).json()
    assert [(s["id"], s["score"], s["max_score"], s["feedback"]) for s in listed] == [
        (lab, 8, 10, True),
        (phone, 8, 10, True),
    ]
    with reading(site.campus.engine) as connection:
        standing = ledger.standing(connection, "an.nguyen", LESSON)
        rows = connection.execute(select(tables.grade_entry).where(tables.grade_entry.c.submission == phone)).all()
    assert standing is not None
    assert (standing.points, standing.waiting) == (8, 2)
    assert [(r.exercise, r.criterion, r.points, r.provenance["by"]) for r in rows] == [
        ("pick", "right", 4, "rule"),
        ("notice", "facts", 4, "rule"),
        ("notice", "fit", None, "judge"),
    ]


def test_handing_in_worse_work_costs_nothing(site: Site) -> None:
    site.prepare()
    site.start()
    site.draft("an.nguyen", right_answers())
    good = site.hand_in("an.nguyen")
    until(lambda: site.state(good) == "graded")
    site.draft("an.nguyen", {"pick": {"items": {"day": "wrong", "fee": "wrong"}}})
    bad = site.hand_in("an.nguyen")
    until(lambda: site.state(bad) == "graded")
    with reading(site.campus.engine) as connection:
        standing = ledger.standing(connection, "an.nguyen", LESSON)
    assert standing is not None
    assert (standing.submission.id, standing.points) == (good, 8)


@pytest.mark.parametrize(
    ("name", "path", "body", "status", "code"),
    [
        ("an.nguyen", f"{EXCHANGE}/submissions", b"not a notebook", 422, "not_a_notebook"),
        ("an.nguyen", "exchange/assignments/demo/text.none/submissions", None, 404, "unknown_lesson"),
        ("an.nguyen", f"exchange/assignments/khac/{LESSON}/submissions", None, 403, "not_in_class"),
        ("khach.le", f"{EXCHANGE}/submissions", None, 403, "not_in_class"),
        ("co.lan", f"{EXCHANGE}/submissions", None, 403, "not_in_class"),
        ("an.nguyen", f"{EXCHANGE}/submissions", b"x" * 5_000_001, 413, "too_big"),
        ("khach.le", f"lessons/{LESSON}/submit", b"{}", 403, "no_class"),
        ("nobody", f"{EXCHANGE}/submissions", None, 403, "no_account"),
        ("stranger", f"{EXCHANGE}/submissions", None, 403, "forbidden"),
        ("apps", f"{EXCHANGE}/submissions", None, 403, "forbidden"),
    ],
)
def test_what_cannot_be_handed_in_is_refused_in_vietnamese_and_not_stored(
    started: Site, name: str, path: str, body: bytes | None, status: int, code: str
) -> None:
    with started.program(name) as client:
        reply = client.post(path, content=to_bytes(notebook()) if body is None else body)
    assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)
    assert reply.json()["error"]["message"].endswith((".", "nhé."))
    assert stored(started) == []


def test_fifty_megabytes_without_a_declared_length_are_refused_while_they_arrive(started: Site) -> None:
    head = (
        f"POST {PREFIX}api/{EXCHANGE}/submissions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer an.nguyen:t\r\n"
        "Transfer-Encoding: chunked\r\n\r\n"
    )
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    sent = 0
    with socket.create_connection(("127.0.0.1", started.port), timeout=20) as connection:
        connection.sendall(head.encode())
        answered = b""
        connection.settimeout(0.001)
        while sent < 50_000_000 and not answered:
            try:
                connection.settimeout(20)
                connection.sendall(chunk)
                sent += len(chunk)
                connection.settimeout(0.001)
                answered = connection.recv(1000)
            except TimeoutError:
                continue
            except (BrokenPipeError, ConnectionResetError):
                break
    assert sent < 20_000_000, "the service went on reading"
    assert not answered or b" 413 " in answered
    assert stored(started) == []


def test_submissions_of_others_do_not_exist(started: Site) -> None:
    submission = started.hand_in("an.nguyen")
    until(lambda: started.state(submission) == "graded")
    for name, status in (("an.nguyen", 200), ("hoa.ly", 404), ("co.lan", 404)):
        with started.program(name) as client:
            assert client.get(f"submissions/{submission}").status_code == status
        with started.browser(name) as browser:
            assert browser.get(f"submissions/{submission}").status_code == status
    for name in ("hoa.ly", "co.lan"):
        with started.program(name) as client:
            assert client.get(f"exchange/submissions/{submission}/feedback").status_code == 404


def test_a_learner_without_a_token_is_told_to_sign_in(started: Site) -> None:
    with started.program("an.nguyen") as client:
        for headers in ({"Authorization": ""}, {"Authorization": "Bearer unknown"}):
            reply = client.get("exchange/courses", headers=headers)
            assert (reply.status_code, reply.json()["error"]["code"]) == (401, "not_signed_in")
