"""What lies behind and below the things of a picture out of doors. Each draws in a frame w wide and 1 high."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from .buildings import house
from .palette import WOOD, Colour, mix, rgb
from .pen import Pen, Point, smooth
from .plants import bamboo, tree

Scenery = Callable[[Pen, float, float, Random], None]


def ridge(pen: Pen, w: float, base: float, height: float, colour: str, rnd: Random, waves: int = 4) -> None:
    """A line of soft hills from edge to edge, filled down to the frame's foot."""
    tops: list[Point] = [(-0.1, base + height * 0.4)]
    for n in range(waves * 2 + 1):
        tops.append((w * n / (waves * 2), base + height * (rnd.uniform(0.65, 1) if n % 2 else rnd.uniform(0.1, 0.4))))
    way = smooth([*tops, (w + 0.1, base + height * 0.4)], closed=False)
    pen.poly([(-0.1, 0), *way, (w + 0.1, 0)], colour)


def ground(pen: Pen, w: float, horizon: float, colour: str | Colour) -> None:
    pen.box(-0.01, -0.01, w + 0.01, horizon, colour)


def bare(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    """No setting was named: an empty floor, a tint of the ground's colour where one was asked for."""
    ground(pen, w, horizon, mix(rgb(pen.accent), (255, 255, 255), 0.22) if pen.accent else "#dfe3da")


def meadow(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    ridge(pen, w, horizon - 0.02, 0.1, "#a8d08d", rnd, 3)
    ground(pen, w, horizon + 0.002, "#8cc063")
    tufts(pen, w, horizon - 0.05, "#6fa84b", rnd)


def tufts(pen: Pen, w: float, below: float, colour: str, rnd: Random) -> None:
    for _ in range(round(26 * w)):
        x, y = w * rnd.random(), below * rnd.random()
        for dx in (-0.006, 0, 0.006):
            pen.stroke([(x, y), (x + dx, y + 0.013)], 0.003, colour)


def mountains(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    """Two ranges of steep peaks with lit sides, haze at the foot."""
    for colour, lit, rise, count in (("#93b3c9", "#abc6d6", 0.34, 4), ("#6d97a8", "#86adb9", 0.23, 5)):
        for n in range(count):
            x = w * (n + 0.15 + 0.6 * rnd.random()) / count
            high, wide = rise * rnd.uniform(0.7, 1.05), w / count * rnd.uniform(1.0, 1.4)
            foot, top = horizon - 0.02, horizon + high
            left = [(x - wide, foot), (x - wide * 0.5, foot + high * 0.42), (x - wide * 0.18, foot + high * 0.86)]
            right = [(x + wide * 0.2, foot + high * 0.8), (x + wide * 0.46, foot + high * 0.45), (x + wide, foot)]
            pen.poly([*left, (x, top), *right], colour)
            pen.poly([(x, top), *right, (x + wide * 0.3, foot), (x + wide * 0.08, foot + high * 0.5)], lit)


def tea_hill(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    """Round hills with rows of tea bushes along their curves."""
    ridge(pen, w, horizon, 0.13, "#a9cf9a", rnd, 3)
    ground(pen, w, horizon, "#6fae4e")
    hills = ((0.12, -0.05, 0.52, 0.56), (0.93, -0.08, 0.55, 0.66), (0.5, -0.22, 0.62, 0.56))
    for (x, foot, rx, ry), base in zip(hills, ("#86c05e", "#79b653", "#8ec965"), strict=True):
        _tea_rows(pen, w * x, foot, max(rx, rx * w * 0.8), ry * horizon / 0.45, base)


def _tea_rows(pen: Pen, x: float, foot: float, rx: float, ry: float, base: str) -> None:
    pen.dot(x, foot, rx, ry, base)
    rows = 7
    for n in range(rows):
        share = 0.95 - 0.13 * n
        pen.dot(x, foot, rx * share, ry * share, "#3f8a3c")
        bushes = max(10, round(56 * share * rx))
        for k in range(bushes + 1):
            angle = math.pi * k / bushes
            size = 0.017 * (0.75 + 0.25 * share)
            pen.dot(x + rx * share * math.cos(angle), foot + ry * share * math.sin(angle), size * 1.5, size, "#4f9d45")
        inner = share - 0.062
        pen.dot(x, foot, rx * inner, ry * inner, base)


def terraces(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    """Terraced rice: bands one above the other, lit at the edge."""
    ridge(pen, w, horizon, 0.16, "#9fc7a5", rnd, 3)
    steps = 8
    colours = ("#b9c94f", "#d5c94c", "#93bb4b", "#e3c94f")
    for n in range(steps):
        y = horizon * (1 - n / steps) + 0.035
        swing = [w * k / 6 for k in range(-1, 8)]
        edge = [(x, y + 0.032 * math.sin(x * 5.2 / max(w, 1) + n * 0.9) + 0.012 * math.sin(x * 11 + n)) for x in swing]
        way = smooth(edge, closed=False)
        pen.poly([(-0.3, 0), *way, (w + 0.3, 0)], "#7d8f3a")
        pen.poly([(-0.3, -0.02), *[(x, high - 0.011) for x, high in way], (w + 0.3, -0.02)], colours[n % 4])


def rice_field(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    """Flat fields that run to the horizon, with bunds between them and ears in front."""
    ridge(pen, w, horizon - 0.01, 0.09, "#8fbf86", rnd, 4)
    ground(pen, w, horizon, "#dcc34a")
    far = (w * 0.5, horizon + 0.06)
    for n in range(-7, 8):
        x = w * 0.5 + n * w * 0.2
        colour = "#cdb23c" if n % 2 else "#e5ce5c"
        pen.poly(
            [(x, -0.01), (x + w * 0.2, -0.01), _toward(far, (x + w * 0.2, 0), horizon), _toward(far, (x, 0), horizon)],
            colour,
        )
    for y in (horizon * 0.83, horizon * 0.52):
        pen.box(-0.01, y, w + 0.01, y + 0.012 * (1.4 - y), "#8f9a3f")
    for n in range(round(30 * w)):
        x, y = w * (n + rnd.random()) / (30 * w), rnd.uniform(-0.01, 0.035)
        pen.stroke([(x, y), (x + 0.004, y + 0.035), (x + 0.014, y + 0.05)], 0.004, "#b99a2b", curved=True)
        pen.dot(x + 0.017, y + 0.048, 0.0045, 0.009, "#f2dd7a")


def _toward(far: Point, near: Point, y: float) -> Point:
    share = y / far[1]
    return near[0] + (far[0] - near[0]) * share, y


def river(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    """A river that bends from the horizon to the viewer."""
    banks = ((0.58, 0.0, 0.012), (0.5, 0.25, 0.05), (0.6, 0.55, 0.1), (0.44, 0.8, 0.19), (0.36, 1.05, 0.3))
    left = smooth([(w * x - wide * 0.8, horizon * (1 - down)) for x, down, wide in banks], closed=False)
    right = smooth([(w * x + wide * 0.8, horizon * (1 - down)) for x, down, wide in banks], closed=False)
    pen.poly([*left, *reversed(right)], "#69b7d8")
    for down in (0.3, 0.45, 0.62, 0.78, 0.9):
        x, y = w * (0.55 - 0.16 * max(0, down - 0.5)), horizon * (1 - down)
        pen.stroke([(x - 0.05 * down, y), (x + 0.07 * down, y)], 0.005, "#b5def0")


def lake(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    """Open water from the far hills to a grassy bank."""
    ridge(pen, w, horizon - 0.01, 0.1, "#8fbf86", rnd, 4)
    ground(pen, w, horizon, "#6cbadb")
    for _ in range(round(20 * w)):
        x, y = w * rnd.random(), horizon * (0.2 + 0.75 * rnd.random())
        reach = 0.05 * (1.15 - y / horizon)
        pen.stroke([(x - reach, y), (x + reach, y)], 0.004, "#b5def0")
    pen.dot(w * 0.15, -0.1, w * 0.6, 0.16, "#8cc063")


def road(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    far, y = w * 0.5, horizon
    pen.poly([(w * 0.2, 0), (far - 0.02, y), (far + 0.02, y), (w * 0.8, 0)], "#8d9299")
    for n in range(6):
        near, end = 1 - n / 6, 1 - (n + 0.55) / 6
        pen.poly(
            [
                (far + side * 0.013 * share, y * (1 - share))
                for share, side in ((near, -1), (end, -1), (end, 1), (near, 1))
            ],
            "#f7f3df",
        )


def forest(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    ridge(pen, w, horizon, 0.14, "#8ab694", rnd, 3)
    ground(pen, w, horizon, "#7fae63")
    for depth, count in ((0.0, 11), (0.05, 9)):
        for n in range(count):
            x = w * (n + rnd.uniform(0.2, 0.8)) / count
            tree(pen.at(x, horizon - 0.01 - depth, rnd.uniform(0.22, 0.32)))
    tufts(pen, w, horizon - 0.1, "#5f8f47", rnd)


def village(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    """Small houses among trees at the foot of hills."""
    ridge(pen, w, horizon, 0.17, "#a9cdb4", rnd, 3)
    ridge(pen, w, horizon - 0.03, 0.1, "#8fc07f", rnd, 4)
    ground(pen, w, horizon - 0.02, "#9ccb70")
    for n in range(4):
        x = w * (n + rnd.uniform(0.3, 0.7)) / 4
        bamboo(pen.at(x - 0.09, horizon - 0.03, 0.17))
        house(pen.at(x, horizon - 0.04, 0.1))
        tree(pen.at(x + 0.085, horizon - 0.045, 0.11))
    tufts(pen, w, horizon - 0.08, "#79aa52", rnd)


def garden(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    """Beds of vegetables in rows behind a fence."""
    ridge(pen, w, horizon, 0.12, "#a5cf98", rnd, 3)
    ground(pen, w, horizon, "#93c46a")
    for n in range(round(16 * w)):
        x = w * (n + 0.5) / (16 * w)
        pen.poly(
            [
                (x - 0.012, horizon - 0.03),
                (x - 0.012, horizon + 0.05),
                (x, horizon + 0.065),
                (x + 0.012, horizon + 0.05),
                (x + 0.012, horizon - 0.03),
            ],
            "#f3ead6",
        )
    pen.box(0, horizon + 0.025, w, horizon + 0.037, "#f3ead6")
    for row in range(3):
        y = horizon * (0.72 - 0.26 * row)
        pen.box(-0.01, y - 0.025, w + 0.01, y, WOOD, r=0.01)
        for n in range(round(12 * w)):
            x = w * (n + 0.5) / (12 * w)
            for dx, r in ((-0.018, 0.016), (0.018, 0.016), (0, 0.02)):
                pen.dot(x + dx, y + 0.012, r, r * 0.9, "#58a548" if dx else "#7cc75f")


def yard(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    """A paved yard with trees along its edge."""
    ridge(pen, w, horizon, 0.12, "#a9cdb4", rnd, 3)
    for n in range(5):
        tree(pen.at(w * (n + 0.5) / 5, horizon - 0.01, 0.22))
    ground(pen, w, horizon, "#e6d3b1")
    for n in range(5):
        y = horizon * (1 - (n / 5) ** 1.4)
        pen.box(0, y - 0.002, w, y + 0.002, "#d3bd97")


OUTDOORS: dict[str, Scenery] = {
    "mountains": mountains,
    "forest": forest,
    "village": village,
    "tea_hill": tea_hill,
    "terraces": terraces,
    "rice_field": rice_field,
    "garden": garden,
    "yard": yard,
    "meadow": meadow,
    "lake": lake,
    "river": river,
    "road": road,
}
"""In the order they lie one before the other."""
