"""Fixtures of campus's tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from campus_site import LocalHub, Site


@pytest.fixture(scope="session")
def local_hub() -> Iterator[LocalHub]:
    hub = LocalHub()
    yield hub
    hub.serving.stop()


@pytest.fixture
def site(tmp_path: Path, local_hub: LocalHub) -> Iterator[Site]:
    """A campus that is prepared and not started yet; stopped at the end."""
    local_hub.ready.clear()
    local_hub.asked.clear()
    local_hub.said.clear()
    local_hub.record_asked.clear()
    local_hub.fault = None
    made = Site(tmp_path, local_hub)
    yield made
    made.close()
