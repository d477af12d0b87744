"""`hocai lesson`: what teachers who write lessons need."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from course.catalog import Catalog, id_at_head, lesson_folders
from course.errors import LessonError
from hub_config.lesson_choice import FoundGood, cache_file, lesson_folder
from hub_config.settings import Settings

if TYPE_CHECKING:
    from autograders.lesson_check import Report
    from autograders.sandbox.executor import Executor


class _Lesson(click.Group):
    """Commands of this module, and `stats`, which brings campus and the grader: read only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*self.commands, "stats"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name != "stats":
            return super().get_command(ctx, cmd_name)
        from hub_config.cli_lesson_stats import stats

        return stats


@click.group(cls=_Lesson)
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
@click.argument("lesson_id", metavar="ID")
@click.option("--title", help="The title that learners see, in Vietnamese; it can be changed later.")
@click.option(
    "--into",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The level's folder, where several of HOCAI_LESSONS are of the same level.",
)
@click.pass_obj
def new(settings: Settings, lesson_id: str, title: str | None, into: Path | None) -> None:
    """Make the folder of a new lesson ID (LEVEL.NAME, such as text.invitation) from a small lesson that works.

    It passes the check as it is; comments in its lesson.toml tell, in Vietnamese, what to change.
    """
    from hub_config.new_lesson import new_lesson

    with _lesson_errors():
        folder = new_lesson(lesson_id, title, settings.lessons, into)
    click.echo(
        f"{folder}\n"
        f"  write    lesson.toml and lesson.ipynb in it\n"
        f"  look     hocai preview {lesson_id}\n"
        f"  check    hocai lesson check {lesson_id}\n"
        f"  publish  hocai publish"
    )


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
    if not folders:
        click.echo("[]" if as_json else "No lesson has changed since it was last found good; --all checks them anyway.")
        return
    reports = _checked(folders, good, as_table=not as_json, verbose=verbose or len(folders) == 1)
    if as_json:
        click.echo(json.dumps([r.model_dump() for r in reports], ensure_ascii=False))
    if not all(r.ok for r in reports):
        sys.exit(1)


@lesson.command()
@click.argument("lesson_name", metavar="LESSON")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def pack(settings: Settings, lesson_name: str, file: Path | None) -> None:
    """Write LESSON (an id or its folder) into FILE, one zip for another school; ID.zip here when left out.

    Solutions and criteria are in it: hand it to teachers only.
    """
    from hub_config.lesson_sharing import packed

    with _lesson_errors():
        made = packed(lesson_folder(lesson_name, settings.lessons), file)
    click.echo(f"{made}\nIt holds solutions and criteria: hand it to teachers only.")


@lesson.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--into",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The level's folder, where several of HOCAI_LESSONS are of the same level.",
)
@click.pass_obj
def unpack(settings: Settings, file: Path, into: Path | None) -> None:
    """Put the lesson of FILE, which `hocai lesson pack` made, among the lessons here, once it has passed the check.

    A preview and `hocai publish` run the code in its notebook with your rights: take lessons from people you trust.
    """
    from hub_config.lesson_sharing import foreign_code, install, unpacked

    with _lesson_errors(), unpacked(file) as folder:
        report = _checked([folder], None, as_table=True, verbose=False)[0]
        if not report.ok:
            raise click.ClickException(f"{file} stays out: mend what is named above where it was written")
        code = foreign_code(folder)
        place = install(folder, report.id, settings.lessons, into)
    for cell in code:
        click.echo(f"\nIts notebook runs this code; read it before you publish:\n{cell}")
    click.echo(f"\n{place}\n  look     hocai preview {report.id}\n  publish  hocai publish")


def _checked(folders: Sequence[Path], good: FoundGood | None, *, as_table: bool, verbose: bool) -> list[Report]:
    """A report of each lesson, told as they come where a table is wanted."""
    reports = []
    with _executor() as executor:
        # nbgrader takes seconds to import: meanwhile the executor starts
        from hub_config import lesson_table
        from hub_config.lesson_checking import report_of

        if as_table:
            click.echo(lesson_table.head())
        for folder in folders:
            started = time.perf_counter()
            report = report_of(folder, executor)
            reports.append(report)
            if executor is not None and good is not None:
                good.note(folder, good=report.ok)
            if as_table:
                click.echo(lesson_table.row(report, time.perf_counter() - started))
            if as_table and verbose:
                click.echo("\n".join(lesson_table.figures(report)))
    if as_table:
        for line in lesson_table.problems(reports):
            click.echo(line)
    return reports


@contextlib.contextmanager
def _executor() -> Iterator[Executor | None]:
    from autograders.sandbox.early import EarlyExecutor  # brings pandas
    from autograders.sandbox.seal import capabilities

    able = capabilities()
    if not able.can_seal:
        click.echo(f"Code samples and the run from top to bottom are left out: {able.sentence}", err=True)
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
