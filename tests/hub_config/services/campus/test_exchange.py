from __future__ import annotations

import graders
import nbformat
import pytest
from campus_site import LESSON, Site, until
from nbformat.v4 import new_markdown_cell

from course.notebook import exercise_calls
from hub_config.services.campus.notebooks import read_notebook, to_bytes


@pytest.fixture
def started(site: Site) -> Site:
    site.code = True
    site.prepare()
    site.start(grader=graders.quick)
    return site


def test_a_learner_sees_the_own_courses_and_their_assignments(started: Site) -> None:
    with started.program("an.nguyen") as client:
        assert client.get("exchange/courses").json() == ["demo"]
        listed = client.get("exchange/assignments", params={"course": "demo"}).json()
        assert {entry["assignment_id"]: entry["title"] for entry in listed}[LESSON] == "Bài nhỏ"
        assert client.get("exchange/assignments", params={"course": "khac"}).status_code == 403
        assert client.get("exchange/submissions", params={"course": "khac"}).status_code == 403
    with started.program("khach.le") as client:
        assert client.get("exchange/courses").json() == []


def test_the_fetched_notebook_holds_neither_solutions_nor_hidden_tests(started: Site) -> None:
    with started.program("an.nguyen") as client:
        fetched = client.get(f"exchange/assignments/demo/{LESSON}").content
    assert b"return sum(xs)" not in fetched
    assert b"HIDDEN" not in fetched
    assert [c.answer for c in exercise_calls(read_notebook(fetched))] == [None] * 4


def test_code_is_graded_in_the_sandbox_and_feedback_comes_back_with_reasons(started: Site) -> None:
    started.stop()
    started.start()
    with started.program("an.nguyen") as client:
        fetched = nbformat.reads(client.get(f"exchange/assignments/demo/{LESSON}").text, as_version=4)
        answer = next(
            cell for cell in fetched.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "sum_answer"
        )
        answer.source = "def total(xs):\n    return sum(xs)"
        fetched.cells.append(new_markdown_cell("<script>alert(1)</script>"))
        body = to_bytes(fetched)
        submission = client.post(f"exchange/assignments/demo/{LESSON}/submissions", content=body).json()["id"]
        until(lambda: started.state(submission) == "graded")
        [listed] = client.get("exchange/submissions", params={"course": "demo"}).json()
        feedback = client.get(f"exchange/submissions/{submission}/feedback")
    assert (listed["score"], listed["max_score"]) == (3, 13)
    assert feedback.status_code == 200
    assert feedback.headers["content-security-policy"].startswith("default-src 'self'")
    assert "Tính tổng" in feedback.text
    assert "<script" not in feedback.text


def test_feedback_that_is_not_there_yet_is_a_calm_conflict(started: Site) -> None:
    started.stop()
    started.start(grader=graders.hanging)
    submission = started.hand_in("an.nguyen")
    with started.program("an.nguyen") as client:
        reply = client.get(f"exchange/submissions/{submission}/feedback")
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, "not_graded")
