"""Takes the pictures of the teachers' handbook: `make teacher-pictures`.

It does in a real browser, with a fresh hub and a fresh JupyterLab, what the pages tell teachers to do, in their order;
a button that is called otherwise by now ends it with an error that names the button.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from chromium import chromium
from learner_page import PHONE, sign_in
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from running_hub import HOCAI, RunningHub, free_ports, until
from sqlalchemy import create_engine

from autograders.samples import read_samples
from course.catalog import LessonFolder, read_lesson
from hub_config.services.campus import draws

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "teachers" / "pictures"
DESK = {"width": 1100, "height": 720}
TEACHER, GOOD, WEAK = "co.lan", "an.nguyen", "hoa.ly"
LESSON = "01_first_prompt"
TITLE, NEW_ID = "Viết đơn xin nghỉ phép", "text.viet_don_xin_nghi_phep"
SEE = "Xem như học viên"
OUTLINE = "outline: 3px solid #d3451d !important; outline-offset: 3px !important; border-radius: 6px;"


class Camera:
    """Keeps pictures as small WebP files."""

    def take(self, page: Page, name: str, point: Locator | None = None, tall: int = 0) -> None:
        """The page as it is seen, its first `tall` pixels, with a frame around what is to be pressed."""
        if point is not None:
            point.scroll_into_view_if_needed()
            point.evaluate("(node, style) => node.setAttribute('style', style)", OUTLINE)
        clip = {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": tall} if tall else None
        content = page.screenshot(clip=clip, animations="disabled")
        if point is not None:
            point.evaluate("(node) => node.removeAttribute('style')")
        Image.open(io.BytesIO(content)).convert("RGB").save(PICTURES / f"{name}.webp", quality=72, method=6)


def desk(browser: Browser) -> Page:
    return browser.new_context(viewport=DESK, locale="vi-VN", bypass_csp=True).new_page()


# --- JupyterLab
@contextmanager
def lab(levels: Path) -> Iterator[str]:
    """`hocai lab` over `levels`; its address with the token."""
    command = [HOCAI, "lab", "--no-browser", "--port", str(free_ports() + 8)]
    own = {"HOCAI_LESSONS": levels, "XDG_CACHE_HOME": levels.parent / "cache", "JUPYTER_CONFIG_DIR": levels.parent}
    environment = os.environ | {key: str(value) for key, value in own.items()}
    with tempfile.NamedTemporaryFile("rb") as said, Path(said.name).open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        try:
            yield str(
                until(lambda: re.search(r"http://127\.0\.0\.1:\S+token=\w+", Path(said.name).read_text("utf-8")))[0]
            )
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def write_a_lesson(camera: Camera, browser: Browser, levels: Path) -> None:
    with lab(levels) as address:
        page = desk(browser)
        page.goto(address)
        card = page.locator(".jp-LauncherCard", has_text="Bài học mới")
        expect(card).to_be_visible(timeout=60_000)
        camera.take(page, "lab_launcher", card, tall=400)
        card.click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Tên bài học").fill(TITLE)
        camera.take(page, "lab_new_lesson", dialog.get_by_role("button", name="Tạo bài"), tall=560)
        dialog.get_by_role("button", name="Tạo bài").click()
        expect(page.get_by_role("heading", name=TITLE)).to_be_visible(timeout=60_000)
        expect(page.get_by_text("| Idle")).to_be_visible(timeout=60_000)
        camera.take(page, "lab_notebook", page.get_by_role("button", name=SEE))
        page.get_by_role("button", name=SEE).click()
        app = page.frame_locator(f'iframe[title="{SEE}"]').frame_locator("#page")
        expect(app.locator(".step.now").get_by_role("heading", name=TITLE)).to_be_visible(timeout=60_000)
        expect(app.locator(".step.now .doing > [data-exercise]")).to_have_count(0, timeout=20_000)
        camera.take(page, "lab_preview")
        page.locator(".lm-TabBar-tab", has_text="Học viên:").locator(".lm-TabBar-tabCloseIcon").click()
        page.get_by_role("tab", name="Create Assignment").click()
        points = page.locator(".nbgrader-CellPoints input:visible").first
        expect(points).to_be_visible()
        camera.take(page, "lab_create_assignment", points)
        page.get_by_role("tab", name="Create Assignment").click()
        check_a_lesson(camera, page, levels.parent / "cache")


def check_a_lesson(camera: Camera, page: Page, cache: Path) -> None:
    page.get_by_title("New Launcher").first.click()
    page.locator(".jp-LauncherCard:visible", has_text="Terminal").click()
    page.keyboard.press("ControlOrMeta+b")  # away with the list of files
    expect(page.locator(".jp-Terminal")).to_be_visible()
    page.wait_for_timeout(2000)  # the shell's first line; what a terminal shows is drawn, not written
    page.set_viewport_size({"width": 1280, "height": 560})  # the table in one line
    page.keyboard.type("PS1='$ '; clear\n")
    page.wait_for_timeout(1000)
    page.keyboard.type(f"hocai lesson check {NEW_ID}\n")
    until(lambda: (cache / "hocai" / "checked_lessons.json").is_file())
    page.wait_for_timeout(1000)
    camera.take(page, "lab_check")


# --- the class
def hand_in(hub: RunningHub, name: str, folder: LessonFolder, *meanings: str) -> None:
    """Somebody's work on a lesson: the first sample of each exercise that has one of the meanings."""
    variant = folder.lesson.variant[0]
    answers = {}
    for meaning in meanings:
        for sample in read_samples(folder):
            file = sample.file
            if sample.meaning == meaning and file.answer and (file.role, file.variant) == (variant.role, variant.id):
                answers.setdefault(file.exercise, file.answer)
    with create_engine(f"sqlite:///{hub.data / 'campus.sqlite'}").begin() as connection:
        draws.assign(connection, folder.lesson, name, variant)
    with hub.api(hub.token(name)) as api:
        api.base_url = httpx.URL(f"{hub.url}/services/campus/api/")
        for exercise in (raw["id"] for raw in folder.lesson.exercise if raw["id"] in answers):
            body = {"answer": answers[exercise], "active_s": 60}
            api.post(f"exercises/{folder.lesson.id}/{exercise}/check", json=body).raise_for_status()
        made = api.post(f"lessons/{folder.lesson.id}/submit", json={"active_s": 600}).json()["id"]
        until(lambda: api.get(f"submissions/{made}").json()["state"] == "graded")


def read_results(camera: Camera, browser: Browser, hub: RunningHub) -> Page:
    page = desk(browser)
    sign_in(page, hub.url, TEACHER, hub.passwords[TEACHER])
    link = page.get_by_role("link", name=re.compile("Lớp")).first
    camera.take(page, "today_of_a_teacher", link)
    link.click()
    score = page.get_by_role("row", name=re.compile("Nguyễn Văn An")).get_by_role("link").first
    camera.take(page, "class", score)
    score.click()
    expect(page.get_by_role("link", name="Sửa điểm")).to_be_visible()
    camera.take(page, "submission")
    return page


def read_statistics(camera: Camera, page: Page) -> None:
    page.get_by_role("link", name="Lớp học thử").click()
    title = page.get_by_role("columnheader").get_by_role("link", name="Câu lệnh đầu tiên")
    camera.take(page, "class_lesson_title", title, tall=560)
    title.click()
    expect(page.get_by_role("heading", name="Hay sai nhất").first).to_be_visible()
    camera.take(page, "statistics")
    page.go_back()
    page.go_back()


def change_a_score(camera: Camera, browser: Browser, hub: RunningHub, page: Page) -> None:
    page.get_by_role("link", name="Sửa điểm").click()
    expect(page.get_by_text("Manage Assignments").first).to_be_visible(timeout=90_000)
    expect(page.get_by_role("link", name="text.first_prompt").first).to_be_visible(timeout=30_000)
    camera.take(page, "formgrader", page.get_by_role("link", name="Manual Grading"), tall=520)
    page.get_by_role("link", name="Manual Grading").click()
    page.get_by_role("link", name="text.first_prompt").first.click()
    page.get_by_role("link", name="lesson", exact=True).first.click()
    submission = page.get_by_role("link", name="Submission #1")
    camera.take(page, "formgrader_submissions", submission, tall=420)
    submission.click()
    score = page.locator("input.score#notice")
    score.scroll_into_view_if_needed()
    camera.take(page, "formgrader_score", score)
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        score.fill("12")
        score.press("Tab")


def seen_by_the_learner(camera: Camera, browser: Browser, hub: RunningHub) -> None:
    for name in (GOOD, WEAK):
        page = browser.new_context(**PHONE, bypass_csp=True).new_page()
        sign_in(page, hub.url, name, hub.passwords[name])
        changed = page.get_by_text(re.compile("Thầy cô đã sửa điểm thành 12/"))

        def told(page: Page = page, changed: Locator = changed) -> bool:
            page.goto(f"{hub.url}/services/campus/lessons/text.first_prompt/result")
            return changed.is_visible()

        for _ in range(15):
            if told():
                changed.scroll_into_view_if_needed()
                camera.take(page, "score_on_the_phone", changed)
                return
            page.wait_for_timeout(1000)
    raise AssertionError("no learner sees the changed score")


def main() -> None:
    camera = Camera()
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        levels = Path(place) / "level1_text"
        shutil.copytree(ROOT / "level1_text", levels)
        if "hub" not in sys.argv:
            write_a_lesson(camera, browser, levels)
        with RunningHub().running() as hub:
            folder = read_lesson(ROOT / "level1_text" / LESSON)
            hand_in(hub, GOOD, folder, "pass")
            hand_in(hub, WEAK, folder, "fail", "lazy")
            hand_in(hub, "minh.pham", folder, "lazy", "fail")
            page = read_results(camera, browser, hub)
            read_statistics(camera, page)
            change_a_score(camera, browser, hub, page)
            seen_by_the_learner(camera, browser, hub)


if __name__ == "__main__":
    main()
