"""Pictures and sounds that come home with a notebook, against a campus over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange_double import LESSON, TOKEN, ExchangeDouble

from course.exchange.client import CampusExchange, ExchangeProblem
from course.exchange.folder import MATERIAL_BYTES, MATERIAL_FILES, LearnerFolder

PICTURES = {"bốn mảnh.svg": b"<svg/>", "tiếng/họp-1.mp3": b"\x00\x01"}


@pytest.fixture
def folder(campus: ExchangeDouble, tmp_path: Path) -> Iterator[LearnerFolder]:
    (tmp_path / "home").mkdir()
    with CampusExchange(campus.url, TOKEN) as exchange:
        yield LearnerFolder(tmp_path / "home", exchange)


def files(folder: LearnerFolder) -> dict[str, bytes]:
    """Everything below the place where the home lies, so that what lands outside is seen too."""
    above = folder.root.parent
    return {p.relative_to(above).as_posix(): p.read_bytes() for p in above.rglob("*") if p.is_file()}


def test_what_the_lesson_shows_lies_beside_the_notebook(folder: LearnerFolder, campus: ExchangeDouble) -> None:
    campus.material = dict(PICTURES)
    notebook = folder.fetch("demo", LESSON)
    beside = {f"home/{LESSON}/material/{name}": content for name, content in PICTURES.items()}
    assert files(folder) == {f"home/{LESSON}/lesson.ipynb": notebook.read_bytes(), **beside}


def test_fetching_again_brings_only_what_is_missing_and_writes_nothing_over(
    folder: LearnerFolder, campus: ExchangeDouble
) -> None:
    campus.material = dict(PICTURES)
    notebook = folder.fetch("demo", LESSON)
    first, second = (folder.root / LESSON / "material" / name for name in PICTURES)
    notebook.write_text("bài của tôi")
    first.write_text("hình tôi sửa")
    second.unlink()
    campus.sent.clear()
    folder.fetch("demo", LESSON)
    assert (notebook.read_text(), first.read_text()) == ("bài của tôi", "hình tôi sửa")
    assert second.read_bytes() == PICTURES["tiếng/họp-1.mp3"]
    assert campus.sent == ["tiếng/họp-1.mp3"]


def test_a_lesson_that_shows_nothing_makes_no_folder(folder: LearnerFolder) -> None:
    folder.fetch("demo", LESSON)
    assert [path.name for path in (folder.root / LESSON).iterdir()] == ["lesson.ipynb"]


@pytest.mark.parametrize(
    "name",
    ["../lesson.ipynb", "../../.bashrc", "/etc/x.svg", "a/../../x.svg", ".hidden", "a/.hidden", "a//b", "a\\..\\b", ""],
)
def test_a_name_that_leads_elsewhere_is_refused_before_anything_is_written(
    folder: LearnerFolder, campus: ExchangeDouble, name: str
) -> None:
    campus.material = {**PICTURES, name: b"x"}
    with pytest.raises(ExchangeProblem, match="không phải lỗi của bạn"):
        folder.fetch("demo", LESSON)
    assert files(folder) == {} and campus.sent == []


def test_a_link_in_the_home_leads_nothing_out_of_the_lessons_folder(
    folder: LearnerFolder, campus: ExchangeDouble
) -> None:
    campus.material = {"x.svg": b"<svg/>"}
    (folder.root / LESSON).mkdir()
    (folder.root.parent / "outside").mkdir()
    (folder.root / LESSON / "material").symlink_to(folder.root.parent / "outside")
    with pytest.raises(ExchangeProblem, match="Không ghi được"):
        folder.fetch("demo", LESSON)
    assert files(folder) == {}


@pytest.mark.parametrize(
    "sizes",
    [{f"{number}.svg": 1 for number in range(MATERIAL_FILES + 1)}, {"a.mp3": MATERIAL_BYTES, "b.mp3": 1}],
    ids=["too many", "too large"],
)
def test_too_much_is_refused_before_it_is_loaded(
    folder: LearnerFolder, campus: ExchangeDouble, sizes: dict[str, int]
) -> None:
    campus.sizes = sizes
    with pytest.raises(ExchangeProblem, match="không phải lỗi của bạn"):
        folder.fetch("demo", LESSON)
    assert files(folder) == {} and campus.sent == []


def test_a_file_that_is_not_as_long_as_campus_said_is_not_kept(folder: LearnerFolder, campus: ExchangeDouble) -> None:
    campus.material, campus.sizes = {"x.svg": b"<svg/>"}, {"x.svg": 5}
    with pytest.raises(ExchangeProblem, match="không phải lỗi của bạn"):
        folder.fetch("demo", LESSON)
    assert files(folder) == {}


def test_a_lesson_without_one_of_its_files_is_not_there_yet_and_can_be_fetched_again(
    folder: LearnerFolder, campus: ExchangeDouble
) -> None:
    campus.sizes = {"x.svg": 6}
    with pytest.raises(ExchangeProblem, match="Không tìm thấy bài"):
        folder.fetch("demo", LESSON)
    assert folder.released("demo")[0]["status"] == "released"
    campus.material = {"x.svg": b"<svg/>"}
    folder.fetch("demo", LESSON)
    assert folder.released("demo")[0]["status"] == "fetched"
