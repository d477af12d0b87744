"""The kit in Chromium: what becomes of an answer without a line, with a wrong clock, or signed out."""

from __future__ import annotations

import pytest
from campus_double import CampusDouble
from chromium import needs_chromium
from kit_page import check, step
from playwright import sync_api

pytestmark = [pytest.mark.browser, needs_chromium]


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
