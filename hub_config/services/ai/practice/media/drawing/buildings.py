"""Houses and other things people build, in units of their own height."""

from __future__ import annotations

from .palette import WOOD
from .pen import Pen, star

_GLASS = "#bfe3f0"


def house(p: Pen) -> None:
    """A village house: tiled roof, three bays, a veranda."""
    p.shade(0, 0, 0.85, 0.05)
    p.box(-0.7, 0, 0.7, 0.55, "#f6ead0")
    p.box(-0.7, 0, 0.7, 0.06, "#c9b391")
    p.poly([(-0.86, 0.5), (-0.58, 0.98), (0.58, 0.98), (0.86, 0.5)], p.named("#c9573c"))
    p.poly([(-0.86, 0.5), (-0.83, 0.56), (0.83, 0.56), (0.86, 0.5)], "#a94430")
    for n in range(-4, 5):
        p.stroke([(n * 0.15, 0.6), (n * 0.12, 0.92)], 0.012, "#b64b34")
    p.box(-0.14, 0.06, 0.14, 0.46, "#7b5233")
    p.stroke([(0, 0.08), (0, 0.45)], 0.012, "#5e3d26")
    for x in (-0.45, 0.45):
        p.box(x - 0.14, 0.18, x + 0.14, 0.42, "#7b5233", r=0.01)
        p.box(x - 0.115, 0.2, x + 0.115, 0.4, _GLASS)
        p.stroke([(x, 0.2), (x, 0.4)], 0.016, "#7b5233")


def stilt_house(p: Pen) -> None:
    """A stilt house of the Tay: palm-leaf roof, wooden wall, ladder."""
    p.shade(0, 0, 0.85, 0.05)
    for x in (-0.62, -0.31, 0.31, 0.62):
        p.box(x - 0.03, 0, x + 0.03, 0.36, "#7b5233")
    p.box(-0.74, 0.33, 0.74, 0.39, "#7b5233")
    p.box(-0.66, 0.38, 0.66, 0.62, "#c08f5c")
    for n in range(-5, 6):
        p.stroke([(n * 0.12, 0.39), (n * 0.12, 0.61)], 0.008, "#a97a4a")
    for x in (-0.42, 0.42):
        p.box(x - 0.1, 0.44, x + 0.1, 0.58, "#5b3a22")
        p.stroke([(x, 0.44), (x, 0.58)], 0.014, "#c08f5c")
    p.box(-0.1, 0.39, 0.1, 0.6, "#5b3a22")
    p.box(-0.74, 0.42, 0.74, 0.44, "#8e5f3a")
    roof = p.named("#9b7b4b")
    p.poly([(-0.88, 0.55), (-0.5, 1.0), (0.5, 1.0), (0.88, 0.55)], roof)
    for level in (0.66, 0.77, 0.88):
        inset = 0.88 - (level - 0.55) * 0.84
        p.stroke([(-inset + 0.03, level), (inset - 0.03, level)], 0.014, "#84663b")
    p.box(-0.52, 0.97, 0.52, 1.02, "#6f5430", r=0.02)
    for x in (-0.07, 0.07):
        p.stroke([(x - 0.12, 0), (x, 0.36)], 0.025, "#6b4526")
    for k in range(1, 5):
        p.stroke([(-0.19 + 0.024 * k, 0.07 * k), (-0.05 + 0.024 * k, 0.07 * k)], 0.018, "#6b4526")


def school(p: Pen) -> None:
    """A two-storey school with a flag on its yard."""
    p.shade(0, 0, 1.2, 0.04)
    p.box(-1.1, 0, 1.1, 0.72, p.named("#f4cf73"))
    p.poly([(-1.18, 0.7), (-1.0, 0.9), (1.0, 0.9), (1.18, 0.7)], "#b5523b")
    p.box(-0.26, 0, 0.26, 0.84, "#f9e3ab")
    p.poly([(-0.34, 0.82), (0, 1.02), (0.34, 0.82)], "#9c4431")
    p.dot(0, 0.87, 0.05, None, "#fff7e3")
    for y in (0.1, 0.44):
        for x in (-0.94, -0.68, -0.42, 0.42, 0.68, 0.94):
            p.box(x - 0.085, y, x + 0.085, y + 0.18, "#8d6a3f", r=0.01)
            p.box(x - 0.07, y + 0.015, x + 0.07, y + 0.165, _GLASS)
            p.stroke([(x, y + 0.015), (x, y + 0.165)], 0.012, "#8d6a3f")
    p.box(-1.1, 0.36, 1.1, 0.39, "#d9ab4b")
    p.box(-0.12, 0, 0.12, 0.3, "#7b5233", r=0.02)
    p.box(-0.16, 0.46, 0.16, 0.66, _GLASS, r=0.02)


def hall(p: Pen) -> None:
    """A village hall or office: columns, steps, a star over the door."""
    p.shade(0, 0, 1.0, 0.04)
    p.box(-0.95, 0.04, 0.95, 0.66, p.named("#f5deb0"))
    p.poly([(-1.05, 0.62), (-0.85, 0.86), (0.85, 0.86), (1.05, 0.62)], "#b5523b")
    p.poly([(-0.42, 0.64), (0, 0.98), (0.42, 0.64)], "#fbf0d6")
    p.poly(star(0, 0.74, 0.08), "#e0a526")
    for x in (-0.34, -0.14, 0.14, 0.34):
        p.box(x - 0.03, 0.06, x + 0.03, 0.64, "#fffaf0")
    p.box(-0.1, 0.06, 0.1, 0.46, "#7b5233")
    for x in (-0.72, -0.5, 0.5, 0.72):
        p.box(x - 0.075, 0.2, x + 0.075, 0.48, _GLASS, r=0.01)
    for k in range(3):
        p.box(-0.5 - 0.05 * k, 0.06 - 0.03 * k, 0.5 + 0.05 * k, 0.09 - 0.03 * k, "#d8c7a4")


def clinic(p: Pen) -> None:
    p.shade(0, 0, 0.9, 0.04)
    p.box(-0.85, 0, 0.85, 0.74, p.named("#eef6f8"))
    p.box(-0.92, 0.72, 0.92, 0.82, "#3b9aa8", r=0.02)
    p.box(-0.2, 0.5, 0.2, 0.98, "#ffffff", r=0.03)
    p.box(-0.045, 0.6, 0.045, 0.9, "#2f9e6b")
    p.box(-0.14, 0.705, 0.14, 0.795, "#2f9e6b")
    p.box(-0.15, 0, 0.15, 0.42, _GLASS, r=0.02)
    for x in (-0.55, 0.55):
        p.box(x - 0.17, 0.24, x + 0.17, 0.54, "#7cc3cd", r=0.02)
        p.box(x - 0.15, 0.26, x + 0.15, 0.52, _GLASS)


def stall(p: Pen) -> None:
    """A market stall with a striped awning and full baskets."""
    p.shade(0, 0, 0.75, 0.05)
    for x in (-0.6, 0.6):
        p.box(x - 0.025, 0, x + 0.025, 0.85, WOOD)
    p.box(-0.66, 0.08, 0.66, 0.4, "#b98752", r=0.02)
    p.box(-0.7, 0.38, 0.7, 0.44, "#8f6238", r=0.02)
    fruits = ("#e8622c", "#6bb14a", "#f1c232", "#d94a4a", "#8c5fb0")
    for n, colour in enumerate(fruits):
        x = -0.52 + 0.26 * n
        for dx, dy in ((-0.06, 0), (0.06, 0), (0, 0.06)):
            p.dot(x + dx, 0.49 + dy, 0.062, None, colour)
        p.poly([(x - 0.12, 0.49), (x - 0.09, 0.42), (x + 0.09, 0.42), (x + 0.12, 0.49)], "#d8b070")
    accent = p.named("#e0533d")
    for n in range(8):
        left, right = -0.8 + 0.2 * n, -0.6 + 0.2 * n
        stripe = "#fff6e6" if n % 2 else accent
        p.poly([(left * 0.82, 1.0), (right * 0.82, 1.0), (right, 0.78), (left, 0.78)], stripe)
        p.slice((left + right) / 2, 0.785, 0.1, 0.08, 180, 360, stripe)


def booth(p: Pen) -> None:
    """A service desk with a sign."""
    p.shade(0, 0, 0.65, 0.05)
    p.box(-0.6, 0, 0.6, 0.42, p.named("#3f7fb5"), r=0.03)
    p.box(-0.66, 0.4, 0.66, 0.47, "#f3ead6", r=0.02)
    for x in (-0.5, 0.5):
        p.box(x - 0.02, 0.45, x + 0.02, 0.9, "#8b929a")
    p.box(-0.6, 0.78, 0.6, 1.0, "#ffffff", r=0.04)
    p.box(-0.45, 0.87, 0.45, 0.91, "#3f7fb5", r=0.02)


def bridge(p: Pen) -> None:
    p.slice(0, 0.05, 1.0, 0.75, 0, 180, p.named("#b9a58a"))
    p.slice(0, 0.0, 0.62, 0.5, 0, 180, "#69b7d8")
    p.stroke([(-1.0, 0.28), (-0.5, 0.8), (0, 0.97), (0.5, 0.8), (1.0, 0.28)], 0.05, "#8f7c62", curved=True)
