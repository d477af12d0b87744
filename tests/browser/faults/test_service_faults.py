"""A learner in the middle of an exercise goes on when a service dies, a token is refused, a reply gets lost, or another
device has the lesson. Against a real hub; pictures are kept in test-artefacts/phone/.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from chromium import needs_chromium
from learner_page import BEGINNER, PHONE, open_lesson, ready, sign_in
from lesson_at_hand import CARD, EXERCISE, LESSON, at_campus, checked, final, keep, saved
from playwright.sync_api import Browser, Page, Request, expect
from relay import Relay
from running_hub import RunningHub, until

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.timeout(600), needs_chromium]

BACK_MS = 90_000  # the hub looks after its services every 30 s
STILL_REFUSED_S = 150.0  # services remember a token for a while


def prompt(page: Page, text: str) -> None:
    page.locator(CARD).get_by_label("Câu lệnh của bạn").fill(text)


def press(page: Page, name: str) -> None:
    page.locator(CARD).get_by_role("button", name=name, exact=True).click()


def attempts(hub: RunningHub) -> int:
    """How many checks of the exercise count."""
    query = "SELECT count(*) FROM attempt WHERE learner = ? AND lesson = ? AND exercise = ?"
    with closing(sqlite3.connect(hub.data / "campus.sqlite")) as campus:
        return int(campus.execute(query, [BEGINNER, LESSON, EXERCISE]).fetchone()[0])


def tokens_of(page: Page) -> Callable[[], str]:
    """The token with which the page asks campus, from now on."""
    sent: list[str] = []

    def note(asked: Request) -> None:
        if "/services/campus/api/" in asked.url:
            sent.append(asked.headers["authorization"].removeprefix("Bearer "))

    page.on("request", note)
    return lambda: sent[-1]


def revoke(hub: RunningHub, token: str, *, sign_ins: bool) -> None:
    """Delete the learner's tokens at the hub, those of the pages' sign-ins too if wanted; wait until it is felt."""
    with hub.api(hub.token(BEGINNER)) as own:
        listed = own.get(f"/hub/api/users/{BEGINNER}/tokens").json()["api_tokens"]
        last = max(listed, key=lambda one: one["created"])  # the one that asks
        for one in listed:
            if one["id"] != last["id"] and (sign_ins or one["note"] == "app page"):
                own.delete(f"/hub/api/users/{BEGINNER}/tokens/{one['id']}")
    with hub.api(token) as page:
        until(lambda: page.get("/services/campus/api/lessons/" + LESSON).status_code == 401, STILL_REFUSED_S, 2)


def test_campus_killed_in_the_middle_of_an_exercise(phone: Page, fresh_hub: RunningHub) -> None:
    final(phone).fill("trước khi campus ngã")
    saved(phone)
    fresh_hub.kill_service("campus")
    final(phone).fill("trong khi campus ngã")
    prompt(phone, "viết tin nhắn")
    press(phone, "Kiểm tra")
    again = phone.locator(CARD).get_by_role("button", name="Thử lại")
    expect(again).to_be_in_viewport(ratio=1)
    expect(phone.locator(".line-note")).to_contain_text("vẫn được giữ trên máy này")
    keep(phone, "campus_killed")
    expect(phone.locator(".line-note")).to_contain_text("Đã nối lại", timeout=BACK_MS)
    again.click()
    checked(phone)
    assert at_campus(fresh_hub)["answer"] == {"prompt": "viết tin nhắn", "final": "trong khi campus ngã"}


def test_apps_killed_and_the_page_opened_again_before_it_is_back(phone: Page, fresh_hub: RunningHub) -> None:
    phone.evaluate("async () => { await navigator.serviceWorker.ready; }")
    phone.wait_for_function("async () => (await (await caches.open('hocai-lessons')).keys()).length >= 3")
    final(phone).fill("gõ ngay trước khi apps ngã")
    fresh_hub.kill_service("apps")
    phone.reload()
    expect(phone.locator(".line-note")).to_contain_text("Chưa nối được")
    expect(phone.locator(CARD).get_by_text("Câu trả lời của bạn vẫn còn nguyên")).to_be_visible()
    keep(phone, "apps_killed")
    expect(final(phone)).to_have_value("gõ ngay trước khi apps ngã", timeout=BACK_MS)  # nothing was pressed
    final(phone).fill("apps đã về")
    saved(phone)
    assert at_campus(fresh_hub)["answer"]["final"] == "apps đã về"


def test_the_gateway_killed_while_the_learner_asks_the_ai(phone: Page, fresh_hub: RunningHub) -> None:
    prompt(phone, "Viết tin nhắn mời khách quen.")
    fresh_hub.kill_service("ai")
    ask = phone.locator(CARD).get_by_role("button", name="Hỏi AI")
    ask.click()
    expect(phone.locator(CARD).get_by_text("AI chưa trả lời được. Câu lệnh của bạn vẫn còn")).to_be_visible()
    keep(phone, "gateway_killed")
    until(lambda: fresh_hub.serves("/services/ai/v1/models"), BACK_MS / 1000)
    ask.click()
    expect(phone.locator(f"{CARD} .hk-reply").first).to_contain_text("AI luyện tập trả lời")
    expect(ask).to_be_enabled()
    expect(phone.locator(CARD).get_by_label("Câu lệnh của bạn")).to_have_value("Viết tin nhắn mời khách quen.")


def test_a_page_that_stood_still_wakes_with_a_refused_token_and_sends_what_was_typed(
    phone: Page, fresh_hub: RunningHub
) -> None:
    token = tokens_of(phone)
    phone.clock.install()
    phone.reload()
    ready(phone)
    final(phone).fill("trước khi cất máy")
    saved(phone)
    phone.clock.pause_at(phone.evaluate("Date.now()") + 500)  # no timer runs; the page takes its token for a fresh one
    final(phone).fill("gõ xong cất máy ngay")
    revoke(fresh_hub, token(), sign_ins=False)
    assert at_campus(fresh_hub)["answer"]["final"] == "trước khi cất máy"
    phone.clock.resume()
    saved(phone)
    assert at_campus(fresh_hub)["answer"]["final"] == "gõ xong cất máy ngay"
    expect(phone.locator(CARD).get_by_role("button", name="Thử lại")).to_have_count(0)


def test_a_learner_whose_sign_in_ended_too_is_back_with_one_touch(phone: Page, fresh_hub: RunningHub) -> None:
    token = tokens_of(phone)
    final(phone).fill("trước khi bị từ chối")
    saved(phone)
    revoke(fresh_hub, token(), sign_ins=True)
    final(phone).fill("sau khi bị từ chối")
    again = phone.locator(CARD).get_by_role("button", name="Đăng nhập lại")
    expect(again).to_be_visible()
    keep(phone, "sign_in_ended")
    again.click()  # the hub still knows this browser, so nothing is asked
    ready(phone)
    expect(final(phone)).to_have_value("sau khi bị từ chối")
    prompt(phone, "viết tin nhắn mời khách")
    press(phone, "Kiểm tra")
    checked(phone)
    assert at_campus(fresh_hub)["answer"]["final"] == "sau khi bị từ chối"


def test_an_answer_goes_from_one_device_to_another_and_back(
    phone: Page, fresh_hub: RunningHub, line: Relay, browser: Browser
) -> None:
    prompt(phone, "viết tin nhắn từ điện thoại")
    final(phone).fill("từ điện thoại")
    press(phone, "Kiểm tra")
    checked(phone)
    tablet = browser.new_context(**PHONE | {"viewport": {"width": 800, "height": 1100}}).new_page()
    sign_in(tablet, line.url, BEGINNER, fresh_hub.passwords[BEGINNER])
    open_lesson(tablet, line.url, LESSON, CARD)
    expect(final(tablet)).to_have_value("từ điện thoại")
    checked(tablet)
    final(tablet).fill("viết tiếp trên máy tính bảng")
    saved(tablet)
    phone.reload()
    expect(final(phone)).to_have_value("viết tiếp trên máy tính bảng")
    tablet.context.close()


def test_a_check_whose_reply_got_lost_counts_once(phone: Page, fresh_hub: RunningHub, line: Relay) -> None:
    before = attempts(fresh_hub)
    prompt(phone, "viết tin nhắn")
    final(phone).fill("gửi một lần")
    line.deaf_to = "/check"
    press(phone, "Kiểm tra")
    again = phone.locator(CARD).get_by_role("button", name="Thử lại")
    expect(again).to_be_visible()
    assert attempts(fresh_hub) == before + 1, "it arrived, and the page does not know"
    line.deaf_to = ""
    again.click()
    checked(phone)
    saved(phone)
    assert attempts(fresh_hub) == before + 1
    press(phone, "Kiểm tra")  # on purpose, once more
    checked(phone)
    until(lambda: attempts(fresh_hub) == before + 2)


def test_a_hint_whose_reply_got_lost_is_shown_and_no_further_one(
    phone: Page, fresh_hub: RunningHub, line: Relay
) -> None:
    left = at_campus(fresh_hub)["hints_left"]
    line.deaf_to = "/hint"
    phone.locator(CARD).get_by_role("button", name="Gợi ý").click()
    again = phone.locator(CARD).get_by_role("button", name="Thử lại")
    expect(again).to_be_visible()
    line.deaf_to = ""
    again.click()
    expect(phone.locator(f"{CARD} .hk-hint")).to_have_count(1)
    assert at_campus(fresh_hub)["hints_left"] == left - 1
