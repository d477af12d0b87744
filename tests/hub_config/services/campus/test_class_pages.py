from __future__ import annotations

from urllib.parse import urlsplit

import graders
import pytest
from campus_site import LESSON, Site, right_answers, until
from sqlalchemy import func, select, update

from hub_config.services.campus import tables
from hub_config.services.campus.database import reading


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
        closed = ("", "/formgrader", "/progress", "/grade-again")
        for path in (*(f"classes/demo{page}" for page in closed), "classes/none", work):
            reply = browser.get(path)
            assert (reply.status_code, "nhờ thầy cô của lớp" in reply.text) == (403, True)
        for again in (f"{work}/grade-again", "classes/demo/grade-again"):
            assert started.send(browser, again, {}).status_code == 403
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


def entries(site: Site) -> int:
    """Lines of all grades in the ledger."""
    with reading(site.campus.engine) as connection:
        return connection.execute(select(func.count()).select_from(tables.grade_entry)).scalar_one()


@pytest.fixture
def graded(site: Site) -> Site:
    """Three submissions, graded; the graders are quick."""
    site.prepare()
    site.start(grader=graders.quick)
    submissions = [site.hand_in(name) for name in ("hoa.ly", "an.nguyen", "an.nguyen")]
    until(lambda: [site.state(id_) for id_ in submissions] == ["graded"] * 3)
    return site


def test_while_something_is_graded_the_page_counts_and_follows(site: Site) -> None:
    site.prepare()
    site.start(grader=graders.hanging)
    submission = site.hand_in("hoa.ly")
    until(lambda: site.state(submission) == "grading")
    with site.browser("co.lan") as browser:
        page = browser.get("classes/demo?of=3").text
        assert browser.get("classes/demo/progress").json() == {"pending": 1, "graded": 0}
    assert "Đang chấm <span data-done>2</span>/<span data-of>3</span> bài" in page
    assert '<progress max="3" value="2"' in page
    assert '<noscript><meta http-equiv="refresh" content="3;url=/services/campus/classes/demo?of=3"></noscript>' in page
    assert 'data-progress="/services/campus/classes/demo/progress"' in page
    assert "/services/campus/assets/class.js?v=" in page
    assert "Chấm lại nhiều bài" not in page


@pytest.mark.parametrize(("query", "said"), [("?of=3", True), ("", False), ("?of=-1", False), ("?of=x", False)])
def test_when_nothing_waits_the_page_is_still_and_says_what_was_graded(graded: Site, query: str, said: bool) -> None:
    with graded.browser("co.lan") as browser:
        page = browser.get(f"classes/demo{query}").text
        assert browser.get("classes/demo/progress").json() == {"pending": 0, "graded": 3}
    assert ("Đã chấm xong 3 bài." in page) == said
    assert not [word for word in ("http-equiv", "class.js", "<progress", "Đã chấm xong 0") if word in page]


@pytest.mark.parametrize("fields", [{}, {"lesson": LESSON}])
def test_a_class_is_graded_again_once_its_teacher_confirmed_the_number(graded: Site, fields: dict[str, str]) -> None:
    before = entries(graded)
    with graded.browser("co.lan") as browser:
        asked = browser.get("classes/demo/grade-again", params=fields).text
        assert "Chấm lại 3 bài nộp?" in asked
        assert "Điểm cũ vẫn được giữ" in asked
        assert "Điểm thầy cô đã sửa giữ nguyên" in asked
        assert entries(graded) == before
        page = f"classes/demo/grade-again?lesson={LESSON}" if fields else "classes/demo/grade-again"
        back = graded.send(browser, "classes/demo/grade-again", fields, page=page)
        to = urlsplit(back.headers["location"])
        assert (back.status_code, to.path, to.query) == (303, "/services/campus/classes/demo", "of=3")
    until(lambda: entries(graded) == 2 * before)


def test_an_unknown_lesson_is_not_graded_again(graded: Site) -> None:
    with graded.browser("co.lan") as browser:
        assert browser.get("classes/demo/grade-again?lesson=text.none").status_code == 404
        fields = {"lesson": "text.none"}
        assert (
            graded.send(browser, "classes/demo/grade-again", fields, page="classes/demo/grade-again").status_code == 404
        )


def test_a_lesson_that_was_changed_is_offered_to_be_graded_by_its_new_version(graded: Site) -> None:
    hint = "được sửa sau khi đã chấm 3 bài nộp. Chấm lại theo bản mới?"
    outdated = f"classes/demo/grade-again?lesson={LESSON}&outdated=1"
    with graded.browser("co.lan") as browser:
        assert hint not in browser.get("classes/demo").text
        assert "Không có bài nào cần chấm lại" in browser.get(outdated).text
        with (graded.campus.lesson(LESSON).path / "lesson.toml").open("a", encoding="utf-8") as lesson:
            lesson.write("\n# a change\n")
        assert hint in browser.get("classes/demo").text
        assert "Chấm lại 3 bài nộp?" in browser.get(outdated).text
        graded.send(browser, "classes/demo/grade-again", {"lesson": LESSON, "outdated": "1"}, page=outdated)
        until(lambda: browser.get("classes/demo/progress").json() == {"pending": 0, "graded": 3})
        assert hint not in browser.get("classes/demo").text


def test_teachers_see_how_a_score_came_about_and_learners_do_not(site: Site) -> None:
    site.prepare()
    site.start()
    site.draft("an.nguyen", right_answers() | {"pick": {"items": {"day": "wrong", "fee": "right"}}})
    submission = site.hand_in("an.nguyen")
    until(lambda: site.state(submission) == "graded")
    with site.campus.engine.begin() as connection:  # as if an earlier version of the rule had given less
        connection.execute(update(tables.grade_entry).where(tables.grade_entry.c.exercise == "pick").values(points=1))
    with site.browser("co.lan") as browser:
        page = f"classes/demo/submissions/{submission}"
        site.send(browser, f"{page}/grade-again", {}, page=page)
        until(lambda: "2 lần" in browser.get(page).text)
        text = " ".join(browser.get(page).text.split())
    assert '<details class="card folded"> <summary>Lịch sử chấm' in text
    assert "<b>Chọn</b>: 1/4 → 2/4" in text
    assert text.index("<b>6/10 điểm</b>") < text.index("<b>5/10 điểm</b>")
    with site.browser("an.nguyen") as browser:
        assert "Lịch sử chấm" not in browser.get(f"submissions/{submission}").text
