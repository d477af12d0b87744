"""`hocai lesson`: what teachers who write lessons need."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from autograders.lesson_check import Report, check_lesson
from autograders.sandbox.executor import Executor
from autograders.sandbox.seal import capabilities
from course.catalog import Catalog, LessonFolder
from course.errors import LessonError
from hub_config.settings import Settings


@click.group()
def lesson() -> None:
    """List and check lessons."""


@contextlib.contextmanager
def _lesson_errors() -> Iterator[None]:
    """A broken lesson ends the command with its own explanation, not with a traceback."""
    try:
        yield
    except LessonError as error:
        raise click.ClickException(str(error)) from error


def _catalog() -> Catalog:
    return Catalog(Settings.load(os.environ).lessons)


@lesson.command("list")
def list_lessons() -> None:
    """Print each lesson's id, title, and folder."""
    with _lesson_errors():
        for folder in _catalog():
            click.echo(f"{folder.lesson.id:28} {folder.lesson.title}  ({folder.path})")


@lesson.command()
@click.argument("lessons", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Check every lesson.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list instead of a table.")
def check(lessons: tuple[str, ...], every: bool, as_json: bool) -> None:
    """Check LESSONS (ids or folders): figures against limits, samples, a run from top to bottom."""
    with _lesson_errors():
        folders = _chosen(_catalog(), lessons, every)
        reports = []
        with _executor() as executor:
            for folder in folders:
                started = time.perf_counter()
                report = check_lesson(folder, executor)
                reports.append(report)
                if not as_json:
                    _show(report, time.perf_counter() - started)
    if as_json:
        click.echo(json.dumps([r.model_dump() for r in reports], ensure_ascii=False))
    if not all(r.ok for r in reports):
        sys.exit(1)


@contextlib.contextmanager
def _executor() -> Iterator[Executor | None]:
    able = capabilities()
    if not able.can_seal:
        click.echo(f"Code samples and the run from top to bottom are left out: {able.sentence}", err=True)
        yield None
        return
    with Executor() as executor:
        yield executor


def _chosen(catalog: Catalog, names: tuple[str, ...], every: bool) -> list[LessonFolder]:
    if every:
        return list(catalog)
    if not names:
        raise click.UsageError("name a lesson (an id or its folder) or give --all")
    by_path = {folder.path.resolve(): folder for folder in catalog}
    chosen = []
    for name in names:
        found = catalog.get(name) or by_path.get(Path(name).resolve())
        if found is None:
            known = ", ".join(folder.lesson.id for folder in catalog)
            raise click.UsageError(f"{name!r} is no lesson; there are {known}")
        chosen.append(found)
    return chosen


def _show(report: Report, seconds: float) -> None:
    click.echo(f"{'ok  ' if report.ok else 'FAIL'} {report.id}  ({seconds:.1f} s)")
    figures = report.model_dump(exclude={"id", "ok", "problems"})
    for name, value in figures.items():
        click.echo(f"       {name:26} {', '.join(value) if isinstance(value, list) else value}")
    for problem in report.problems:
        click.echo(f"     ! {problem}")
