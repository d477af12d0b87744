"""What commands about a class's work have in common: campus's database, and names that must be known."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import click
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from course.catalog import Catalog
from course.errors import LessonError
from hub_config.services.campus.accounts import list_classes
from hub_config.services.campus.database import connect
from hub_config.settings import Settings


@contextlib.contextmanager
def campus_database(settings: Settings) -> Iterator[Engine]:
    """Campus's database; what is wrong with it or with a lesson ends the command with one sentence."""
    try:
        engine = connect(settings)
        try:
            yield engine
        finally:
            engine.dispose()
    except LessonError as error:
        raise click.ClickException(str(error)) from error
    except (SQLAlchemyError, OSError) as error:
        reason = getattr(error, "orig", None) or error
        raise click.ClickException(
            f"campus's database under {settings.data} cannot be used: {reason}; "
            "mend: run this as the user who runs the hub, with the same HOCAI_DATA and HOCAI_DATABASE_URL"
        ) from error


def check_class(engine: Engine, class_id: str | None) -> None:
    """Raises UsageError for a class that is named and not known."""
    known = [course.id for course in list_classes(engine)]
    if class_id is not None and class_id not in known:
        raise click.UsageError(f"--class {class_id!r} is no class; there are {', '.join(known) or 'none yet'}")


def check_lesson(catalog: Catalog, lesson: str | None, option: str = "") -> None:
    """Raises UsageError for a lesson that is named, by `option` ("--lesson "), and not known."""
    if lesson is not None and catalog.get(lesson) is None:
        known = ", ".join(folder.lesson.id for folder in catalog)
        raise click.UsageError(f"{option}{lesson!r} is no lesson; there are {known}; `hocai lesson list` tells more")
