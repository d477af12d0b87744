"""Visitors of lessons with live Python: how soon a kernel answers, what it holds, how many of them two cores bear.

`kernel_answer_s` is seen in Chromium as the peer's is; the rest by protocol clients that speak what the page speaks.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import psutil
from cpu import cpu_seconds, shares
from first_load import PHONE, signed_in
from learners import ROOT
from live_lessons import RAIN, TEA
from output import progress
from playwright.sync_api import Browser, BrowserContext
from stock_voila import ANSWER, KG
from visitors import made

sys.path.insert(0, str(ROOT / "tests"))
from live_service import kernels, service
from live_visitor import LiveVisitor

if TYPE_CHECKING:
    from running_hub import RunningHub

CLASS = 20  # who come at once
EVERY_S = 20.0  # one answer a visitor
WITHIN_S = 1.0  # the 95th percentile
GIVE_UP_S = 30.0
AT_ONCE = 4  # who come at a time before the number is measured
FIRST_MONTH = min(KG)
SCOPE = "access:services!service=live"
STOCK_FILLS_S = 30.0


def figures(hub: RunningHub, names: Sequence[str], counts: Sequence[int], seconds: float) -> dict[str, float]:
    """All keys of lessons with a kernel but `kernel_answer_s`; `names` are learners.

    `counts` are the numbers of visitors to try, in order, each for some seconds.
    """
    tokens = made(hub.data, names[: max(CLASS, *counts)], scopes=[SCOPE], note="live page")
    time.sleep(STOCK_FILLS_S)
    progress(f"{CLASS} visitors arrive at once")
    found = asyncio.run(_class(hub, tokens[:CLASS]))
    return found | asyncio.run(_crowd(hub, tokens, counts, seconds))


def kernel_answer_s(browser: Browser, hub: RunningHub, visits: int) -> float:
    """Median seconds from opening the page to what its button answers."""
    url = f"{hub.url}/services/live/{TEA}/"
    cookies = signed_in(browser, hub, url)
    phone = browser.new_context(storage_state=cookies, **PHONE)
    times = [_seconds_to_answer(phone, url) for _ in range(visits)]
    phone.close()
    return round(statistics.median(times), 3)


def _seconds_to_answer(context: BrowserContext, url: str) -> float:
    page = context.new_page()
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator("button.jupyter-button").click()
    page.get_by_text(ANSWER).wait_for()
    seconds = time.perf_counter() - began
    page.close()
    return seconds


async def _class(hub: RunningHub, tokens: Sequence[str]) -> dict[str, float]:
    """burst20_p95_s, pss_mb, pss_plot_mb."""
    began = time.perf_counter()
    there = await asyncio.gather(*(_arrived(hub, token) for token in tokens))
    p95_s = float(np.percentile([at - began for _, at in there], 95))
    before = _pss_mb(hub, len(tokens))
    for visitor, _ in there:
        visitor.page.leave()
    readers = [await (await LiveVisitor.arrive(hub.url, RAIN, token=token)).opened() for token in tokens]
    for reader in readers:
        await reader.plot(3)
    after = _pss_mb(hub, len(tokens))
    for reader in readers:
        reader.leave()
    return {"burst20_p95_s": round(p95_s, 2), "pss_mb": round(before, 1), "pss_plot_mb": round(after, 1)}


@dataclass
class Visitor:
    """Somebody with the peer's notebook open, and where the slider stands."""

    page: LiveVisitor
    month: int = FIRST_MONTH

    async def ask(self) -> None:
        """Move the slider and press the button; returns when the label says the answer and the kernel is idle."""
        self.month = self.month + 1 if self.month + 1 in KG else FIRST_MONTH
        await self.page.slide(self.month)
        heard = await self.page.press()
        if not any(f"answer {KG[self.month]}" in str(message["content"].get("data")) for message in heard):
            raise RuntimeError(f"the button did not answer {KG[self.month]}")


async def _arrived(hub: RunningHub, token: str) -> tuple[Visitor, float]:
    """Somebody whose button has answered, and when."""
    visitor = Visitor(await (await LiveVisitor.arrive(hub.url, TEA, token=token)).opened())
    await visitor.ask()
    return visitor, time.perf_counter()


async def _crowd(hub: RunningHub, tokens: Sequence[str], counts: Sequence[int], seconds: float) -> dict[str, float]:
    """kernel_visitors, ram_mb_at_kernel_visitors: the largest of the numbers that is answered in time."""
    there: list[Visitor] = []
    held, ram_mb = 0, 0.0
    for count in counts:
        there += await _gathering(hub, tokens[len(there) : count])
        before, began = _cpu(hub), time.perf_counter()
        times = await _at_work(there, seconds)
        took = shares(before, _cpu(hub), time.perf_counter() - began)
        p50_s, p95_s = np.percentile(times, (50, 95))
        used_mb = _service_mb(hub)
        progress(
            f"{count} with a kernel for {seconds:.0f} s: {len(times)} answers, p50 {p50_s:.3f} s, p95 {p95_s:.3f} s, "
            f"{used_mb:.0f} MB; of a core: {took}"
        )
        if p95_s > WITHIN_S:
            break
        held, ram_mb = count, used_mb
    for visitor in there:
        visitor.page.leave()
    return {"kernel_visitors": held, "ram_mb_at_kernel_visitors": round(ram_mb)}


async def _gathering(hub: RunningHub, tokens: Sequence[str]) -> list[Visitor]:
    """So many more with the lesson open, a few at a time."""
    waiting, there = iter(tokens), list[Visitor]()

    async def some() -> None:
        for token in waiting:
            visitor, _ = await _arrived(hub, token)
            there.append(visitor)

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    return there


async def _at_work(there: Sequence[Visitor], seconds: float) -> list[float]:
    """Seconds from when each was due to its answer; GIVE_UP_S for one that did not come."""
    gap, begin = EVERY_S / len(there), time.perf_counter()

    async def one(visitor: Visitor, due: float) -> float:
        try:
            await asyncio.wait_for(visitor.ask(), GIVE_UP_S)
        except (TimeoutError, RuntimeError, AssertionError):
            return GIVE_UP_S
        return time.perf_counter() - due

    sent = []
    async with asyncio.TaskGroup() as group:
        for number in range(int(seconds / gap)):
            due = begin + number * gap
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            sent.append(group.create_task(one(there[number % len(there)], due)))
    return [task.result() for task in sent]


def _cpu(hub: RunningHub) -> Mapping[str, float]:
    if hub.process is None:
        raise RuntimeError("the hub does not run")
    return cpu_seconds(hub.process.pid)


def _pss_mb(hub: RunningHub, count: int) -> float:
    """Mean PSS of `count` kernels, the largest: those that nobody has yet are smaller."""
    return statistics.mean(sorted((_mb(pid) for pid in kernels(hub)), reverse=True)[:count])


def _service_mb(hub: RunningHub) -> float:
    """PSS of the live service, its warm parent and all kernels."""
    pid = service(hub)
    if pid is None:
        raise RuntimeError("the live service does not run")
    return sum(_mb(one.pid) for one in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)])


def _mb(pid: int) -> float:
    try:
        return float(psutil.Process(pid).memory_full_info().pss) / 1e6
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return 0.0  # ended between listing and looking
