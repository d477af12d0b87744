"""How long `hocai lesson check --all` takes for the project's lessons, one after the other in one process.

No other checker of lessons does the same work, so there is no peer.
"""

from __future__ import annotations

import sys
import time

from learners import ROOT
from output import progress, quick, result

QUICK_LESSONS = 4


def main() -> None:
    """Print the figures of one run."""
    small = quick(__doc__ or "")
    began = time.perf_counter()
    from autograders.sandbox.early import EarlyExecutor  # its imports are part of what one waits for
    from course.catalog import lesson_folders
    from hub_config.lesson_checking import report_of

    folders = lesson_folders(sorted(ROOT.glob("level*")))[: QUICK_LESSONS if small else None]
    taken: dict[str, float] = {}
    problems = []
    with EarlyExecutor() as executor:
        for folder in folders:
            started = time.perf_counter()
            report = report_of(folder, executor)
            taken[report.id] = time.perf_counter() - started
            problems += report.problems
            progress(f"{report.id}: {taken[report.id]:.2f} s")
    seconds = time.perf_counter() - began
    slowest = max(taken, key=lambda lesson: taken[lesson])
    result(lessons=len(taken), seconds=round(seconds, 1), slowest_s=round(taken[slowest], 2), slowest=slowest)
    if problems:
        sys.exit(f"a lesson does not pass its check: {problems[0]}")


if __name__ == "__main__":
    main()
