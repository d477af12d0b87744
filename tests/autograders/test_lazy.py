"""Lazy answers: what is tried on which kind of exercise, and what it earns."""

from __future__ import annotations

from pathlib import Path

import pytest
from kinds_lesson import TEXT, write_lesson

from autograders.lazy import LIMIT, lazy_answers, lazy_outcomes
from course.catalog import Catalog, LessonFolder, read_lesson
from course.variants import drawn_exercise

ROOT = Path(__file__).parents[2]
LESSONS = list(Catalog(sorted(ROOT.glob("level*"))))


@pytest.fixture
def kinds(tmp_path: Path) -> LessonFolder:
    return read_lesson(write_lesson(tmp_path / "kinds"))


@pytest.mark.parametrize(
    ("exercise", "names"),
    [
        ("pick", ["empty"]),  # a guess is no strategy that can be priced
        ("sort", ["empty", "all in 'task'", "all in 'format'"]),
        ("spot", ["empty", "all touched"]),
        ("steps", ["empty", *["the order as shown"] * 5]),
        ("say", ["empty", "one word", "the question pasted", "fluent nonsense", "fluent nonsense on the title"]),
        ("sum", ["empty"]),
    ],
)
def test_each_kind_has_its_lazy_answers(kinds: LessonFolder, exercise: str, names: list[str]) -> None:
    drawn = drawn_exercise(kinds.lesson, exercise, kinds.lesson.variant[0])
    assert [lazy.name for lazy in lazy_answers(drawn, kinds.lesson.id)] == names


def test_a_prompt_gets_the_same_text_in_both_places_with_card_and_title(kinds: LessonFolder) -> None:
    drawn = drawn_exercise(kinds.lesson, "notice", kinds.lesson.variant[0])
    answers = {lazy.name: lazy.answer for lazy in lazy_answers(drawn, kinds.lesson.id)}
    card = answers["the card pasted as prompt and final"]
    assert card["prompt"] == card["final"]
    assert "19 giờ 30" in card["final"] and "bà L. còn nợ" in card["final"]
    assert drawn.title in answers["fluent nonsense on the title as prompt and final"]["final"]


def test_every_box_of_a_form_is_filled_with_examples_too(kinds: LessonFolder) -> None:
    drawn = drawn_exercise(kinds.lesson, "form", kinds.lesson.variant[0])
    answers = {lazy.name: lazy.answer for lazy in lazy_answers(drawn, kinds.lesson.id)}
    assert answers["the examples in the boxes"] == {"boxes": {"total": "ví dụ 12", "note": ""}}
    assert answers["all material pasted in every box"]["boxes"]["note"] == "Sổ\nTháng | Hộ\n2 | 40\n3 | 60"


def test_points_that_any_text_on_the_title_earns_are_found_in_each_variant_that_differs(tmp_path: Path) -> None:
    text = TEXT.replace("Nói thẳng xu hướng", "{{place}}").replace('["tăng", "50"]', '["{{place}}"]')
    folder = write_lesson(tmp_path / "kinds")
    (folder / "lesson.toml").write_text(text, "utf-8")
    found = [one for one in lazy_outcomes(read_lesson(folder).lesson) if one.exercise == "say" and one.share >= LIMIT]
    assert [(one.exercise, one.variant, one.name, one.points) for one in found] == [
        ("say", "official/A", "fluent nonsense on the title", 4.0),
        ("say", "household/A", "fluent nonsense on the title", 4.0),
    ]


def test_a_variant_that_does_not_differ_is_tried_once(kinds: LessonFolder) -> None:
    outcomes = list(lazy_outcomes(kinds.lesson))
    assert {one.variant for one in outcomes if one.exercise == "sort"} == {"official/A"}
    assert {one.variant for one in outcomes if one.exercise == "notice"} == {"official/A", "household/A"}


def test_a_judged_criterion_with_no_gate_is_reached(kinds: LessonFolder) -> None:
    reached = {one.name: one.asks_judge for one in lazy_outcomes(kinds.lesson) if one.exercise == "notice"}
    assert reached["one word as prompt and final"] == ("fit",)
    assert reached["empty"] == ()


@pytest.mark.parametrize("folder", LESSONS, ids=lambda f: f.lesson.id)
def test_no_lazy_answer_earns_a_quarter_of_an_exercise(folder: LessonFolder) -> None:
    outcomes = list(lazy_outcomes(folder.lesson))
    assert len(outcomes) > 20
    assert [one for one in outcomes if one.limited and one.share >= LIMIT] == []


def test_posters_that_say_nothing_are_made_and_read() -> None:
    (folder,) = [folder for folder in LESSONS if folder.lesson.id == "media.poster"]
    drawn = drawn_exercise(folder.lesson, "poster", folder.lesson.variant[0])
    answers = {lazy.name: lazy for lazy in lazy_answers(drawn, folder.lesson.id)}
    untouched = answers["what was there as a poster"]
    assert untouched.answer["artefact"] in untouched.artefacts
    nonsense = answers["fluent nonsense as a poster"]
    (seen,) = nonsense.artefacts.values()
    assert "vai trò quan trọng" in " ".join(piece.text for piece in seen.texts or ())


def test_the_weights_of_a_matrix_are_dealt_out_evenly() -> None:
    (folder,) = [folder for folder in LESSONS if folder.lesson.id == "thinking.decision"]
    drawn = drawn_exercise(folder.lesson, "own", folder.lesson.variant[0])
    boxes = [lazy.answer["boxes"] for lazy in lazy_answers(drawn, folder.lesson.id) if "boxes" in lazy.answer]
    assert len(boxes) > 4
    seeds = [int(value) for value in boxes[0].values()]
    assert sum(seeds) == 10 and max(seeds) - min(seeds) <= 1
