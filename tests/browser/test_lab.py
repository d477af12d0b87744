"""`hocai lab` in a real browser: a writer's JupyterLab over a copy of the lessons.

Screenshots are kept in test-artefacts/lab/.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from chromium import needs_chromium
from learner_page import ROOT
from playwright.sync_api import Browser, FrameLocator, Page, expect
from running_hub import HOCAI, free_ports, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), needs_chromium]

ARTEFACTS = ROOT / "test-artefacts" / "lab"
SOURCE = ROOT / "level1_text"
LESSON = "01_first_prompt"
SEE = "Xem như học viên"


class Lab:
    """The command, running over a copy of level 1."""

    def __init__(self, place: Path) -> None:
        self.level = place / SOURCE.name
        shutil.copytree(SOURCE, self.level)
        self._output = place / "said"
        own = {"HOCAI_LESSONS": self.level, "HOCAI_DATA": place / "data", "JUPYTER_CONFIG_DIR": place / "settings"}
        self.environment = os.environ | {key: str(value) for key, value in own.items()}
        command = [HOCAI, "lab", "--no-browser", "--port", str(free_ports())]
        with self._output.open("wb") as said:
            self.process = subprocess.Popen(command, env=self.environment, stdout=said, stderr=said)
        found = until(lambda: re.search(r"(http://127\.0\.0\.1:\d+)/lab\?token=(\w+)", self.said()))
        self.url, self.token = found[1], found[2]

    def said(self) -> str:
        told = self._output.read_text("utf-8")
        assert self.process.poll() is None, told
        return told

    def page(self, path: str = "") -> str:
        return f"{self.url}/lab{path}?token={self.token}&reset"

    def notebook(self, lesson: str) -> dict[str, Any]:
        return dict(json.loads((self.level / lesson / "lesson.ipynb").read_text("utf-8")))

    def check(self, lesson: str) -> subprocess.CompletedProcess[str]:
        command = [HOCAI, "lesson", "check", str(self.level / lesson)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    running = Lab(tmp_path_factory.mktemp("lab"))
    yield running
    running.process.send_signal(signal.SIGTERM)
    running.process.wait(30)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
    yield context.new_page()
    context.close()


def keep(page: Page, name: str) -> None:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png")


def open_notebook(page: Page, lab: Lab, lesson: str) -> None:
    page.goto(lab.page(f"/tree/{lesson}/lesson.ipynb"))
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=60_000)  # until then the cells may be drawn anew


def lesson_beside(page: Page) -> FrameLocator:
    """The app page of the lesson, inside the preview, inside JupyterLab."""
    return page.frame_locator(f'iframe[title="{SEE}"]').frame_locator("#page")


def test_the_card_in_the_launcher_makes_a_lesson_that_passes_the_check(lab: Lab, page: Page) -> None:
    page.goto(lab.page())
    sections = page.locator(".jp-Launcher-sectionTitle")
    expect(sections.filter(has_text="Bài học")).to_have_count(1, timeout=60_000)
    keep(page, "launcher")
    card = page.locator(".jp-LauncherCard", has_text="Bài học mới")
    assert (card.bounding_box() or {})["y"] < (
        page.locator(".jp-LauncherCard", has_text="Console")
        .or_(page.locator(".jp-LauncherCard", has_text="Terminal"))
        .first.bounding_box()
        or {}
    )["y"]
    card.click()
    page.get_by_label("Tên bài học").fill("Viết đơn xin “nghỉ phép”")
    keep(page, "new_lesson")
    page.get_by_role("button", name="Tạo bài").click()
    expect(page.get_by_role("heading", name="Viết đơn xin “nghỉ phép”")).to_be_visible(timeout=60_000)
    made = sorted(path.name for path in lab.level.glob("*_viet_don_xin_nghi_phep"))
    assert len(made) == 1
    assert 'id = "text.viet_don_xin_nghi_phep"' in (lab.level / made[0] / "lesson.toml").read_text("utf-8")
    said = lab.check(made[0])
    assert said.returncode == 0, said.stdout + said.stderr


def test_a_title_that_is_taken_or_has_no_letters_makes_a_lesson_of_its_own(lab: Lab) -> None:
    made = []
    for title in ("Hỏi đáp", "Hỏi đáp!", "2027"):
        body, token = {"title": title, "level": "."}, {"Authorization": f"token {lab.token}"}
        answer = httpx.post(f"{lab.url}/hocai/lessons", json=body, headers=token)
        assert answer.status_code == 201, answer.text
        made.append(lab.level / answer.json()["path"])
    ids = [re.search(r'^id = "(.*)"', (file.parent / "lesson.toml").read_text("utf-8"), re.M) for file in made]
    assert [found and found[1] for found in ids] == ["text.hoi_dap", "text.hoi_dap_2", "text.bai_2027"]


def test_a_lesson_without_a_name_and_in_no_level_is_refused(lab: Lab) -> None:
    before = sorted(lab.level.iterdir())
    for body, word in (
        ({"title": "  ", "level": "."}, "tên bài"),
        ({"title": "Bài", "level": "../.."}, "Không có bậc"),
    ):
        answer = httpx.post(f"{lab.url}/hocai/lessons", json=body, headers={"Authorization": f"token {lab.token}"})
        assert answer.status_code == 400 and word in answer.json()["message"]
    assert sorted(lab.level.iterdir()) == before


def test_an_edit_is_seen_beside_the_notebook_as_learners_will_see_it(lab: Lab, page: Page) -> None:
    open_notebook(page, lab, LESSON)
    opening = page.locator(".jp-MarkdownCell").first
    opening.click()
    page.keyboard.press("Enter")
    expect(opening.locator(".cm-content")).to_be_focused()
    page.keyboard.press("ControlOrMeta+Home")
    page.keyboard.type("# Tin nhắn cho bà con\n\n")
    page.get_by_role("button", name=SEE).click()
    lesson = lesson_beside(page)
    expect(lesson.get_by_role("heading", name="Tin nhắn cho bà con")).to_be_visible(timeout=60_000)
    expect(lesson.locator(".step.now .doing > [data-exercise]")).to_have_count(0, timeout=20_000)
    lesson.get_by_text("chung chung").click()
    lesson.get_by_role("button", name="Chốt câu đoán").click()
    expect(lesson.get_by_text("Đúng", exact=False).first).to_be_visible()
    keep(page, "preview")
    assert "# Tin nhắn cho bà con\n" in lab.notebook(LESSON)["cells"][0]["source"]


def test_create_assignment_shows_and_changes_what_a_cell_is_worth(lab: Lab, page: Page) -> None:
    before = lab.notebook(LESSON)
    open_notebook(page, lab, LESSON)
    page.get_by_role("tab", name="Create Assignment").click()
    points = page.locator(".nbgrader-CellPoints input:visible")
    expect(points).to_have_count(5)
    expect(page.locator(".nbgrader-CellId input:visible").first).to_have_value("invented")
    expect(points.first).to_have_value("3")
    points.first.fill("4")
    points.first.press("Enter")
    keep(page, "create_assignment")
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.keyboard.press("ControlOrMeta+s")
    until(lambda: _marks(lab.notebook(LESSON))["invented"]["points"] == 4, 20)
    after = _marks(lab.notebook(LESSON))
    assert after == _marks(before) | {"invented": _marks(before)["invented"] | {"points": 4}}
    said = lab.check(LESSON)
    assert said.returncode == 1 and "carry 4 points, lesson.toml says 3" in said.stdout


def test_saving_leaves_no_output_and_nothing_of_this_machine(lab: Lab, page: Page) -> None:
    open_notebook(page, lab, "03_summarise")
    code = page.locator(".jp-CodeCell .cm-content").first
    code.click()
    expect(code).to_be_focused()
    page.keyboard.press("ControlOrMeta+Home")
    page.keyboard.type("print(6 * 7)\n")
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".jp-OutputArea-output", has_text="42")).to_be_visible(timeout=30_000)
    page.keyboard.press("ControlOrMeta+s")
    until(lambda: "print(6 * 7)" in json.dumps(lab.notebook("03_summarise")), 20)
    saved = lab.notebook("03_summarise")
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in saved["cells"] if "outputs" in cell)
    source = json.loads((SOURCE / "03_summarise" / "lesson.ipynb").read_text("utf-8"))
    assert saved["metadata"]["kernelspec"] == source["metadata"]["kernelspec"]
    assert saved["metadata"]["language_info"] == source["metadata"]["language_info"]


def test_a_notebook_outside_a_lesson_is_told_what_to_open(lab: Lab, page: Page) -> None:
    loose = lab.notebook(LESSON) | {"cells": []}
    (lab.level / "loose.ipynb").write_text(json.dumps(loose), "utf-8")
    page.goto(lab.page("/tree/loose.ipynb"))
    page.get_by_role("button", name=SEE).click(timeout=60_000)
    expect(page.get_by_role("dialog")).to_contain_text("không nằm trong thư mục của bài học nào")
    page.get_by_role("button", name="Đóng").click()
    expect(page.locator(f'iframe[title="{SEE}"]')).to_have_count(0)


def test_without_the_token_nothing_is_made_or_shown(lab: Lab) -> None:
    for method, path in (("GET", "levels"), ("POST", "lessons"), ("POST", "preview")):
        answer = httpx.request(method, f"{lab.url}/hocai/{path}", json={"path": f"{LESSON}/lesson.ipynb"})
        assert answer.status_code == 403, path
    outside = {"path": "../../../etc/lesson.ipynb"}
    answer = httpx.post(f"{lab.url}/hocai/preview", json=outside, headers={"Authorization": f"token {lab.token}"})
    assert answer.status_code == 400 and "lesson.toml" in answer.json()["message"]


def _marks(notebook: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """nbgrader's metadata by grade id, without what its own tools fill in."""
    found = [cell["metadata"]["nbgrader"] for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]
    return {meta["grade_id"]: {key: value for key, value in meta.items() if key != "cell_type"} for meta in found}
