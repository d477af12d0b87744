"""A lesson with live Python on a phone: read at once, a slider that moves a plot, brought back by one press.

Against a real hub with the lessons of tests/live_lessons. Screenshots are kept in test-artefacts/live/.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import chromium, needs_chromium
from learner_page import BEGINNER, OTHER, open_lesson, ready, sign_in
from live_service import BROKEN, LESSONS, RAIN, kernels, service
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from running_hub import RunningHub, until

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.timeout(600), needs_chromium]

ROOT = Path(__file__).parents[2]
ARTEFACTS = ROOT / "test-artefacts" / "live"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def hub() -> Iterator[RunningHub]:
    """A hub with room for two kernels."""
    with RunningHub(
        extra={"HOCAI_LESSONS": LESSONS, "HOCAI_LIVE_KERNELS": "2", "HOCAI_LIVE_READY": "0"}
    ).running() as hub:
        yield hub


@pytest.fixture(scope="module")
def browser(hub: RunningHub) -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def phone(browser: Browser, hub: RunningHub) -> Iterator[Page]:
    context = new_context(browser)
    page = context.new_page()
    sign_in(page, hub.url, BEGINNER, hub.passwords[BEGINNER])
    yield page
    context.close()


def new_context(browser: Browser, **more: object) -> BrowserContext:
    size = {"width": 390, "height": 844}
    context = browser.new_context(**{"viewport": size, "locale": "vi-VN", "is_mobile": True, "has_touch": True, **more})
    context.set_default_timeout(20_000)
    return context


def open_live(page: Page, hub: RunningHub, lesson: str = RAIN, card: str = "") -> None:
    page.goto(f"{hub.url}/services/apps/{lesson}/{card}")
    expect(page.locator("html.live-ready")).to_be_attached(timeout=60_000)


def plot(page: Page) -> Locator:
    return page.locator("#buoc-1 .live-outputs img")


def slide_to(page: Page, week: int) -> None:
    """Touch the track where the week lies, of four; a busy browser may drop a touch, then once more."""
    reached = page.locator("#buoc-1 .widget-readout", has_text=str(week))
    for _ in range(5):
        box = page.locator("#buoc-1 .noUi-base").bounding_box()
        assert box is not None
        page.touchscreen.tap(box["x"] + 1 + (box["width"] - 2) * (week - 1) / 3, box["y"] + box["height"] / 2)
        page.wait_for_timeout(1000)
        if reached.count():
            return
    expect(reached).to_be_visible()


def moves(page: Page) -> None:
    """The plot follows the slider, there and back."""
    first = plot(page).get_attribute("src")
    slide_to(page, 3)
    expect(plot(page)).not_to_have_attribute("src", first or "", timeout=20_000)
    slide_to(page, 1)
    expect(plot(page)).to_have_attribute("src", first or "", timeout=20_000)


def retry(page: Page, says: str) -> None:
    """One press, and the live part works again."""
    note = page.locator("#buoc-1 .live-note")
    expect(note).to_contain_text(says, timeout=60_000)
    note.get_by_role("button", name="Thử lại").tap()
    expect(page.locator("html.live-ready")).to_be_attached(timeout=60_000)
    moves(page)


def keep(page: Page, name: str) -> None:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png")


def test_the_text_is_readable_without_any_kernel_or_script(browser: Browser, phone: Page, hub: RunningHub) -> None:
    context = new_context(browser, java_script_enabled=False, storage_state=phone.context.storage_state())
    page = context.new_page()
    page.goto(f"{hub.url}/services/apps/{RAIN}/")
    expect(page.get_by_text("Kéo thanh sang phải.")).to_be_visible()
    expect(page.locator('[data-cell="5"]')).to_contain_text("Phần này chạy trực tiếp")
    keep(page, "without_script")
    context.close()
    assert not kernels(hub)


def test_a_learner_moves_the_plot_by_touch_reads_tables_and_checks_an_answer(phone: Page, hub: RunningHub) -> None:
    foreign: list[str] = []
    phone.on("request", lambda r: foreign.append(r.url) if not r.url.startswith((hub.url, "blob:", "data:")) else None)
    problems: list[str] = []
    phone.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    open_live(phone, hub)
    keep(phone, "slider")
    moves(phone)
    for step, shown in ((2, "55"), (3, "xưởng chè")):
        phone.get_by_role("button", name="Tiếp").tap()
        expect(phone.locator(f"#buoc-{step} .live table")).to_contain_text(shown)
        keep(phone, f"table_{step}")
    phone.get_by_role("button", name="Tiếp").tap()
    ready(phone)
    phone.get_by_text("Tuần 3", exact=True).tap()
    phone.get_by_role("button", name="Kiểm tra").tap()
    expect(phone.locator(".step.now .hk-results")).to_contain_text("Đạt trọn 4 điểm")
    assert not foreign
    assert not problems


@pytest.mark.parametrize("width", [320, 1280])
def test_the_live_parts_fit_and_have_names(browser: Browser, phone: Page, hub: RunningHub, width: int) -> None:
    context = new_context(
        browser, viewport={"width": width, "height": 844}, storage_state=phone.context.storage_state()
    )
    page = context.new_page()
    open_live(page, hub)
    for step in (1, 2, 3):
        page.evaluate(f"location.hash = '#buoc-{step}'")
        expect(page.locator(f"#buoc-{step}.now .live-output").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        keep(page, f"{width}_{step}")
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("async () => (await axe.run()).violations.map((one) => [one.id, one.nodes[0].html])")
        assert found == []
    context.close()


def test_a_killed_kernel_comes_back_by_one_press_and_the_answer_is_there(phone: Page, hub: RunningHub) -> None:
    open_live(phone, hub, card="#buoc-4")
    ready(phone)
    phone.get_by_text("Tuần 1", exact=True).tap()
    expect(phone.locator(".step.now .hk-saved")).to_have_text("Đã lưu")
    phone.evaluate("location.hash = '#buoc-1'")
    for pid in kernels(hub):
        os.kill(pid, signal.SIGKILL)
    expect(phone.locator("#buoc-1 .live-note")).to_contain_text("vừa dừng")
    keep(phone, "kernel_killed")
    retry(phone, "vừa dừng")
    phone.reload()
    phone.evaluate("location.hash = '#buoc-4'")
    ready(phone)
    expect(phone.get_by_label("Tuần 1", exact=True)).to_be_checked()


def test_a_restarted_service_costs_one_press(phone: Page, hub: RunningHub) -> None:
    open_live(phone, hub)
    before = service(hub)
    assert before is not None
    os.kill(before, signal.SIGKILL)
    expect(phone.locator("#buoc-1 .live-note")).to_contain_text("Mất nối")
    until(lambda: service(hub) not in (None, before))
    until(lambda: phone.request.get(f"{hub.url}/services/live/health").ok)
    retry(phone, "Mất nối")


def test_a_sign_in_that_ran_out_costs_one_press(phone: Page, hub: RunningHub) -> None:
    open_live(phone, hub)
    phone.context.clear_cookies(path="/services/live/")
    for pid in kernels(hub):
        os.kill(pid, signal.SIGKILL)
    retry(phone, "vừa dừng")


def test_a_restarted_hub_costs_one_press(phone: Page, hub: RunningHub) -> None:
    open_live(phone, hub)
    hub.stop()
    expect(phone.locator("#buoc-1 .live-note")).to_contain_text("Mất nối")
    hub.start()
    retry(phone, "Mất nối")


def test_opened_lessons_are_read_without_a_line_live_ones_and_others(phone: Page, hub: RunningHub) -> None:
    open_lesson(phone, hub.url, "text.first_prompt")
    kept(phone, "/services/apps/text.first_prompt/")
    open_live(phone, hub)
    kept(phone, f"/services/live/{RAIN}/")
    phone.context.set_offline(True)
    phone.goto(f"{hub.url}/services/apps/{RAIN}/")
    expect(phone.get_by_text("Kéo thanh sang phải.")).to_be_visible()
    expect(phone.locator("#buoc-1 .live-note")).to_contain_text("Mất nối")
    keep(phone, "without_a_line")
    phone.goto(f"{hub.url}/services/apps/text.first_prompt/")
    expect(phone.locator("#buoc-1 .reading").first).to_be_visible()


def kept(page: Page, path: str) -> None:
    """Wait until the browser has put a page away."""
    page.wait_for_function("async (path) => Boolean(await caches.match(path))", arg=path)


def test_of_two_tabs_the_last_one_opened_runs_and_the_other_comes_back_by_one_press(
    phone: Page, hub: RunningHub
) -> None:
    open_live(phone, hub)
    second = phone.context.new_page()
    open_live(second, hub)
    moves(second)
    phone.bring_to_front()
    retry(phone, "ở thẻ khác")
    expect(second.locator("#buoc-1 .live-note")).to_contain_text("ở thẻ khác")


def test_a_notebook_that_raises_shows_a_calm_card_and_the_rest_goes_on(phone: Page, hub: RunningHub) -> None:
    open_live(phone, hub, BROKEN)
    expect(phone.locator("#buoc-1 .live")).to_contain_text("chưa chạy được, không phải lỗi của bạn")
    expect(phone.locator("body")).not_to_contain_text("ZeroDivisionError")
    keep(phone, "notebook_raises")
    phone.get_by_role("button", name="Tiếp").tap()
    ready(phone)
    expect(phone.get_by_role("button", name="Kiểm tra")).to_be_visible()


def test_who_finds_no_kernel_free_reads_on_and_comes_in_by_turn(browser: Browser, phone: Page, hub: RunningHub) -> None:
    open_live(phone, hub)
    others = []
    for name in (OTHER, "an.nguyen", "co.lan"):
        page = new_context(browser).new_page()
        sign_in(page, hub.url, name, hub.passwords[name])
        open_lesson_without_waiting(page, hub)
        others.append(page)
        expect(page.locator("#buoc-1 .live")).to_contain_text(
            {OTHER: "Số tuần", "an.nguyen": "Sắp đến lượt bạn", "co.lan": "Còn 1 người trước bạn"}[name]
        )
    keep(others[-1], "waiting")
    expect(others[-1].get_by_text("Kéo thanh sang phải.")).to_be_visible()
    others[0].goto("about:blank")
    expect(others[-1].locator("#buoc-1 .live-note")).to_contain_text("Sắp đến lượt bạn")
    expect(others[1].locator("html.live-ready")).to_be_attached(timeout=60_000)
    moves(others[1])
    for page in others:
        page.context.close()


def open_lesson_without_waiting(page: Page, hub: RunningHub) -> None:
    page.goto(f"{hub.url}/services/apps/{RAIN}/")


def test_a_lesson_without_live_python_loads_no_widget_manager(phone: Page, hub: RunningHub) -> None:
    loaded: list[str] = []
    phone.on("request", lambda request: loaded.append(request.url))
    open_lesson(phone, hub.url, "text.first_prompt")
    assert loaded
    assert not [url for url in loaded if "/assets/widgets." in url or "/assets/live." in url or "/kernel" in url]
