"""Fixtures for all tests."""

from collections.abc import Iterator

import pytest
from chromium import chromium
from playwright.sync_api import Browser
from running_hub import RunningHub


@pytest.fixture(scope="session")
def running_hub() -> Iterator[RunningHub]:
    """One real hub with the demo class, shared by all tests that only use it; ended and removed at the end."""
    with RunningHub().running() as hub:
        yield hub


@pytest.fixture(scope="module")
def fresh_hub() -> Iterator[RunningHub]:
    """A hub in which nobody has handed in anything yet, for stories that count on it."""
    with RunningHub().running() as hub:
        yield hub


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for one module: Playwright keeps an event loop running in this thread while it is open."""
    with chromium() as browser:
        yield browser
