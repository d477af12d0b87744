"""Which lessons are meant, and which have changed since they were found good."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from small_lesson import write_lesson

from hub_config import lesson_choice
from hub_config.lesson_choice import FoundGood, cache_file, lesson_folder


@pytest.fixture
def level(tmp_path: Path) -> Path:
    write_lesson(tmp_path / "level" / "01_small")
    return tmp_path / "level"


def test_a_lesson_is_found_by_id_and_by_folder_and_else_refused(level: Path) -> None:
    folder = level / "01_small"
    assert lesson_folder("text.small", [level]) == folder.resolve()
    assert lesson_folder(str(folder), []) == folder.resolve()
    with pytest.raises(click.UsageError, match=r"'text\.big' is no lesson; there are text\.small; or give"):
        lesson_folder("text.big", [level])


def test_a_broken_lesson_is_found_by_the_id_at_its_head(level: Path) -> None:
    file = level / "01_small" / "lesson.toml"
    file.write_text(file.read_text("utf-8").replace("[[variant]]", "[[variant", 1), "utf-8")
    assert lesson_folder("text.small", [level]) == (level / "01_small").resolve()


@pytest.mark.parametrize(
    ("file", "changed"),
    [
        ("lesson.toml", True),
        ("samples/pass_new.toml", True),
        ("material/a.svg", True),
        (".ipynb_checkpoints/lesson-checkpoint.ipynb", False),
    ],
)
def test_any_file_of_the_folder_makes_it_another(level: Path, tmp_path: Path, file: str, changed: bool) -> None:
    cache, folder = tmp_path / "cache.json", level / "01_small"
    FoundGood(cache).note(folder, good=True)
    assert FoundGood(cache).holds(folder)
    (folder / file).parent.mkdir(exist_ok=True)
    with (folder / file).open("a") as opened:
        opened.write("\n")
    assert FoundGood(cache).holds(folder) != changed


def test_another_checker_finds_nothing_checked(level: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    FoundGood(tmp_path / "cache.json").note(level / "01_small", good=True)
    checker = tmp_path / "checker"
    checker.mkdir()
    (checker / "rules.py").write_text("one = 1")
    monkeypatch.setattr(lesson_choice, "CHECKERS", (checker,))
    assert not FoundGood(tmp_path / "cache.json").holds(level / "01_small")


def test_a_lesson_with_problems_is_forgotten(level: Path, tmp_path: Path) -> None:
    good = FoundGood(tmp_path / "cache.json")
    good.note(level / "01_small", good=True)
    good.note(level / "01_small", good=False)
    assert not FoundGood(tmp_path / "cache.json").holds(level / "01_small")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": 1}'])
def test_a_broken_memory_is_an_empty_one(level: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "cache.json").write_text(content)
    good = FoundGood(tmp_path / "cache.json")
    assert not good.holds(level / "01_small")
    good.note(level / "01_small", good=True)
    assert FoundGood(tmp_path / "cache.json").holds(level / "01_small")


def test_a_memory_that_cannot_be_written_is_said_and_nothing_more(
    level: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    FoundGood(tmp_path / "file" / "cache.json").note(level / "01_small", good=True)
    assert "cannot remember what was checked" in capsys.readouterr().err


def test_the_memory_lies_in_the_users_cache() -> None:
    assert cache_file({"XDG_CACHE_HOME": "/tmp/c"}) == Path("/tmp/c/hocai/checked_lessons.json")
    assert cache_file({}) == Path.home() / ".cache" / "hocai" / "checked_lessons.json"
