"""All that can be drawn, by the names that `wording.THINGS` gives the words of a prompt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from . import animals, buildings, goods, outings, people, plants
from .pen import Pen


@dataclass(frozen=True)
class Entry:
    """`row`: where it stands (back, middle, people, front, air); heights in frames; `half`: half its width in heights.

    `height` is that among other things, `alone` that of a thing which is the picture's subject.
    """

    row: str
    draw: Callable[[Pen], None]
    height: float
    half: float
    alone: float = 0.42


def _looks(kind: str) -> Callable[[Pen, int], None]:
    return lambda pen, n: people.figure(pen, people.LOOKS[kind][n % len(people.LOOKS[kind])])


FIGURES: dict[str, Callable[[Pen, int], None]] = {kind: _looks(kind) for kind in people.LOOKS}
FIGURE_HEIGHT = {"child": 0.24}
FIGURE_HALF = 0.25

THINGS: dict[str, Entry] = {
    "house": Entry("back", buildings.house, 0.3, 0.88),
    "stilt_house": Entry("back", buildings.stilt_house, 0.34, 0.9),
    "school": Entry("back", buildings.school, 0.31, 1.2),
    "hall": Entry("back", buildings.hall, 0.32, 1.05),
    "clinic": Entry("back", buildings.clinic, 0.3, 0.93),
    "stall": Entry("back", buildings.stall, 0.31, 0.82, 0.5),
    "booth": Entry("back", buildings.booth, 0.26, 0.68),
    "bridge": Entry("back", buildings.bridge, 0.2, 1.05, 0.3),
    "flag": Entry("back", outings.flag, 0.42, 0.35, 0.6),
    "tree": Entry("back", plants.tree, 0.34, 0.4, 0.55),
    "bamboo": Entry("back", plants.bamboo, 0.38, 0.45, 0.55),
    "palm": Entry("back", plants.palm, 0.42, 0.35, 0.6),
    "peach": Entry("middle", plants.peach_tree, 0.3, 0.35, 0.55),
    "truck": Entry("middle", outings.truck, 0.2, 1.05, 0.36),
    "car": Entry("middle", outings.car, 0.14, 1.15, 0.28),
    "bus": Entry("middle", outings.bus, 0.19, 1.2, 0.32),
    "motorbike": Entry("middle", outings.motorbike, 0.17, 0.92, 0.36),
    "bicycle": Entry("middle", outings.bicycle, 0.17, 0.9, 0.38),
    "boat": Entry("middle", outings.boat, 0.14, 1.0, 0.3),
    "buffalo": Entry("middle", animals.buffalo, 0.22, 0.85, 0.4),
    "cow": Entry("middle", animals.cow, 0.22, 0.8, 0.4),
    "pig": Entry("front", animals.pig, 0.15, 0.75, 0.34),
    "chicken": Entry("front", animals.chicken, 0.14, 0.62, 0.42),
    "duck": Entry("front", animals.duck, 0.13, 0.62, 0.38),
    "dog": Entry("front", animals.dog, 0.15, 0.58, 0.42),
    "cat": Entry("front", animals.cat, 0.13, 0.45, 0.42),
    "fish": Entry("front", animals.fish, 0.11, 0.8, 0.32),
    "bee": Entry("air", animals.bee, 0.075, 0.5, 0.34),
    "butterfly": Entry("air", animals.butterfly, 0.085, 0.55, 0.4),
    "bird": Entry("air", animals.bird, 0.07, 0.8, 0.26),
    "balloons": Entry("air", outings.balloons, 0.26, 0.4, 0.5),
    "flower": Entry("front", plants.flower, 0.15, 0.3, 0.5),
    "lotus": Entry("front", plants.lotus, 0.16, 0.5, 0.46),
    "sunflower": Entry("front", plants.sunflower, 0.22, 0.32, 0.55),
    "rice_ears": Entry("front", plants.rice_ears, 0.18, 0.45, 0.48),
    "tea_leaves": Entry("front", plants.tea_leaves, 0.15, 0.5, 0.46),
    "tea_cup": Entry("front", goods.tea_cup, 0.13, 0.66, 0.4),
    "teapot": Entry("front", goods.teapot, 0.13, 0.72, 0.36),
    "tea_bag": Entry("front", goods.tea_bag, 0.17, 0.4, 0.44),
    "honey_jar": Entry("front", goods.honey_jar, 0.15, 0.44, 0.42),
    "basket": Entry("front", goods.basket, 0.15, 0.72, 0.38),
    "fruit": Entry("front", goods.fruit, 0.14, 0.74, 0.36),
    "rice_bag": Entry("front", goods.rice_bag, 0.17, 0.48, 0.42),
    "parcel": Entry("front", goods.parcel, 0.13, 0.6, 0.36),
    "gift": Entry("front", goods.gift, 0.14, 0.56, 0.4),
    "book": Entry("front", goods.book, 0.12, 0.84, 0.32),
    "pencil": Entry("front", goods.pencil, 0.16, 0.14, 0.42),
    "phone": Entry("front", goods.phone, 0.17, 0.3, 0.48),
    "computer": Entry("front", goods.computer, 0.15, 0.88, 0.36),
    "loudspeaker": Entry("front", goods.loudspeaker, 0.13, 0.75, 0.36),
    "medal": Entry("front", goods.medal, 0.14, 0.4, 0.42),
    "lightbulb": Entry("front", goods.lightbulb, 0.15, 0.48, 0.44),
    "robot": Entry("front", goods.robot, 0.22, 0.42, 0.46),
    "bin": Entry("front", goods.bin_, 0.16, 0.42, 0.42),
    "shield": Entry("front", goods.shield, 0.16, 0.44, 0.42),
    "heart": Entry("front", goods.heart, 0.12, 0.5, 0.36),
    "drum": Entry("front", outings.drum, 0.17, 0.52, 0.4),
}


def entry(name: str, nth: int) -> Entry:
    """How to draw a thing, the nth of its kind where it is a figure."""
    if name in FIGURES:
        return Entry("people", partial(_nth, name, nth), FIGURE_HEIGHT.get(name, 0.31), FIGURE_HALF, 0.58)
    return THINGS[name]


def _nth(name: str, nth: int, pen: Pen) -> None:
    FIGURES[name](pen, nth)
