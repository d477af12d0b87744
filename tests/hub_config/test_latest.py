from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from kinds_lesson import write_lesson

from course.catalog import Catalog, LessonIndex
from hub_config.latest import Latest, LatestLessons
from hub_config.publishing import publish_all
from hub_config.settings import Settings

LEVEL = Path(__file__).parents[2] / "level1_text"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    level = tmp_path / "level1"
    write_lesson(level / "01_kinds")
    shutil.copy(LEVEL / "level.toml", level)
    (tmp_path / "data").mkdir()
    return Settings.load({**os.environ, "HOCAI_DATA": str(tmp_path / "data"), "HOCAI_LESSONS": str(level)})


def test_a_lesson_is_there_once_it_was_published_and_not_before(settings: Settings) -> None:
    publish_all(settings)
    catalog = Latest(lambda: Catalog(settings.lessons), settings.published)
    index = LatestLessons(lambda: LessonIndex(settings.lessons, 2), settings.published)
    shutil.copytree(LEVEL / "03_summarise", settings.lessons[0] / "03_summarise")
    assert catalog().get("text.summarise") is None and index.get("text.summarise") is None
    assert publish_all(settings) == ["text.summarise"]
    assert catalog().get("text.summarise") and index.get("text.summarise")
    assert [folder.lesson.id for folder in index] == ["text.kinds", "text.summarise"]
    assert catalog() is catalog(), "read once for each publishing"


def test_lessons_that_are_broken_by_then_leave_the_earlier_ones(settings: Settings) -> None:
    publish_all(settings)
    catalog = Latest(lambda: Catalog(settings.lessons), settings.published)
    before = catalog()
    publish_all(settings)
    (settings.lessons[0] / "01_kinds" / "lesson.toml").write_text("id = [", "utf-8")
    assert catalog() is before
