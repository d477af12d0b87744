"""A pen for shapes in coordinates of their own: origin at the foot, y upwards, one unit as high as the thing.

All is drawn twice as large as the picture and reduced at the end, which smooths the edges.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw

from .palette import Colour, Palette, mix, rgb

Point = tuple[float, float]
SUPERSAMPLED = 2
_OUTLINE: Colour = (45, 47, 51)


@dataclass(frozen=True)
class Pen:
    """Draws on an image. `x`, `y`, `unit`: of the origin and one unit, in the image's pixels; `turn`: -1 mirrors."""

    image: Image.Image
    palette: Palette
    x: float = 0.0
    y: float = 0.0
    unit: float = 1.0
    turn: int = 1
    lined: bool = False
    accent: str = ""  # colour the prompt gives this thing

    def at(self, x: float, y: float, size: float, *, turn: int = 1, accent: str = "") -> Pen:
        """A pen for a thing `size` units of this one high, standing on (x, y)."""
        px, py = self._pixel((x, y))
        return replace(self, x=px, y=py, unit=self.unit * size, turn=self.turn * turn, accent=accent or self.accent)

    def ink(self, colour: str) -> Colour:
        return self.palette(colour)

    def named(self, otherwise: str) -> str | Colour:
        """The colour the prompt gives this thing, unchanged but for the light; else a natural one."""
        return self.palette.lit(rgb(self.accent)) if self.accent else otherwise

    def poly(self, points: Sequence[Point], colour: str | Colour, alpha: float = 1.0) -> None:
        self._fill("polygon", [self._pixel(point) for point in points], colour, alpha)

    def blob(self, points: Sequence[Point], colour: str | Colour, alpha: float = 1.0) -> None:
        """A closed smooth shape through the points."""
        self.poly(smooth(points, closed=True), colour, alpha)

    def dot(self, x: float, y: float, rx: float, ry: float | None, colour: str | Colour, alpha: float = 1.0) -> None:
        """An ellipse about (x, y); a circle where ry is None."""
        high = rx if ry is None else ry
        self._fill("ellipse", self._corners(x - rx, y - high, x + rx, y + high), colour, alpha)

    def box(
        self, x0: float, y0: float, x1: float, y1: float, colour: str | Colour, r: float = 0.0, alpha: float = 1.0
    ) -> None:
        """A rectangle, its corners rounded by r."""
        corners = self._corners(x0, y0, x1, y1)
        self._fill("rounded_rectangle", corners, colour, alpha, radius=r * self.unit)

    def slice(self, x: float, y: float, rx: float, ry: float, start: float, end: float, colour: str | Colour) -> None:
        """The part of an ellipse above the chord between two angles (degrees, anticlockwise from the right)."""
        turns = [start + (end - start) * n / 40 for n in range(41)]
        self.poly([(x + rx * math.cos(math.radians(t)), y + ry * math.sin(math.radians(t))) for t in turns], colour)

    def stroke(self, points: Sequence[Point], width: float, colour: str | Colour, *, curved: bool = False) -> None:
        """A line with round ends, `width` units thick."""
        way = smooth(points, closed=False) if curved else points
        drawn = [self._pixel(point) for point in way]
        thick = max(1, round(width * self.unit))
        draw, fill = ImageDraw.Draw(self.image), self._resolved(colour)
        if self.lined:
            fill = _OUTLINE
            thick = min(thick, self._hair())
        draw.line(drawn, fill=fill, width=thick, joint="curve")
        half = thick / 2
        for px, py in (drawn[0], drawn[-1]):
            if half > 1:
                draw.ellipse((px - half, py - half, px + half, py + half), fill=fill)

    def shade(self, x: float, y: float, rx: float, ry: float) -> None:
        """A soft shadow on the ground."""
        if not self.lined:
            self.dot(x, y, rx, ry, (20, 30, 40), 0.13)

    def _fill(
        self, shape: str, where: Sequence[Point] | Sequence[float], colour: str | Colour, alpha: float, **more: float
    ) -> None:
        fill = self._resolved(colour)
        if self.lined:
            if alpha < 1:
                return
            paper = mix(fill, (255, 255, 255), 0.82)
            more |= {"width": self._hair()}
            getattr(ImageDraw.Draw(self.image), shape)(where, fill=paper, outline=_OUTLINE, **more)
        elif alpha < 1:
            getattr(ImageDraw.Draw(self.image, "RGBA"), shape)(where, fill=(*fill, round(alpha * 255)), **more)
        else:
            getattr(ImageDraw.Draw(self.image), shape)(where, fill=fill, **more)

    def _hair(self) -> int:
        return max(2, round(self.image.height / 420))

    def _resolved(self, colour: str | Colour) -> Colour:
        return self.palette(colour) if isinstance(colour, str) else colour

    def _pixel(self, point: Point) -> Point:
        return self.x + self.turn * point[0] * self.unit, self.y - point[1] * self.unit

    def _corners(self, x0: float, y0: float, x1: float, y1: float) -> list[float]:
        (left, bottom), (right, top) = self._pixel((x0, y0)), self._pixel((x1, y1))
        return [min(left, right), min(top, bottom), max(left, right), max(top, bottom)]


def smooth(points: Sequence[Point], *, closed: bool, steps: int = 10) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    count = len(points)
    way: list[Point] = []
    for n in range(count if closed else count - 1):
        around = [n - 1, n, n + 1, n + 2]
        a, b, c, d = (points[k % count] if closed else points[min(max(k, 0), count - 1)] for k in around)
        way += [
            (_spline(a[0], b[0], c[0], d[0], t / steps), _spline(a[1], b[1], c[1], d[1], t / steps))
            for t in range(steps)
        ]
    return way if closed else [*way, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def star(x: float, y: float, radius: float, points: int = 5, inner: float = 0.382) -> list[Point]:
    """The corners of a star that stands on two of its points."""
    corners = []
    for n in range(points * 2):
        reach, angle = radius * (inner if n % 2 else 1), math.pi / 2 + n * math.pi / points
        corners.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return corners
