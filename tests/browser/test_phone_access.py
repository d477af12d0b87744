"""Every card of every lesson: axe-core finds nothing, nothing scrolls sideways, the keyboard gets everywhere.

axe-core is injected from node_modules. Screenshots are kept in test-artefacts/cards/.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from chromium import needs_chromium
from learner_page import BEGINNER, ROOT, lessons, open_lesson, ready, sign_in
from playwright.sync_api import Browser, Page, expect
from running_hub import RunningHub

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.timeout(600), needs_chromium]

ARTEFACTS = ROOT / "test-artefacts" / "cards"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SHAPES: list[tuple[int, Literal["light", "dark"]]] = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]


@pytest.fixture
def page(browser: Browser, running_hub: RunningHub) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="vi-VN", reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, running_hub.url, BEGINNER, running_hub.passwords[BEGINNER])
    yield page
    context.close()


def violations(page: Page) -> list[Any]:
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(Path(AXE).read_text("utf-8"))
    told = "(v) => [v.id, v.nodes.map((n) => [n.html.slice(0, 200), n.failureSummary])]"
    found: list[Any] = page.evaluate(f"async () => (await axe.run()).violations.map({told})")
    return found


@pytest.mark.parametrize("lesson", lessons())
def test_every_card_passes_axe_and_fits(lesson: str, page: Page, running_hub: RunningHub) -> None:
    open_lesson(page, running_hub.url, lesson)
    found: list[Any] = []
    for number in range(page.locator(".step").count()):
        page.evaluate("n => { location.hash = document.querySelectorAll('.step')[n].id; }", number)
        ready(page)
        for width, scheme in SHAPES:
            page.set_viewport_size({"width": width, "height": 700})
            page.emulate_media(color_scheme=scheme)
            where = f"{lesson}_{number + 1}_{width}_{scheme}"
            ARTEFACTS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=ARTEFACTS / f"{where}.png", full_page=True)
            found += [(where, one) for one in violations(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append((where, "scrolls sideways"))
        page.set_viewport_size({"width": 320, "height": 700})
        page.evaluate("document.documentElement.style.fontSize = '225%'")  # twice the 112.5 % that the sheet gives
        page.screenshot(path=ARTEFACTS / f"{lesson}_{number + 1}_320_text_200.png", full_page=True)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            found.append((lesson, number + 1, "scrolls sideways with text at 200 %"))
        page.evaluate("document.documentElement.style.fontSize = ''")
    assert not found, "\n".join(map(str, found))


def test_the_keyboard_alone_goes_through_the_cards(page: Page, running_hub: RunningHub) -> None:
    open_lesson(page, running_hub.url, "text.first_prompt")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Đi thẳng tới bài")
    for number in (2, 3):
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.locator(":focus").inner_text() == "Tiếp":
                break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", "the focus is seen"
        page.keyboard.press("Enter")
        expect(page.locator(f"#buoc-{number}")).to_be_focused()  # so that reading goes on there
        expect(page.locator(".where")).to_contain_text(f"Bước {number}/")


def test_bars_of_big_text_scroll_with_the_page_instead_of_covering_it(page: Page, running_hub: RunningHub) -> None:
    open_lesson(page, running_hub.url, "text.first_prompt", "#buoc-4")
    bar = page.locator(".steps")
    expect(bar).to_be_in_viewport(ratio=1)
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    expect(bar).not_to_be_in_viewport()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(bar).to_be_in_viewport(ratio=0.99)  # scrolling goes by whole pixels, heights do not
    expect(page.locator(".top")).not_to_be_in_viewport()
    page.screenshot(path=ARTEFACTS / "bars_320_text_200.png")
    sizes = page.evaluate("[...document.querySelectorAll('.steps button')].map((b) => [b.offsetWidth, b.offsetHeight])")
    assert all(side >= 44 for size in sizes for side in size), sizes
