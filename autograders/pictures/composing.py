"""A poster composed from a design: picture, panel and lettering, and what the lettering is like where it stands."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw, ImageOps

from autograders.pictures.contrast import Box, Colour, contrast_on
from autograders.pictures.lettering import HEAVY, LEADING, PLAIN, Fitted, drawable, fit, put

LONG = 1350  # pixels of the longer side
SHAPES = {"tall": (1080, LONG), "square": (LONG, LONG), "wide": (LONG, 760)}
COLOURS: dict[str, Colour] = {
    "white": (255, 255, 255),
    "yellow": (250, 205, 60),
    "red": (176, 30, 36),
    "green": (22, 92, 58),
    "blue": (24, 74, 130),
    "black": (26, 28, 26),
}
TITLE = {"small": 44, "medium": 78, "large": 118}
LINES = {"small": 27, "medium": 48, "large": 66}
_NOTE, _SMALLEST = 30, 14
_MARGIN = 0.06
_PICTURE = 0.45  # of the poster, beside a panel
_JPEG = 88


@dataclass
class _Sheet:
    """A poster in the making."""

    image: Image.Image
    ink: Colour
    letters: list[dict[str, Any]]

    def write(self, role: str, fitted: Fitted, x: int, y: int) -> None:
        """Measures what a text stands on, then writes it."""
        box: Box = (x, y, min(self.image.width, x + fitted.width), min(self.image.height, y + fitted.height))
        found = contrast_on(self.image, box, self.ink)
        size = fitted.size / max(self.image.size)
        text = " ".join(fitted.lines)
        self.letters.append({"role": role, "text": text, "size": round(size, 4), "contrast": round(found, 2)})
        put(ImageDraw.Draw(self.image), fitted, x, y, self.ink)


def composed(design: Mapping[str, Any], picture: Image.Image | None) -> tuple[dict[str, Any], bytes]:
    """A design (`course.poster.Design` as a dict) → what a `models.Picture` holds, and the poster as JPEG."""
    width, height = SHAPES[design["shape"]]
    image = Image.new("RGB", (width, height), COLOURS[design["ground"]])
    area = _pictured(image, picture, over=design["place"] == "over")
    sheet = _Sheet(image, COLOURS[design["ink"]], [])
    _lettered(sheet, design, area)
    facts = {"made": "composed", "width": width, "height": height, "texts": sheet.letters}
    facts["pictured"] = picture is not None
    return facts, as_jpeg(image)


def as_jpeg(image: Image.Image) -> bytes:
    """The picture as it is kept: nothing in it but pixels."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=_JPEG)
    return file.getvalue()


def _pictured(image: Image.Image, picture: Image.Image | None, *, over: bool) -> Box:
    """Lays the picture down; the box that is left for lettering, margins taken off."""
    width, height = image.size
    left = top = 0
    if picture is not None and over:
        image.paste(ImageOps.fit(picture, (width, height)))
    elif picture is not None and width > height:
        left = round(width * _PICTURE)
        image.paste(ImageOps.fit(picture, (left, height)))
    elif picture is not None:
        top = round(height * _PICTURE)
        image.paste(ImageOps.fit(picture, (width, top)))
    margin = round(_MARGIN * min(width, height))
    return left + margin, top + margin, width - margin, height - margin


def _lettered(sheet: _Sheet, design: Mapping[str, Any], area: Box) -> None:
    left, top, right, bottom = area
    width = right - left
    if note := drawable(design["note"]):
        fitted = fit(note, PLAIN, width, round(2 * _NOTE * LEADING), _NOTE, _SMALLEST, 2)
        bottom -= fitted.height
        sheet.write("note", fitted, left, bottom)
        bottom -= round(_NOTE * 0.6)
    if title := drawable(design["title"]):
        largest = TITLE[design["title_size"]]
        fitted = fit(title, HEAVY, width, (bottom - top) * 3 // 5, largest, _SMALLEST, 3)
        sheet.write("title", fitted, left, top)
        top += fitted.height + round(fitted.size * 0.35)
    lines = [line for text in design["lines"].splitlines() if (line := drawable(text))]
    _lines(sheet, lines, LINES[design["lines_size"]], (left, top, right, bottom))


def _lines(sheet: _Sheet, lines: list[str], largest: int, area: Box) -> None:
    """All lines in one size: that of the line with the least room."""
    left, top, right, bottom = area
    if not lines:
        return
    room = max(1, (bottom - top) // len(lines))
    size = min(fit(line, PLAIN, right - left, room, largest, _SMALLEST, 2).size for line in lines)
    for line in lines:
        fitted = fit(line, PLAIN, right - left, room, size, _SMALLEST, 2)
        sheet.write("line", fitted, left, top)
        top += fitted.height + max(0, min(round(size * 0.25), room - fitted.height))
