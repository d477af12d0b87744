"""Trees, flowers and leaves, in units of their own height."""

from __future__ import annotations

import math

from .palette import WOOD
from .pen import Pen


def tree(p: Pen) -> None:
    p.shade(0, 0, 0.26, 0.03)
    p.poly([(-0.045, 0), (-0.028, 0.5), (0.028, 0.5), (0.045, 0)], WOOD)
    leaves = p.named("#4f9b4a")
    for x, y, r in ((-0.2, 0.56, 0.19), (0.2, 0.56, 0.19), (0, 0.72, 0.27)):
        p.dot(x, y, r, r * 0.95, leaves)
    for x, y, r in ((-0.1, 0.76, 0.11), (0.13, 0.64, 0.08), (-0.22, 0.6, 0.07)):
        p.dot(x, y, r, None, (255, 255, 255), 0.13)


def bamboo(p: Pen) -> None:
    for x, lean, top in ((-0.16, -0.12, 0.85), (0.0, 0.02, 1.0), (0.15, 0.13, 0.9)):
        p.stroke([(x, 0), (x + lean * 0.4, top * 0.55), (x + lean * 1.6, top)], 0.045, "#7fa84a", curved=True)
        for k in range(6):
            y = top * (0.4 + 0.11 * k)
            for side in (-1, 1):
                foot = (x + lean * y, y)
                tip = (foot[0] + side * 0.2, y + 0.015)
                p.blob([foot, (foot[0] + side * 0.1, y + 0.05), tip, (foot[0] + side * 0.1, y - 0.005)], "#5d9643")


def palm(p: Pen) -> None:
    """An areca or coconut palm."""
    p.stroke([(0, 0), (0.03, 0.4), (0.0, 0.78)], 0.05, "#a98a62", curved=True)
    for angle in (10, 45, 85, 125, 165, -15, 195):
        dx, dy = math.cos(math.radians(angle)) * 0.3, math.sin(math.radians(angle)) * 0.22
        p.blob(
            [
                (0, 0.78),
                (dx * 0.6 - dy * 0.15, 0.8 + dy),
                (dx, 0.76 + dy * 0.7),
                (dx * 0.6 + dy * 0.1, 0.75 + dy * 0.6),
            ],
            "#4c9a52",
        )


def peach_tree(p: Pen) -> None:
    """A branch of peach blossom for spring."""
    for way in (
        [(0, 0), (0.02, 0.4), (-0.12, 0.7), (-0.2, 0.92)],
        [(0.01, 0.35), (0.16, 0.62), (0.24, 0.86)],
        [(-0.05, 0.58), (0.04, 0.8), (0.02, 0.96)],
    ):
        p.stroke(way, 0.028, "#7b5233", curved=True)
    spots = (
        (-0.2, 0.92),
        (-0.13, 0.74),
        (-0.25, 0.78),
        (0.24, 0.86),
        (0.16, 0.7),
        (0.28, 0.7),
        (0.02, 0.96),
        (0.06, 0.78),
        (-0.04, 0.62),
        (0.12, 0.54),
        (-0.08, 0.86),
        (0.15, 0.94),
    )
    for x, y in spots:
        blossom(p.at(x, y - 0.06, 0.12), "#f08ca4")


def blossom(p: Pen, natural: str) -> None:
    """Five petals about the middle of the unit."""
    for n in range(5):
        angle = math.radians(90 + 72 * n)
        p.dot(0.26 * math.cos(angle), 0.5 + 0.26 * math.sin(angle), 0.23, None, p.named(natural))
    p.dot(0, 0.5, 0.15, None, "#f9d65c")


def flower(p: Pen) -> None:
    p.stroke([(0, 0), (0.03, 0.35), (0, 0.66)], 0.045, "#5a9a47", curved=True)
    p.blob([(0.01, 0.2), (0.14, 0.34), (0.27, 0.36), (0.16, 0.22)], "#68ad52")
    p.blob([(0.01, 0.12), (-0.13, 0.26), (-0.26, 0.27), (-0.15, 0.13)], "#68ad52")
    blossom(p.at(0, 0.5, 0.5), "#e8587a")


def lotus(p: Pen) -> None:
    p.stroke([(0, 0), (0, 0.5)], 0.04, "#5a9a47")
    p.dot(-0.3, 0.06, 0.24, 0.06, "#5fae72")
    p.dot(0.32, 0.03, 0.22, 0.05, "#4f9d63")
    pink = p.named("#f2a1b8")
    for lean, high in ((-0.34, 0.74), (0.34, 0.74), (-0.2, 0.9), (0.2, 0.9), (0, 0.98)):
        p.blob(
            [(0, 0.48), (lean * 0.9 - 0.07, (high + 0.45) / 2), (lean, high), (lean * 0.9 + 0.07, (high + 0.45) / 2)],
            pink,
        )
        p.blob(
            [(lean * 0.3, 0.55), (lean * 0.85 - 0.02, high - 0.15), (lean, high), (lean * 0.85 + 0.02, high - 0.15)],
            (255, 255, 255),
            0.22,
        )


def sunflower(p: Pen) -> None:
    p.stroke([(0, 0), (0.02, 0.6)], 0.05, "#5a9a47")
    p.blob([(0, 0.25), (0.16, 0.38), (0.3, 0.36), (0.14, 0.22)], "#68ad52")
    for n in range(14):
        angle = math.radians(360 * n / 14)
        p.dot(0.2 * math.cos(angle), 0.74 + 0.2 * math.sin(angle), 0.075, None, p.named("#f5bd2f"))
    p.dot(0, 0.74, 0.16, None, "#7a4a22")


def rice_ears(p: Pen) -> None:
    """A sheaf of ripe rice."""
    for n in range(-3, 4):
        tip = (n * 0.13, 0.92 - abs(n) * 0.05)
        p.stroke([(0, 0), (n * 0.05, 0.5), tip], 0.02, "#a9a23c", curved=True)
        for k in range(5):
            x, y = tip[0] + n * 0.012 * k, tip[1] - 0.065 * k
            p.dot(x + (0.022 if k % 2 else -0.022), y, 0.025, 0.042, p.named("#ecc544"))
    p.box(-0.09, 0.3, 0.09, 0.37, "#c8553d", r=0.03)


def tea_leaves(p: Pen) -> None:
    """One bud and two leaves, the sign of good tea."""
    green = p.named("#57a639")
    p.stroke([(0, 0), (0.01, 0.5)], 0.035, "#6f9a3a")
    for side in (-1, 1):
        p.blob([(0, 0.3), (side * 0.2, 0.56), (side * 0.48, 0.66), (side * 0.3, 0.34)], green)
        p.stroke([(0.01 * side, 0.32), (side * 0.25, 0.49), (side * 0.44, 0.63)], 0.014, "#bfe09a", curved=True)
    p.blob([(0, 0.45), (-0.1, 0.72), (0.0, 1.0), (0.1, 0.72)], "#8ccf4d")
    p.stroke([(0, 0.5), (0, 0.9)], 0.012, "#d7f0b4")
