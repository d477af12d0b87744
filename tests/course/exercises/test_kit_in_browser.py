"""The kit in Chromium: each kind by touch and by keyboard, help, handing in, and pages that fit."""

from __future__ import annotations

import pytest
from campus_double import CampusDouble
from chromium import needs_chromium
from kit_page import PORT, check, step
from playwright import sync_api

pytestmark = [pytest.mark.browser, needs_chromium]


def test_a_sound_is_heard_where_the_page_is_kept_for_reading_and_its_words_stand_below(page: sync_api.Page) -> None:
    for _ in range(2):  # the second time with the service worker, through which all requests of the page go
        place = step(page, 1)
        sync_api.expect(place).to_contain_text("Nghe: cuộc gọi của anh Thắng, 2 giây")
        sync_api.expect(place).to_contain_text("Soạn hộ cái thông báo nhé.")
        heard = place.locator("audio").evaluate(
            "async (player) => { await player.play(); await new Promise((done) => (player.onended = done));"
            " return player.duration; }"
        )
        assert 1.9 < heard < 2.2
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.reload()
    assert page.evaluate("Boolean(navigator.serviceWorker.controller)")


def test_a_sound_that_does_not_come_says_so_and_its_words_stay(page: sync_api.Page) -> None:
    page.route("**/material/call.mp3", lambda route: route.abort())
    place = step(page, 1)
    place.locator("audio").evaluate("(player) => player.play().catch(() => null)")
    sync_api.expect(place).to_contain_text("Chưa mở được tiếng ở đây.")
    sync_api.expect(place).to_contain_text("Soạn hộ cái thông báo nhé.")


def test_an_empty_answer_is_told_as_not_done_and_costs_no_try(page: sync_api.Page, double: CampusDouble) -> None:
    place = step(page, 2)
    check(place)
    sync_api.expect(place).to_contain_text("Chưa làm: còn 2 câu chưa chọn.")
    assert double.tries == {}


def test_a_wrong_choice_says_why_and_result_and_answer_stand_after_a_reload(page: sync_api.Page) -> None:
    place = step(page, 2)
    place.get_by_label("AI", exact=True).check()
    place.get_by_label("12/03/2027").check()
    check(place)
    for _ in range(2):
        sync_api.expect(place).to_contain_text("Chưa đủ: 2/4 điểm")
        sync_api.expect(place).to_contain_text("AI không chịu trách nhiệm.")
        sync_api.expect(place.get_by_label("AI", exact=True)).to_be_checked()
        page.reload()


def test_phrases_are_sorted_and_steps_ordered_by_keyboard_alone(page: sync_api.Page, double: CampusDouble) -> None:
    place = step(page, 3)
    place.get_by_role("button", name="Khuôn").first.focus()
    page.keyboard.press("Enter")  # the first phrase is open; focus goes on to the categories of the next
    page.keyboard.press("Enter")
    check(place)
    sync_api.expect(place).to_contain_text("Đạt trọn 4 điểm.")
    place = step(page, 4)
    down = place.get_by_role("button", name="Đưa xuống: Gửi đi")
    down.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # focus stays with the step that moved
    sync_api.expect(place).to_contain_text("“Gửi đi” nay ở vị trí 3 trên 3.")
    place.get_by_role("button", name="Đưa xuống: Đọc câu trả lời").focus()
    page.keyboard.press("Enter")
    check(place)
    sync_api.expect(place).to_contain_text("Đạt trọn 4 điểm.")


def test_what_is_said_is_proved_by_a_passage_and_all_of_it_goes_by_keyboard(
    page: sync_api.Page, double: CampusDouble
) -> None:
    place = step(page, 11)
    phrase, press = page.locator('[data-item="hour"]'), page.keyboard.press
    if phrase.get_attribute("aria-expanded") == "false":
        phrase.click()
    place.get_by_role("button", name="Có trong nguồn").focus()
    press("Enter")  # the passages open under the phrase, and the first has the focus
    sync_api.expect(page.locator('[data-passage="1a"]')).to_be_focused()
    press("Tab")
    press("Enter")
    sync_api.expect(page.locator('[data-passage="1b"]')).to_have_attribute("aria-pressed", "true")
    sync_api.expect(phrase).to_contain_text("Có trong nguồn · 1b")
    press("Tab")
    press("Enter")  # done with this phrase: the categories of the other
    place.get_by_role("button", name="Nguồn không có").focus()
    press("Enter")
    check(place)
    sync_api.expect(place).to_contain_text("Đoạn này không nói giờ.")
    sync_api.expect(phrase).to_have_attribute("aria-expanded", "true")  # and what is to be mended is open
    place.locator('[data-passage="1b"]').click()
    place.locator('[data-passage="1a"]').click()
    check(place)
    sync_api.expect(place).to_contain_text("Đạt trọn 4 điểm.")
    assert double.drafts["prove"] == {
        "items": {"hour": "there", "loan": "absent"},
        "evidence": {"hour": ["1a"]},
    }


def test_a_category_without_a_passage_is_not_done_and_moving_away_drops_the_proof(
    page: sync_api.Page, double: CampusDouble
) -> None:
    place = step(page, 11)
    for item in ("hour", "loan"):
        phrase = page.locator(f'[data-item="{item}"]')
        if phrase.get_attribute("aria-expanded") == "false":
            phrase.click()
        place.get_by_role("button", name="Có trong nguồn", exact=True).click()
        if item == "loan":
            place.locator('[data-passage="1b"]').click()
    check(place)
    sync_api.expect(place).to_contain_text("Chưa làm: còn 1 câu chưa chỉ đoạn làm chứng.")
    place.get_by_role("button", name="Nguồn không có", exact=True).click()
    phrase = page.locator('[data-item="hour"]')
    if phrase.get_attribute("aria-expanded") == "false":
        phrase.click()
    place.locator('[data-passage="1a"]').click()
    check(place)
    sync_api.expect(place).to_contain_text("Đạt trọn 4 điểm.")
    assert double.drafts["prove"]["evidence"] == {"hour": ["1a"]}


def test_the_listener_asks_back_once_and_the_answer_names_the_idea(page: sync_api.Page, double: CampusDouble) -> None:
    place = step(page, 10)
    place.get_by_label("Bạn trả lời", exact=True).fill("Vì bác nói thiếu.")
    check(place)
    sync_api.expect(place).to_contain_text("Thế tôi phải cho nó biết gì?")
    place.get_by_label("Bạn trả lời thêm").fill("Cho biết giờ họp.")
    check(place)
    sync_api.expect(place.get_by_label("Bạn trả lời thêm")).to_have_value("Cho biết giờ họp.")
    assert double.drafts["tell"] == {"text": "Vì bác nói thiếu.", "asked": "told", "follow_up": "Cho biết giờ họp."}


def test_hints_come_one_by_one_and_the_solution_after_its_price(page: sync_api.Page, double: CampusDouble) -> None:
    place = step(page, 6)
    place.get_by_role("button", name="Gợi ý (còn 2)").click()
    place.get_by_role("button", name="Gợi ý (còn 1)").click()
    sync_api.expect(place).to_contain_text("Còn thiếu một ý.")
    place.get_by_role("button", name="Xem lời giải").click()
    sync_api.expect(place).to_contain_text("bài này giữ 0/4 điểm đang có")
    assert double.solved == set()
    place.get_by_role("button", name="Vẫn xem").click()
    sync_api.expect(place).to_contain_text("Lời giải")
    assert double.solved == {"form"}


def test_handing_in_sends_one_key_and_shows_points_with_the_way_to_the_result(
    page: sync_api.Page, double: CampusDouble
) -> None:
    page.goto(f"http://127.0.0.1:{PORT}/services/apps/text.kinds/#nop-bai")
    sync_api.expect(page.locator(".overview-list li")).to_have_count(11)
    double.down = True
    page.get_by_role("button", name="Nộp bài").click()
    sync_api.expect(page.locator(".outcome")).to_contain_text("Bài nộp được giữ trên máy này và tự gửi khi có mạng.")
    page.reload()  # also through this; then it goes by itself
    double.down = False
    sync_api.expect(page.locator(".outcome")).to_contain_text("Đã chấm: 12/39 điểm.")
    sync_api.expect(page.get_by_role("link", name="Xem kết quả từng ý")).to_be_visible()
    assert len(double.submit_keys) == 1
    assert len(double.submit_keys[0]) == 32


def test_without_script_all_text_is_there_in_stacked_cards(browser: sync_api.Browser, double: CampusDouble) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{PORT}/services/apps/text.kinds/")
    for text in ("Anh Thắng cần một thông báo họp.", "viết thông báo họp", "Dùng ngay hôm nay"):
        sync_api.expect(page.get_by_text(text, exact=True).first).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_no_step_scrolls_sideways_and_targets_are_big_enough(page: sync_api.Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for number in range(1, 13):
        place = step(page, number)
        place.locator(".hk-note", has_text="Đang mở bài").wait_for(state="detached")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"step {number}"
        small = place.evaluate(
            "e => [...e.querySelectorAll('button, summary, label.hk-option, input.hk-input, textarea')]"
            ".filter(b => b.offsetParent && b.getBoundingClientRect().height < 44).map(b => b.outerHTML)"
        )
        assert small == [], f"step {number}"
