"""The whole story in a real browser against a real hub: phone, JupyterLab, formgrader, and back to the phone.

Screenshots are kept in test-artefacts/story/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import needs_chromium
from learner_page import PHONE, sign_in
from playwright.sync_api import Browser, Locator, Page, expect
from running_hub import RunningHub
from teacher_page import DESK, open_submission

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.timeout(600), needs_chromium]

ARTEFACTS = Path(__file__).parent.parent.parent / "test-artefacts" / "story"
BEGINNER, STUDENT, TEACHER = "hoa.ly", "minh.pham", "co.lan"
SOLUTION = """from course.exercises import material

bang = material("text.report/change")


def tong(so_luong):
    return sum(so_luong)


def phan_tram_tang(dau, cuoi):
    return (cuoi - dau) / dau * 100
"""


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(**PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESK, locale="vi-VN")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def teacher(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESK, locale="vi-VN")
    yield context.new_page()
    context.close()


def keep(page: Page, name: str) -> None:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)


def step(page: Page) -> Locator:
    """The card of the lesson that is shown."""
    return page.locator("section.step:visible")


def next_step(page: Page) -> None:
    counter = page.get_by_text(re.compile(r"^Bước \d+/\d+$"))
    before = counter.inner_text()
    page.get_by_role("button", name="Tiếp", exact=True).click()
    expect(counter).not_to_have_text(before)


def ask(page: Page, prompt: str) -> str:
    """Ask the AI and wait for its whole reply."""
    box = step(page).get_by_label("Câu lệnh của bạn")
    box.fill(prompt)
    step(page).get_by_role("button", name="Hỏi AI").click()
    expect(step(page).get_by_role("button", name="Hỏi AI")).to_be_enabled(timeout=20_000)
    return step(page).locator(".hk-reply").first.inner_text()


def open_assignments(page: Page) -> None:
    """nbgrader's Assignments view, by its menu; JupyterLab may still be starting."""
    page.get_by_role("menuitem", name="Nbgrader").click(timeout=90_000)
    page.get_by_text("Assignment List").first.click()


def test_a_beginner_on_a_phone(fresh_hub: RunningHub, phone: Page) -> None:
    sign_in(phone, fresh_hub.url, BEGINNER, fresh_hub.passwords[BEGINNER])
    keep(phone, "01_today")
    phone.get_by_role("link", name="Bắt đầu học").click()

    # guess, then see the weak reply
    step(phone).get_by_text("chung chung").click()
    step(phone).get_by_role("button", name="Chốt câu đoán").click()
    expect(step(phone).get_by_text("Đúng", exact=False).first).to_be_visible()
    keep(phone, "02_guess")
    next_step(phone)

    # touch one thing only: "chưa đủ" with reasons, not a bare "sai"
    step(phone).locator(".hk-sentence").nth(3).click()
    step(phone).get_by_role("button", name="Kiểm tra").click()
    expect(step(phone).get_by_text(re.compile("Chưa đủ"))).to_be_visible()
    keep(phone, "03_find")
    next_step(phone)
    next_step(phone)

    # a weak prompt, a better one, and the difference
    weak = ask(phone, "viết tin nhắn")
    keep(phone, "04_weak_prompt")
    chips = [chip.inner_text().removeprefix("+").strip() for chip in step(phone).locator(".hk-chip").all()]
    better = ask(phone, f"Viết tin nhắn cho khách quen: {', '.join(chips)}. Dưới 60 chữ, giọng thân mật.")
    assert chips[0] in better
    assert chips[0] not in weak
    expect(step(phone).get_by_text("AI luyện tập").first).to_be_visible()
    step(phone).get_by_role("button", name=re.compile("bản nháp")).first.click()
    step(phone).get_by_role("button", name="Kiểm tra").click()
    expect(step(phone).get_by_text(re.compile(r"10\s*/\s*12"))).to_be_visible()
    keep(phone, "05_better_prompt")

    # a reload loses nothing
    phone.reload()
    expect(step(phone).get_by_label("Câu lệnh của bạn")).to_have_value(re.compile("khách quen"))

    while not step(phone).get_by_role("button", name="Nộp bài").is_visible():
        next_step(phone)
    keep(phone, "06_submit")
    step(phone).get_by_role("button", name="Nộp bài").click()
    phone.get_by_role("link", name=re.compile("kết quả|Kết quả|nhận xét")).click(timeout=30_000)
    expect(phone.get_by_text("Câu lệnh đầu tiên").first).to_be_visible()
    expect(phone.get_by_text(re.compile("chờ")).first).to_be_visible()
    keep(phone, "07_result")


def test_a_student_in_jupyterlab(fresh_hub: RunningHub, desk: Page) -> None:
    sign_in(desk, fresh_hub.url, STUDENT, fresh_hub.passwords[STUDENT])
    desk.get_by_role("link", name=re.compile("JupyterLab")).first.click()
    open_assignments(desk)
    released = desk.locator("#released_assignments_list .list_item", has_text="text.report")
    released.get_by_role("button", name="Fetch").click()
    downloaded = desk.locator("#fetched_assignments_list .list_item", has_text="text.report").first
    expect(downloaded.get_by_role("button", name="Submit")).to_be_visible(timeout=20_000)
    keep(desk, "10_assignments")

    desk.goto(f"{fresh_hub.url}/user/{STUDENT}/lab/tree/text.report/lesson.ipynb")
    cell = desk.locator(".jp-CodeCell", has_text="NotImplementedError").first
    cell.locator(".cm-content").click(timeout=60_000)
    desk.keyboard.press("ControlOrMeta+a")
    desk.keyboard.insert_text(SOLUTION)
    desk.get_by_role("menuitem", name="Run", exact=True).click()
    desk.get_by_role("menuitem", name="Run All Cells").first.click()
    expect(desk.get_by_role("button", name="Chốt câu đoán")).to_be_visible(timeout=60_000)

    # the same exercise widget as on the phone, answered here
    plan = desk.locator("section.hk", has_text="Việc - ai - bao giờ").first
    plan.scroll_into_view_if_needed()
    plan.get_by_label("Việc gì?").fill("khắc phục sớm")
    plan.get_by_role("button", name="Kiểm tra").click()
    expect(plan.get_by_text("Ô việc chưa nói được", exact=False)).to_be_visible()
    plan.get_by_role("button", name="Hỏi trợ giảng").click()
    plan.get_by_role("button", name="Bài tôi thiếu gì?").click()
    expect(plan.locator(".hk-turn.hk-bubble")).to_contain_text("Ô việc chưa nói được")
    plan.get_by_label("Bạn hỏi").press_sequentially("cam on")  # none of it is a shortcut of JupyterLab's
    plan.get_by_label("Bạn hỏi").press("Enter")
    expect(plan.locator(".hk-turn.hk-bubble").last).to_contain_text("Không có gì.")
    keep(desk, "11_jupyterlab")

    desk.get_by_role("button", name="Validate").click()
    expect(desk.get_by_text("Success! Your notebook passes all the tests.")).to_be_visible(timeout=60_000)
    keep(desk, "12_validated")
    desk.get_by_role("button", name=re.compile("^(OK|Ok)$")).click()

    desk.keyboard.press("ControlOrMeta+s")
    open_assignments(desk)
    downloaded.get_by_role("button", name="Submit").click()
    submitted = desk.locator("#submitted_assignments_list .list_item", has_text="text.report")
    expect(submitted.first).to_be_visible(timeout=20_000)
    for _ in range(30):
        if desk.get_by_text("feedback available to fetch").first.is_visible():
            break
        desk.wait_for_timeout(2000)
        desk.locator("#refresh_assignments_list").click()
        expect(submitted.first).to_be_visible(timeout=20_000)
    desk.get_by_role("button", name="Fetch Feedback", exact=True).first.click()
    expect(desk.get_by_text("view feedback").first).to_be_visible(timeout=20_000)
    keep(desk, "13_feedback")


def test_the_teacher_changes_a_score_and_the_learner_sees_it(fresh_hub: RunningHub, teacher: Page, phone: Page) -> None:
    sign_in(teacher, fresh_hub.url, TEACHER, fresh_hub.passwords[TEACHER])
    teacher.get_by_role("link", name=re.compile("Lớp")).first.click()
    expect(teacher.get_by_text("Lý Thị Hoa").first).to_be_visible()
    expect(teacher.get_by_text("Phạm Quang Minh").first).to_be_visible()
    keep(teacher, "20_class")
    teacher.get_by_role("link", name="Chấm và sửa điểm").click()
    expect(teacher.get_by_text("Manage Assignments").first).to_be_visible(timeout=90_000)
    keep(teacher, "21_formgrader")

    for lesson in ("text.report", "text.first_prompt"):
        open_submission(teacher, fresh_hub.url, lesson)
        expect(teacher.locator("input.score").first).to_be_visible()
        keep(teacher, f"22_{lesson}")
    # the last one is the beginner's: ten points by rules, and the teacher gives the two that waited
    score = teacher.locator("input.score#notice")
    expect(score).to_have_attribute("placeholder", "10")
    with teacher.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        score.fill("12")
        score.press("Tab")
    keep(teacher, "23_score_changed")

    # within a minute, on the phone
    phone.goto(f"{fresh_hub.url}/services/campus/")
    phone.get_by_role("link", name=re.compile("Câu lệnh đầu tiên")).last.click()
    changed = phone.get_by_text("Thầy cô đã sửa điểm thành 12/12")
    for _ in range(60):
        if changed.is_visible():
            break
        phone.wait_for_timeout(1000)
        phone.reload()
    expect(changed).to_be_visible()
    keep(phone, "24_score_seen")
