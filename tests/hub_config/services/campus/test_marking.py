"""Teachers read answers blind: what they see, what they don't, and what is kept of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from campus_site import LESSON, LocalHub
from judge_site import SENTENCE, JudgedSite, add_second_teacher, hand_in_graded, judged_site
from sqlalchemy import select

from hub_config.services.campus import marking, tables
from hub_config.services.campus.marking import Reading

HOSTILE = "Mời bà con ngày 12/03/2027 <script>alert(1)</script><b>đậm</b> {{ 7*7 }} </blockquote>"


@pytest.fixture
def site(tmp_path: Path, local_hub: LocalHub) -> Iterator[JudgedSite]:
    """A class whose two learners have handed in, and a second teacher in it, thay.son."""
    with judged_site(tmp_path, local_hub) as made:
        add_second_teacher(made)
        hand_in_graded(made.campus, "an.nguyen", HOSTILE)
        hand_in_graded(made.campus, "hoa.ly")
        yield made


def address(text: str) -> str:
    """Where the form of the page goes."""
    found = re.search(r'<form method="post" action="/services/campus/([^"]+)"', text)
    assert found
    return found[1]


def mark(site: JudgedSite, browser: httpx.Client, level: int | str) -> httpx.Response:
    """Give the answer that comes next a level."""
    page = browser.get("classes/demo/marking").text
    return site.send(browser, address(page), {"level": str(level)}, page="classes/demo/marking")


def rows(site: JudgedSite) -> list[tuple[str, str, int]]:
    with site.campus.engine.connect() as connection:
        columns = (tables.marking.c.teacher, tables.marking.c.submission, tables.marking.c.level)
        return [tuple(row) for row in connection.execute(select(*columns).order_by(tables.marking.c.id))]  # type: ignore[misc]


def test_a_sheet_shows_the_answer_escaped_with_its_levels_and_no_names(site: JudgedSite) -> None:
    site.start()
    with site.browser("co.lan") as browser:
        pages = []
        for _ in range(2):
            pages.append(browser.get("classes/demo/marking").text)
            assert mark(site, browser, 1).status_code == 303
    both = "".join(pages)
    assert SENTENCE in both
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;đậm" in both and "<script>alert" not in both
    assert "{{ 7*7 }} &lt;/blockquote&gt;" in both
    assert both.count("Nghe một lần có hiểu không?") == 2 and "hiểu ngay" in both
    for private in ("Nguyễn Văn An", "Lý Thị Hoa", "an.nguyen", "hoa.ly"):
        assert private not in both
    assert "Đã đọc 0/2" in pages[0] and "Đã đọc 1/2" in pages[1]
    assert 'style="' not in both and "<script" not in both


def test_when_nothing_is_left_the_page_says_so_and_new_work_comes_up(site: JudgedSite) -> None:
    site.start()
    with site.browser("co.lan") as browser:
        mark(site, browser, 0), mark(site, browser, 2)
        done = browser.get("classes/demo/marking").text
        assert "đã đọc hết 2 câu" in done and "<form" not in done
        site.stop()
        hand_in_graded(site.campus, "hoa.ly", f"{SENTENCE} Nhớ mang ghế.")
        site.start()
        assert "Nhớ mang ghế." in browser.get("classes/demo/marking").text


def test_an_empty_class_says_what_to_do(site: JudgedSite) -> None:
    site.start()
    with site.browser("thay.binh") as browser:
        assert "Chưa có bài nào để đọc" in browser.get("classes/khac/marking").text
        assert "Chưa có bài nào để so" in browser.get("classes/khac/agreement").text


def test_the_last_level_can_be_put_right(site: JudgedSite) -> None:
    site.start()
    with site.browser("co.lan") as browser:
        mark(site, browser, 2)
        page = browser.get("classes/demo/marking").text
        last = re.search(r'href="/services/campus/(classes/demo/marking/[^"]+)">Sửa câu vừa đọc', page)
        assert last
        again = browser.get(last[1]).text
        assert re.search(r'value="2" required checked', again)
        assert site.send(browser, address(again), {"level": "0"}, page=last[1]).status_code == 303
        assert "Đã đọc 1/2" in browser.get("classes/demo/marking").text
    (_, submission, first), (_, same, second) = rows(site)
    assert (first, second, submission) == (2, 0, same)
    with site.campus.engine.connect() as connection:
        assert marking.levels(connection, "demo") == {Reading(submission, "notice", "fit"): {"co.lan": 0}}


def test_what_another_teacher_has_read_comes_first_and_stays_hidden(site: JudgedSite) -> None:
    first_of = {}
    for teacher in ("co.lan", "thay.son"):
        first_of[teacher] = marking.desk(site.campus, "demo", teacher).rest
        assert marking.desk(site.campus, "demo", teacher).rest == first_of[teacher], "the order is stable"
    last = first_of["thay.son"][-1]
    marking.mark(site.campus, "demo", "co.lan", last, 2)
    assert marking.desk(site.campus, "demo", "thay.son").rest == (last, *first_of["thay.son"][:-1])
    assert marking.sheet(site.campus, "demo", "thay.son", last).level is None
    marking.mark(site.campus, "demo", "thay.son", last, 1)
    assert marking.desk(site.campus, "demo", "thay.son").rest == first_of["thay.son"][:-1]


@pytest.mark.parametrize("level", ["3", "-1", "", "hai", "1e1", "٢", "9" * 5000])
def test_a_level_that_is_none_of_the_criterion_is_refused(site: JudgedSite, level: str) -> None:
    site.start()
    with site.browser("co.lan") as browser:
        assert mark(site, browser, level).status_code == 400
    assert rows(site) == []


def test_only_teachers_of_the_class_read_its_answers(site: JudgedSite) -> None:
    one = marking.desk(site.campus, "demo", "co.lan").rest[0]
    site.start()
    places = ("classes/demo/marking", "classes/demo/agreement", f"classes/demo/marking/{'/'.join(one)}")
    for name in ("thay.binh", "an.nguyen", "khach.le"):
        with site.browser(name) as browser:
            for place in places:
                assert browser.get(place).status_code == 403, (name, place)
            assert site.send(browser, places[2], {"level": "2"}).status_code == 403
    with site.browser("thay.binh") as browser:  # nor by way of the class that is taught
        assert browser.get(f"classes/khac/marking/{'/'.join(one)}").status_code == 404
        assert site.send(browser, f"classes/khac/marking/{'/'.join(one)}", {"level": "2"}).status_code == 404
    assert rows(site) == []


@pytest.mark.parametrize("part", ["facts", "none"])
def test_what_no_judge_reads_is_not_there(site: JudgedSite, part: str) -> None:
    one = marking.desk(site.campus, "demo", "co.lan").rest[0]
    site.start()
    with site.browser("co.lan") as browser:
        assert browser.get(f"classes/demo/marking/{one.submission}/notice/{part}").status_code == 404
        assert browser.get(f"classes/demo/marking/{'0' * 32}/notice/fit").status_code == 404


def test_an_empty_answer_and_an_older_one_are_not_on_the_pile(site: JudgedSite) -> None:
    before = {one.submission for one in marking.desk(site.campus, "demo", "co.lan").rest}
    newer = hand_in_graded(site.campus, "hoa.ly", f"{SENTENCE} Nhớ mang ghế.")
    hand_in_graded(site.campus, "an.nguyen", "")
    assert {one.submission for one in marking.desk(site.campus, "demo", "co.lan").rest} == {newer}
    assert newer not in before


def test_a_criterion_that_was_taken_out_of_its_lesson_is_passed_over(site: JudgedSite) -> None:
    marking.mark(site.campus, "demo", "co.lan", marking.desk(site.campus, "demo", "co.lan").rest[0], 1)
    file = site.data / "level1_text" / "01_small" / "lesson.toml"
    file.write_text(file.read_text("utf-8").replace('id = "fit"', 'id = "clear"'), "utf-8")
    site.start()
    with site.browser("thay.son") as browser:
        assert "Chưa có bài nào để đọc" in browser.get("classes/demo/marking").text
        assert "Chưa có bài nào để so" in browser.get("classes/demo/agreement").text
    assert LESSON in {folder.lesson.id for folder in site.campus.catalog}
