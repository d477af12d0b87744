"""Reports of lessons as people read them: a row each, then what is to be mended, lesson by lesson."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from autograders.lesson_check import Report
from autograders.lesson_limits import limits

CHIEF = (
    ("syllables", "prose"),
    ("syllables_with_material", "all text"),
    ("syllables_before_action", "to act"),
    ("typed", "typed"),
    ("sentence_longest", "longest"),
    ("cells", "cells"),
    ("exercises", "graded"),
    ("offline_points_share", "no AI"),
    ("lazy_share_max", "lazy"),
    ("samples", "samples"),
)
"""Figures of the table and their heads; all of them with their limits are told of one lesson."""
ID, WIDTH = 26, 9
PAST = "!"  # behind a figure past its limit


def head() -> str:
    """The head of the table."""
    return " " * 5 + "lesson".ljust(ID) + "".join(title.rjust(WIDTH) for _, title in CHIEF) + "time".rjust(WIDTH)


def row(report: Report, seconds: float) -> str:
    """One lesson; what is past its limit is marked."""
    verdict = click.style("ok  ", fg="green") if report.ok else click.style("FAIL", fg="red", bold=True)
    past = {limit.figure for limit in limits(report.id) if not limit.holds(report)}
    cells = []
    for figure, _ in CHIEF:
        text = f"{getattr(report, figure):g}" + PAST * (figure in past)
        cells.append(click.style(text.rjust(WIDTH), fg="red" if figure in past else None))
    return f"{verdict} {report.id.ljust(ID)}{''.join(cells)}{f'{seconds:.1f} s'.rjust(WIDTH)}"


def figures(report: Report) -> Iterator[str]:
    """Every figure beside its limit."""
    for limit in limits(report.id):
        found = getattr(report, limit.figure)
        value = f"{len(found)} ({', '.join(found)})" if isinstance(found, list) else f"{found:g}"
        mark = "  " if limit.holds(report) else f"{PAST} "
        yield f"  {mark}{limit.name:42} {value:>10}   {limit.allowed}"
    yield f"    {'samples':42} {report.samples:>10}"


def problems(reports: Iterable[Report]) -> Iterator[str]:
    """What is to be mended, and what is worth a look, lesson by lesson."""
    for report in reports:
        if report.problems or report.notes:
            yield f"\n{report.id}: {len(report.problems)} to mend"
        yield from (f"  {PAST} {problem}" for problem in report.problems)
        yield from (f"  - {note}" for note in report.notes)
