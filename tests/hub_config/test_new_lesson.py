"""`hocai lesson new`: a folder that passes the check and can be published as it is; what it refuses, and why."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograders.sandbox.executor import Executor
from course.catalog import read_lesson
from hub_config.cli import main
from hub_config.lesson_checking import report_of
from hub_config.new_lesson import new_lesson
from hub_config.publishing import publish_all
from hub_config.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def level(tmp_path: Path) -> Path:
    """A school's own folder of level 1, outside the project, with one lesson."""
    folder = tmp_path / "school" / "bac1"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "level1_text" / "level.toml", folder)
    shutil.copytree(ROOT / "level1_text" / "07_report", folder / "07_report")
    return folder


def hocai(level: Path, *words: str) -> Result:
    data = level.parent / "data"
    data.mkdir(exist_ok=True)
    environ = {"HOCAI_LESSONS": str(level), "HOCAI_DATA": str(data), "XDG_CACHE_HOME": str(level.parent / "cache")}
    return CliRunner().invoke(main, ["lesson", *words], env=environ)


def test_a_new_lesson_passes_the_check_as_it_is(level: Path) -> None:
    folder = new_lesson("text.invitation", None, [level])
    assert folder == level / "08_invitation"
    with Executor() as executor:
        report = report_of(folder, executor)
    assert report.problems == []
    assert report.id == "text.invitation"
    assert report.roles >= 2 and report.variants_min >= 3 and report.samples >= 15


def test_a_new_lesson_has_the_title_that_was_given(level: Path) -> None:
    folder = new_lesson("text.invitation", 'Mời "đúng" người', [level])
    lesson = read_lesson(folder)
    assert lesson.lesson.title == 'Mời "đúng" người'
    assert lesson.notebook.cells[0].source.startswith('# Mời "đúng" người\n\nMười phút')


def test_a_new_lesson_is_published(level: Path, tmp_path: Path) -> None:
    new_lesson("text.invitation", None, [level])
    shutil.rmtree(level / "07_report")
    (tmp_path / "data").mkdir()
    settings = Settings.load({"HOCAI_DATA": str(tmp_path / "data"), "HOCAI_LESSONS": str(level)})
    assert publish_all(settings, lambda _: None) == ["text.invitation"]
    page = (settings.published / "apps" / "text.invitation" / "index.html").read_text("utf-8")
    assert "Ba chỗ hay sai" in page
    assert (settings.published / "apps" / "text.invitation" / "material" / "ba_cho.svg").is_file()


def test_the_command_tells_where_the_folder_is_and_what_comes_next(level: Path) -> None:
    done = hocai(level, "new", "text.invitation")
    assert done.exit_code == 0, done.output
    assert str(level / "08_invitation") in done.output
    assert "hocai lesson check text.invitation" in done.output


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("text.report", ("'text.report' exists", "07_report", "mend: take another name")),
        ("Text.X", ("no lesson id", "mend: LEVEL.NAME")),
        ("invitation", ("no lesson id", "mend: LEVEL.NAME")),
        ("text.lời_mời", ("no lesson id", "mend: LEVEL.NAME")),
        ("poetry.cat", ("there is no level 'poetry'", "mend: begin with one of text, media")),
        ("data.rag", ("no folder for level 'data'", "number = 4")),
    ],
)
def test_what_cannot_be_is_refused_with_its_mend(level: Path, id_: str, words: tuple[str, ...]) -> None:
    before = sorted(level.rglob("*"))
    done = hocai(level, "new", id_)
    assert done.exit_code == 1
    assert all(word in done.output for word in words), done.output
    assert sorted(level.rglob("*")) == before


def test_of_two_folders_of_a_level_one_has_to_be_named(level: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(level / "level.toml", other)
    shutil.copytree(ROOT / "level2_media", tmp_path / "media")
    environ = {"HOCAI_LESSONS": f"{level}:{other}", "HOCAI_DATA": str(tmp_path)}
    refused = CliRunner().invoke(main, ["lesson", "new", "text.invitation"], env=environ)
    assert refused.exit_code == 1 and "say --into FOLDER" in refused.output
    wrong = ["lesson", "new", "text.invitation", "--into", str(tmp_path / "media")]
    assert "no folder of level 'text'" in CliRunner().invoke(main, wrong, env=environ).output
    right = CliRunner().invoke(main, [*wrong[:-1], str(other)], env=environ)
    assert right.exit_code == 0 and (other / "01_invitation" / "lesson.toml").is_file()


def test_a_lesson_found_good_is_checked_again_only_when_it_has_changed(level: Path) -> None:
    shutil.rmtree(level / "07_report")
    folder = new_lesson("text.invitation", None, [level])
    assert [r["ok"] for r in json.loads(hocai(level, "check", "--json").stdout)] == [True]
    assert json.loads(hocai(level, "check", "--json").stdout) == []
    assert "No lesson has changed" in hocai(level, "check").output
    toml = (folder / "lesson.toml").read_text("utf-8")
    (folder / "lesson.toml").write_text(toml.replace("minutes = 15", "minutes = 15\nterms_ = []"))
    for _ in range(2):  # what is not good is checked each time
        checked = hocai(level, "check")
        assert checked.exit_code == 1
        assert "terms_" in checked.output, "a lesson that cannot be read is told of, with the key"
    (folder / "lesson.toml").write_text(toml)
    assert [r["ok"] for r in json.loads(hocai(level, "check", "--json").stdout)] == [True]
