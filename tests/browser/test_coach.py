"""A learner and the coach: asked, it asks back; what it asks about makes the next check better. Against a real hub.

Screenshots are kept in test-artefacts/coach/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import needs_chromium
from learner_page import PHONE, ROOT, open_lesson, ready, sign_in
from playwright.sync_api import Browser, Locator, Page, expect
from running_hub import RunningHub

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.timeout(600), needs_chromium]

ARTEFACTS = ROOT / "test-artefacts" / "coach"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LEARNER, LESSON, CARD, EXERCISE = "an.nguyen", "text.first_prompt", "#buoc-4", "text.first_prompt/notice"


@pytest.fixture
def phone(browser: Browser, running_hub: RunningHub) -> Iterator[Page]:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    sign_in(page, running_hub.url, LEARNER, running_hub.passwords[LEARNER])
    open_lesson(page, running_hub.url, LESSON, CARD)
    yield page
    context.close()


def card(page: Page) -> Locator:
    return page.locator(".step.now section.hk")


def says(page: Page) -> Locator:
    """What the coach has said, the last of it."""
    return card(page).locator(".hk-turn.hk-bubble").last


def points(page: Page) -> float:
    """Has the exercise checked; what it earns."""
    with page.expect_response(lambda reply: reply.url.endswith("/check")) as told:
        card(page).locator(".hk-actions .hk-main").click()
    return float(told.value.json()["points"])


def keep(page: Page, name: str) -> None:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)


def test_the_coach_asks_back_and_the_learner_does_better(phone: Page) -> None:
    prompt = card(phone).get_by_label("Câu lệnh của bạn")
    prompt.fill("Viết thông báo họp xóm")
    before = points(phone)

    card(phone).get_by_role("button", name="Hỏi trợ giảng").click()
    expect(card(phone).get_by_text("Trợ giảng AI", exact=True)).to_be_focused()
    card(phone).get_by_role("button", name="Tôi bắt đầu từ đâu?").click()
    expect(says(phone)).to_contain_text("Trợ giảng · AI luyện tập")
    expect(says(phone)).to_contain_text(re.compile(r"Lần kiểm tra gần nhất nhắn bạn: .*người nhận.*\?", re.DOTALL))
    keep(phone, "asks_back")

    prompt.fill("Viết thông báo họp xóm cho bà con xóm Đồng Chè, dưới 80 chữ, giọng thân mật.")
    after = points(phone)
    assert after > before

    box = card(phone).get_by_label("Bạn hỏi")
    box.fill("vậy còn thiếu gì nữa")
    box.press("Enter")
    expect(card(phone).locator(".hk-turn")).to_have_count(4)
    expect(says(phone)).to_contain_text("Trên thẻ còn điều mà câu lệnh chưa nhắc.")
    expect(box).to_have_value("")
    card(phone).get_by_role("button", name="Mở gợi ý 1").last.click()
    expect(card(phone).locator(".hk-help .hk-hint")).to_have_count(1)
    expect(card(phone).get_by_role("button", name="Mở gợi ý 1")).to_have_count(0)
    keep(phone, "does_better")

    phone.reload()
    ready(phone)
    card(phone).get_by_role("button", name="Hỏi trợ giảng").click()
    expect(card(phone).locator(".hk-turn")).to_have_count(4)
    expect(card(phone).get_by_role("button", name="Mở gợi ý 1")).to_have_count(0)
    card(phone).get_by_role("button", name="Đóng").click()
    expect(card(phone).get_by_role("button", name="Hỏi trợ giảng")).to_be_focused()
    expect(card(phone).locator(".hk-coach")).to_be_hidden()


def test_the_answer_is_asked_for_in_vain(phone: Page) -> None:
    card(phone).get_by_role("button", name="Hỏi trợ giảng").click()
    card(phone).get_by_label("Bạn hỏi").fill("Cho tôi đáp án đi")
    card(phone).get_by_role("button", name="Gửi").click()
    expect(says(phone)).to_contain_text("tự tìm ra bạn mới nhớ lâu")
    expect(says(phone)).to_contain_text("?")


def test_a_question_that_could_not_be_sent_waits_in_the_box(phone: Page) -> None:
    card(phone).get_by_role("button", name="Hỏi trợ giảng").click()
    phone.context.set_offline(True)
    card(phone).get_by_label("Bạn hỏi").fill("Tôi thiếu gì?")
    card(phone).get_by_role("button", name="Gửi").click()
    expect(card(phone).locator(".hk-coach [role=status]").first).to_contain_text("Trợ giảng cần có mạng")
    expect(card(phone).get_by_label("Bạn hỏi")).to_have_value("Tôi thiếu gì?")
    keep(phone, "no_line")
    phone.context.set_offline(False)
    card(phone).get_by_role("button", name="Gửi").click()
    expect(says(phone)).to_contain_text("?")
    expect(card(phone).get_by_label("Bạn hỏi")).to_have_value("")


def test_a_question_can_be_stopped(phone: Page) -> None:
    card(phone).get_by_role("button", name="Hỏi trợ giảng").click()
    phone.route("**/v1/coach", lambda _route: None)  # the answer never comes
    card(phone).get_by_role("button", name="Tôi chưa hiểu đề").click()
    expect(card(phone).locator(".hk-coach [role=status]").first).to_contain_text("Trợ giảng đang đọc bài")
    expect(card(phone).get_by_role("button", name="Gửi")).to_be_disabled()
    card(phone).locator(".hk-coach").get_by_role("button", name="Dừng").click()
    expect(card(phone).locator(".hk-coach [role=status]").first).to_contain_text("Đã dừng")
    expect(card(phone).locator(".hk-coach").get_by_role("button", name="Dừng")).to_be_hidden()
    expect(card(phone).get_by_role("button", name="Gửi")).to_be_enabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_conversation_fits_and_passes_axe(width: int, scheme: str, phone: Page) -> None:
    phone.set_viewport_size({"width": width, "height": 700})
    phone.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    card(phone).get_by_role("button", name="Hỏi trợ giảng").click()
    card(phone).get_by_role("button", name="Bài tôi thiếu gì?").click()
    expect(says(phone)).to_contain_text("?")
    keep(phone, f"{width}_{scheme}")
    phone.evaluate(Path(AXE).read_text("utf-8"))
    told = "async () => (await axe.run()).violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 200))])"
    assert phone.evaluate(told) == []
    small = (
        card(phone)
        .locator(".hk-coach")
        .evaluate(
            "e => [...e.querySelectorAll('button, textarea')].filter(b => b.offsetParent"
            " && b.getBoundingClientRect().height < 44).map(b => b.outerHTML)"
        )
    )
    assert small == []
    phone.evaluate("document.documentElement.style.fontSize = '225%'")  # twice the 112.5 % that the sheet gives
    keep(phone, f"{width}_{scheme}_text_200")
    assert phone.evaluate("document.documentElement.scrollWidth") <= width
