"""Simple figures, one unit high from the feet to the top of the head."""

from __future__ import annotations

from dataclasses import dataclass

from .palette import HAIR, INK, SKIN
from .pen import Pen


@dataclass(frozen=True)
class Look:
    """What a figure wears. `wave`: one arm up; `holds`: "", book, phone, basket."""

    shirt: str = "#3f8fc0"
    trousers: str = "#39455c"
    hair: str = HAIR
    long_hair: bool = False
    hat: str = ""  # "", conical, scarf, helmet, cap
    robe: bool = False
    trim: str = ""  # colour of a band along collar and hem
    holds: str = ""
    wave: bool = False
    scarf: str = ""  # a pupil's red scarf


def figure(p: Pen, look: Look) -> None:
    p.shade(0, 0, 0.2, 0.025)
    shirt = p.named(look.shirt)
    if look.long_hair and look.hat != "scarf":
        p.box(-0.115, 0.7, 0.115, 0.9, look.hair, r=0.08)
    _legs(p, look)
    p.stroke([(-0.12, 0.68), (-0.185, 0.53), (-0.15, 0.41)], 0.068, shirt, curved=True)
    p.dot(-0.15, 0.385, 0.033, None, SKIN)
    p.box(-0.04, 0.7, 0.04, 0.8, "#e0a878")
    if look.robe:
        p.poly([(-0.1, 0.7), (-0.13, 0.5), (-0.2, 0.13), (0.2, 0.13), (0.13, 0.5), (0.1, 0.7)], shirt)
    p.box(-0.14, 0.36 if not look.robe else 0.45, 0.14, 0.745, shirt, r=0.075)
    if look.trim:
        p.stroke([(-0.045, 0.745), (0.03, 0.62), (0.03, 0.4)], 0.022, look.trim)
        p.box(-0.14, 0.37, 0.14, 0.4, look.trim, r=0.012)
    if look.scarf:
        p.poly([(-0.07, 0.745), (0.07, 0.745), (0, 0.68)], look.scarf)
        p.poly([(0, 0.7), (-0.05, 0.58), (0, 0.61), (0.05, 0.58)], look.scarf)
    _head(p, look)
    _arm(p, look, shirt)


def _legs(p: Pen, look: Look) -> None:
    for side in (-1, 1):
        inner, outer = 0.012 * side, 0.095 * side
        p.box(min(inner, outer), 0.02, max(inner, outer), 0.44, look.trousers, r=0.03)
        p.box(min(inner, outer) - 0.012, 0, max(inner, outer) + 0.012, 0.045, INK, r=0.02)


def _head(p: Pen, look: Look) -> None:
    for side in (-1, 1):
        p.dot(side * 0.098, 0.855, 0.02, 0.027, "#e0a878")
    p.dot(0, 0.86, 0.1, 0.112, SKIN)
    p.slice(0, 0.875, 0.108, 0.115, 8, 172, look.hair)
    for side in (-1, 1):
        p.dot(side * 0.037, 0.855, 0.0115, 0.014, INK)
        p.dot(side * 0.06, 0.822, 0.019, 0.012, (240, 130, 110), 0.35)
    p.stroke([(-0.03, 0.815), (0, 0.8), (0.03, 0.815)], 0.011, "#a4573f", curved=True)
    if look.hat == "conical":
        p.poly([(-0.225, 0.9), (0, 1.06), (0.225, 0.9)], "#ecd394")
        p.slice(0, 0.9, 0.225, 0.03, 180, 360, "#d4b56c")
        p.stroke([(-0.12, 0.965), (0.12, 0.965)], 0.006, "#cbab62")
    elif look.hat == "scarf":
        p.slice(0, 0.875, 0.122, 0.125, 0, 180, look.trim or "#2c3a63")
        p.box(-0.124, 0.855, 0.124, 0.905, "#2c3a63", r=0.02)
        p.box(-0.124, 0.87, 0.124, 0.886, "#d8524a")
    elif look.hat in ("helmet", "cap"):
        colour = "#f2c230" if look.hat == "helmet" else "#5d7d46"
        p.slice(0, 0.89, 0.115, 0.11, 0, 180, colour)
        p.box(-0.135, 0.878, 0.135, 0.9, colour, r=0.01)


def _arm(p: Pen, look: Look, shirt: object) -> None:
    colour = shirt if isinstance(shirt, (str, tuple)) else look.shirt
    if look.wave:
        p.stroke([(0.12, 0.68), (0.21, 0.74), (0.235, 0.88)], 0.062, colour, curved=True)
        p.dot(0.237, 0.905, 0.033, None, SKIN)
        return
    if not look.holds:
        p.stroke([(0.12, 0.68), (0.185, 0.53), (0.15, 0.41)], 0.068, colour, curved=True)
        p.dot(0.15, 0.385, 0.033, None, SKIN)
        return
    if look.holds == "book":
        p.box(-0.06, 0.44, 0.12, 0.58, "#d8524a", r=0.012)
        p.box(-0.045, 0.452, 0.105, 0.568, "#fff7e3", r=0.008)
        p.stroke([(0.03, 0.45), (0.03, 0.57)], 0.01, "#d8524a")
    elif look.holds == "phone":
        p.box(0.03, 0.5, 0.1, 0.63, INK, r=0.012)
        p.box(0.038, 0.515, 0.092, 0.615, "#9fd4ee", r=0.005)
    elif look.holds == "basket":
        p.dot(0.07, 0.5, 0.13, 0.06, "#63a845")
        p.poly([(-0.06, 0.5), (-0.03, 0.38), (0.17, 0.38), (0.2, 0.5)], "#c99a5b")
        p.stroke([(-0.05, 0.46), (0.19, 0.46)], 0.008, "#a97a4a")
    p.stroke([(0.12, 0.68), (0.19, 0.55), (0.1, 0.48)], 0.066, colour, curved=True)
    p.dot(0.085, 0.478, 0.033, None, SKIN)


LOOKS = {
    "person": (
        Look("#3f8fc0"),
        Look("#d9694f", long_hair=True, trousers="#4a3f57"),
        Look("#58a05a", wave=True),
        Look("#e0b13d", "#5a4634", long_hair=True, holds="phone"),
    ),
    "farmer": (
        Look("#8c6b4a", "#3d3a37", hat="conical", holds="basket"),
        Look("#5e7f9b", "#3d3a37", hat="conical", long_hair=True, holds="basket"),
    ),
    "ethnic": (
        Look("#27406e", "#1f3157", hat="scarf", robe=True, trim="#d8524a", long_hair=True),
        Look("#24396b", "#1f3157", hat="scarf", robe=True, trim="#e0b13d", long_hair=True, wave=True),
    ),
    "child": (
        Look("#f5f5f5", "#2f5d8f", scarf="#e0433a", wave=True),
        Look("#f5f5f5", "#2f5d8f", scarf="#e0433a", long_hair=True, holds="book"),
    ),
    "teacher": (
        Look("#c94f7c", "#f5f0ea", robe=True, long_hair=True, holds="book"),
        Look("#f1f4f6", "#38435a", holds="book"),
    ),
    "elder": (
        Look("#8a5a44", "#4a4038", hair="#d9d9d6"),
        Look("#6f4f7d", "#3d3a44", hair="#d9d9d6", long_hair=True, robe=True),
    ),
    "official": (Look("#f1f4f6", "#33415c", holds="phone"), Look("#dfeaf2", "#33415c", long_hair=True, holds="book")),
    "doctor": (
        Look("#fdfdfd", "#9fc9d6", robe=True, holds="book", trim="#3b9aa8"),
        Look("#fdfdfd", "#9fc9d6", robe=True, long_hair=True, trim="#3b9aa8"),
    ),
    "worker": (Look("#e58a2f", "#33415c", hat="helmet"), Look("#3f6ea5", "#33415c", hat="helmet", wave=True)),
    "volunteer": (Look("#2f6fc0", "#33415c", wave=True), Look("#2f6fc0", "#33415c", long_hair=True, holds="book")),
    "aodai": (
        Look("#d8434e", "#fbf4ec", robe=True, long_hair=True),
        Look("#3f9aa0", "#fbf4ec", robe=True, long_hair=True, hat="conical"),
    ),
    "soldier": (Look("#5d7d46", "#4b6639", hat="cap"), Look("#5d7d46", "#4b6639", hat="cap", wave=True)),
}
"""Who a word means -> the looks that follow one another when several are drawn."""
