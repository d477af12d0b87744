"""Drawing and filling: every learner gets one story, and weekdays are computed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from jinja2 import TemplateError
from small_lesson import write_lesson

from course.catalog import read_lesson
from course.lesson import Lesson
from course.variants import draw, drawn_exercise, fill, variant_of


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    return read_lesson(write_lesson(tmp_path / "lesson")).lesson


@pytest.mark.parametrize(
    ("text", "values", "filled"),
    [
        ("{{d|date}}", {"d": date(2027, 3, 5)}, "05/03/2027"),
        ("họp {{d|weekday}}", {"d": date(2027, 3, 12)}, "họp thứ Sáu"),
        ("{{d|official}}", {"d": date(2027, 3, 3)}, "ngày 03 tháng 3 năm 2027"),
        ("{{d|official}}", {"d": date(2027, 2, 13)}, "ngày 13 tháng 02 năm 2027"),
        ("{{n|number}}", {"n": 150000}, "150.000"),
        ("{{n|number}}", {"n": 1234.5}, "1.234,5"),
        ("{{xs}}", {"xs": ["a", "b"]}, ["a", "b"]),
        ("{{n * 2}}", {"n": 3}, 6),
        ("{missing} và {{n}}", {"n": 3}, "{missing} và 3"),
    ],
)
def test_texts_are_filled(text: str, values: dict[str, object], filled: object) -> None:
    assert fill(text, values) == filled


def test_a_learner_keeps_the_draw_and_a_new_try_moves_on(lesson: Lesson) -> None:
    assert draw(lesson, "hoa", "household") == draw(lesson, "hoa", "household")
    assert draw(lesson, "hoa", "household").role == "household"
    assert draw(lesson, "hoa", "student").role == "official"


def test_an_exercise_reads_as_its_variant(lesson: Lesson) -> None:
    material = drawn_exercise(lesson, "notice", variant_of(lesson, "household", "A")).material
    assert material[0].text == "Họp thứ Bảy 13/03/2027 tại xưởng chè."


def test_templates_cannot_reach_python() -> None:
    with pytest.raises(TemplateError):
        fill("{{n.__class__.__mro__}} .", {"n": 1})


def test_an_exercise_is_drawn_once_and_a_changed_copy_of_the_lesson_draws_its_own(lesson: Lesson) -> None:
    variant = variant_of(lesson, "official", "A")
    drawn = drawn_exercise(lesson, "notice", variant)
    assert drawn_exercise(lesson, "notice", variant) is drawn
    raw = tuple({**e, "title": "Khác"} if e["id"] == "notice" else e for e in lesson.exercise)
    changed = lesson.model_copy(update={"exercise": raw})
    assert drawn_exercise(changed, "notice", variant).title == "Khác"
