"""Grading beside stock nbgrader: notebooks a second, equal scores, memory, and a burst of submissions."""

from __future__ import annotations

import tempfile
from pathlib import Path

import burst
from learners import LESSON
from memory import PeakMemory
from output import progress, quick, result
from stock_nbgrader import scores, seconds_of_stock
from throughput import WORKERS, measured

from autograders.code_tests import lesson_tests
from course.catalog import read_lesson


def main() -> None:
    """Print the figures of one run."""
    small = quick(__doc__ or "")
    half, theirs = (60, 5) if small else (150, 24)
    with tempfile.TemporaryDirectory(prefix="hocai-") as folder:
        # the peer in between: a machine that is faster or slower for a minute is so for both
        with PeakMemory() as memory:
            before_per_s, learners, gradebook = measured(Path(folder, "data"), half)
        progress(f"{before_per_s:.1f} notebooks a second; now stock nbgrader on {theirs} of them")
        course = Path(folder, "course")
        stock_per_s = theirs / seconds_of_stock(course, learners[:theirs])
        after_per_s, _, _ = measured(Path(folder, "again"), half)
        ours_per_s = 2 / (1 / before_per_s + 1 / after_per_s)
        tests = list(lesson_tests(read_lesson(LESSON).notebook))
        stock_scores = scores(course / "gradebook.db", tests)
        our_scores = scores(gradebook, tests)
    progress(f"stock: {stock_per_s:.2f} a second")
    result(
        notebooks=2 * half,
        stock_notebooks=theirs,
        workers=WORKERS,
        ours_per_s=round(ours_per_s, 2),
        stock_per_s=round(stock_per_s, 3),
        ratio=round(ours_per_s / stock_per_s, 1),
        equal_scores=len(stock_scores) == theirs * len(tests)
        and all(our_scores.get(key) == score for key, score in stock_scores.items()),
        peak_mb=round(memory.mb, 1),
        burst50_p95_s=round(burst.measured(), 2),
    )


if __name__ == "__main__":
    main()
