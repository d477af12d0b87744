"""The kit in Chromium: a prompt, the AI's replies, and the version that goes out."""

from __future__ import annotations

import pytest
from campus_double import REPLY, CampusDouble
from chromium import needs_chromium
from kit_page import check, step
from playwright import sync_api

pytestmark = [pytest.mark.browser, needs_chromium]


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
