"""Where the kit's page stands in the browser tests of this folder, and how they come to a card of it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

PORT = 21520


def step(page: Page, number: int) -> Locator:
    page.goto(f"http://127.0.0.1:{PORT}/services/apps/text.kinds/#buoc-{number}")
    return page.locator(f"#buoc-{number}")


def check(place: Locator) -> None:
    place.get_by_role("button", name="Kiểm tra").click()
