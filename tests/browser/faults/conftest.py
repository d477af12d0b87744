"""A phone on a line that can be cut, at a hub of its own, in the middle of a lesson."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from learner_page import BEGINNER, open_lesson, sign_in
from lesson_at_hand import CARD, LESSON
from playwright.sync_api import BrowserContext, Page
from relay import Relay, relay
from running_hub import RunningHub


@pytest.fixture(scope="module")
def fresh_hub() -> Iterator[RunningHub]:
    """A hub of its own, which soon notices that a token was taken back: later than that a page's sign-in was (60 s)."""
    with RunningHub(extra={"HOCAI_TOKEN_KEPT_S": "70"}).running() as hub:
        yield hub


@pytest.fixture
def line(fresh_hub: RunningHub) -> Iterator[Relay]:
    with relay(fresh_hub.port) as line:
        yield line


@pytest.fixture
def phone(context: BrowserContext, fresh_hub: RunningHub, line: Relay) -> Page:
    page = context.new_page()
    sign_in(page, line.url, BEGINNER, fresh_hub.passwords[BEGINNER])
    open_lesson(page, line.url, LESSON, CARD)
    return page
