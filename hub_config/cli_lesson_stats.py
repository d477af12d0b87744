"""`hocai lesson stats`: how learners fared with each exercise, for those who mend lessons."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from course.catalog import Catalog
from hub_config.cli_campus import campus_database, check_class, check_lesson
from hub_config.services.campus.database import reading
from hub_config.services.campus.item_statistics import ExerciseStatistics, LessonStatistics, lesson_statistics
from hub_config.settings import Settings

HEAD = f"  {'exercise':22}{'tried':>7}{'first':>8}{'points':>8}{'last':>8}{'hints':>8}{'solved':>8}{'minutes':>9}"


@click.command()
@click.argument("lesson", required=False)
@click.option("--class", "class_id", metavar="ID", help="Only learners of this class; else all who learn in any.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list instead of a table.")
@click.pass_obj
def stats(settings: Settings, lesson: str | None, class_id: str | None, as_json: bool) -> None:
    """How learners fared with the exercises of LESSON, or of every lesson that anybody has tried; the weakest first.

    Right at the first try, mean share of points at the first try, right in the end, hints and solutions seen, median
    time, the wrong answers given most, and what to mend. Nobody's name.
    """
    with campus_database(settings) as engine:
        catalog = Catalog(settings.lessons)
        check_class(engine, class_id)
        check_lesson(catalog, lesson)
        with reading(engine) as connection:
            chosen = [folder for folder in catalog if lesson in (None, folder.lesson.id)]
            found = [lesson_statistics(connection, folder, class_id) for folder in chosen]
    found = [one for one in found if one.learners or lesson]
    if as_json:
        click.echo(json.dumps([_plain(one) for one in found], ensure_ascii=False))
        return
    if not found:
        click.echo("Nobody has tried a lesson yet.")
    for one in found:
        _show(one)


def _plain(found: LessonStatistics) -> dict[str, Any]:
    exercises = [{**asdict(one), "wrong": _wrong(one), "advice": one.advice} for one in found.exercises]
    return {**asdict(found), "few": found.few, "exercises": exercises}


def _wrong(found: ExerciseStatistics) -> list[dict[str, Any]]:
    return [
        {**asdict(one.wrong), "count": one.count, "share": one.share, "sentence": one.sentence} for one in found.wrong
    ]


def _show(found: LessonStatistics) -> None:
    thin = "; few: the figures say little" if found.learners and found.few else ""
    click.echo(f"{found.lesson}  {found.title}  (learners: {found.learners}{thin})\n{HEAD}")
    for one in found.exercises:
        minutes = "" if one.seconds is None else f"{one.seconds / 60:.1f}"
        shares = "".join(f"{share:8.0%}" for share in (one.first_right, one.first_points, one.last_right))
        click.echo(f"  {one.id:22}{one.tried:7}{shares}{one.hints:8.1f}{one.solution_seen:8.0%}{minutes:>9}")
        for wrong in one.wrong:
            click.echo(f"{'':24}{wrong.count:5}  {wrong.sentence}")
        click.echo(f"{'':24}    → {one.advice}")
    click.echo("")
