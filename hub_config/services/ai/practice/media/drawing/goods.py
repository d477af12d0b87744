"""Things one holds, sells, eats or works with, in units of their own height."""

from __future__ import annotations

import math

from .palette import INK
from .pen import Pen, star


def tea_cup(p: Pen) -> None:
    p.dot(0, 0.08, 0.62, 0.08, "#d5dfdc")
    p.dot(0, 0.1, 0.56, 0.06, "#eef4f1")
    china = p.named("#ffffff")
    p.stroke([(0.36, 0.5), (0.6, 0.48), (0.56, 0.28), (0.3, 0.22)], 0.06, china, curved=True)
    p.poly([(-0.44, 0.6), (-0.34, 0.22), (-0.18, 0.1), (0.18, 0.1), (0.34, 0.22), (0.44, 0.6)], china)
    p.poly([(-0.41, 0.46), (-0.38, 0.36), (0.38, 0.36), (0.41, 0.46)], "#4f9d6a")
    p.dot(0, 0.6, 0.44, 0.075, "#eef4f1")
    p.dot(0, 0.595, 0.38, 0.055, "#b8b43c")
    for x in (-0.15, 0.05, 0.22):
        p.stroke([(x, 0.7), (x + 0.05, 0.78), (x - 0.03, 0.86), (x + 0.03, 0.96)], 0.025, (255, 255, 255), curved=True)


def teapot(p: Pen) -> None:
    clay = p.named("#a8593a")
    p.shade(0, 0, 0.6, 0.05)
    p.stroke([(0.36, 0.58), (0.7, 0.6), (0.66, 0.28), (0.36, 0.24)], 0.075, clay, curved=True)
    p.poly([(-0.3, 0.3), (-0.72, 0.62), (-0.66, 0.7), (-0.3, 0.52)], clay)
    p.dot(0, 0.38, 0.48, 0.36, clay)
    p.box(-0.28, 0, 0.28, 0.08, "#8a4529", r=0.03)
    p.dot(0, 0.7, 0.27, 0.07, "#8a4529")
    p.dot(0, 0.82, 0.07, None, "#8a4529")
    p.dot(-0.16, 0.5, 0.1, 0.14, (255, 255, 255), 0.16)


def tea_bag(p: Pen) -> None:
    """A packet of tea as it stands in a shop."""
    p.shade(0, 0, 0.42, 0.04)
    p.poly([(-0.36, 0), (-0.33, 0.86), (0.33, 0.86), (0.36, 0)], p.named("#3f8a4a"))
    p.poly([(-0.33, 0.86), (-0.33, 1.0), (0.33, 1.0), (0.33, 0.86)], "#2d6b38")
    p.box(-0.22, 0.2, 0.22, 0.68, "#fbf4dc", r=0.05)
    from .plants import tea_leaves

    tea_leaves(p.at(0, 0.27, 0.34))


def honey_jar(p: Pen) -> None:
    p.shade(0, 0, 0.45, 0.04)
    p.box(-0.4, 0, 0.4, 0.78, p.named("#eda41f"), r=0.13)
    p.box(-0.34, 0.06, -0.26, 0.7, "#f8d06a", r=0.04)
    p.box(-0.36, 0.76, 0.36, 0.92, "#a8683a", r=0.04)
    p.box(-0.26, 0.2, 0.26, 0.56, "#fff4d6", r=0.04)
    for dx, dy in ((-0.075, 0), (0.075, 0), (0, 0.13), (0, -0.13)):
        corners = [
            (dx + 0.07 * math.cos(math.radians(60 * k + 30)), 0.38 + dy + 0.07 * math.sin(math.radians(60 * k + 30)))
            for k in range(6)
        ]
        p.poly(corners, "#f0b638")


def basket(p: Pen) -> None:
    """A basket of vegetables."""
    p.shade(0, 0, 0.65, 0.05)
    for x, colour in ((-0.38, "#64ad4a"), (0.0, "#7cc75f"), (0.36, "#579a42")):
        for dx, dy in ((-0.13, 0.62), (0.13, 0.62), (0, 0.76)):
            p.dot(x + dx, dy, 0.17, 0.15, p.named(colour))
    for x in (-0.18, -0.06, 0.06):
        p.poly([(x, 0.52), (x + 0.16, 0.96), (x + 0.26, 0.9)], "#f08a33")
    for x in (-0.52, 0.22, 0.5):
        p.dot(x, 0.58, 0.12, None, "#dd4238")
    p.poly([(-0.66, 0.54), (-0.48, 0), (0.48, 0), (0.66, 0.54)], "#c99a5b")
    for n in range(3):
        y = 0.12 + 0.14 * n
        p.stroke([(-0.5 - 0.05 * n, y), (0.5 + 0.05 * n, y)], 0.018, "#a97a4a")
    p.box(-0.7, 0.5, 0.7, 0.58, "#b3834a", r=0.04)


def fruit(p: Pen) -> None:
    """A dish of fruit: oranges, bananas, a custard apple."""
    p.blob([(-0.56, 0.5), (-0.5, 0.86), (-0.25, 1.0), (-0.3, 0.7), (-0.1, 0.42)], "#f3cf3f")
    p.blob([(-0.4, 0.46), (-0.28, 0.78), (0.0, 0.9), (-0.1, 0.62), (0.06, 0.42)], "#eec02f")
    for x, y, colour in ((0.1, 0.5, "#f0872d"), (0.42, 0.5, "#f0872d"), (0.26, 0.72, p.named("#8fbf56"))):
        p.dot(x, y, 0.21, None, colour)
        p.dot(x - 0.07, y + 0.08, 0.05, None, (255, 255, 255), 0.3)
    p.stroke([(0.26, 0.92), (0.28, 1.0)], 0.03, "#6f5430")
    p.slice(0, 0.38, 0.72, 0.36, 180, 360, "#e7eef0")
    p.box(-0.26, 0, 0.26, 0.07, "#cbd7da", r=0.03)


def rice_bag(p: Pen) -> None:
    p.shade(0, 0, 0.5, 0.04)
    p.blob(
        [(-0.42, 0.04), (-0.46, 0.45), (-0.34, 0.8), (0, 0.84), (0.34, 0.8), (0.46, 0.45), (0.42, 0.04), (0, 0.0)],
        p.named("#eddcb6"),
    )
    p.blob([(-0.3, 0.82), (-0.36, 0.98), (0, 0.93), (0.36, 0.98), (0.3, 0.82)], "#dcc48f")
    p.box(-0.3, 0.78, 0.3, 0.84, "#b5523b", r=0.03)
    from .plants import rice_ears

    rice_ears(p.at(0, 0.18, 0.48))


def parcel(p: Pen) -> None:
    p.shade(0, 0, 0.6, 0.05)
    p.box(-0.55, 0, 0.55, 0.8, p.named("#d3a066"), r=0.02)
    p.box(-0.55, 0.68, 0.55, 0.8, "#bb874e", r=0.02)
    p.box(-0.1, 0, 0.1, 0.8, "#ecd2a4")
    p.box(0.2, 0.12, 0.44, 0.34, "#fff6e4", r=0.01)


def gift(p: Pen) -> None:
    p.shade(0, 0, 0.55, 0.05)
    p.box(-0.45, 0, 0.45, 0.6, p.named("#e0574f"), r=0.02)
    p.box(-0.52, 0.52, 0.52, 0.7, "#c9463f", r=0.02)
    p.box(-0.08, 0, 0.08, 0.7, "#f7d774")
    for side in (-1, 1):
        p.blob([(0, 0.7), (side * 0.12, 0.95), (side * 0.38, 0.96), (side * 0.3, 0.74)], "#f7d774")
        p.blob([(side * 0.06, 0.74), (side * 0.15, 0.88), (side * 0.28, 0.88), (side * 0.22, 0.77)], "#e0ba4d")
    p.dot(0, 0.72, 0.08, 0.07, "#f7d774")


def book(p: Pen) -> None:
    p.shade(0, 0.05, 0.85, 0.05)
    for side in (-1, 1):
        p.poly([(0, 0.08), (side * 0.8, 0.16), (side * 0.8, 0.92), (0, 0.8)], p.named("#3f7fb5"))
        p.poly([(0, 0.16), (side * 0.73, 0.24), (side * 0.73, 0.98), (0, 0.86)], "#fffaf0")
        for n in range(4):
            y = 0.36 + 0.13 * n
            p.stroke([(side * 0.1, y - 0.03), (side * 0.62, y + 0.055)], 0.02, "#c9c4b8")
    p.stroke([(0, 0.14), (0, 0.84)], 0.03, "#d8d0bf")


def pencil(p: Pen) -> None:
    p.box(-0.1, 0.2, 0.1, 0.84, p.named("#f2b632"))
    p.poly([(-0.1, 0.2), (0, 0), (0.1, 0.2)], "#f3dcb8")
    p.poly([(-0.03, 0.06), (0, 0), (0.03, 0.06)], INK)
    p.box(-0.1, 0.82, 0.1, 0.89, "#b9c0c6")
    p.box(-0.1, 0.88, 0.1, 1.0, "#ee8f8f", r=0.04)


def phone(p: Pen) -> None:
    p.shade(0, 0, 0.32, 0.025)
    p.box(-0.27, 0, 0.27, 1.0, INK, r=0.075)
    p.box(-0.235, 0.045, 0.235, 0.955, p.named("#eaf5fb"), r=0.045)
    p.box(-0.07, 0.92, 0.07, 0.94, INK, r=0.01)
    p.box(-0.2, 0.68, 0.2, 0.88, "#4c9fd6", r=0.03)
    p.dot(-0.12, 0.78, 0.05, None, "#ffffff")
    p.box(-0.04, 0.79, 0.15, 0.81, "#ffffff", r=0.01)
    p.box(-0.04, 0.74, 0.1, 0.76, "#cfe6f5", r=0.01)
    colours = ("#e9695c", "#f3b63f", "#5fb46b", "#8c79cf", "#3fb3bd", "#ef8f4c")
    for n, colour in enumerate(colours):
        x, y = -0.135 + 0.135 * (n % 3), 0.52 - 0.17 * (n // 3)
        p.box(x - 0.048, y - 0.055, x + 0.048, y + 0.055, colour, r=0.025)
    p.box(-0.2, 0.1, 0.2, 0.2, "#4c9fd6", r=0.05)


def computer(p: Pen) -> None:
    """A laptop, open."""
    p.shade(0, 0, 0.9, 0.04)
    p.box(-0.66, 0.12, 0.66, 1.0, "#3b434d", r=0.05)
    p.box(-0.6, 0.19, 0.6, 0.94, p.named("#e8f4fb"), r=0.02)
    p.box(-0.6, 0.82, 0.6, 0.94, "#4c9fd6", r=0.02)
    for n, (high, colour) in enumerate(((0.16, "#5fb46b"), (0.3, "#f3b63f"), (0.24, "#e9695c"), (0.4, "#4c9fd6"))):
        p.box(0.04 + 0.13 * n, 0.28, 0.13 + 0.13 * n, 0.28 + high, colour, r=0.012)
    for n, wide in enumerate((0.42, 0.34, 0.4, 0.25)):
        p.box(-0.5, 0.66 - 0.11 * n, -0.5 + wide, 0.7 - 0.11 * n, "#b9cbd8", r=0.015)
    p.poly([(-0.66, 0.12), (0.66, 0.12), (0.86, 0), (-0.86, 0)], "#c3cbd3")
    p.poly([(-0.16, 0.05), (0.16, 0.05), (0.19, 0.02), (-0.19, 0.02)], "#9aa4ae")


def loudspeaker(p: Pen) -> None:
    """A hand-held megaphone."""
    p.poly([(-0.1, 0.2), (-0.02, 0), (0.12, 0), (0.08, 0.24)], "#38435a")
    p.poly([(-0.5, 0.36), (-0.5, 0.66), (0.4, 0.96), (0.4, 0.08)], p.named("#e0533d"))
    p.box(-0.6, 0.36, -0.44, 0.66, "#38435a", r=0.04)
    p.dot(0.4, 0.52, 0.1, 0.45, "#f6e7d2")
    p.dot(0.41, 0.52, 0.055, 0.27, "#d9c4a5")
    for reach in (0.2, 0.34, 0.48):
        way = [
            (0.42 + reach * math.cos(math.radians(a)), 0.52 + reach * 1.1 * math.sin(math.radians(a)))
            for a in (-28, 0, 28)
        ]
        p.stroke(way, 0.04, "#f2b632", curved=True)


def medal(p: Pen) -> None:
    for side in (-1, 1):
        p.poly([(side * 0.06, 0.5), (side * 0.34, 0.02), (side * 0.18, 0.08), (side * 0.08, 0), (0, 0.4)], "#d8434e")
    p.dot(0, 0.64, 0.36, None, "#d99a21")
    p.dot(0, 0.64, 0.29, None, p.named("#f7cf4d"))
    p.poly(star(0, 0.64, 0.19), "#d99a21")


def lightbulb(p: Pen) -> None:
    for angle in range(0, 181, 36):
        dx, dy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        p.stroke([(0.36 * dx, 0.62 + 0.36 * dy), (0.46 * dx, 0.62 + 0.38 * dy)], 0.035, "#f2b632")
    p.dot(0, 0.62, 0.28, None, p.named("#fbd85d"))
    p.poly([(-0.2, 0.45), (-0.13, 0.26), (0.13, 0.26), (0.2, 0.45)], p.named("#fbd85d"))
    p.box(-0.13, 0.08, 0.13, 0.28, "#8b929a", r=0.03)
    p.box(-0.07, 0.02, 0.07, 0.1, INK, r=0.03)
    p.stroke([(-0.09, 0.3), (-0.05, 0.56), (0, 0.5), (0.05, 0.56), (0.09, 0.3)], 0.022, "#d99a21")


def robot(p: Pen) -> None:
    p.shade(0, 0, 0.36, 0.03)
    metal = p.named("#a9c4d6")
    for x in (-0.13, 0.13):
        p.box(x - 0.07, 0, x + 0.07, 0.16, "#5b7186", r=0.03)
    for side in (-1, 1):
        p.stroke([(side * 0.28, 0.46), (side * 0.4, 0.36), (side * 0.38, 0.24)], 0.07, "#7f9db2", curved=True)
    p.box(-0.27, 0.12, 0.27, 0.54, metal, r=0.08)
    p.box(-0.14, 0.24, 0.14, 0.42, "#eef6fb", r=0.03)
    p.dot(0, 0.33, 0.05, None, "#e9695c")
    p.box(-0.32, 0.56, 0.32, 0.9, metal, r=0.1)
    p.box(-0.25, 0.63, 0.25, 0.83, "#2e3f52", r=0.07)
    for x in (-0.11, 0.11):
        p.dot(x, 0.74, 0.045, None, "#7fe0e8")
    p.stroke([(0, 0.9), (0, 0.96)], 0.03, "#7f9db2")
    p.dot(0, 0.975, 0.035, None, "#e9695c")


def bin_(p: Pen) -> None:
    p.shade(0, 0, 0.4, 0.04)
    p.poly([(-0.34, 0.8), (-0.27, 0), (0.27, 0), (0.34, 0.8)], p.named("#3f9a58"))
    p.box(-0.4, 0.78, 0.4, 0.88, "#2f7a44", r=0.04)
    p.box(-0.12, 0.86, 0.12, 0.95, "#2f7a44", r=0.03)
    for x in (-0.15, 0, 0.15):
        p.stroke([(x, 0.66), (x * 0.85, 0.14)], 0.035, "#2f7a44")


def shield(p: Pen) -> None:
    """A shield with a tick: safety."""
    p.blob(
        [
            (0, 1.0),
            (0.3, 0.92),
            (0.42, 0.84),
            (0.4, 0.4),
            (0.2, 0.12),
            (0, 0),
            (-0.2, 0.12),
            (-0.4, 0.4),
            (-0.42, 0.84),
            (-0.3, 0.92),
        ],
        p.named("#3f8fc0"),
    )
    p.stroke([(-0.18, 0.5), (-0.04, 0.36), (0.2, 0.66)], 0.085, "#ffffff")


def heart(p: Pen) -> None:
    p.blob(
        [(0, 0.02), (-0.42, 0.46), (-0.46, 0.78), (-0.24, 0.96), (0, 0.78), (0.24, 0.96), (0.46, 0.78), (0.42, 0.46)],
        p.named("#e2484f"),
    )
    p.dot(-0.24, 0.74, 0.08, 0.1, (255, 255, 255), 0.35)
