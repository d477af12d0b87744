"""A learner at the pages of a running hub, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from course.catalog import Catalog

BEGINNER, OTHER = "hoa.ly", "minh.pham"
ROOT = Path(__file__).parent.parent
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "locale": "vi-VN",
}
"""What a browser context of a learner's phone is made with."""


def lessons() -> list[str]:
    """Ids of all lessons in the project."""
    return [folder.lesson.id for folder in Catalog(sorted(ROOT.glob("level*")))]


def sign_in(page: Page, url: str, name: str, password: str) -> None:
    page.goto(url)
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chào")


def open_lesson(page: Page, url: str, lesson: str, card: str = "") -> None:
    """Open it and wait until the exercise of the card answers."""
    page.goto(f"{url}/services/apps/{lesson}/{card}")
    if lesson.endswith(".challenge"):
        begin = page.locator(".step.now").get_by_role("button", name="Bắt đầu")
        expect(begin.or_(page.locator(".step.now section.hk"))).to_be_visible()
        if begin.is_visible():
            begin.click()
    ready(page)


def ready(page: Page) -> None:
    """Wait until the widgets of the card stand in place of their plain HTML."""
    expect(page.locator(".step.now")).to_have_count(1)
    expect(page.locator(".step.now .doing > [data-exercise]")).to_have_count(0)
