"""Tries on a phone against a real hub: another variant of a lesson, and the level's challenge in one sitting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import touch
from chromium import needs_chromium
from learner_page import PHONE, open_lesson, ready, sign_in
from playwright.sync_api import Browser, Locator, Page, expect
from running_hub import RunningHub
from screens import keep_screen
from sqlalchemy import create_engine

from autograders.samples import read_samples
from course.catalog import Catalog
from course.variants import drawn_exercises, variant_of
from hub_config.services.campus import draws

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.timeout(300), needs_chromium]

ROOT = Path(__file__).parents[2]
LEARNER = "an.nguyen"
CHALLENGE, LESSON = "text.challenge", "text.first_prompt"


@pytest.fixture(scope="module")
def phone(browser: Browser, fresh_hub: RunningHub) -> Page:
    page = browser.new_context(**PHONE).new_page()
    sign_in(page, fresh_hub.url, LEARNER, fresh_hub.passwords[LEARNER])
    return page


def shown(phone: Page) -> Locator:
    """The exercise of the card that is seen."""
    return phone.locator("section.step:visible section.hk")


def next_card(phone: Page) -> None:
    phone.get_by_role("button", name="Tiếp", exact=True).tap()
    expect(phone.locator("section.step:visible div.hk[data-exercise]")).to_have_count(0)


def test_the_challenge_is_begun_done_without_help_and_handed_in_once(fresh_hub: RunningHub, phone: Page) -> None:
    folder = Catalog(sorted(ROOT.glob("level*"))).get(CHALLENGE)
    assert folder
    variant = variant_of(folder.lesson, "official", "A")
    phone.goto(f"{fresh_hub.url}/services/apps/{CHALLENGE}/")
    expect(phone.get_by_text("Bài thử thách làm một mạch")).to_be_visible()
    assert "Khe Luông" not in phone.content(), "nothing of the inbox is shown before"
    phone.get_by_role("button", name="Bắt đầu").tap()
    expect(shown(phone).get_by_role("timer")).to_have_text(re.compile(r"Làm một mạch rồi nộp\. Còn (59|60) phút\."))
    with create_engine(f"sqlite:///{fresh_hub.data / 'campus.sqlite'}").begin() as connection:
        draws.assign(connection, folder.lesson, LEARNER, variant)  # the one that the samples answer
    phone.reload()
    ready(phone)
    keep_screen(phone, f"{CHALLENGE}.first")

    answers = {s.file.exercise: s.file.answer for s in reversed(read_samples(folder)) if s.meaning == "pass"}
    wanted = {s.name: s.file for s in read_samples(folder)}
    answers |= {
        f.exercise: f.answer for f in (wanted[f"pass_{n}"] for n in ("notice", "check", "report", "reply", "told"))
    }
    with fresh_hub.api(fresh_hub.token(LEARNER)) as api:
        for exercise in drawn_exercises(folder.lesson, variant):
            while not shown(phone).filter(has_text=exercise.title).count():
                next_card(phone)
            expect(
                shown(phone).get_by_role("button", name=re.compile("Kiểm tra|Gợi ý|Hỏi trợ giảng|Xem lời giải"))
            ).to_have_count(0)
            path = f"/services/campus/api/exercises/{CHALLENGE}/{exercise.id}"
            touch.give(shown(phone), api.get(path).json()["exercise"], answers[exercise.id])
            expect(shown(phone).get_by_text("Đã lưu")).to_be_visible()
    while not phone.get_by_role("button", name="Nộp bài").is_visible():
        phone.get_by_role("button", name="Tiếp", exact=True).tap()
    phone.get_by_role("button", name="Nộp bài").tap()
    expect(phone.get_by_role("link", name="Xem kết quả từng ý")).to_be_visible(timeout=30_000)
    expect(phone.get_by_text("Đã chấm: 40/43 điểm. Còn 3 điểm chờ")).to_be_visible()
    expect(phone.get_by_role("button", name="Nộp")).to_have_count(0)
    expect(phone.get_by_text("ngày mai mới có đề khác")).to_be_visible()

    phone.get_by_role("link", name="Xem kết quả từng ý").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text(folder.lesson.title)
    keep_screen(phone, f"{CHALLENGE}.result")
    expect(phone.get_by_role("link", name="Xem cách làm")).to_have_count(5)
    open_lesson(phone, fresh_hub.url, CHALLENGE)
    expect(shown(phone).get_by_role("timer")).to_have_text("Lượt này đã nộp nên không sửa được nữa.")
    assert shown(phone).locator("[inert]").count() == 1


def test_another_variant_for_ones_own_work_begins_from_nothing(fresh_hub: RunningHub, phone: Page) -> None:
    open_lesson(phone, fresh_hub.url, LESSON)
    phone.get_by_role("link", name="Đổi sang đề hợp với việc của bạn").tap()
    phone.get_by_text("Làm đề khác").tap()
    phone.get_by_label("Đề cho").select_option(label="Giáo viên")
    phone.get_by_role("button", name="Nhận đề mới").tap()
    ready(phone)
    expect(shown(phone)).to_contain_text("phụ huynh")
    with fresh_hub.api(fresh_hub.token(LEARNER)) as api:
        here = api.get(f"/services/campus/api/lessons/{LESSON}").json()["try"]
    assert (here["number"], here["role"]) == (2, "teacher")
