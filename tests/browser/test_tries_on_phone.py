"""Tries on a phone against a real hub: another variant of a lesson, and the level's challenge in one sitting."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

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


FOLDER = next(f for f in Catalog(sorted(ROOT.glob("level*"))) if f.lesson.id == CHALLENGE)
VARIANT = variant_of(FOLDER.lesson, "official", "A")  # the one that the samples answer
SAMPLES = {sample.name: sample.file for sample in read_samples(FOLDER)}
Answers = dict[str, dict[str, Any]]


def signed_in(browser: Browser, hub: RunningHub, name: str) -> Page:
    page = browser.new_context(**PHONE).new_page()
    sign_in(page, hub.url, name, hub.passwords[name])
    return page


@pytest.fixture(scope="module")
def phone(browser: Browser, fresh_hub: RunningHub) -> Page:
    return signed_in(browser, fresh_hub, LEARNER)


def shown(phone: Page) -> Locator:
    """The exercise of the card that is seen."""
    return phone.locator("section.step:visible section.hk")


def next_card(phone: Page) -> None:
    phone.get_by_role("button", name="Tiếp", exact=True).tap()
    expect(phone.locator("section.step:visible div.hk[data-exercise]")).to_have_count(0)


def begin(phone: Page, hub: RunningHub, learner: str) -> None:
    """Begin the sitting, and then on the variant that the samples answer."""
    phone.goto(f"{hub.url}/services/apps/{CHALLENGE}/")
    expect(phone.get_by_text("Bài thử thách làm một mạch")).to_be_visible()
    assert "Khe Luông" not in phone.content(), "nothing of the inbox is shown before"
    phone.get_by_role("button", name="Bắt đầu").tap()
    expect(shown(phone).get_by_role("timer")).to_have_text(re.compile(r"Làm một mạch rồi nộp\. Còn (59|60) phút\."))
    with create_engine(f"sqlite:///{hub.data / 'campus.sqlite'}").begin() as connection:
        draws.assign(connection, FOLDER.lesson, learner, VARIANT)
    phone.reload()
    ready(phone)


def answer(phone: Page, hub: RunningHub, learner: str, answers: Answers) -> None:
    """Give every answer by touch; no exercise offers a check or help."""
    with hub.api(hub.token(learner)) as api:
        for exercise in drawn_exercises(FOLDER.lesson, VARIANT):
            while not shown(phone).filter(has_text=exercise.title).count():
                next_card(phone)
            help_ = re.compile("Kiểm tra|Gợi ý|Hỏi trợ giảng|Xem lời giải")
            expect(shown(phone).get_by_role("button", name=help_)).to_have_count(0)
            path = f"/services/campus/api/exercises/{CHALLENGE}/{exercise.id}"
            touch.give(shown(phone), api.get(path).json()["exercise"], answers[exercise.id])
            expect(shown(phone).get_by_text("Đã lưu")).to_be_visible()


def hand_in(phone: Page) -> str:
    """Hand in; what the page says of the score."""
    while not phone.get_by_role("button", name="Nộp bài").is_visible():
        phone.get_by_role("button", name="Tiếp", exact=True).tap()
    phone.get_by_role("button", name="Nộp bài").tap()
    expect(phone.get_by_role("link", name="Xem kết quả từng ý")).to_be_visible(timeout=30_000)
    return phone.get_by_text(re.compile(r"^Đã chấm")).inner_text()


def chosen(*names: str) -> Answers:
    return {SAMPLES[name].exercise: SAMPLES[name].answer for name in names}


def test_the_challenge_is_begun_done_without_help_and_handed_in_once(fresh_hub: RunningHub, phone: Page) -> None:
    begin(phone, fresh_hub, LEARNER)
    keep_screen(phone, f"{CHALLENGE}.first")
    answer(
        phone,
        fresh_hub,
        LEARNER,
        chosen("pass_notice", "pass_check", "pass_report", "pass_reply", "pass_told"),
    )
    assert hand_in(phone).startswith("Đã chấm: 40/43 điểm. Còn 3 điểm chờ")
    expect(phone.get_by_role("button", name="Nộp")).to_have_count(0)
    expect(phone.get_by_text("ngày mai mới có đề khác")).to_be_visible()

    phone.get_by_role("link", name="Xem kết quả từng ý").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text(FOLDER.lesson.title)
    keep_screen(phone, f"{CHALLENGE}.result")
    expect(phone.get_by_role("link", name="Xem cách làm")).to_have_count(5)
    open_lesson(phone, fresh_hub.url, CHALLENGE)
    expect(shown(phone).get_by_role("timer")).to_have_text("Lượt này đã nộp nên không sửa được nữa.")
    assert shown(phone).locator("[inert]").count() == 1


def test_a_lazy_sitting_earns_under_a_quarter(fresh_hub: RunningHub, browser: Browser) -> None:
    phone = signed_in(browser, fresh_hub, "hoa.ly")
    begin(phone, fresh_hub, "hoa.ly")
    answer(phone, fresh_hub, "hoa.ly", SAMPLES["lazy_whole"].answer)
    assert points(hand_in(phone)) < 43 / 4


def test_a_sitting_full_of_usual_mistakes_earns_less_than_a_right_one(fresh_hub: RunningHub, browser: Browser) -> None:
    phone = signed_in(browser, fresh_hub, "minh.pham")
    begin(phone, fresh_hub, "minh.pham")
    mistakes = (
        "notice_first_message_only",
        "check_trusts_figures",
        "report_trusts_ai",
        "reply_promises",
        "told_trusts",
    )
    answer(phone, fresh_hub, "minh.pham", chosen(*(f"fail_{name}" for name in mistakes)))
    assert points(hand_in(phone)) < 40 / 2


def points(told: str) -> float:
    found = re.search(r"Đã chấm: ([\d,]+)/43 điểm", told)
    assert found, told
    return float(found[1].replace(",", "."))


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
