"""A campus double with the small lesson in it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import nbformat
import pytest
from exchange_double import ExchangeDouble, exchange_double
from small_lesson import write_lesson

from course.assignment import student_notebook
from course.catalog import read_lesson


@pytest.fixture(scope="package")
def running_campus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExchangeDouble]:
    folder = read_lesson(write_lesson(tmp_path_factory.mktemp("lesson") / "small", code=True))
    with exchange_double(json.loads(nbformat.writes(student_notebook(folder))), 21320) as double:
        yield double


@pytest.fixture
def campus(running_campus: ExchangeDouble) -> Iterator[ExchangeDouble]:
    """The double, well-behaved and empty."""
    running_campus.submissions.clear()
    running_campus.bodies.clear()
    running_campus.material, running_campus.sizes, running_campus.sent = {}, {}, []
    running_campus.status, running_campus.sentence = 200, ""
    running_campus.silent = False
    running_campus.asked.clear()
    running_campus.go_on.clear()
    yield running_campus
    running_campus.go_on.set()
