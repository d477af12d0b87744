"""Vehicles, and what hangs, flies and is beaten at a festival, in units of their own height."""

from __future__ import annotations

import math

from .palette import INK, WOOD, rgb
from .pen import Pen, star


def _wheel(p: Pen, x: float, r: float) -> None:
    p.dot(x, r, r, None, INK)
    p.dot(x, r, r * 0.5, None, "#c9ced4")


def truck(p: Pen) -> None:
    p.shade(0, 0, 1.1, 0.05)
    p.box(-0.35, 0.2, 1.0, 0.98, p.named("#f3efe4"), r=0.03)
    p.box(-0.35, 0.44, 1.0, 0.56, "#4f9d6a")
    p.blob([(-0.4, 0.2), (-0.98, 0.2), (-0.99, 0.45), (-0.8, 0.8), (-0.4, 0.82)], "#3f7fb5")
    p.poly([(-0.88, 0.5), (-0.76, 0.73), (-0.5, 0.73), (-0.5, 0.5)], "#d2edf7")
    p.box(-1.02, 0.14, 1.02, 0.24, "#4a525c", r=0.03)
    for x in (-0.68, 0.3, 0.72):
        _wheel(p, x, 0.17)


def car(p: Pen) -> None:
    paint = p.named("#d9534a")
    p.shade(0, 0, 1.15, 0.06)
    p.blob([(-0.75, 0.5), (-0.42, 0.94), (0.3, 0.96), (0.72, 0.52)], paint)
    p.blob([(-0.58, 0.54), (-0.36, 0.85), (-0.06, 0.86), (-0.06, 0.54)], "#d2edf7")
    p.blob([(0.02, 0.54), (0.02, 0.86), (0.25, 0.86), (0.52, 0.54)], "#d2edf7")
    p.box(-1.1, 0.18, 1.08, 0.6, paint, r=0.2)
    p.dot(-1.0, 0.44, 0.07, None, "#fbe9a9")
    for x in (-0.6, 0.6):
        _wheel(p, x, 0.22)


def bus(p: Pen) -> None:
    p.shade(0, 0, 1.2, 0.05)
    p.box(-1.15, 0.14, 1.15, 1.0, p.named("#f0b63a"), r=0.1)
    p.box(-1.15, 0.36, 1.15, 0.44, "#d5683a")
    for n in range(6):
        p.box(-1.05 + 0.36 * n, 0.55, -0.75 + 0.36 * n, 0.86, "#d2edf7", r=0.04)
    for x in (-0.72, 0.72):
        _wheel(p, x, 0.18)


def bicycle(p: Pen) -> None:
    p.shade(0, 0, 0.9, 0.03)
    for x in (-0.55, 0.55):
        for angle in range(0, 360, 45):
            p.stroke(
                [(x, 0.34), (x + 0.3 * math.cos(math.radians(angle)), 0.34 + 0.3 * math.sin(math.radians(angle)))],
                0.01,
                "#9aa4ae",
            )
        ring = [
            (x + 0.32 * math.cos(math.radians(a)), 0.34 + 0.32 * math.sin(math.radians(a))) for a in range(0, 361, 15)
        ]
        p.stroke(ring, 0.05, INK)
    frame = p.named("#2f8f7f")
    p.stroke([(0.55, 0.34), (0.05, 0.34), (-0.36, 0.78), (0.22, 0.76), (0.05, 0.34)], 0.045, frame)
    p.stroke([(0.22, 0.76), (0.55, 0.34)], 0.045, frame)
    p.stroke([(-0.55, 0.34), (-0.36, 0.9), (-0.5, 0.97)], 0.045, frame)
    p.box(0.1, 0.83, 0.36, 0.9, INK, r=0.03)
    p.stroke([(0.25, 0.84), (0.22, 0.76)], 0.035, INK)


def motorbike(p: Pen) -> None:
    paint = p.named("#d0453f")
    p.shade(0, 0, 0.95, 0.04)
    for x in (-0.6, 0.6):
        _wheel(p, x, 0.26)
    p.stroke([(-0.6, 0.26), (-0.44, 0.72), (-0.36, 0.92), (-0.5, 0.97)], 0.06, "#7b838c")
    p.blob(
        [
            (-0.5, 0.7),
            (-0.36, 0.82),
            (-0.28, 0.5),
            (0.1, 0.4),
            (0.2, 0.55),
            (0.76, 0.66),
            (0.7, 0.46),
            (0.3, 0.28),
            (-0.3, 0.28),
            (-0.48, 0.5),
        ],
        paint,
    )
    p.box(-0.02, 0.6, 0.66, 0.74, INK, r=0.06)
    p.dot(-0.5, 0.78, 0.09, 0.08, "#fbe9a9")


def boat(p: Pen) -> None:
    p.blob([(-1.0, 0.5), (-0.7, 0.12), (0.0, 0.02), (0.7, 0.12), (1.0, 0.5), (0.6, 0.36), (-0.6, 0.36)], p.named(WOOD))
    p.stroke([(-0.94, 0.47), (-0.5, 0.34), (0.5, 0.34), (0.94, 0.47)], 0.05, "#7b5233", curved=True)
    p.slice(0.1, 0.34, 0.42, 0.4, 0, 180, "#d8b982")
    for x in (-0.12, 0.1, 0.32):
        p.stroke([(x, 0.36), (x, 0.7)], 0.015, "#b3925a")


def flag(p: Pen) -> None:
    """The national flag on its pole: its colours are never changed but by the light."""
    p.box(-0.32, 0, -0.28, 1.0, "#b9c0c6", r=0.01)
    p.dot(-0.3, 1.0, 0.03, None, "#e0b13d")
    cloth = p.palette.lit(rgb("#da251d"))
    p.poly([(-0.28, 0.97), (0.32, 0.97), (0.32, 0.57), (-0.28, 0.57)], cloth)
    p.poly(star(0.02, 0.765, 0.13), p.palette.lit(rgb("#ffff00")))


def balloons(p: Pen) -> None:
    for x, y, colour in ((-0.24, 0.7, "#e9695c"), (0.24, 0.74, "#4c9fd6"), (0, 0.82, p.named("#f3b63f"))):
        p.stroke([(x, y - 0.16), (x * 0.3, 0.2), (0, 0)], 0.008, "#8b929a", curved=True)
        p.dot(x, y, 0.15, 0.18, colour)
        p.dot(x - 0.05, y + 0.07, 0.03, 0.045, (255, 255, 255), 0.45)


def drum(p: Pen) -> None:
    p.shade(0, 0, 0.5, 0.05)
    p.stroke([(-0.4, 0.02), (0.2, 0.3)], 0.05, WOOD)
    p.stroke([(0.4, 0.02), (-0.2, 0.3)], 0.05, WOOD)
    p.blob([(-0.38, 0.88), (-0.5, 0.55), (-0.38, 0.22), (0.38, 0.22), (0.5, 0.55), (0.38, 0.88)], p.named("#c8442f"))
    p.dot(0, 0.88, 0.4, 0.1, "#f3dcb0")
    for n in range(7):
        p.dot(-0.36 + 0.12 * n, 0.74 - 0.05 * (1 - ((n - 3) / 3) ** 2), 0.025, None, "#f2c230")


def lantern(p: Pen) -> None:
    p.stroke([(0, 1.0), (0, 0.86)], 0.02, INK)
    p.dot(0, 0.55, 0.34, 0.3, p.named("#e0433a"))
    for rx in (0.2, 0.07):
        for side in (-1, 1):
            p.stroke(
                [(0, 0.85), (side * rx, 0.72), (side * rx * 1.2, 0.55), (side * rx, 0.38), (0, 0.25)],
                0.014,
                "#f2a33a",
                curved=True,
            )
    p.box(-0.16, 0.82, 0.16, 0.88, "#f2c230", r=0.02)
    p.box(-0.16, 0.22, 0.16, 0.28, "#f2c230", r=0.02)
    for x in (-0.07, 0, 0.07):
        p.stroke([(x, 0.22), (x, 0.03)], 0.018, "#f2c230")


def hang_lanterns(pen: Pen, w: float, top: float, accent: str) -> None:
    count = max(3, round(w * 5))
    for n in range(count):
        lantern(pen.at(w * (n + 0.5) / count, top - 0.15 - (0.03 if n % 2 else 0), 0.16, accent=accent))


def hang_bunting(pen: Pen, w: float, top: float, accent: str) -> None:
    colours = ("#e2484f", "#f3b63f", "#4c9fd6", "#5fb46b", "#8c79cf")
    for row, drop in ((0.0, 0.05), (0.05, 0.07)):
        count = round(w * 14)
        ys = [top - row - drop * (1 - (2 * n / count - 1) ** 2) for n in range(count + 1)]
        pen.stroke([(w * n / count, y) for n, y in enumerate(ys)], 0.004, "#ffffff", curved=True)
        for n in range(count):
            x, y = w * (n + 0.5) / count, (ys[n] + ys[n + 1]) / 2
            half = w / count * 0.36
            colour = pen.palette.lit(rgb(accent)) if accent and n % 2 else colours[(n + (2 if row else 0)) % 5]
            pen.poly([(x - half, y), (x + half, y), (x, y - 0.055)], colour)


def fireworks(pen: Pen, w: float, top: float, accent: str) -> None:
    for x, y, r, colour in (
        (0.24, top - 0.12, 0.1, "#f8d15c"),
        (0.55, top - 0.07, 0.12, "#f07d8a"),
        (0.85, top - 0.2, 0.09, "#8fd3f0"),
    ):
        fill = pen.palette.lit(rgb(accent)) if accent else colour
        for n in range(16):
            dx, dy = math.cos(math.pi * n / 8), math.sin(math.pi * n / 8)
            pen.stroke([(w * x + dx * r * 0.35, y + dy * r * 0.35), (w * x + dx * r, y + dy * r)], 0.0045, fill)
            pen.dot(w * x + dx * r * 1.1, y + dy * r * 1.1, 0.006, None, fill)


HANGING = {"lantern": hang_lanterns, "bunting": hang_bunting, "fireworks": fireworks}
"""What is drawn in the sky or under the ceiling: (pen of the frame, its width, top of the free sky, colour)."""
