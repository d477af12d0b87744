"""The kit in Chromium, in the page that Voila exported, against campus and gateway over HTTP."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from asgi_server import serve
from campus_double import REPLY, CampusDouble
from chromium import needs_chromium
from kinds_lesson import write_lesson
from playwright import sync_api

from course.catalog import Catalog
from hub_config.publishing import publish_all
from hub_config.settings import Settings

pytestmark = [pytest.mark.browser, needs_chromium]
PORT = 21520


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalog, Path]:
    place = tmp_path_factory.mktemp("kit")
    level = place / "level1"
    write_lesson(level / "01_kinds")
    shutil.copy(Path(__file__).parents[3] / "level1_text" / "level.toml", level)
    environment = {"HOCAI_DATA": str(place / "data"), "HOCAI_LESSONS": str(level)}
    settings = Settings.load({**os.environ, **environment})
    settings.data.mkdir()
    publish_all(settings)
    return Catalog(settings.lessons), settings.published


@pytest.fixture
def double(published: tuple[Catalog, Path]) -> Iterator[CampusDouble]:
    campus = CampusDouble(list(published[0]), published[1])
    with serve(campus.app, PORT):
        yield campus


@pytest.fixture
def page(published: tuple[Catalog, Path], double: CampusDouble, browser: sync_api.Browser) -> Iterator[sync_api.Page]:
    """The browser comes after publishing: it keeps an event loop running here, and Voila wants one of its own."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def step(page: sync_api.Page, number: int) -> sync_api.Locator:
    page.goto(f"http://127.0.0.1:{PORT}/services/apps/text.kinds/#buoc-{number}")
    return page.locator(f"#buoc-{number}")


def check(place: sync_api.Locator) -> None:
    place.get_by_role("button", name="Kiểm tra").click()


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


def test_offline_answers_stay_here_and_go_when_the_network_is_back(page: sync_api.Page, double: CampusDouble) -> None:
    place = step(page, 8)
    box = place.get_by_label("Bài của bạn")
    box.wait_for()
    page.context.set_offline(True)
    box.fill("Tháng 3 tăng 50 phần trăm.")
    sync_api.expect(place).to_contain_text("Đã giữ trên máy này, chưa gửi được")
    check(place)
    sync_api.expect(place.get_by_role("alert")).to_contain_text("Mất mạng. Câu trả lời được giữ trên máy này")
    assert "say" not in double.drafts
    page.context.set_offline(False)
    sync_api.expect(place).to_contain_text("Đã lưu")
    assert double.drafts["say"] == {"text": "Tháng 3 tăng 50 phần trăm."}
    place.get_by_role("button", name="Thử lại").click()
    sync_api.expect(place).to_contain_text("Đạt trọn 4 điểm.")


def test_a_draft_that_never_left_comes_back_after_a_reload(page: sync_api.Page, double: CampusDouble) -> None:
    place = step(page, 8)
    place.get_by_label("Bài của bạn").wait_for()
    double.down = True
    place.get_by_label("Bài của bạn").fill("tăng 50")
    sync_api.expect(place).to_contain_text("Đã giữ trên máy này")
    page.reload()
    sync_api.expect(place).to_contain_text("Chưa nối được với lớp học")
    double.down = False  # it is noticed by itself
    sync_api.expect(place.get_by_label("Bài của bạn")).to_have_value("tăng 50")
    sync_api.expect(place).to_contain_text("Đã lưu")
    assert double.drafts["say"] == {"text": "tăng 50"}


def test_a_phone_whose_clock_is_behind_loses_no_draft(page: sync_api.Page, double: CampusDouble) -> None:
    page.clock.set_system_time("2020-01-01T08:00:00Z")
    place = step(page, 8)
    place.get_by_label("Bài của bạn").fill("tăng")
    sync_api.expect(place).to_contain_text("Đã lưu")
    double.down = True
    place.get_by_label("Bài của bạn").fill("tăng 50")
    sync_api.expect(place).to_contain_text("Đã giữ trên máy này")
    page.reload()
    sync_api.expect(place).to_contain_text("Chưa nối được với lớp học")
    double.down = False  # it is noticed by itself
    sync_api.expect(place.get_by_label("Bài của bạn")).to_have_value("tăng 50")


def test_a_stale_token_is_renewed_once_without_a_word(page: sync_api.Page, double: CampusDouble) -> None:
    place = step(page, 8)
    place.get_by_label("Bài của bạn").fill("tăng 50")
    double.tokens.revoke()
    check(place)
    sync_api.expect(place).to_contain_text("Đạt trọn 4 điểm.")


def test_who_is_signed_out_is_told_and_the_answer_stays(page: sync_api.Page, double: CampusDouble) -> None:
    place = step(page, 8)
    place.get_by_label("Bài của bạn").fill("tăng 50")
    double.tokens.revoke()
    double.pages.here = False
    check(place)
    sync_api.expect(place.get_by_role("alert")).not_to_be_empty()
    sync_api.expect(place.get_by_label("Bài của bạn")).to_have_value("tăng 50")
    double.pages.here = True
    place.get_by_role("button", name="Thử lại").click()
    sync_api.expect(place).to_contain_text("Đạt trọn 4 điểm.")


def test_facts_are_tapped_the_ai_answers_and_the_learner_signs_a_version(
    page: sync_api.Page, double: CampusDouble
) -> None:
    place = step(page, 7)
    box = place.get_by_label("Câu lệnh của bạn")
    box.fill("Viết thông báo họp")
    chip = place.get_by_role("button", name="19 giờ 30")
    chip.click()
    sync_api.expect(box).to_have_value("Viết thông báo họp, 19 giờ 30")
    chip.click()
    sync_api.expect(box).to_have_value("Viết thông báo họp")
    place.get_by_role("button", name="Hỏi AI").click()
    sync_api.expect(place).to_contain_text("AI luyện tập trả lời")
    sync_api.expect(place).to_contain_text("AI đã trả lời xong.")
    sync_api.expect(place.locator(".hk-better")).to_have_count(0)
    assert double.prompts == [("text.kinds/notice", "Viết thông báo họp")]
    chip.click()
    place.get_by_role("button", name="Hỏi AI lần nữa").click()
    sync_api.expect(place.locator(".hk-tries summary").first).to_have_text("Các lần đã hỏi (2)")
    sync_api.expect(place.locator(".hk-tries ins")).to_have_text("19 giờ 30")
    why = "Khác câu lệnh “Viết thông báo họp”."
    sync_api.expect(place.locator(".hk-reply .hk-better")).to_have_text(why)
    sync_api.expect(place.locator(".hk-try").first.locator(".hk-better")).to_have_text(why)
    sync_api.expect(place.locator(".hk-try").last.locator(".hk-better")).to_have_count(0)
    place.get_by_role("button", name="Lấy câu trả lời làm bản nháp").click()
    final = place.get_by_label("Bản gửi đi")
    sync_api.expect(final).to_have_value(f"{REPLY} ")
    final.fill("Họp 19 giờ 30 tại nhà văn hóa xóm.")
    check(place)
    sync_api.expect(place).to_contain_text("Đang được 4/6 điểm.")
    assert double.drafts["notice"]["final"] == "Họp 19 giờ 30 tại nhà văn hóa xóm."


def test_a_reply_that_breaks_off_keeps_what_came(page: sync_api.Page, double: CampusDouble) -> None:
    place = step(page, 7)
    place.get_by_label("Câu lệnh của bạn").fill("Viết thông báo họp")
    double.cut_reply = True
    place.get_by_role("button", name="Hỏi AI").click()
    sync_api.expect(place).to_contain_text("Câu trả lời bị đứt giữa chừng.")
    sync_api.expect(place.locator(".hk-reply").first).to_contain_text("Kính thưa bà con.")


def test_a_reply_that_was_said_before_is_called_one(page: sync_api.Page, double: CampusDouble) -> None:
    place = step(page, 7)
    double.saved_reply = True
    place.get_by_label("Câu lệnh của bạn").fill("Viết thông báo họp")
    place.get_by_role("button", name="Hỏi AI").click()
    sync_api.expect(place.locator(".hk-reply").first).to_contain_text("AI luyện tập: câu trả lời đã lưu")
    sync_api.expect(place).to_contain_text("AI đã trả lời xong.")
    place.locator(".hk-tries summary").first.click()
    sync_api.expect(place.locator(".hk-try summary")).to_have_text("AI luyện tập: câu trả lời đã lưu")


def test_why_the_practice_ai_stepped_in_is_said_with_its_reply(page: sync_api.Page, double: CampusDouble) -> None:
    place = step(page, 7)
    double.reply_note = "Hôm nay bạn đã dùng hết phần AI thật, nên AI luyện tập trả lời thay."
    place.get_by_label("Câu lệnh của bạn").fill("Viết thông báo họp")
    place.get_by_role("button", name="Hỏi AI").click()
    sync_api.expect(place.locator(".hk-reply").first).to_contain_text("AI luyện tập")
    sync_api.expect(place.get_by_role("status").filter(has_text=double.reply_note)).to_be_visible()


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
