"""A poster holds what its design says, and is measured as a person sees it."""

from __future__ import annotations

import io

import pytest
from drawn_posters import TITLE, WHEN, WHERE, busy, design, poster
from PIL import Image

from autograders.pictures.composing import COLOURS, LINES, SHAPES, composed
from autograders.pictures.composing import TITLE as TITLES
from autograders.pictures.contrast import contrast
from course import poster as format_


def test_the_picture_is_one_and_has_the_shape_that_was_chosen() -> None:
    for shape, size in SHAPES.items():
        seen, content = poster(shape=shape)
        with Image.open(io.BytesIO(content)) as image:
            assert (image.format, image.size) == ("JPEG", size)
        assert (seen.width, seen.height) == size


def test_every_colour_and_size_of_the_format_can_be_composed() -> None:
    colours, sizes = format_.Colour.__args__, format_.Size.__args__
    assert set(COLOURS) == set(colours)
    assert set(LINES) == set(TITLES) == set(sizes)
    assert set(SHAPES) == set(format_.Shape.__args__)


def test_each_piece_of_text_stands_on_it_once() -> None:
    seen, _ = poster()
    assert sorted(text.text for text in seen.texts or ()) == sorted([TITLE, WHEN, WHERE, "Ảnh nền do AI tạo"])


def test_the_title_is_larger_than_the_lines_and_the_note_is_the_smallest() -> None:
    sizes = {text.role: text.size for text in poster()[0].texts or ()}
    assert sizes["title"] > sizes["line"] > sizes["note"]


@pytest.mark.parametrize(("ink", "ground"), [("white", "green"), ("black", "yellow"), ("yellow", "white")])
def test_on_a_plain_ground_the_contrast_is_that_of_the_two_colours(ink: str, ground: str) -> None:
    seen, _ = poster(ink=ink, ground=ground)
    for text in seen.texts or ():
        assert text.contrast == pytest.approx(contrast(COLOURS[ink], COLOURS[ground]), abs=0.01)


def test_over_a_busy_picture_no_ink_is_legible_but_on_the_panel_beside_it_every_one_is() -> None:
    for ink in ("white", "black", "yellow"):
        over, beside = (poster(busy(), ink=ink, ground="blue", place=place)[0] for place in ("over", "panel"))
        assert max(text.contrast for text in over.texts or ()) < 4.5
        assert min(text.contrast for text in beside.texts or ()) == pytest.approx(
            contrast(COLOURS[ink], COLOURS["blue"]), abs=0.01
        )


def test_text_that_does_not_fit_gets_smaller_and_stays_on_the_poster() -> None:
    long = "Nghề chè ở xóm có từ ba đời, mỗi nhà sao một kiểu, bà con ai cũng tự hào"
    few, many = poster(lines="\n".join([long] * 2))[0], poster(lines="\n".join([long] * 12))[0]
    size = {n: next(t.size for t in seen.texts or () if t.role == "line") for n, seen in ((2, few), (12, many))}
    assert size[12] < size[2]


def test_a_poster_without_words_has_no_text_and_signs_the_font_lacks_are_left_out() -> None:
    assert poster(title="", lines="", note="")[0].texts == ()
    assert poster(title="Hội chè 🍵🎉")[0].text.splitlines()[1] == "Hội chè"


def test_the_same_design_gives_the_same_bytes() -> None:
    assert composed(design(), busy())[1] == composed(design(), busy())[1]
