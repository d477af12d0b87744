"""`hocai grading`: what waits to be graded, grading again, and the daily run at any hour."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import click
from sqlalchemy import Engine

from course.catalog import Catalog
from hub_config.cli_campus import campus_database, check_class, check_lesson
from hub_config.services.campus import backlog
from hub_config.services.campus.accounts import list_classes
from hub_config.services.campus.backlog import PENDING, Group, State
from hub_config.services.campus.database import now, reading
from hub_config.services.campus.progress import DAY_ZONE
from hub_config.services.daily.daily import last_run, run_daily
from hub_config.settings import Settings

POLL_S = 0.5
STATES: tuple[State, ...] = ("queued", "grading", "graded", "failed")


@click.group()
def grading() -> None:
    """See what waits to be graded, and grade again; earlier grades are kept."""


@grading.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object instead of a table.")
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """Print how many submissions are in which state, class by class."""
    with campus_database(settings) as engine:
        found = _status(engine)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo("class".ljust(20) + "".join(state.rjust(10) for state in STATES))
    for name, counts in [*found["classes"].items(), ("all", found["submissions"])]:
        click.echo(name.ljust(20) + "".join(str(counts[state]).rjust(10) for state in STATES))
    daily = found["daily_run"]
    click.echo(f"waiting for the judge   {found['waiting_for_judge']}")
    click.echo(f"oldest that waits       {_local(found['oldest_waiting']) or 'none waits'}")
    last = f"{_local(daily['at'])}, queued {daily['queued']}" if daily else "never"
    click.echo(f"last daily run          {last}")


@grading.command()
@click.option("--class", "class_id", metavar="ID", help="Only submissions of this class.")
@click.option("--lesson", metavar="ID", help="Only submissions of this lesson.")
@click.option("--failed", is_flag=True, help="Those that could not be graded, or not wholly.")
@click.option("--outdated", is_flag=True, help="Those that were graded by another version of their lesson.")
@click.option("--all", "every", is_flag=True, help="All of every class and lesson.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--wait", "then_wait", is_flag=True, help="Then wait until everything is graded.")
@click.pass_context
def again(
    context: click.Context,
    class_id: str | None,
    lesson: str | None,
    failed: bool,
    outdated: bool,
    every: bool,
    yes: bool,
    then_wait: bool,
) -> None:
    """Queue submissions to be graded once more: of a class, of a lesson, failed or outdated ones, or all.

    Earlier grades stay in the ledger and teachers' own scores stand.
    """
    from hub_config.services.campus.grading_again import grade_again_all  # takes seconds to import

    if every == bool(class_id or lesson or failed or outdated):
        raise click.UsageError("say which: --class ID, --lesson ID, --failed, --outdated (also together), or --all")
    settings: Settings = context.obj
    with campus_database(settings) as engine:
        catalog = Catalog(settings.lessons)
        check_class(engine, class_id)
        check_lesson(catalog, lesson, "--lesson ")
        kinds: dict[str, Any] = {"failed": failed}
        kinds["outdated"] = backlog.current_versions(catalog) if outdated else None
        with reading(engine) as connection:
            counts = backlog.gradable(backlog.groups(connection, class_id=class_id), **kinds)
        chosen = [folder.lesson.id for folder in catalog if lesson in (None, folder.lesson.id)]
        number = sum(counts.get(id_, 0) for id_ in chosen)
        if number == 0:
            click.echo("Nothing to grade again: no such submission is graded or failed.")
        elif yes or click.confirm(f"Grade {number} submission{'s' * (number != 1)} again?", abort=True):
            queued = sum(grade_again_all(engine, class_id=class_id, lesson=id_, **kinds) for id_ in chosen)
            click.echo(f"Queued: {queued}")
    if then_wait:
        context.invoke(wait)


@grading.command()
@click.option("--patience", type=click.FloatRange(min=0), default=60.0, show_default=True, metavar="SECONDS",
              help="Give up when nothing was graded for so long.")  # fmt: skip
@click.pass_obj
def wait(settings: Settings, patience: float = 60.0) -> None:
    """Show a bar until nothing is queued or being graded any more."""
    with campus_database(settings) as engine:

        def look() -> tuple[int, bool]:
            with reading(engine) as connection:
                return backlog.number(backlog.groups(connection), *PENDING), backlog.at_work(connection, now())

        done = _watch(look, patience)
        with reading(engine) as connection:
            failed = backlog.number(backlog.groups(connection), "failed")
            judge = backlog.judge_pending(connection)
    click.echo(f"Finished: {done}. Nothing is queued any more; failed: {failed}, waiting for the judge: {judge}.")


@grading.command()
@click.pass_obj
def daily(settings: Settings) -> None:
    """Make the daily run now: queue what failed and what is outdated. The day counts as done."""
    with campus_database(settings) as engine:
        done = run_daily(engine, Catalog(settings.lessons))
    click.echo(f"Daily run of {done.day}: queued {done.failed} failed and {done.outdated} outdated")


def _status(engine: Engine) -> dict[str, Any]:
    with reading(engine) as connection:
        found = backlog.groups(connection)
        oldest = backlog.oldest_pending(connection)
        judge = backlog.judge_pending(connection)
        last = last_run(connection)
    classes = {course.id: [g for g in found if g.class_id == course.id] for course in list_classes(engine)}
    return {
        "submissions": _by_state(found),
        "classes": {class_id: _by_state(of) for class_id, of in classes.items()},
        "waiting_for_judge": judge,
        "oldest_waiting": oldest.isoformat() if oldest else None,
        "daily_run": {"day": str(last.day), "queued": last.queued, "at": last.at.isoformat()} if last else None,
    }


def _by_state(found: list[Group]) -> dict[str, int]:
    return {state: backlog.number(found, state) for state in STATES}


def _local(moment: str | None) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(DAY_ZONE):%Y-%m-%d %H:%M}" if moment else ""


def _watch(look: Callable[[], tuple[int, bool]], patience: float) -> int:
    """Draw the bar; how many submissions left the queue. `look`: how many are pending, and whether one is at work."""
    pending, _ = look()
    done = 0
    moved = time.monotonic()
    with click.progressbar(length=pending, label="Grading", show_pos=True) as bar:
        while pending:
            time.sleep(POLL_S)
            before, (pending, at_work) = pending, look()
            bar.length = max(bar.length or 0, done + pending)  # more may be handed in meanwhile
            if pending != before or at_work:
                moved = time.monotonic()
            step = max(0, before - pending)
            done += step
            bar.update(step)
            if time.monotonic() - moved > patience:
                raise click.ClickException(
                    f"nothing was graded for {patience:g} s (submissions waiting: {pending}): campus does not run. "
                    "Mend: start it with `hocai run` (or look into its log); what is queued stays queued."
                )
    return done
