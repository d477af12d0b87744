"""Lessons as apps beside stock Voila: weight, time to text and first answer, visitors that two cores bear."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import first_load
import live_lessons
import live_visits
import stock_voila
import visitors
from answering import Evening
from learners import LESSONS, ROOT
from output import progress, quick, result

from hub_config.services.campus.campus import Campus
from hub_config.settings import Settings

sys.path.insert(0, str(ROOT / "tests"))
from chromium import chromium
from running_hub import RunningHub

VISITORS, SHORT_S, LONG_S = (1500, 2000, 2500), 10.0, 60.0  # short steps find the number, it must hold for the long one
QUICK_VISITORS, QUICK_S = (2000,), 3.0
KERNEL_VISITORS, QUICK_KERNEL_VISITORS, KERNEL_S = (200, 300, 400, 500), (50,), 40.0


def main() -> None:
    """Print the figures of one run."""
    small = quick(__doc__ or "")
    counts, short_s, long_s, visits = (QUICK_VISITORS, QUICK_S, QUICK_S, 2) if small else (VISITORS, SHORT_S, LONG_S, 9)
    crowd, crowd_s = (QUICK_KERNEL_VISITORS, QUICK_S) if small else (KERNEL_VISITORS, KERNEL_S)
    with tempfile.TemporaryDirectory(prefix="hocai-") as folder:
        lessons = os.pathsep.join([str(LESSONS), str(live_lessons.written(Path(folder)))])
        room = str(max(crowd) + live_visits.CLASS)
        hub = RunningHub(extra={"HOCAI_LESSONS": lessons, "HOCAI_LIVE_KERNELS": room})
        names = _learners(hub, max(counts))
        progress("starting a hub")
        with hub.running():
            with chromium() as browser:
                progress("a lesson of kit widgets in Chromium")
                ours = first_load.figures(browser, hub, visits)
                progress("stock Voila in Chromium")
                stock = stock_voila.figures(browser, Path(folder), visits)
                progress("a lesson with a kernel in Chromium")
                answer_s = live_visits.kernel_answer_s(browser, hub, visits)
            live = live_visits.figures(hub, names, crowd, crowd_s)
            progress("visitors of the lesson of kit widgets, as protocol clients")
            free = Evening(hub, names).most(counts, short_s, long_s)
    result(**ours, kernel_answer_s=answer_s, **live, free_visitors=free, **stock)


def _learners(hub: RunningHub, count: int) -> list[str]:
    campus = Campus.open(Settings.load(hub.environment()))
    try:
        return visitors.learners(campus, count)
    finally:
        campus.engine.dispose()


if __name__ == "__main__":
    main()
