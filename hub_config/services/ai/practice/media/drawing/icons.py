"""Signs before the lines of a poster: a clock, a calendar, a place, a price, a telephone."""

from __future__ import annotations

from PIL import Image

from .palette import Colour, Palette
from .pen import Pen

_OVER = 4  # drawn this much larger, then reduced


def draw_icon(image: Image.Image, kind: str, x: int, y: int, size: int, colour: Colour, ground: Colour) -> None:
    """The sign in a square of `size` pixels whose upper left corner is (x, y)."""
    tile = Image.new("RGB", (size * _OVER, size * _OVER), ground)
    pen = Pen(tile, Palette(coloured=True), 0, tile.height, tile.height)
    _SIGNS.get(kind, _line)(pen, colour, ground)
    image.paste(tile.reduce(_OVER), (x, y))


def _clock(p: Pen, colour: Colour, ground: Colour) -> None:
    p.dot(0.5, 0.5, 0.46, None, colour)
    p.dot(0.5, 0.5, 0.36, None, ground)
    p.stroke([(0.5, 0.74), (0.5, 0.48), (0.66, 0.38)], 0.09, colour)


def _calendar(p: Pen, colour: Colour, ground: Colour) -> None:
    p.box(0.08, 0.06, 0.92, 0.86, colour, r=0.1)
    p.box(0.17, 0.14, 0.83, 0.6, ground, r=0.04)
    for x in (0.3, 0.7):
        p.box(x - 0.05, 0.78, x + 0.05, 0.97, colour, r=0.04)
    for n in range(6):
        px, py = 0.33 + 0.17 * (n % 3), 0.45 - 0.18 * (n // 3)
        p.box(px - 0.05, py - 0.05, px + 0.05, py + 0.05, colour)


def _pin(p: Pen, colour: Colour, ground: Colour) -> None:
    p.poly([(0.23, 0.5), (0.5, 0.03), (0.77, 0.5)], colour)
    p.dot(0.5, 0.63, 0.33, None, colour)
    p.dot(0.5, 0.64, 0.13, None, ground)


def _tag(p: Pen, colour: Colour, ground: Colour) -> None:
    p.poly([(0.05, 0.55), (0.48, 0.95), (0.92, 0.95), (0.95, 0.5), (0.5, 0.05)], colour)
    p.dot(0.76, 0.77, 0.08, None, ground)


def _telephone(p: Pen, colour: Colour, ground: Colour) -> None:
    p.stroke([(0.2, 0.8), (0.28, 0.5), (0.5, 0.28), (0.82, 0.2)], 0.15, colour, curved=True)
    for x, y in ((0.24, 0.78), (0.8, 0.24)):
        p.dot(x, y, 0.16, None, colour)


def _line(p: Pen, colour: Colour, ground: Colour) -> None:
    p.dot(0.5, 0.5, 0.16, None, colour)


_SIGNS = {"time": _clock, "date": _calendar, "place": _pin, "price": _tag, "phone": _telephone}
