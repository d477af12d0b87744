"""What a lesson costs over the line: every byte and request between a real browser and a real hub is counted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import needs_chromium
from learner_page import BEGINNER, lessons, open_lesson, sign_in
from playwright.sync_api import BrowserContext, Page
from relay import Relay, relay
from running_hub import RunningHub

from hub_config.services.apps.published import needs_kernel

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.timeout(600), needs_chromium]

ARTEFACTS = Path(__file__).parent.parent.parent / "test-artefacts"
FIRST_BYTES, FIRST_REQUESTS, SECOND_BYTES = 150_000, 12, 20_000
SECOND_SIGN_IN = 4  # requests: a lesson with live Python is another service's page


@pytest.fixture
def line(running_hub: RunningHub) -> Iterator[Relay]:
    with relay(running_hub.port) as line:
        yield line


def settle(page: Page) -> None:
    """What a browser with a window asks for besides: the manifest for the home screen, and the icon."""
    page.context.new_cdp_session(page).send("Page.getAppManifest")
    page.evaluate("async () => { await fetch(document.querySelector('link[rel=icon]').href); }")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.wait_for_timeout(1500)  # the service worker keeps the page


@pytest.mark.parametrize("lesson", lessons())
def test_a_lesson_is_light(lesson: str, line: Relay, context: BrowserContext, running_hub: RunningHub) -> None:
    page = context.new_page()
    sign_in(page, line.url, BEGINNER, running_hub.passwords[BEGINNER])
    visits = []
    for _ in range(2):
        line.forget()
        open_lesson(page, line.url, lesson)
        settle(page)
        visits.append({"bytes": line.received, "requests": line.requests})
        page.goto("about:blank")
        page.wait_for_timeout(500)  # the page's last words are no part of the next visit
    ARTEFACTS.mkdir(exist_ok=True)
    (ARTEFACTS / f"weight_{lesson}.json").write_text(json.dumps(visits, indent=1))
    first, second = visits
    assert first["bytes"] <= FIRST_BYTES, first
    most = FIRST_REQUESTS + SECOND_SIGN_IN * needs_kernel(running_hub.data / "published", lesson)
    assert len(first["requests"]) <= most, first["requests"]
    assert second["bytes"] <= SECOND_BYTES, second
