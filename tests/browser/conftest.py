"""A phone's browser with nothing in it yet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from learner_page import PHONE
from playwright.sync_api import Browser, BrowserContext


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(**PHONE)
    yield context
    context.close()
