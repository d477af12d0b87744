"""Lessons as apps beside stock Voila: weight, time to text and first answer, visitors that two cores bear."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import first_load
import stock_voila
import visitors
from learners import LESSONS, ROOT
from output import progress, quick, result

from hub_config.services.campus.campus import Campus
from hub_config.settings import Settings

sys.path.insert(0, str(ROOT / "tests"))
from chromium import chromium
from running_hub import RunningHub

STEPS = (1000, 2000, 3000)
SECONDS = 40.0  # each visitor answers twice
QUICK_STEPS, QUICK_SECONDS = (2000,), 4.0
LIVE = dict.fromkeys(
    ("kernel_answer_s", "burst20_p95_s", "pss_mb", "pss_plot_mb", "kernel_visitors", "ram_mb_at_kernel_visitors")
)  # of lessons with live Python: not measured, see benchmarks/README.md


def main() -> None:
    """Print the figures of one run."""
    small = quick(__doc__ or "")
    steps, seconds, visits = (QUICK_STEPS, QUICK_SECONDS, 2) if small else (STEPS, SECONDS, 9)
    hub = RunningHub(extra={"HOCAI_LESSONS": str(LESSONS)})
    # of a short run only those are there who answer in it
    names = _learners(hub, int(max(steps) * min(1.0, seconds / visitors.EVERY_S)))
    progress("starting a hub")
    with hub.running():
        with chromium() as browser, tempfile.TemporaryDirectory(prefix="hocai-") as folder:
            progress("a lesson of kit widgets in Chromium")
            ours = first_load.figures(browser, hub, visits)
            progress("stock Voila in Chromium")
            stock = stock_voila.figures(browser, Path(folder), visits)
        free = _free_visitors(hub, names, steps, seconds)
    result(**ours, **LIVE, free_visitors=free, **stock)


def _learners(hub: RunningHub, count: int) -> list[str]:
    campus = Campus.open(Settings.load(hub.environment()))
    try:
        return visitors.learners(campus, count)
    finally:
        campus.engine.dispose()


def _free_visitors(hub: RunningHub, names: list[str], steps: tuple[int, ...], seconds: float) -> int:
    """The largest number of visitors that is answered in time; the first that is not ends the search."""
    progress(f"{len(names)} visitors open a lesson")
    tokens = list(visitors.tokens(hub.data, names).values())
    here, largest = 0, 0
    for count in steps:
        needed = min(count, len(tokens))
        visitors.opened(hub.port, tokens[here:needed])
        here = needed
        if not visitors.step(hub.port, tokens, count, seconds).holds:
            break
        largest = count
    return largest


if __name__ == "__main__":
    main()
