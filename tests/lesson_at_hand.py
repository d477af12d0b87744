"""The exercise of which the tests of faults write the answer: its places on the page, and what campus has of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from learner_page import BEGINNER, ROOT
from playwright.sync_api import Locator, Page, expect
from running_hub import RunningHub

ARTEFACTS: Path = ROOT / "test-artefacts" / "phone"
LESSON, EXERCISE, CARD = "text.first_prompt", "notice", "#buoc-4"


def final(page: Page) -> Locator:
    """The box of the answer."""
    return page.locator(CARD).get_by_label("Bản gửi đi")


def saved(page: Page) -> None:
    """Wait until the page says that campus has the answer."""
    expect(page.locator(f"{CARD} .hk-saved")).to_have_text("Đã lưu", timeout=60_000)


def checked(page: Page) -> None:
    """Wait until the result of a check is shown."""
    expect(page.locator(f"{CARD} .hk-headline").first).to_be_visible()


def at_campus(hub: RunningHub, path: str = f"exercises/{LESSON}/{EXERCISE}") -> Any:
    """What campus's API tells the learner."""
    with hub.api(hub.token(BEGINNER)) as client:
        return client.get(f"/services/campus/api/{path}").json()


def keep(page: Page, name: str) -> None:
    """A picture for people, in test-artefacts/phone/."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png")
