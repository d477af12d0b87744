"""`hocai lesson`: what teachers who write lessons need."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from nbformat import NotebookNode

from autograders.lesson_check import Report, check_lesson, unreadable
from autograders.sandbox.early import EarlyExecutor
from autograders.sandbox.executor import Executor
from autograders.sandbox.seal import capabilities
from course.catalog import Catalog, id_at_head, lesson_folders, read_lesson
from course.errors import LessonError
from course.notebook import stored_notebook
from hub_config import lesson_table
from hub_config.lesson_choice import FoundGood, cache_file, lesson_folder
from hub_config.services.campus import notebooks
from hub_config.settings import Settings


@click.group()
def lesson() -> None:
    """Make, list and check lessons, and see how learners fared with them."""


@contextlib.contextmanager
def _lesson_errors() -> Iterator[None]:
    """A broken lesson ends the command with its own explanation, not with a traceback."""
    try:
        yield
    except LessonError as error:
        raise click.ClickException(str(error)) from error


@lesson.command("list")
@click.pass_obj
def list_lessons(settings: Settings) -> None:
    """Print each lesson's id, title, and folder."""
    with _lesson_errors():
        for folder in Catalog(settings.lessons):
            click.echo(f"{folder.lesson.id:28} {folder.lesson.title}  ({folder.path})")


@lesson.command()
@click.argument("lessons", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Check every lesson, changed or not.")
@click.option("--verbose", is_flag=True, help="Print all figures of each lesson beside their limits.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list instead of a table.")
@click.pass_obj
def check(settings: Settings, lessons: tuple[str, ...], every: bool, verbose: bool, as_json: bool) -> None:
    """Check LESSONS (ids or folders), or those that changed since they were last found good.

    Figures against limits; every sample, and lazy answers made up for each exercise, scored; the same score by every
    door; reasons, hints, links and pictures; the language; a run from top to bottom with the network off.
    """
    good = FoundGood(cache_file(os.environ))
    folders = _chosen(settings.lessons, lessons, every, good)
    if not folders and not as_json:
        click.echo("No lesson has changed since it was last found good. --all checks them all the same.")
    reports = []
    with _executor(wanted=bool(folders)) as executor:
        if folders and not as_json:
            click.echo(lesson_table.head())
        for folder in folders:
            started = time.perf_counter()
            report = _report(folder, executor)
            reports.append(report)
            if executor is not None:
                good.note(folder, good=report.ok)
            if not as_json:
                click.echo(lesson_table.row(report, time.perf_counter() - started))
                if verbose or len(folders) == 1:
                    click.echo("\n".join(lesson_table.figures(report)))
    if as_json:
        click.echo(json.dumps([r.model_dump() for r in reports], ensure_ascii=False))
    else:
        for line in lesson_table.problems(reports):
            click.echo(line)
    if not all(r.ok for r in reports):
        sys.exit(1)


def _report(folder: Path, executor: Executor | None) -> Report:
    try:
        return check_lesson(read_lesson(folder), executor, _handed_in)
    except LessonError as error:
        return unreadable(id_at_head(folder) or folder.name, error)


def _handed_in(notebook: NotebookNode, lesson_id: str, drafts: Mapping[str, dict[str, Any]]) -> NotebookNode:
    """What the grader gets when campus has written the drafts into the notebook, and stored it as bytes."""
    return stored_notebook(notebooks.to_bytes(notebooks.filled(notebook, lesson_id, drafts)))


@contextlib.contextmanager
def _executor(*, wanted: bool) -> Iterator[Executor | None]:
    able = capabilities()
    if wanted and not able.can_seal:
        click.echo(f"Code samples and the run from top to bottom are left out: {able.sentence}", err=True)
    if not wanted or not able.can_seal:
        yield None
        return
    with EarlyExecutor() as executor:
        yield executor


def _chosen(levels: Sequence[Path], names: Sequence[str], every: bool, good: FoundGood) -> list[Path]:
    """The folders of the lessons that are named, of all, or of those that have changed."""
    folders = lesson_folders(levels)
    _check_ids(folders)
    if names:
        return [lesson_folder(name, levels) for name in names]
    return [folder for folder in folders if every or not good.holds(folder)]


def _check_ids(folders: Sequence[Path]) -> None:
    by_id = defaultdict(list)
    for folder in folders:
        by_id[id_at_head(folder)].append(folder)
    for id_, found in by_id.items():
        if id_ and len(found) > 1:
            places = " and in ".join(map(str, found))
            raise click.ClickException(f"lesson id {id_!r} stands in {places}; ids are unique and never reused")
