"""Rooms as settings: a wall, a floor and what makes the room known. Each draws in a frame w wide and 1 high."""

from __future__ import annotations

from random import Random

from .palette import WOOD
from .pen import Pen
from .scenery import Scenery


def _room(pen: Pen, w: float, horizon: float, wall: str, floor: str) -> None:
    pen.box(-0.01, horizon, w + 0.01, 1.01, wall)
    pen.box(-0.01, -0.01, w + 0.01, horizon, floor)
    pen.box(-0.01, horizon - 0.012, w + 0.01, horizon + 0.012, "#ffffff")


def _window(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
    pen.box(x - wide / 2 - 0.012, y - 0.012, x + wide / 2 + 0.012, y + high + 0.012, "#ffffff")
    pen.box(x - wide / 2, y, x + wide / 2, y + high, "#bfe3f4")
    pen.slice(x - wide * 0.1, y, wide * 0.36, high * 0.4, 0, 180, "#8fc586")
    pen.box(x - 0.006, y, x + 0.006, y + high, "#ffffff")
    pen.box(x - wide / 2, y + high * 0.55, x + wide / 2, y + high * 0.55 + 0.01, "#ffffff")


def table(pen: Pen, x: float, y: float, wide: float, high: float, colour: str = WOOD) -> None:
    """Its top at y + high."""
    for side in (-1, 1):
        foot = x + side * wide * 0.44
        pen.box(foot - 0.01, y, foot + 0.01, y + high, "#7b5233")
    pen.box(x - wide / 2, y + high - 0.022, x + wide / 2, y + high, colour, r=0.008)


def classroom(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    _room(pen, w, horizon, "#f6ecd2", "#d3a87a")
    pen.box(w * 0.16, horizon + 0.12, w * 0.72, horizon + 0.45, WOOD, r=0.008)
    pen.box(w * 0.16 + 0.012, horizon + 0.132, w * 0.72 - 0.012, horizon + 0.438, "#2f6b56")
    for n, wide in enumerate((0.3, 0.22, 0.27)):
        y = horizon + 0.375 - 0.06 * n
        pen.stroke([(w * 0.22, y), (w * 0.22 + wide * w, y)], 0.007, "#cfe3d8")
    _window(pen, w * 0.87, horizon + 0.14, min(0.2, w * 0.19), 0.3)
    for row, (y, size) in enumerate(((horizon * 0.66, 0.12), (horizon * 0.3, 0.15))):
        for n in range(3):
            table(pen, w * (0.2 + 0.3 * n) + 0.01 * row, y, w * 0.2, size, "#e0b780")


def office(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    _room(pen, w, horizon, "#e3edf2", "#b9c4cb")
    _window(pen, w * 0.24, horizon + 0.14, min(0.34, w * 0.34), 0.34)
    pen.box(w * 0.7, horizon + 0.02, w * 0.93, horizon + 0.5, "#a8825a", r=0.008)
    colours = ("#d8695c", "#4c8fc0", "#e5b84a", "#5fa86b")
    for shelf in range(4):
        y = horizon + 0.035 + 0.115 * shelf
        pen.box(w * 0.71, y, w * 0.92, y + 0.09, "#c9a579")
        for n in range(6):
            x = w * (0.722 + 0.03 * n)
            pen.box(x, y, x + w * 0.022, y + 0.06 + 0.02 * rnd.random(), colours[(n + shelf) % 4])
    table(pen, w * 0.5, horizon * 0.55, w * 0.62, 0.17, "#c99a5b")


def kitchen(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    _room(pen, w, horizon, "#f7e3c5", "#c98f63")
    _window(pen, w * 0.25, horizon + 0.16, min(0.24, w * 0.24), 0.22)
    pen.box(w * 0.52, horizon + 0.3, w * 0.94, horizon + 0.315, WOOD)
    for n, colour in enumerate(("#d8695c", "#5fa86b", "#e5b84a", "#4c8fc0")):
        x = w * (0.58 + 0.1 * n)
        pen.box(x - 0.022, horizon + 0.315, x + 0.022, horizon + 0.375, colour, r=0.012)
    table(pen, w * 0.5, horizon * 0.45, w * 0.72, 0.2)


def stage(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    """A hall's stage with its curtain."""
    _room(pen, w, horizon, "#b23a36", "#b98552")
    for n in range(round(w * 12)):
        x = w * n / round(w * 12)
        pen.box(x, horizon, x + 0.03, 1.01, "#c24641")
    pen.box(-0.01, horizon - 0.03, w + 0.01, horizon, "#d9a66c")
    for n in range(6):
        x = w * (n + 0.5) / 6
        pen.dot(x, horizon * 0.08, w * 0.075, 0.045, "#4f9b4a")
        pen.dot(x, horizon * 0.08 + 0.03, 0.02, None, "#f2c230")


INDOORS: dict[str, Scenery] = {"classroom": classroom, "office": office, "kitchen": kitchen, "stage": stage}
