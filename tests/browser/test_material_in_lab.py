"""Pictures and sounds of lessons in a real JupyterLab: of the notebook beside it, of the exercises from campus."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from chromium import needs_chromium
from learner_page import sign_in
from playwright.sync_api import Browser, Locator, Page, expect
from running_hub import RunningHub
from teacher_page import DESK, open_formgrader, open_submission

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.timeout(600), needs_chromium]

STUDENT, TEACHER = "minh.pham", "co.lan"
LOADED = "(image) => image.complete && image.naturalWidth > 0"
HELD = "(address) => fetch(address).then(() => true, () => false)"
PLAYS = "(player) => player.play().then(() => player.readyState, (error) => String(error))"


@pytest.fixture(scope="module")
def lab(fresh_hub: RunningHub, browser: Browser) -> Iterator[Page]:
    """The student's JupyterLab, its server started."""
    context = browser.new_context(viewport=DESK, locale="vi-VN")
    page = context.new_page()
    sign_in(page, fresh_hub.url, STUDENT, fresh_hub.passwords[STUDENT])
    page.get_by_role("link", name=re.compile("JupyterLab")).first.click()
    page.get_by_role("menuitem", name="Nbgrader").wait_for(timeout=90_000)
    yield page
    context.close()


def assignments(page: Page) -> None:
    """nbgrader's own view."""
    page.get_by_role("menuitem", name="Nbgrader").click(timeout=90_000)
    page.get_by_text("Assignment List").first.click()


def fetched(page: Page, lesson: str) -> None:
    """Fetch a lesson where it is not there yet, open its notebook and run it."""
    assignments(page)
    fetch = page.locator("#released_assignments_list .list_item", has_text=lesson).get_by_role("button", name="Fetch")
    there = page.locator("#fetched_assignments_list .list_item", has_text=lesson).first
    expect(fetch.or_(there)).to_be_visible(timeout=20_000)
    if fetch.is_visible():
        fetch.click()
    expect(there.get_by_role("button", name="Submit")).to_be_visible(timeout=20_000)
    page.goto(re.sub(r"/lab.*", f"/lab/tree/{lesson}/lesson.ipynb?reset", page.url))
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=90_000)
    run_all(page)


def run_all(page: Page) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells").first.click()


def come_to(page: Page, place: Locator) -> Locator:
    """Scroll the notebook from its top until it is there: JupyterLab draws cells as they come near, hides far ones."""
    panel, seen = page.locator(".jp-WindowedPanel-outer").first, place.locator("visible=true").first
    for height in [*range(0, 8_000, 300)] * 4:
        panel.evaluate("(element, height) => element.scrollTo(0, height)", height)
        page.wait_for_timeout(200)
        if seen.is_visible():
            break
    seen.scroll_into_view_if_needed()
    return seen


def is_picture(image: Locator) -> None:
    """It has loaded, and its bytes were a picture's."""
    image.page.wait_for_function(LOADED, arg=image.element_handle(), timeout=20_000)


def test_a_picture_of_the_notebook_and_a_sound_of_an_exercise(lab: Page) -> None:
    fetched(lab, "text.minutes")
    expect(lab.locator(".jp-OutputArea section.hk").first).to_be_visible(timeout=60_000)
    is_picture(come_to(lab, lab.locator(".jp-MarkdownCell img")))
    assert come_to(lab, lab.locator(".jp-OutputArea audio")).evaluate(PLAYS) == 4


def test_pictures_of_an_exercise(lab: Page) -> None:
    fetched(lab, "media.poster")
    expect(lab.locator(".jp-OutputArea section.hk").first).to_be_visible(timeout=60_000)
    picture = come_to(lab, lab.locator(".jp-OutputArea .hk-image img"))
    is_picture(picture)
    address = picture.get_attribute("src")
    assert address is not None and address.startswith("blob:")

    lab.route("**/api/lessons/*/material/**", lambda route: route.abort())  # the line is gone, and all cells run anew
    run_all(lab)
    expect(lab.locator(".jp-OutputArea .hk-image").first).to_contain_text("Hình: ")
    assert not lab.evaluate(HELD, address), "what a widget that is closed held in memory"
    lab.unroute("**/api/lessons/*/material/**")


def test_a_poster_is_made_and_checked(lab: Page) -> None:
    fetched(lab, "media.poster")
    expect(lab.locator(".jp-OutputArea section.hk").first).to_be_visible(timeout=60_000)
    making = come_to(lab, lab.locator("section.hk-kind-make"))
    making.get_by_label("Câu lệnh vẽ ảnh nền").fill("Vẽ đồi chè xanh, chừa chỗ trống, không có chữ")
    making.get_by_role("button", name="Nhờ AI vẽ").click()
    expect(making.get_by_alt_text("Ảnh nền đang dùng")).to_be_visible(timeout=30_000)
    for fact in making.locator(".hk-chip").all()[:3]:
        fact.click()
    making.get_by_role("button", name="Dựng poster").click()
    expect(making.get_by_alt_text(re.compile("^Poster của bạn"))).to_be_visible(timeout=30_000)
    making.locator(".hk-actions .hk-main").click()
    expect(making.locator(".hk-headline")).to_contain_text("/14 điểm", timeout=30_000)


def test_a_picture_of_the_notebook_on_the_teachers_page(lab: Page, fresh_hub: RunningHub, browser: Browser) -> None:
    assignments(lab)
    there = lab.locator("#fetched_assignments_list .list_item", has_text="text.minutes").first
    there.get_by_role("button", name="Submit").click()
    submitted = lab.locator("#submitted_assignments_list .list_item", has_text="text.minutes").first
    expect(submitted).to_be_visible(timeout=20_000)
    context = browser.new_context(viewport=DESK, locale="vi-VN")
    teacher = context.new_page()
    sign_in(teacher, fresh_hub.url, TEACHER, fresh_hub.passwords[TEACHER])
    open_formgrader(teacher)
    open_submission(teacher, fresh_hub.url, "text.minutes")
    is_picture(teacher.get_by_role("img", name=re.compile("Năm loại lời nói")))
    context.close()
