"""Fixtures for all tests."""

import shutil
from collections.abc import Iterator

import pytest
from running_hub import RunningHub


@pytest.fixture(scope="session")
def running_hub() -> Iterator[RunningHub]:
    """One real hub with the demo class, shared by all tests that only use it; ended and removed at the end."""
    hub = RunningHub()
    try:
        yield hub.start()
    finally:
        if hub.process is not None and hub.process.poll() is None:
            hub.stop()
        shutil.rmtree(hub.data)
