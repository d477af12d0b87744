from __future__ import annotations

import graders
import pytest
from campus_site import Site, until


@pytest.fixture
def started(site: Site) -> Site:
    site.prepare()
    site.start(grader=graders.broken)
    return site


def test_learners_stand_by_given_name_with_what_they_did(started: Site) -> None:
    submission = started.hand_in("hoa.ly")
    until(lambda: started.state(submission) == "failed")
    with started.browser("co.lan") as browser:
        page = browser.get("classes/demo").text
    assert page.index("Nguyễn Văn An") < page.index('<th scope="row">Lý Thị Hoa')
    assert "chưa nộp" in page
    assert 'href="/services/campus/classes/demo/formgrader"' in page


def test_a_failed_grading_is_shown_and_graded_again_by_its_button(started: Site) -> None:
    submission = started.hand_in("hoa.ly")
    until(lambda: started.state(submission) == "failed")
    with started.browser("hoa.ly") as browser:
        assert "Chấm chưa được, không mất điểm" in browser.get(f"submissions/{submission}").text
    started.stop()
    started.start(grader=graders.quick)
    again = f"classes/demo/submissions/{submission}/grade-again"
    with started.browser("co.lan") as browser:
        assert "Chấm lại" in browser.get("classes/demo").text
        assert started.send(browser, again, {}, page="classes/demo").status_code == 303
        until(lambda: started.state(submission) == "graded")
        assert "<b>3/4 điểm</b>" in browser.get(f"classes/demo/submissions/{submission}").text


@pytest.mark.parametrize("name", ["thay.binh", "an.nguyen", "khach.le"])
def test_who_does_not_teach_the_class_gets_a_calm_403(started: Site, name: str) -> None:
    submission = started.hand_in("an.nguyen")
    until(lambda: started.state(submission) == "failed")
    work = f"classes/demo/submissions/{submission}"
    with started.browser(name) as browser:
        for path in ("classes/demo", "classes/demo/formgrader", "classes/none", work):
            reply = browser.get(path)
            assert (reply.status_code, "nhờ thầy cô của lớp" in reply.text) == (403, True)
        assert started.send(browser, f"{work}/grade-again", {}).status_code == 403
    assert started.state(submission) == "failed"
    assert ("server", "class-demo") not in started.hub.asked


def test_a_submission_of_another_class_does_not_exist_for_a_teacher(started: Site) -> None:
    submission = started.hand_in("an.nguyen")
    with started.browser("thay.binh") as browser:
        assert browser.get(f"classes/khac/submissions/{submission}").status_code == 404


def test_formgrader_starts_the_class_server_waits_and_hands_on(started: Site) -> None:
    with started.browser("co.lan") as browser:
        waiting = browser.get("classes/demo/formgrader")
        assert ("server", "class-demo") in started.hub.asked
        assert 'content="2;url=/services/campus/classes/demo/formgrader?round=1"' in waiting.text
        assert "Đang mở bàn chấm bài" in waiting.text
        given_up = browser.get("classes/demo/formgrader?round=45")
        assert ("http-equiv" in given_up.text, "Thử lại" in given_up.text) == (False, True)
        started.hub.ready.add("class-demo")
        assert browser.get("classes/demo/formgrader").headers["location"] == "/user/class-demo/formgrader"
