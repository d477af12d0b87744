"""A learner on a phone goes on whatever breaks: the line, the services, the hub, sleep, a second tab.

No answer is lost. Against a real hub behind a line that can be cut. Screenshots are kept in test-artefacts/phone/.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from chromium import needs_chromium
from learner_page import BEGINNER, OTHER, open_lesson, ready, sign_in
from lesson_at_hand import CARD, LESSON, at_campus, checked, final, keep, saved
from playwright.sync_api import Page, expect
from relay import Relay
from running_hub import RunningHub

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.timeout(600), needs_chromium]


def test_without_a_line_one_reads_writes_and_hands_in_and_all_goes_once_when_it_is_back(
    phone: Page, fresh_hub: RunningHub, line: Relay
) -> None:
    final(phone).fill("một")
    saved(phone)
    phone.evaluate("async () => { await navigator.serviceWorker.ready; }")
    phone.wait_for_function("async () => (await (await caches.open('hocai-lessons')).keys()).length >= 3")
    kept = phone.evaluate("async () => (await (await caches.open('hocai-lessons')).keys()).map((one) => one.url)")
    assert not [url for url in kept if "session" in url or "/api/" in url]

    line.cut()
    final(phone).fill("một hai")
    expect(phone.locator(".line-note")).to_contain_text("vẫn được giữ trên máy này")
    keep(phone, "no_line")
    phone.evaluate("location.hash = '#nop-bai'")
    phone.get_by_role("button", name="Nộp bài").click()
    expect(phone.locator(".outcome")).to_contain_text("tự gửi khi có mạng")
    keep(phone, "hand_in_waits")
    phone.reload()
    expect(phone.get_by_role("heading", name="Nộp bài")).to_be_visible()
    phone.evaluate("location.hash = '#buoc-1'")
    expect(phone.locator("#buoc-1 .reading").first).to_be_visible()
    keep(phone, "reading_without_a_line")

    line.forget()
    line.join()
    expect(phone.locator(".line-note")).to_contain_text("Đã nối lại", timeout=60_000)
    phone.evaluate("location.hash = '#nop-bai'")
    expect(phone.locator(".outcome")).to_contain_text("Đã chấm", timeout=60_000)
    assert at_campus(fresh_hub)["answer"]["final"] == "một hai"
    assert len([path for path in line.requests if path.endswith("/submit")]) == 1
    with closing(sqlite3.connect(fresh_hub.data / "campus.sqlite")) as campus:
        assert campus.execute("SELECT count(*) FROM submission WHERE learner = ?", [BEGINNER]).fetchone() == (1,)
    phone.evaluate(f"location.hash = '{CARD}'")
    expect(final(phone)).to_have_value("một hai")


def test_a_shared_phone_shows_nobody_elses_answers_and_forgets_what_was_read(
    phone: Page, fresh_hub: RunningHub, line: Relay
) -> None:
    phone.wait_for_function("async () => (await (await caches.open('hocai-lessons')).keys()).length >= 3")
    line.cut()
    final(phone).fill("của Hoa")
    expect(phone.locator(f"{CARD} .hk-saved")).to_have_text(re.compile("Đã giữ trên máy này"))
    phone.goto("about:blank")
    line.join()
    phone.goto(f"{line.url}/services/campus/profile")
    phone.get_by_role("button", name="Đăng xuất").click()
    expect(phone.get_by_label("Tên đăng nhập")).to_be_visible()
    assert phone.evaluate("caches.has('hocai-lessons')") is False
    sign_in(phone, line.url, OTHER, fresh_hub.passwords[OTHER])
    open_lesson(phone, line.url, LESSON, CARD)
    expect(final(phone)).to_have_value("")
    assert at_campus(fresh_hub)["answer"]["final"] != "của Hoa"

    phone.context.clear_cookies()
    sign_in(phone, line.url, BEGINNER, fresh_hub.passwords[BEGINNER])
    open_lesson(phone, line.url, LESSON, CARD)
    expect(final(phone)).to_have_value("của Hoa")
    assert at_campus(fresh_hub)["answer"]["final"] == "của Hoa"


def test_a_hub_and_its_services_that_start_anew_cost_no_answer(phone: Page, fresh_hub: RunningHub) -> None:
    final(phone).fill("trước khi khởi động lại")
    saved(phone)
    fresh_hub.stop()
    final(phone).fill("trong khi khởi động lại")
    expect(phone.locator(".line-note")).to_contain_text("Chưa nối được với lớp học")
    fresh_hub.start()
    saved(phone)
    assert at_campus(fresh_hub)["answer"]["final"] == "trong khi khởi động lại"
    phone.locator(CARD).get_by_label("Câu lệnh của bạn").fill("viết tin nhắn")
    phone.locator(CARD).get_by_role("button", name="Kiểm tra").click()
    checked(phone)


def test_a_phone_that_slept_an_hour_asks_for_a_new_token_and_goes_on(phone: Page, fresh_hub: RunningHub) -> None:
    phone.clock.install()
    phone.reload()
    ready(phone)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.clock.fast_forward("01:10:00")
    final(phone).fill("sau một giờ ngủ")
    phone.clock.run_for(3000)
    expect(phone.locator(f"{CARD} .hk-saved")).to_have_text("Đã lưu")
    assert [url for url in asked if url.endswith("/services/apps/session")]
    assert at_campus(fresh_hub)["answer"]["final"] == "sau một giờ ngủ"


def test_two_tabs_of_a_lesson_never_write_over_each_other_unasked(
    phone: Page, fresh_hub: RunningHub, line: Relay
) -> None:
    second = phone.context.new_page()
    open_lesson(second, line.url, LESSON, CARD)
    final(second).fill("từ thẻ hai")
    saved(second)
    final(phone).fill("từ thẻ một")  # a tab that was not looked at again
    asks = phone.locator(CARD).get_by_role("alert")
    expect(asks).to_contain_text("chọn bản muốn giữ")
    keep(phone, "which_version")
    assert at_campus(fresh_hub)["answer"]["final"] == "từ thẻ hai"
    asks.get_by_role("button", name="Giữ bản đang thấy").click()
    saved(phone)
    assert at_campus(fresh_hub)["answer"]["final"] == "từ thẻ một"

    final(second).fill("lại từ thẻ hai")
    second.locator(CARD).get_by_role("button", name="Lấy bản mới hơn").click()
    expect(final(second)).to_have_value("từ thẻ một")
    # a tab that is looked at again shows what the other one saved
    final(second).fill("lần cuối")
    saved(second)
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(final(phone)).to_have_value("lần cuối")
