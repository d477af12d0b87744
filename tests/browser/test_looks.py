"""Every kind of page as people see it: pictures at three widths, light and dark, in test-artefacts/screens/, no axe
violation, nothing to scroll sideways.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest
from chromium import needs_chromium
from learner_page import sign_in
from playwright.sync_api import Browser, BrowserContext, Page, expect
from running_hub import RunningHub, until

ROOT = Path(__file__).parents[2]
SCREENS = ROOT / "test-artefacts" / "screens"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = {320: 640, 390: 844, 1280: 900}
LEARNER, TEACHER, LESSON = "hoa.ly", "co.lan", "text.summarise"

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.timeout(600), needs_chromium]


@pytest.fixture(scope="module")
def pages(browser: Browser, running_hub: RunningHub) -> dict[str, BrowserContext]:
    """A signed-in context for each person, and one for nobody. Scripts of ours that look at a page may run in it."""
    made = {name: browser.new_context(locale="vi-VN", bypass_csp=True) for name in ("", LEARNER, TEACHER)}
    for name in (LEARNER, TEACHER):
        page = made[name].new_page()
        sign_in(page, running_hub.url, name, running_hub.passwords[name])
        page.close()
    return made


@pytest.fixture(scope="module")
def submission(running_hub: RunningHub) -> str:
    """Something handed in, graded."""
    with running_hub.api(running_hub.token(LEARNER)) as api:
        api.base_url = httpx.URL(f"{running_hub.url}/services/campus/api/")
        body = {"answer": {"text": "Bác đọc kỹ phần điều kiện.", "asked": "", "follow_up": ""}, "active_s": 5}
        told = api.get(f"lessons/{LESSON}").json()["exercises"]
        api.post(f"exercises/{LESSON}/{told[-1]['id']}/check", json=body)
        made = api.post(f"lessons/{LESSON}/submit", json={"active_s": 1}).json()["id"]
        until(lambda: api.get(f"submissions/{made}").json()["state"] == "graded")
        return str(made)


def look(page: Page, name: str) -> list[str]:
    """Pictures of the page at each width, light and dark; what is wrong with it."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=SCREENS / f"{name}_{width}_{scheme}.png", full_page=True)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                found.append(f"{name} at {width}: {wide} px to scroll sideways")
            if width != 390:
                found += [f"{name} at {width}, {scheme}: {line}" for line in violations(page)]
    return found


def violations(page: Page) -> list[str]:
    """What axe-core finds, each with the elements."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.add_script_tag(path=AXE)
    told = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then((found) => JSON.stringify(found.violations))"
    )
    return [f"{one['id']}: {'; '.join(node['html'][:160] for node in one['nodes'])}" for one in json.loads(told)]


def test_pages_of_the_hub_and_of_nobody(pages: dict[str, BrowserContext], running_hub: RunningHub) -> None:
    page = pages[""].new_page()
    page.goto(f"{running_hub.url}/hub/login")
    found = look(page, "sign_in")
    page.get_by_label("Tên đăng nhập").fill("ai.do")
    page.get_by_label("Mật khẩu", exact=True).fill("sai")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += look(page, "sign_in_refused")
    page.goto(f"{running_hub.url}/hub/no/such/page")
    found += look(page, "hub_404")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("today", "/services/campus/"),
        ("map", "/services/campus/map"),
        ("profile", "/services/campus/profile"),
        ("result", f"/services/campus/lessons/{LESSON}/result"),
        ("solution", f"/services/campus/lessons/{LESSON}/exercises/changed/solution"),
        ("campus_404", "/services/campus/no/such/page"),
        ("campus_refused", "/services/campus/classes/demo"),
        ("app_404", "/services/apps/no.lesson/"),
        ("hub_refused", f"/user/{TEACHER}/lab"),
    ],
)
def test_pages_of_a_learner(
    pages: dict[str, BrowserContext], running_hub: RunningHub, submission: str, name: str, path: str
) -> None:
    page = pages[LEARNER].new_page()
    page.goto(running_hub.url + path)
    found = look(page, name)
    assert not found, "\n".join(found)
    page.close()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("class", "classes/demo"),
        ("class_submission", "classes/demo/submissions/{submission}"),
        ("class_grade_again", "classes/demo/grade-again"),
        ("marking", "classes/demo/marking"),
        ("agreement", "classes/demo/agreement"),
        ("ai_class", "classes/demo/ai"),
        ("class_lesson", f"classes/demo/lessons/{LESSON}"),
    ],
)
def test_pages_of_a_teacher(
    pages: dict[str, BrowserContext], running_hub: RunningHub, submission: str, name: str, path: str
) -> None:
    page = pages[TEACHER].new_page()
    reply = page.goto(f"{running_hub.url}/services/campus/{path.format(submission=submission)}")
    assert reply is not None and reply.ok, name
    found = look(page, name)
    assert not found, "\n".join(found)
    page.close()


def test_each_card_of_a_lesson(pages: dict[str, BrowserContext], running_hub: RunningHub) -> None:
    page = pages[LEARNER].new_page()
    page.goto(f"{running_hub.url}/services/apps/{LESSON}/")
    counter = page.get_by_text(re.compile(r"^Bước \d+/\d+$"))
    found = []
    for number in range(1, 30):
        expect(page.locator("section.step:visible div.hk[data-exercise]")).to_have_count(0)  # its widgets stand
        found += look(page, f"card_{number}")
        if not page.get_by_role("button", name="Tiếp", exact=True).is_visible():
            break
        before = counter.inner_text()
        page.get_by_role("button", name="Tiếp", exact=True).click()
        expect(counter).not_to_have_text(before)
    assert not found, "\n".join(found)
