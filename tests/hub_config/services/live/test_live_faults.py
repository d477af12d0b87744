"""Live lessons when something breaks: a kernel, a notebook, the service."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Any

import httpx
import pytest
from live_service import BROKEN, HOUSEHOLD, OFFICIAL, RAIN, TEACHER, kernels, log_of, service
from live_visitor import LiveVisitor
from running_hub import RunningHub, until
from tornado.httpclient import HTTPClientError

pytestmark = [pytest.mark.hub, pytest.mark.timeout(300)]


def test_a_kernel_that_is_killed_is_noticed_and_the_next_visit_has_another(hub: RunningHub, arrive: Any) -> None:
    async def story() -> None:
        visitor = await (await arrive(OFFICIAL)).opened()
        (pid,) = kernels(hub)
        os.kill(pid, signal.SIGKILL)
        assert await visitor.said() == {"hocai": "ended", "why": "stopped"}
        again = await (await arrive(OFFICIAL)).opened()
        assert await again.plot(3)
        again.leave()

    asyncio.run(story())


def test_a_notebook_that_raises_tells_the_learner_nothing_and_the_teacher_and_the_log_all(
    hub: RunningHub, arrive: Any
) -> None:
    async def cells(name: str) -> dict[str, Any]:
        visitor = await (await arrive(name, BROKEN)).opened()
        visitor.leave()
        return dict(visitor.cells)

    assert asyncio.run(cells(HOUSEHOLD)) == {"1": {"outputs": [], "fault": {}}}
    told = asyncio.run(cells(TEACHER))["1"]["fault"]["details"]
    assert "ZeroDivisionError" in told
    assert f"{told} (for {HOUSEHOLD})" in log_of(hub)
    assert asyncio.run(cells(OFFICIAL))["1"]["fault"] is None


def test_after_the_service_was_killed_the_hub_brings_it_back_and_nobody_signs_in_again(hub: RunningHub) -> None:
    with hub.sign_in(OFFICIAL) as visitor:
        assert visitor.get(f"/services/live/{RAIN}/").status_code == 200
        cookies = "; ".join(f"{c.name}={c.value}" for c in visitor.cookies.jar if c.path == "/services/live/")
    before = service(hub)
    assert before is not None
    os.kill(before, signal.SIGKILL)
    with httpx.Client(base_url=hub.url, timeout=5) as others:  # a service that is down holds up nobody else
        for path in ("/hub/api/", "/services/campus/health", "/services/apps/health"):
            assert others.get(path).is_success
        assert others.get("/services/live/health").status_code == httpx.codes.SERVICE_UNAVAILABLE

    async def back() -> bool:
        try:
            visitor = await LiveVisitor.arrive(hub.url, RAIN, cookies=cookies)
        except (HTTPClientError, OSError):
            return False
        await visitor.opened()
        visitor.leave()
        return True

    until(lambda: asyncio.run(back()))
    assert service(hub) != before
