"""Files of others: what is no picture, or too large a one, is refused; what is one becomes plain pixels, upright."""

from __future__ import annotations

import io
import shutil
import struct
import zlib
from typing import Any

import pytest
from drawn_posters import TITLE, WHEN, busy, packed, poster
from PIL import Image

from autograders.models import Picture, plain
from autograders.pictures import jobs
from autograders.pictures.opening import PictureRefused
from autograders.pictures.reading import boxes_of, pieces_of
from autograders.pictures.tesseract import read_lines

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract-ocr-vie")


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that claims to be `side` pixels square."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not_an_image"),
        ("Poster của tôi: 8 giờ, Chủ nhật".encode(), "not_an_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not_an_image"),
        (packed(busy())[:2000], "not_an_image"),
        (packed(busy(), "GIF"), "not_an_image"),
        (bomb(60_000), "image_too_large"),
        (bomb(7_000), "image_too_large"),
        (packed(Image.new("L", (8_001, 10))), "image_too_large"),
    ],
    ids=["nothing", "text", "svg", "cut", "gif", "bomb", "many pixels", "long"],
)
def test_what_is_no_picture_or_too_large_is_refused(body: bytes, code: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        jobs.open({}, body)
    assert refused.value.code == code


def opened(body: bytes) -> tuple[dict[str, Any], Image.Image, bytes]:
    facts, files = jobs.open({}, body)
    return facts, Image.open(io.BytesIO(files[: facts["jpeg"]])), files[facts["jpeg"] :]


def test_a_picture_taken_sideways_is_turned_and_says_nothing_of_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the right
    exif[0x010F] = "A phone of somebody"
    sideways = Image.new("RGB", (900, 600), "white")
    sideways.paste("red", (0, 0, 900, 100))  # its top edge is the right edge of the picture
    facts, kept, _ = opened(packed(sideways, "JPEG", exif=exif))
    assert (facts["width"], facts["height"]) == kept.size == (600, 900)
    assert kept.getpixel((590, 450))[1] < 60 < 200 < kept.getpixel((10, 450))[1]
    assert not dict(kept.getexif())


def test_clear_ground_is_white_and_large_pictures_are_made_smaller() -> None:
    facts, kept, _ = opened(packed(Image.new("RGBA", (3200, 2000), (0, 0, 0, 0))))
    assert kept.size == (1600, 1000)
    assert kept.getpixel((5, 5)) == (255, 255, 255)
    assert facts["blank"]


def test_noise_is_not_blank() -> None:
    assert not opened(packed(busy()))[0]["blank"]


def facts_of(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: facts[key] for key in ("width", "height", "blank")}


@needs_tesseract
def test_a_poster_from_elsewhere_is_read_with_sizes_and_contrasts_near_those_it_was_made_with() -> None:
    made, content = poster()
    facts, kept, grey = opened(content)
    lines = read_lines(grey)
    contrasts = jobs.measure({"boxes": boxes_of(lines, facts["factor"])}, packed(kept))[0]["contrasts"]
    pieces = pieces_of(lines, contrasts, facts["factor"], max(kept.size))
    seen = Picture.model_validate({**facts_of(facts), "made": "uploaded", "texts": pieces})
    assert plain(TITLE) in seen.text, seen.text
    assert plain(WHEN) in seen.text
    title = next(text for text in made.texts or () if text.role == "title")
    largest = max(seen.texts or (), key=lambda text: text.size)
    assert plain(largest.text) == plain(TITLE)
    assert largest.size == pytest.approx(title.size, rel=0.25)
    assert largest.contrast == pytest.approx(title.contrast, rel=0.15)


@needs_tesseract
def test_in_noise_no_text_is_read() -> None:
    assert read_lines(opened(packed(busy()))[2]) == []
