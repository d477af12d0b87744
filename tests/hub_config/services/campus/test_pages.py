from __future__ import annotations

import re

import graders
import httpx
import pytest
from campus_site import LESSON, PREFIX, Site, right_answers, until
from sqlalchemy import update

from hub_config.services.campus import tables
from hub_config.services.campus.accounts import account

SCRIPT = "<script>alert(1)</script><b>đậm</b>"
FOREIGN = r"(?:href|src|action)=\"(?:https?:)?//|<script(?! src=\"/services/campus/assets/)|style=\""
"""Addresses elsewhere, and scripts and styles that stand in the page itself."""
SOLUTION = f"lessons/{LESSON}/exercises/pick/solution"


@pytest.fixture
def started(site: Site) -> Site:
    site.prepare()
    site.start()
    return site


def graded(site: Site, answers: dict[str, dict[str, object]]) -> str:
    site.draft("an.nguyen", answers)
    submission = site.hand_in("an.nguyen")
    until(lambda: site.state(submission) == "graded")
    return submission


def pages(site: Site, submission: str) -> dict[str, httpx.Response]:
    with site.browser("an.nguyen") as browser:
        return {path: browser.get(path) for path in ("", "map", "profile", f"submissions/{submission}", SOLUTION)}


def test_every_page_is_small_strict_and_without_remote_addresses(started: Site) -> None:
    submission = graded(started, right_answers())
    for path, page in pages(started, submission).items():
        assert page.status_code == 200, path
        assert len(page.content) < 100_000, path
        assert page.headers["content-security-policy"].startswith("default-src 'self';"), path
        assert not re.search(FOREIGN, page.text), path
        assert '<html lang="vi">' in page.text, path
        for asset in re.findall(r'"(/services/campus/assets/[^"]+)"', page.text):
            assert httpx.get(f"http://127.0.0.1:{started.port}{asset}").status_code == 200


def test_the_first_day_shows_the_first_lesson_and_calm_empty_places(started: Site) -> None:
    with started.browser("hoa.ly") as browser:
        page = browser.get("").text
    assert "Chào Hoa" in page
    assert "Bài đầu tiên của bạn" in page
    assert f'href="/services/apps/{LESSON}/"' in page
    assert "Nộp bài đầu tiên xong, điểm và nhận xét hiện ở đây." in page
    assert "JupyterLab" not in page


def test_after_work_the_ring_the_streak_and_the_result_are_there(started: Site) -> None:
    with started.program("an.nguyen") as client:
        client.put(f"exercises/{LESSON}/notice/draft", json={"answer": {"final": "x"}, "active_s": 450})
    graded(started, right_answers())
    with started.browser("an.nguyen") as browser:
        page = browser.get("").text
    assert "Bạn đã học 7 phút, còn 8 phút nữa." in page
    assert "1 <span>ngày liền</span>" in page
    assert "<b>8</b>/10" in page


def test_the_map_shows_five_levels_and_only_lessons_that_exist(started: Site) -> None:
    with started.browser("hoa.ly") as browser:
        page = browser.get("map").text
    assert re.findall(r'class="level level-(\d)"', page) == ["1", "2", "3", "4", "5"]
    assert page.count("/services/apps/") == len(list(started.campus.catalog))
    assert page.count("Đang soạn") == 1


def test_a_result_says_points_reasons_evidence_and_who_scored(started: Site) -> None:
    answers = right_answers() | {"pick": {"items": {"day": "wrong", "fee": "right"}}}
    submission = graded(started, answers)
    with started.browser("an.nguyen") as browser:
        assert browser.get(f"lessons/{LESSON}/result").headers["location"] == f"{PREFIX}submissions/{submission}"
        page = browser.get(f"submissions/{submission}").text
    for text in (
        "6<span>/10 điểm",
        "Hôm qua đã qua.",
        "Còn 1 câu chưa đúng.",
        "chấm theo luật",
        "chờ 2 điểm",
        "Làm lại",
    ):
        assert text in page
    assert "http-equiv" not in page


def test_while_grading_the_page_refreshes_itself(site: Site) -> None:
    site.prepare()
    site.start(grader=graders.hanging)
    submission = site.hand_in("an.nguyen")
    with site.browser("an.nguyen") as browser:
        page = browser.get(f"submissions/{submission}").text
    assert '<meta http-equiv="refresh" content="3">' in page
    assert "Đang chấm" in page


def test_what_learners_write_is_escaped_everywhere(started: Site) -> None:
    with started.campus.engine.begin() as connection:
        connection.execute(update(account).where(account.c.name == "an.nguyen").values(display_name=f"A {SCRIPT}"))
    final = f"{SCRIPT} ngày 12/03/2027 tại nhà văn hóa xóm"
    answers = right_answers()
    submission = graded(started, answers | {"notice": {**answers["notice"], "final": final}})
    with started.campus.engine.begin() as connection:
        connection.execute(update(tables.grading).values(state="failed"))
    shown = [page.text for page in pages(started, submission).values()]
    with started.browser("co.lan") as browser:
        shown += [browser.get(f"classes/demo{rest}").text for rest in ("", f"/submissions/{submission}")]
    assert any("&lt;script&gt;" in page for page in shown)
    for page in shown:
        assert "<script>" not in page
        assert "<b>đậm" not in page


def test_a_solution_is_shown_only_after_it_was_asked_for(started: Site) -> None:
    with started.browser("an.nguyen") as browser:
        assert "Vì sao" not in browser.get(SOLUTION).text
        assert started.send(browser, SOLUTION, {}, page=SOLUTION).status_code == 303
        assert "Vì sao" in browser.get(SOLUTION).text
    with started.program("an.nguyen") as client:
        assert client.get(f"exercises/{LESSON}/pick").json()["solution"] is not None


def test_a_form_without_its_token_or_with_anothers_changes_nothing(started: Site) -> None:
    with started.browser("hoa.ly") as other:
        found = re.search(r'name="form_token" value="([^"]+)"', other.get("profile").text)
    assert found
    with started.browser("an.nguyen") as browser:
        for token in ("", found[1], "é"):
            reply = browser.post("profile", data={"role": "farmer", "form_token": token})
            assert (reply.status_code, "bấm lại" in reply.text) == (403, True)
        assert 'value="official" checked' in browser.get("profile").text
        assert started.send(browser, "profile", {"role": "king"}).status_code == 400
        assert started.send(browser, "profile", {"role": "farmer"}).status_code == 303
        assert 'value="farmer" checked' in browser.get("profile").text


def test_the_year_of_birth_is_said_once_and_then_stands(started: Site) -> None:
    with started.browser("an.nguyen") as browser:
        for wrong in ("85", "năm 1985", "3000"):
            reply = started.send(browser, "profile", {"role": "official", "birth_year": wrong})
            assert (reply.status_code, "bốn chữ số" in reply.text) == (422, True)
        assert started.send(browser, "profile", {"role": "official", "birth_year": ""}).status_code == 303
        assert 'name="birth_year"' in browser.get("profile").text
        assert started.send(browser, "profile", {"role": "official", "birth_year": " 2014 "}).status_code == 303
        assert started.send(browser, "profile", {"role": "official", "birth_year": "1985"}).status_code == 303
        page = browser.get("profile").text
    assert "Năm sinh: 2014" in page
    assert 'name="birth_year"' not in page


def test_a_pupil_of_unknown_age_says_the_year_before_becoming_something_else(started: Site) -> None:
    with started.browser("hoa.ly") as browser:
        assert started.send(browser, "profile", {"role": "student"}).status_code == 303
        reply = started.send(browser, "profile", {"role": "worker"})
        assert (reply.status_code, "ghi năm sinh rồi" in reply.text) == (422, True)
        assert 'value="student" checked' in browser.get("profile").text
        assert started.send(browser, "profile", {"role": "worker", "birth_year": "2014"}).status_code == 303
        page = browser.get("profile").text
    assert 'value="worker" checked' in page
    assert "Năm sinh: 2014" in page


def test_signing_out_ends_the_session(started: Site) -> None:
    with started.browser("an.nguyen") as browser:
        reply = started.send(browser, "sign-out", {})
        assert (reply.status_code, reply.headers["location"]) == (303, "/hub/logout")
        assert browser.get("").status_code == 302


def test_unknown_pages_are_calm_404s(started: Site) -> None:
    with started.browser("an.nguyen") as browser:
        for path in ("nowhere", "submissions/none", "lessons/text.none/result", "assets/none.css"):
            reply = browser.get(path)
            assert reply.status_code == 404
            assert "Về Hôm nay" in reply.text
