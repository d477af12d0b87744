"""A visitor's first minutes in real Chromium: bytes over the wire, readable text, the first answer of a widget."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from learners import ROOT
from playwright.sync_api import Browser, BrowserContext, Page

sys.path.insert(0, str(ROOT / "tests"))
from running_hub import RunningHub

PHONE: Any = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "vi-VN"}
PATH = "/services/apps/text.first_prompt/"
NAME = "hoa.ly"


@dataclass
class Traffic:
    """What a page sent for: requests over the wire (none that the browser's cache answered), and kB of 1000 bytes.

    Headers count as Chromium counts them (`encodedDataLength`); messages of web sockets do not.
    """

    requests: int = 0
    kb: float = 0.0

    def watch(self, page: Page) -> None:
        """Count from now on."""
        wire = page.context.new_cdp_session(page)
        wire.on("Network.requestWillBeSent", self._sent)
        wire.on("Network.requestServedFromCache", self._cached)
        wire.on("Network.loadingFinished", self._finished)
        wire.send("Network.enable")

    def _sent(self, event: dict[str, Any]) -> None:
        self.requests += event["request"]["url"].startswith("http")
        self.kb += event.get("redirectResponse", {}).get("encodedDataLength", 0) / 1000

    def _cached(self, _event: dict[str, Any]) -> None:
        self.requests -= 1

    def _finished(self, event: dict[str, Any]) -> None:
        self.kb += event["encodedDataLength"] / 1000


def load(context: BrowserContext, url: str, ready: Callable[[Page], None]) -> Traffic:
    """Open a page of its own in `context`, wait until it is ready and quiet, and close it."""
    page, traffic = context.new_page(), Traffic()
    traffic.watch(page)
    page.goto(url)
    ready(page)
    page.wait_for_load_state("networkidle")
    page.close()
    return traffic


def figures(browser: Browser, hub: RunningHub, visits: int) -> dict[str, float]:
    """first_load_kb, first_load_requests, second_load_kb, text_s, free_answer_s of a lesson of kit widgets."""
    url = f"{hub.url}{PATH}"
    cookies = signed_in(browser, hub, url)
    card = _card(browser, cookies, url)
    phone = browser.new_context(storage_state=cookies, **PHONE)
    first, second = (load(phone, f"{url}#{card}", _widget_ready) for _ in range(2))
    text = [_seconds_to_text(phone, url) for _ in range(visits)]
    answer = [_seconds_to_answer(phone, f"{url}#{card}") for _ in range(visits)]
    phone.close()
    return {
        "first_load_kb": round(first.kb, 1),
        "first_load_requests": first.requests,
        "second_load_kb": round(second.kb, 1),
        "text_s": round(statistics.median(text), 3),
        "free_answer_s": round(statistics.median(answer), 3),
    }


def signed_in(browser: Browser, hub: RunningHub, url: str) -> Any:
    """The cookies of a learner who has signed in and opened this page, without any cache."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(url)
    page.locator("[name=username]").fill(NAME)
    page.locator("[name=password]").fill(hub.passwords[NAME])
    page.locator("[type=submit]").click()
    page.wait_for_url(f"{url}*")
    state = context.storage_state()
    context.close()
    return state


def _card(browser: Browser, cookies: Any, url: str) -> str:
    """The card with the lesson's first exercise."""
    context = browser.new_context(storage_state=cookies, **PHONE)
    page = context.new_page()
    page.goto(url)
    card = page.locator("section.step:has([data-exercise])").first.get_attribute("id")
    context.close()
    if card is None:
        raise RuntimeError("the lesson's page has no card with an exercise")
    return card


def _widget_ready(page: Page) -> None:
    page.locator(".step.now .hk-actions .hk-main").wait_for()


def _seconds_to_text(context: BrowserContext, url: str) -> float:
    page = context.new_page()
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(".reading").first.wait_for()
    seconds = time.perf_counter() - began
    page.close()
    return seconds


def _seconds_to_answer(context: BrowserContext, url: str) -> float:
    """From opening the page to the result of the first exercise, chosen and checked as fast as the page allows."""
    page = context.new_page()
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(".step.now .hk-option").first.click()
    with page.expect_response(lambda response: response.url.endswith("/check")) as checked:
        page.locator(".step.now .hk-actions .hk-main").click()
    checked.value.json()
    page.locator(".step.now .hk-results > *").first.wait_for()
    seconds = time.perf_counter() - began
    page.close()
    return seconds
