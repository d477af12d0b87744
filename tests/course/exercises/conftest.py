"""The kit in Chromium, in the page that Voila exported, against campus and gateway over HTTP."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asgi_server import serve
from campus_double import CampusDouble
from kinds_lesson import write_lesson
from kit_page import PORT
from playwright import sync_api

from course.catalog import Catalog
from hub_config.publishing import publish_all
from hub_config.settings import Settings

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def level(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A level with the lesson that the pages are of; a module with another lesson has one of its own."""
    level = tmp_path_factory.mktemp("kit") / "level1"
    write_lesson(level / "01_kinds")
    shutil.copy(ROOT / "level1_text" / "level.toml", level)
    return level


@pytest.fixture(scope="module")
def published(level: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalog, Path]:
    data = tmp_path_factory.mktemp("data")
    settings = Settings.load({**os.environ, "HOCAI_DATA": str(data), "HOCAI_LESSONS": str(level)})
    publish_all(settings)
    return Catalog(settings.lessons), settings.published


@pytest.fixture
def double(published: tuple[Catalog, Path]) -> Iterator[CampusDouble]:
    campus = CampusDouble(list(published[0]), published[1])
    with serve(campus.app, PORT):
        yield campus


@pytest.fixture(scope="module")
def phone() -> dict[str, Any]:
    """What the browser's context is made with."""
    return {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}


@pytest.fixture
def page(
    published: tuple[Catalog, Path], double: CampusDouble, browser: sync_api.Browser, phone: dict[str, Any]
) -> Iterator[sync_api.Page]:
    """The browser comes after publishing: it keeps an event loop running here, and Voila wants one of its own."""
    context = browser.new_context(**phone)
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []
