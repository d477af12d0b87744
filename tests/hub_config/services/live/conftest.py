"""A hub with live lessons, and learners who open one."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
from live_service import HOUSEHOLD, IDLE_S, LESSONS, OFFICIAL, RAIN, SCOPES, STUDENT, TEACHER
from live_visitor import LiveVisitor
from running_hub import RunningHub


@pytest.fixture(scope="package")
def hub() -> Iterator[RunningHub]:
    """A hub with the lessons of tests/live_lessons, room for two kernels, none forked ahead, and little patience."""
    extra = {"HOCAI_LIVE_KERNELS": "2", "HOCAI_LIVE_READY": "0", "HOCAI_LIVE_IDLE_S": str(IDLE_S)}
    with RunningHub(extra={"HOCAI_LESSONS": LESSONS, **extra}).running() as hub:
        yield hub


@pytest.fixture(scope="package")
def tokens(hub: RunningHub) -> dict[str, str]:
    return {name: hub.token(name, *SCOPES) for name in (TEACHER, OFFICIAL, HOUSEHOLD, STUDENT)}


@pytest.fixture
def arrive(hub: RunningHub, tokens: dict[str, str]) -> Callable[..., Coroutine[Any, Any, LiveVisitor]]:
    async def arrived(name: str, lesson: str = RAIN) -> LiveVisitor:
        return await LiveVisitor.arrive(hub.url, lesson, token=tokens[name])

    return arrived
