"""Every lesson of the project is good: figures, samples, lazy answers, doors, links, language, a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograders.sandbox.executor import Executor
from course.catalog import lesson_folders
from hub_config.lesson_checking import report_of

FOLDERS = lesson_folders(sorted(Path(__file__).parents[2].glob("level*")))


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with Executor() as executor:
        yield executor


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_the_lesson_is_good(folder: Path, executor: Executor) -> None:
    report = report_of(folder, executor)
    assert report.problems == []
    assert report.samples >= 4 * report.exercises
