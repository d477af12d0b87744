from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
from pathlib import Path

import nbformat
import pytest
from kinds_lesson import write_lesson
from nbformat.v4 import new_code_cell

from course.errors import LessonError
from hub_config.publishing import publish_all
from hub_config.services.campus import accounts
from hub_config.services.campus.database import connect
from hub_config.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    level = tmp_path / "level1"
    write_lesson(level / "01_kinds")
    shutil.copy(Path(__file__).parents[2] / "level1_text" / "level.toml", level)
    values = {"HOCAI_DATA": str(tmp_path / "data"), "HOCAI_LESSONS": str(level)}
    (tmp_path / "data").mkdir()
    return Settings.load({**os.environ, **values})


def test_everything_a_learner_gets_is_published_once(settings: Settings) -> None:
    engine = connect(settings)
    accounts.create_class(engine, "demo", "Lớp thử")
    engine.dispose()
    assert publish_all(settings) == ["text.kinds"]
    published = settings.published
    notebook = nbformat.read(published / "text.kinds" / "lesson.ipynb", as_version=4)
    assert not any("total = sum" in cell.source for cell in notebook.cells)
    page = (published / "apps" / "text.kinds" / "index.html").read_text("utf-8")
    names = re.findall(r"/services/apps/assets/([^\"]+)", page)
    assert names
    for name in names:
        assert (published / "apps" / "assets" / name).is_file()
        zipped = published / "apps" / "assets" / f"{name}.gz"
        assert zipped.is_file() or name.endswith(".png")
    with sqlite3.connect(settings.classes / "demo" / "gradebook.db") as gradebook:
        assert gradebook.execute("SELECT name FROM assignment").fetchall() == [("text.kinds",)]


def test_a_page_has_no_code_no_answer_and_nothing_from_elsewhere(settings: Settings) -> None:
    publish_all(settings)
    page = (settings.published / "apps" / "text.kinds" / "index.html").read_text("utf-8")
    assert "https://" not in page and "http://" not in page
    assert not re.search(r"<script(?![^>]*src=)", page), "inline scripts"
    assert " style=" not in page and "<style" not in page
    for hidden in (
        "exercise(",
        "assert ",
        "Thẻ ghi thế",
        "12/03/2027",
        "text.kinds/sum&",
        'data-exercise="text.kinds/sum"',
    ):
        assert hidden not in page, hidden
    assert page.count("data-exercise=") == 11
    assert "Ô lệnh ở trên" not in page


def test_a_lesson_with_a_slider_is_recorded_as_live_and_its_page_alone_loads_the_widget_manager(
    settings: Settings,
) -> None:
    publish_all(settings)
    page = settings.published / "apps" / "text.kinds" / "index.html"
    assert not re.search(r"live\.|widgets\.|anywidget\.|data-kernel", page.read_text("utf-8"))
    record = settings.published / "text.kinds" / "live.json"
    assert json.loads(record.read_text("utf-8")) == {"live": False}
    source = settings.lessons[0] / "01_kinds" / "lesson.ipynb"
    changed = nbformat.read(source, as_version=4)
    changed.cells.append(new_code_cell("import ipywidgets\nipywidgets.IntSlider()"))
    nbformat.write(changed, source)
    publish_all(settings)
    assert json.loads(record.read_text("utf-8")) == {"live": True}
    shown = page.read_text("utf-8")
    assert 'data-kernel="/services/live/text.kinds/kernel"' in shown
    for name in re.findall(r'/services/apps/assets/([^"]+)', shown):
        assert (settings.published / "apps" / "assets" / name).is_file()
    assert "IntSlider" not in shown, "the text of a widget that does not move"


def test_what_has_not_changed_is_left_alone_and_what_has_is_published_anew(settings: Settings) -> None:
    publish_all(settings)
    index = settings.published / "apps" / "text.kinds" / "index.html"
    before = index.stat().st_mtime_ns
    assert publish_all(settings) == []
    assert index.stat().st_mtime_ns == before
    lesson = settings.lessons[0] / "01_kinds" / "lesson.ipynb"
    source = nbformat.read(lesson, as_version=4)
    source.cells[0].source = "# Đã sửa"
    nbformat.write(source, lesson)
    assert publish_all(settings) == ["text.kinds"]
    assert "Đã sửa" in index.read_text("utf-8")


def test_a_picture_that_is_shown_no_more_is_published_no_more(settings: Settings) -> None:
    lesson = settings.lessons[0] / "01_kinds"
    (lesson / "material" / "tea.svg").write_text("<svg/>")
    source = nbformat.read(lesson / "lesson.ipynb", as_version=4)
    source.cells[0].source += "\n\n![chè](material/tea.svg)"
    nbformat.write(source, lesson / "lesson.ipynb")
    material = settings.published / "apps" / "text.kinds" / "material"
    publish_all(settings)
    assert {path.name for path in material.iterdir()} == {"call.mp3", "tea.svg"}
    source.cells[0].source = "# Đủ các kiểu bài"
    nbformat.write(source, lesson / "lesson.ipynb")
    publish_all(settings)
    assert {path.name for path in material.iterdir()} == {"call.mp3"}


def test_a_class_opened_later_gets_the_assignment_without_publishing_anew(settings: Settings) -> None:
    publish_all(settings)
    engine = connect(settings)
    accounts.create_class(engine, "late", "Lớp sau")
    engine.dispose()
    assert publish_all(settings) == []
    assert (settings.classes / "late" / "release" / "text.kinds" / "lesson.ipynb").is_file()


def test_a_lesson_that_fails_is_named_and_leaves_the_page_that_stands(settings: Settings) -> None:
    publish_all(settings)
    index = settings.published / "apps" / "text.kinds" / "index.html"
    before = index.read_bytes()
    lesson = settings.lessons[0] / "01_kinds" / "lesson.ipynb"
    source = nbformat.read(lesson, as_version=4)
    source.cells.insert(1, nbformat.v4.new_code_cell("raise ValueError('broken')"))
    nbformat.write(source, lesson)
    with pytest.raises(LessonError, match=r"text\.kinds, cell 2 .*ValueError: broken"):
        publish_all(settings)
    assert index.read_bytes() == before
    record = json.loads((settings.published / "published.json").read_text("utf-8"))
    nbformat.write(
        nbformat.v4.new_notebook(cells=source.cells[:1] + source.cells[2:], metadata=source.metadata), lesson
    )
    assert record and publish_all(settings) in (["text.kinds"], [])
