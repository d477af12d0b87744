"""The class page in a real browser: it follows the graders by itself."""

from __future__ import annotations

from collections.abc import Iterator

import graders
import pytest
from campus_site import Site
from chromium import chromium, needs_chromium
from playwright.sync_api import Page, expect
from sqlalchemy import update

from hub_config.services.campus import tables

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def page(site: Site) -> Iterator[Page]:
    """A phone of the teacher, signed in; three submissions are with graders that hang."""
    site.prepare()
    site.start(grader=graders.hanging)
    for name in ("hoa.ly", "an.nguyen", "an.nguyen"):
        site.hand_in(name)
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 390, "height": 500}, locale="vi-VN", is_mobile=True)
        with site.browser("co.lan") as signed_in:
            context.add_cookies(
                [
                    {"name": cookie.name, "value": cookie.value or "", "domain": "127.0.0.1", "path": cookie.path}
                    for cookie in signed_in.cookies.jar
                ]
            )
        yield context.new_page()


def graded(site: Site, *, how_many: int) -> None:
    """As if graders had come so far."""
    with site.campus.engine.begin() as connection:
        columns = tables.grading.c
        ids = [row.submission for row in connection.execute(tables.grading.select().order_by(columns.state.desc()))]
        change = update(tables.grading).where(columns.submission.in_(ids[:how_many]))
        connection.execute(change.values(state="graded", owner=None))


def test_count_and_bar_move_and_at_the_end_the_page_says_so_where_its_reader_is(site: Site, page: Page) -> None:
    page.goto(f"{site.url}classes/demo")
    heading, bar = page.locator("#under-way"), page.locator("progress")
    expect(heading).to_have_text("Đang chấm 0/3 bài")
    page.get_by_role("heading", name="Ai đã làm gì").scroll_into_view_if_needed()
    before = page.evaluate("window.scrollY")
    assert before > 0
    graded(site, how_many=2)
    expect(heading).to_have_text("Đang chấm 2/3 bài")
    assert bar.evaluate("bar => [bar.value, bar.max]") == [2, 3]
    assert page.locator("[data-pending]").inner_text() == "1"
    graded(site, how_many=3)
    expect(page.get_by_role("status")).to_have_text("Đã chấm xong 3 bài.")
    assert page.evaluate("window.scrollY") > 0
    expect(heading).to_have_count(0)
