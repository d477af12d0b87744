"""The live parts of the lessons that have some, by touch on a phone: what they say is what the lesson asks for.

Screenshots are kept in test-artefacts/live/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import needs_chromium
from learner_page import PHONE, sign_in
from playwright.sync_api import Browser, Locator, Page, expect
from running_hub import RunningHub
from sqlalchemy import create_engine

from course.catalog import Catalog
from course.lesson import Variant
from course.variants import variant_of
from hub_config.services.campus import draws

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.timeout(300), needs_chromium]

ROOT = Path(__file__).parents[2]
LESSONS = Catalog(sorted(ROOT.glob("level*")))
ARTEFACTS = ROOT / "test-artefacts" / "live"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LEARNER = "an.nguyen"
SIDES = {"phone": PHONE, "narrow": {**PHONE, "viewport": {"width": 320, "height": 844}}, "wide": {"locale": "vi-VN"}}


@pytest.fixture(scope="module")
def page(browser: Browser, fresh_hub: RunningHub) -> Iterator[Page]:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    sign_in(page, fresh_hub.url, LEARNER, fresh_hub.passwords[LEARNER])
    yield page
    context.close()


def opened(page: Page, hub: RunningHub, lesson: str, variant: Variant, says: str) -> Locator:
    """The card with this heading, its live part running for a learner who drew this variant."""
    folder = LESSONS.get(lesson)
    assert folder is not None
    with create_engine(f"sqlite:///{hub.data / 'campus.sqlite'}").begin() as connection:
        draws.assign(connection, folder.lesson, LEARNER, variant)
    page.goto("about:blank")  # the next address may differ in its card alone
    page.goto(f"{hub.url}/services/apps/{lesson}/")
    card = page.locator("section.step", has=page.locator("h2", has_text=re.compile(f"^{says}$")))
    page.evaluate("id => { location.hash = id }", card.get_attribute("id"))
    expect(page.locator("html.live-ready")).to_be_attached(timeout=60_000)
    return card


def values(lesson: str, role: str, id_: str) -> tuple[Variant, dict[str, Any]]:
    folder = LESSONS.get(lesson)
    assert folder is not None
    variant = variant_of(folder.lesson, role, id_)
    return variant, variant.values


def choose(card: Locator, label: str, option: str) -> None:
    card.get_by_label(label, exact=True).select_option(label=option)


def keep(page: Page, name: str) -> None:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)


@pytest.mark.parametrize(("role", "id_"), [("household", "A"), ("official", "C")])
def test_the_machine_counts_the_twelve_lines_as_by_hand_and_the_whole_book_as_the_lesson_wants(
    page: Page, fresh_hub: RunningHub, role: str, id_: str
) -> None:
    variant, drawn = values("data.ask", role, id_)
    card = opened(page, fresh_hub, "data.ask", variant, "Máy trả lời")
    last, kind, who = f"{drawn['d2']:%d/%m}", drawn["loai"], drawn["ai"]
    choose(card, "Loại nào", f"chỉ {kind}")
    choose(card, "Đến đâu", f"đến hết ngày {last}")
    for what, found in (
        ("đếm mọi dòng", "e_rows"),
        (f"đếm {who}, bỏ trùng", "e_n"),
        (f"đếm ô {drawn['cot_so']} có số", "e_filled"),
    ):
        choose(card, "Lấy gì", what)
        expect(card.get_by_text(f"Máy trả lời: {drawn[found]}", exact=True)).to_be_visible(timeout=20_000)
    choose(card, "Trên đâu", "cả sổ, 204 dòng")
    expect(card.get_by_text(f"Máy trả lời: {drawn['filled']}", exact=True)).to_be_visible(timeout=20_000)
    choose(card, "Lấy gì", f"đếm {who}, bỏ trùng")
    expect(card.get_by_text(f"Máy trả lời: {drawn['n']}", exact=True)).to_be_visible(timeout=20_000)
    expect(card.locator("pre")).to_contain_text(f"COUNT(DISTINCT {drawn['cot_ai']})")
    keep(page, f"ask_{role}_{id_}")
    choose(card, "Đến đâu", f"trước ngày {last}")
    expect(card.get_by_text(f"Máy trả lời: {drawn['n_before']}", exact=True)).to_be_visible(timeout=20_000)


def slide_to(page: Page, card: Locator, people: int) -> None:
    """Touch the track where the number lies, of 20 to 200; a busy browser may drop a touch, then once more."""
    reached = card.locator(".widget-readout", has_text=str(people))
    for _ in range(5):
        track = card.locator(".noUi-base")
        track.scroll_into_view_if_needed()
        box = track.bounding_box()
        assert box is not None
        page.touchscreen.tap(box["x"] + 1 + (box["width"] - 2) * (people - 20) / 180, box["y"] + box["height"] / 2)
        page.wait_for_timeout(1000)
        if reached.count():
            return
    expect(reached).to_be_visible()


@pytest.mark.parametrize(("role", "id_"), [("household", "B"), ("official", "A")])
def test_chance_shrinks_with_the_number_and_the_trial_tells_the_difference_that_the_lesson_asks_for(
    page: Page, fresh_hub: RunningHub, role: str, id_: str
) -> None:
    variant, drawn = values("innovation.experiment", role, id_)
    card = opened(page, fresh_hub, "innovation.experiment", variant, "Máy may rủi")
    for people, chance in ((200, drawn["band"]), (drawn["need"], None), (20, drawn["small"])):
        slide_to(page, card, people)
        said = card.locator(".live-outputs strong")
        if chance is not None:
            expect(said).to_have_text(f"{chance:g} điểm".replace(".", ","), timeout=20_000)
        else:
            expect(card.get_by_text(f"Mỗi mẫu {people} người")).to_be_visible(timeout=20_000)
            shown = float(said.inner_text().removesuffix(" điểm").replace(",", "."))
            assert drawn["worth"] - 2 < shown <= drawn["worth"]
    keep(page, f"chance_{role}_{id_}")
    card = opened(page, fresh_hub, "innovation.experiment", variant, "Chạy thử")
    expect(card.locator(".live-outputs strong").first).to_have_text(f"{drawn['diff20']} điểm", timeout=20_000)
    slide_to(page, card, 200)
    expect(card.locator(".live-outputs strong").first).to_have_text(f"{drawn['diff']} điểm", timeout=20_000)
    expect(card).to_contain_text(f"{drawn['a']}: {drawn['ka']}/200, {drawn['b']}: {drawn['kb']}/200")
    keep(page, f"trial_{role}_{id_}")


def test_the_hidden_truth_is_told_under_the_teach_back_and_not_before(page: Page, fresh_hub: RunningHub) -> None:
    variant, drawn = values("innovation.experiment", "household", "C")
    card = opened(page, fresh_hub, "innovation.experiment", variant, "Giảng lại")
    box = card.get_by_label("Bạn trả lời")
    expect(box).to_be_visible()
    assert drawn["truth"] not in page.content()
    box.fill("Ít người quá thì hên xui lớn, cứ thử cho đủ số đã hẹn rồi mới chốt bác ạ.")
    card.get_by_role("button", name="Kiểm tra").tap()
    told = card.locator(".hk-result .hk-reply")
    expect(told.locator(".hk-said")).to_have_text(f"Sự thật giấu từ đầu bài: {drawn['truth']}.", timeout=20_000)
    expect(told.locator(".hk-block-title")).to_have_text("Giờ mới mở")
    keep(page, "truth")


@pytest.mark.parametrize(
    ("lesson", "says"),
    [
        ("data.ask", "Máy trả lời"),
        ("innovation.experiment", "Máy may rủi"),
        ("innovation.experiment", "Chạy thử"),
    ],
)
@pytest.mark.parametrize("size", SIDES)
def test_the_live_parts_fit_and_have_names(
    page: Page, browser: Browser, fresh_hub: RunningHub, lesson: str, says: str, size: str
) -> None:
    context = browser.new_context(**SIDES[size], storage_state=page.context.storage_state())
    own = context.new_page()
    card = opened(own, fresh_hub, lesson, values(lesson, "household", "A")[0], says)
    expect(card.locator(".live-output").first).to_be_visible(timeout=20_000)
    assert own.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for control in card.locator("select, .noUi-handle").all():
        box = control.bounding_box()
        assert box is not None and box["height"] >= 30
    own.evaluate(AXE.read_text("utf-8"))
    assert own.evaluate("async () => (await axe.run()).violations.map((one) => [one.id, one.nodes[0].html])") == []
    context.close()
