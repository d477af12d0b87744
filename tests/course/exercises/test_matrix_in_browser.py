"""The decision matrix in Chromium, in the page of the lesson that uses it: by finger, by keyboard, and in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from campus_double import CampusDouble
from chromium import needs_chromium
from kit_page import PORT
from playwright import sync_api

pytestmark = [pytest.mark.browser, needs_chromium]
ROOT = Path(__file__).parents[3]
LESSON = "thinking.decision"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def level(tmp_path_factory: pytest.TempPathFactory) -> Path:
    level = tmp_path_factory.mktemp("matrix") / "level3"
    level.mkdir()
    for name in ("level.toml", "07_decision"):
        (level / name).symlink_to(ROOT / "level3_thinking" / name)
    return level


@pytest.fixture(scope="module")
def phone(phone: dict[str, Any]) -> dict[str, Any]:
    return {**phone, "has_touch": True}


def card_of(page: sync_api.Page, exercise: str) -> sync_api.Locator:
    """The card with this exercise, once its widget stands."""
    page.goto(f"http://127.0.0.1:{PORT}/services/apps/{LESSON}/")
    steps = page.locator("section.step")
    steps.first.wait_for()
    ids = [step.inner_html() for step in steps.all()]
    number = next(at for at, html in enumerate(ids, 1) if f"{LESSON}/{exercise}" in html)
    page.evaluate(f"location.hash = '#buoc-{number}'")
    place = page.locator(f"#buoc-{number}")
    place.locator("section.hk .hk-plot, section.hk [data-weight]").first.wait_for(state="attached")
    return place


def test_a_finger_on_the_plot_and_the_arrow_keys_try_another_weight_and_it_is_said_in_words(
    page: sync_api.Page,
) -> None:
    place = card_of(page, "change")
    says, plot, slider = place.locator(".hk-says"), place.locator(".hk-plot"), place.get_by_role("slider")
    sync_api.expect(says).to_have_text(
        "Thử “Gần nhà” 4 hạt: Nhà văn hóa 38, Trường cũ 36, Nhà bác Lý 34. Đứng đầu: Nhà văn hóa."
    )
    slider.focus()
    page.keyboard.press("ArrowLeft")
    sync_api.expect(says).to_contain_text("3 hạt: Nhà văn hóa 36, Trường cũ 38,7, Nhà bác Lý 33. Đứng đầu: Trường cũ.")
    sync_api.expect(slider).to_have_attribute("aria-valuetext", "3 hạt")
    box = plot.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] - 12, box["y"] + 60)
    sync_api.expect(says).to_contain_text("10 hạt: Nhà văn hóa 50")
    sync_api.expect(plot).to_have_attribute("aria-label", "Biểu đồ tổng điểm theo số hạt của Gần nhà. Đang ở 10 hạt: "
        "Nhà văn hóa 50, Trường cũ 20, Nhà bác Lý 40. Đứng đầu: Nhà văn hóa.")  # fmt: skip
    place.get_by_text("Đọc biểu đồ bằng chữ").click()
    sync_api.expect(place.locator("details li")).to_have_count(11)


def test_seeds_are_dealt_out_by_keyboard_totals_follow_and_the_plot_comes_when_all_are_dealt(
    page: sync_api.Page, double: CampusDouble
) -> None:
    place = card_of(page, "own")
    sync_api.expect(place.locator(".hk-plot")).to_be_hidden()
    for name, seeds in (("Gần nhà", 5), ("An toàn", 2), ("Chi phí", 2), ("Rộng rãi", 2)):
        place.get_by_role("button", name=f"Thêm một hạt cho {name}").focus()
        for _ in range(seeds):
            page.keyboard.press("Enter")
    sync_api.expect(place).to_contain_text("Hết hạt rồi. Bớt ở chỗ khác trước.")
    sync_api.expect(place.locator(".hk-sums li").first).to_contain_text("Nhà văn hóa: 40 điểm · đứng đầu")
    sync_api.expect(place.locator(".hk-plot")).to_be_visible()
    place.get_by_role("button", name="Nhà văn hóa 40 điểm").click()
    sync_api.expect(place.get_by_label("Câu lệnh của bạn")).to_have_value("Nhà văn hóa 40 điểm")
    sync_api.expect(place).to_contain_text("Đã lưu")
    assert double.drafts["own"]["boxes"] == {"first": "5", "second": "2", "third": "2", "fourth": "1"}
    page.reload()
    sync_api.expect(place.locator(".hk-count").first).to_have_text("5 hạt")
    place.get_by_role("button", name="Bớt một hạt của Gần nhà").click()
    sync_api.expect(place).to_contain_text("Còn 1 trên 10 hạt chưa chia.")
    sync_api.expect(place.locator(".hk-plot")).to_be_hidden()


@pytest.mark.parametrize("exercise", ["change", "own"])
def test_the_matrix_has_names_and_fits_the_narrowest_phone(page: sync_api.Page, exercise: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    card_of(page, exercise)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(AXE.read_text("utf-8"))
    assert page.evaluate("async () => (await axe.run()).violations.map((one) => [one.id, one.nodes[0].html])") == []
