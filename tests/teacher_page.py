"""A teacher at formgrader, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Error, Page, expect
from running_hub import until

DESK = {"width": 1280, "height": 900}


def open_formgrader(page: Page) -> None:
    """From a page of campus; the class's server may have to start."""
    page.get_by_role("link", name=re.compile("Lớp")).first.click()
    page.get_by_role("link", name="Chấm và sửa điểm").click()
    expect(page.get_by_text("Manage Assignments").first).to_be_visible(timeout=90_000)


def open_submission(page: Page, url: str, lesson: str) -> None:
    """The only submission of a lesson: the gradebook is written just after the score is there."""
    submission = page.get_by_role("link", name="Submission #1")

    def listed() -> bool:
        page.goto(f"{url}/user/class-demo/formgrader/gradebook/{lesson}/lesson")
        try:
            submission.wait_for(timeout=5_000)
        except Error:
            return False
        return True

    until(listed)
    submission.click()
