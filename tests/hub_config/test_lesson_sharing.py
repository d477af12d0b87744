"""`hocai lesson pack` and `unpack`: the same lesson at another school, and files that are no lesson kept out."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hub_config.cli import main

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "level1_text" / "03_summarise"


def school(place: Path, *lessons: str) -> Path:
    """A school's own folder of level 1."""
    level = place / "bac1"
    level.mkdir(parents=True)
    shutil.copy(ROOT / "level1_text" / "level.toml", level)
    for name in lessons:
        shutil.copytree(SOURCE.parent / name, level / name, ignore=shutil.ignore_patterns(".*"))
        (level / name / ".ipynb_checkpoints").mkdir()
        (level / name / ".ipynb_checkpoints" / "lesson-checkpoint.ipynb").write_text("JupyterLab's own")
    return level


def hocai(level: Path, *words: str) -> Result:
    (level.parent / "data").mkdir(exist_ok=True)
    environ = {"HOCAI_LESSONS": str(level), "HOCAI_DATA": str(level.parent / "data")}
    return CliRunner().invoke(main, ["lesson", *words], env=os.environ | environ)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return school(tmp_path / "other", "07_report")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A lesson that was packed."""
    made = tmp_path / "summarise.zip"
    said = hocai(school(tmp_path / "own", "03_summarise"), "pack", "text.summarise", str(made))
    assert said.exit_code == 0 and "teachers only" in said.output
    return made


def test_a_packed_lesson_is_the_same_lesson_at_another_school(file: Path, other: Path) -> None:
    said = hocai(other, "unpack", str(file))
    assert said.exit_code == 0, said.output
    place = other / "08_summarise"
    assert str(place) in said.output and "runs this code" not in said.output
    names = sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*") if path.is_file() and not hidden(path))
    assert sorted(path.relative_to(place) for path in place.rglob("*") if path.is_file()) == names
    assert all((place / name).read_bytes() == (SOURCE / name).read_bytes() for name in names)
    again = hocai(other, "unpack", str(file))
    assert again.exit_code == 1 and "'text.summarise' exists" in again.output


def test_the_same_lesson_makes_the_same_file(file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    hocai(tmp_path / "own" / "bac1", "pack", "text.summarise", str(again))
    assert again.read_bytes() == file.read_bytes()


def test_a_lesson_that_fails_the_check_stays_out(file: Path, other: Path) -> None:
    rewritten(file, lambda name, content: content.replace(b"points = 6", b"points = 7", 1))
    said = hocai(other, "unpack", str(file))
    assert said.exit_code == 1 and "stays out" in said.output and "to mend" in said.output
    assert [path.name for path in other.iterdir() if path.is_dir()] == ["07_report"]


def test_code_that_is_no_exercise_call_is_shown_to_be_read(file: Path, other: Path) -> None:
    rewritten(file, _with_code)
    said = hocai(other, "unpack", str(file))
    assert said.exit_code == 0, said.output
    assert "runs this code" in said.output and "[31mhello" in said.output and "\x1b[31m" not in said.output


@pytest.mark.parametrize(
    "name",
    ["../evil.toml", "/etc/evil.toml", "x/../../evil.toml", "x/.bashrc", "x\\..\\evil.toml", "x/evil.py", "y/a.md"],
)
def test_a_file_that_cannot_belong_to_a_lesson_keeps_all_of_it_out(name: str, file: Path, other: Path) -> None:
    with zipfile.ZipFile(file, "a") as given:
        given.writestr(name, "x")
    said = hocai(other, "unpack", str(file))
    assert said.exit_code == 1 and "mend" in said.output and "Traceback" not in said.output
    assert [path.name for path in other.iterdir() if path.is_dir()] == ["07_report"]
    assert not list(file.parent.rglob("evil*"))


def test_a_link_keeps_all_of_it_out(file: Path, other: Path) -> None:
    link = zipfile.ZipInfo("text.summarise/material/key.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(file, "a") as given:
        given.writestr(link, "/etc/passwd")
    said = hocai(other, "unpack", str(file))
    assert said.exit_code == 1 and "links are refused" in said.output


def test_what_is_no_archive_or_far_too_large_is_refused(tmp_path: Path, other: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 not a zip")
    assert "cannot be read" in hocai(other, "unpack", str(broken)).output
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as given:
        given.writestr("x/lesson.toml", b"\0" * 60_000_000)
    assert "too much for a lesson" in hocai(other, "unpack", str(bomb)).output
    empty = tmp_path / "empty.zip"
    zipfile.ZipFile(empty, "w").close()
    assert "holds no lesson" in hocai(other, "unpack", str(empty)).output


def hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(SOURCE).parts)


def rewritten(file: Path, change: Callable[[str, bytes], bytes]) -> None:
    with zipfile.ZipFile(file) as given:
        kept = {name: given.read(name) for name in given.namelist()}
    with zipfile.ZipFile(file, "w") as made:
        for name, content in kept.items():
            made.writestr(name, change(name, content))


def _with_code(name: str, content: bytes) -> bytes:
    """The notebook with a cell more that prints, and hides a sign that colours a terminal."""
    if not name.endswith("lesson.ipynb"):
        return content
    notebook = json.loads(content)
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    more = {**code, "id": "more", "metadata": {}, "source": 'print("\x1b[31mhello")'}
    notebook["cells"].insert(1, more)
    return json.dumps(notebook).encode()
