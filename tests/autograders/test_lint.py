"""The lint for Vietnamese: what it sends back, and the everyday writing that it lets alone."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from small_lesson import LESSON_TOML, write_lesson

from autograders.lint import flaws, language_flaws
from course.catalog import Catalog, LessonFolder, read_lesson

ROOT = Path(__file__).parents[2]


def mends(text: str) -> list[str]:
    return [flaw.mend for flaw in flaws(text)]


@pytest.mark.parametrize(
    ("text", "words", "mend"),
    [
        ("Bạn đọc bài. Viet thong bao hop xom cho ba con nhé.", "Viet thong bao hop xom cho ba", "diacritics"),
        ("Bạn thử xem: viet cau lenh that ro", "viet cau lenh that ro", "diacritics"),
        ("Cho hoi lop minh hoc may gio roi em oi", "Cho hoi lop minh hoc may gio", "diacritics"),
        ("Điều hoà nhiệt độ", "hoà", "hòa"),
        ("Sức khoẻ bà con", "khoẻ", "khỏe"),
        ("Uỷ ban nhân dân", "Uỷ", "Ủy"),
        ("HUỶ lịch họp", "HUỶ", "HỦY"),
        ("Bấm Submit để nộp bài", "Submit", "English left over"),
        ("Đọc and viết", "and", "English left over"),
        ("Mỗi hộ 1,234,000 đồng", "1,234,000", "1.234.000"),
        ("Cân được 3.5 kg", "3.5", "3,5"),
        ("Họp ngày 2027-03-12", "2027-03-12", "12/03/2027"),
        ("Họp ngày 3/4/2027", "3/4/2027", "03/04/2027"),
        ("Họp ngày 12/3/2027", "12/3/2027", "12/03/2027"),
    ],
)
def test_a_flaw_is_named_with_the_mend(text: str, words: str, mend: str) -> None:
    (found,) = flaws(text, "cell 1")
    assert (found.place, found.words) == ("cell 1", words)
    assert mend in found.mend


def test_letters_that_are_not_composed_are_named() -> None:
    assert mends(unicodedata.normalize("NFD", "Đọc bài này")) == ["save it as NFC"]


@pytest.mark.parametrize(
    "text",
    [
        "Quý vị, quỹ thôn, quý III, hoàn toàn, thuyền, loại, khuya, xoay, ngoài, hòa, khỏe, thủy, Ủy ban.",
        "Anh em ta theo xem con trâu, hai ba hôm sau ta ra.",  # some words in a row may well have none
        "Chọn một trong ChatGPT, Gemini, Copilot hay Claude.",
        "Tổng 1.234,5 triệu đồng, 19h30 ngày 12/03/2027, quyết định 137/KH-UBND, chiếm 12,5 %.",
        "Gõ không dấu cũng được: “viet thong bao hop xom cho ba con”.",
        "Chạy `print(total_of_the_year)` rồi xem `1,234`.",
        "Hàm phan_tram_tang(dau, cuoi) cho biết tăng bao nhiêu.",
        "Câu lệnh (prompt) và [trang của tỉnh](https://thainguyen.gov.vn/the/and).",
        "Bản {{ten_ban}} còn {n} chỗ, {missing}.",
    ],
)
def test_everyday_writing_is_let_alone(text: str) -> None:
    assert mends(text) == []


def test_a_lesson_is_read_in_all_that_it_says_itself_and_each_flaw_told_once(tmp_path: Path) -> None:
    text = LESSON_TOML.replace('title = "', 'title = "Hoà: ', 1).replace('hints = ["', 'hints = ["Uỷ ban. ', 1)
    folder = read_lesson(write_lesson(tmp_path / "lesson", text=text))
    told = [flaw.sentence for flaw in language_flaws(folder)]
    assert [line for line in told if "Hòa" in line] == ["title: 'Hoà': the tone stands on the other vowel: Hòa"]
    assert len([line for line in told if "hint 1" in line and "Ủy" in line]) == 1


@pytest.mark.parametrize("folder", list(Catalog(sorted(ROOT.glob("level*")))), ids=lambda f: f.lesson.id)
def test_the_lessons_of_the_project_have_none(folder: LessonFolder) -> None:
    assert language_flaws(folder) == []
