"""A lesson.toml that is wrong is refused with file, key, value and what was allowed."""

from __future__ import annotations

from pathlib import Path

import pytest
from kinds_lesson import TEXT as KINDS
from small_lesson import LESSON_TOML, write_lesson

from course.catalog import Catalog, LessonIndex, read_lesson
from course.errors import LessonError

LEVEL = 'number = 1\ntitle = "t"\noutcome = "o"\ncolour = "#2f7d4f"\nbadge = "b"\n'


def problem(tmp_path: Path, text: str, *, code: bool = False) -> str:
    folder = write_lesson(tmp_path / "lesson", code=code, text=text)
    with pytest.raises(LessonError) as caught:
        read_lesson(folder)
    assert str(folder / "lesson.toml") in str(caught.value)
    return str(caught.value)


def test_a_sound_lesson_is_read_for_every_variant(tmp_path: Path) -> None:
    folder = read_lesson(write_lesson(tmp_path / "lesson", code=True))
    assert folder.lesson.roles == ("official", "household")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "Bài nhỏ"\n', "", ["title", "missing"]),
        ('title = "Bài nhỏ"\n', 'title = "Bài nhỏ"\ntitel = "x"\n', ["titel", "'x'", "unknown key"]),
        ("minutes = 15", "minutes = 300", ["minutes", "300", "less than or equal to 30"]),
        ('id = "text.small"', 'id = "Small"', ["id", "Small", "pattern"]),
        ("points = 4\nskill", "points = 5\nskill", ["pick", "points = 5", "add up to 4"]),
        ('rule = "keeps_facts"', 'rule = "keeps_fact"', ["keeps_fact", "keeps_facts"]),
        ('on = "final"\nrule', 'on = "touched"\nrule', ["facts", "touched", "prompt, final"]),
        ('id = "notice"\nkind', 'id = "pick"\nkind', ["pick", "twice"]),
        ("{{day|date}}", "{{dya|date}}", ["pick", "official/A", "dya", "day, fee, place"]),
        (
            ', correct = true },\n  { id = "wrong", text = "hôm',
            ' },\n  { id = "wrong", text = "hôm',
            ["day", "correct"],
        ),
        ('role = "official"', 'role = "officer"', ["role", "officer", "'official'"]),
        ('hints = ["Xem lại thẻ.", "Còn thiếu một ý."]', 'hints = ["một"]', ["1 hints", "2 to 4"]),
        ('kind = "prompt"', 'kind = "promt"', ["kind", "promt", "'prompt'"]),
        ('[[daily]]\nid = "d1"', '[[daily]\nid = "d1"', ["not valid TOML"]),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, told: list[str]) -> None:
    assert old in LESSON_TOML
    message = problem(tmp_path, LESSON_TOML.replace(old, new))
    for part in told:
        assert part in message, message


def test_a_code_exercise_without_an_equal_stand_in_is_refused(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path / "lesson", code=True)
    toml = (folder / "lesson.toml").read_text("utf-8")
    (folder / "lesson.toml").write_text(toml.replace('stands_in_for = "sum"\n', ""), "utf-8")
    with pytest.raises(LessonError, match="'sum': a code exercise needs another with stands_in_for"):
        read_lesson(folder)


def test_a_missing_or_broken_notebook_is_named(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path / "lesson")
    (folder / "lesson.ipynb").write_text("{", "utf-8")
    with pytest.raises(LessonError, match=r"lesson\.ipynb: not a notebook"):
        read_lesson(folder).notebook  # noqa: B018 - reading is the act
    (folder / "lesson.ipynb").unlink()
    with pytest.raises(LessonError, match=r"lesson\.ipynb: missing"):
        read_lesson(folder).notebook  # noqa: B018


def test_an_id_used_in_two_folders_is_refused_with_both_places(tmp_path: Path) -> None:
    level = tmp_path / "level1"
    for name in ("01_a", "02_b"):
        write_lesson(level / name)
    (level / "level.toml").write_text(LEVEL, "utf-8")
    with pytest.raises(LessonError, match=r"01_a and in .*02_b"):
        Catalog([level])


def test_lessons_are_found_by_looking_at_the_folders(tmp_path: Path) -> None:
    level = tmp_path / "level1"
    write_lesson(level / "01_a")
    (level / "level.toml").write_text(LEVEL, "utf-8")
    catalog = Catalog([level, tmp_path / "not_there"])
    assert [folder.lesson.id for folder in catalog] == ["text.small"]
    assert catalog.get("text.other") is None


def test_an_index_reads_a_lesson_when_it_is_asked_for_and_keeps_the_last_ones(tmp_path: Path) -> None:
    level = tmp_path / "level1"
    texts = [LESSON_TOML.replace('id = "text.small"', f'id = "text.{name}"') for name in ("a", "b")]
    folders = [write_lesson(level / f"0{number}", text=text) for number, text in enumerate(texts)]
    index = LessonIndex([level, tmp_path / "not_there"], kept=1)
    first = index.get("text.a")
    assert first is not None
    assert index.get("text.a") is first
    (folders[0] / "lesson.toml").write_text(texts[0].replace("minutes = 15", "minutes = 14"), "utf-8")
    assert index.get("text.b") is not None
    again = index.get("text.a")
    assert again is not None
    assert (first.lesson.minutes, again.lesson.minutes) == (15, 14)
    assert [folder.lesson.id for folder in index] == ["text.a", "text.b"]
    assert index.get("text.other") is None


def test_an_index_refuses_a_broken_lesson_at_once(tmp_path: Path) -> None:
    write_lesson(tmp_path / "level1" / "01_a", text=LESSON_TOML.replace("minutes = 15", "minutes = -1"))
    with pytest.raises(LessonError, match="minutes"):
        LessonIndex([tmp_path / "level1"], kept=1)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('evidence = ["1a"]', 'evidence = ["1z"]', "evidence '1z'; passages of the material are 1a, 1b"),
        ('id = "1b"', 'id = "1a"', "passage '1a' stands twice"),
        ('unproved = "Đoạn này không nói giờ."', "", "unproved is missing"),
        ('evidence = ["1a"]\n', "", "go together; only one of them is there"),
        ("verdict_with_evidence", "items_right", "go together; only one of them is there"),
        (
            'id = "loan"',
            'id = "place"\ntext = "t"\nanswer = "there"\nreason = "r"\nreasons = { absent = "w" }\n'
            '[[exercise.item]]\nid = "loan"',
            "item 'place': evidence is missing; other items of category 'there' have it",
        ),
    ],
)
def test_evidence_that_leads_nowhere_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    start = KINDS.index('id = "prove"')
    assert old in KINDS[start:]
    assert told in problem(tmp_path, KINDS[:start] + KINDS[start:].replace(old, new, 1))


def test_a_value_may_be_the_text_of_a_csv_file_of_the_lesson(tmp_path: Path) -> None:
    text = LESSON_TOML.replace('place = "xưởng chè"', 'place = "xưởng chè", sold = { file = "so_ban.csv" }')
    folder = write_lesson(tmp_path / "lesson", text=text)
    with pytest.raises(LessonError, match=r"material: file = 'so_ban.csv' is no CSV file in UTF-8 there"):
        read_lesson(folder)
    (folder / "material").mkdir()
    (folder / "material" / "so_ban.csv").write_text("khach\nbác Sáng\n", "utf-8")
    assert read_lesson(folder).lesson.variant[1].values["sold"] == "khach\nbác Sáng\n"


@pytest.mark.parametrize("name", ["../so_ban.csv", "/etc/hostname", "note.txt", "latin.csv"])
def test_no_other_file_gets_into_a_lesson(tmp_path: Path, name: str) -> None:
    text = LESSON_TOML.replace('place = "xưởng chè"', f'place = {{ file = "{name}" }}')
    folder = write_lesson(tmp_path / "lesson", text=text)
    (folder / "material").mkdir()
    (folder / "so_ban.csv").write_text("a\n1\n", "utf-8")
    (folder / "material" / "note.txt").write_text("a", "utf-8")
    (folder / "material" / "latin.csv").write_bytes("xưởng".encode("utf-16"))
    with pytest.raises(LessonError, match="no CSV file"):
        read_lesson(folder)
