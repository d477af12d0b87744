"""The sky over a picture: time of day and weather; flat and empty where the prompt names neither."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from PIL import Image

from .palette import Colour, Palette, rgb
from .pen import Pen

GRADIENTS = {  # time -> (top, horizon)
    "": ("#cfe8f3", "#e9f5f8"),
    "dawn": ("#f8c99a", "#fff1d6"),
    "day": ("#63b7e6", "#d8f0fb"),
    "sunset": ("#d9573f", "#fdd08a"),
    "night": ("#0e1a3d", "#3b5590"),
}
WEATHERED = {"rain": ("#8195a3", "#cbd5da"), "cloud": ("#9fbfd2", "#e3edf1"), "fog": ("#c9d6db", "#f0f4f4")}


def draw_sky(
    pen: Pen, w: float, horizon: float, free: float, time: str, weather: str, seen: frozenset[str], rnd: Random
) -> None:
    """From the top of the frame (w wide, 1 high) down to the horizon, with what the prompt names in it.

    Above `free` nothing but the plain sky is drawn: text stands there.
    """
    top, low = GRADIENTS[time] if time in ("sunset", "night") else WEATHERED.get(weather, GRADIENTS[time])
    _gradient(pen, _own(pen, top), _own(pen, low), horizon)
    natural = Palette(coloured=pen.palette.coloured, time=time, weather=weather)
    plain = replace(pen, accent="", palette=natural)  # sun, moon and clouds keep their colours
    if time == "night":
        _stars(pen, w, horizon, rnd)
    if "moon" in seen or time == "night":
        moon(plain, w * 0.66, free - (0.27 if "lantern" in seen else 0.14), 0.078 if "moon" in seen else 0.055)
    if "sun" in seen or (time in ("dawn", "sunset") and "moon" not in seen):
        low_sun = time in ("dawn", "sunset")
        sun(
            plain,
            w * (0.68 if low_sun else 0.84),
            horizon + 0.17 if low_sun else free - 0.13,
            0.085 if low_sun else 0.06,
        )
    if weather in ("cloud", "rain", "wind") or (time in ("dawn", "day") and weather != "fog"):
        many = {"cloud": 5, "rain": 6}.get(weather, 3)
        for n in range(many):
            x, y = w * (n + 0.2 + 0.5 * rnd.random()) / many, free - 0.1 - 0.16 * rnd.random()
            if "sun" in seen and abs(x - w * 0.84) < 0.2:
                continue
            cloud(plain, x, y, 0.05 + 0.03 * rnd.random(), "#b9c6ce" if weather == "rain" else "#ffffff")
    if "rainbow" in seen:
        for n, colour in enumerate(("#e4574c", "#f39a3d", "#f7d84a", "#6bbf59", "#4a9fd8", "#7b6cc4")):
            reach = 0.5 - 0.02 * n
            pen.slice(w * 0.4, horizon - 0.02, reach, reach, 0, 180, colour)
        pen.slice(w * 0.4, horizon - 0.02, 0.38, 0.38, 0, 180, low)


def sun(pen: Pen, x: float, y: float, r: float) -> None:
    colour = pen.named("#ffc23d")
    pen.dot(x, y, r * 1.9, None, colour, 0.16)
    pen.dot(x, y, r * 1.42, None, colour, 0.26)
    pen.dot(x, y, r, None, colour)


def moon(pen: Pen, x: float, y: float, r: float) -> None:
    pen.dot(x, y, r * 1.5, None, (255, 244, 205), 0.13)
    pen.dot(x, y, r, None, (255, 243, 205))
    for dx, dy, size in ((-0.3, 0.25, 0.2), (0.25, -0.1, 0.26), (-0.15, -0.4, 0.14)):
        pen.dot(x + dx * r, y + dy * r, size * r, None, (240, 223, 176))


def cloud(pen: Pen, x: float, y: float, size: float, colour: str) -> None:
    for dx, dy, r in ((-1.0, 0.0, 0.5), (-0.35, 0.3, 0.68), (0.4, 0.22, 0.6), (1.0, 0.0, 0.46)):
        pen.dot(x + dx * size, y + dy * size, r * size, None, colour)
    pen.box(x - 1.45 * size, y - 0.48 * size, x + 1.42 * size, y + 0.1 * size, colour, r=0.28 * size)


def draw_falling(pen: Pen, w: float, weather: str, season: str, rnd: Random) -> None:
    """Rain, fog, petals or leaves in front of everything else."""
    if weather == "rain":
        for _ in range(round(110 * w)):
            x, y = w * rnd.random(), rnd.random()
            pen.stroke([(x, y), (x - 0.012, y - 0.045)], 0.0028, (225, 236, 244))
    if weather == "fog":
        for n in range(5):
            pen.dot(w * rnd.random(), 0.38 + 0.06 * n, w * 0.5, 0.035, (255, 255, 255), 0.3)
    if season in ("spring", "autumn"):
        colour = "#f4a3b5" if season == "spring" else "#d9893b"
        for _ in range(26):
            x, y = w * rnd.random(), 0.3 + 0.65 * rnd.random()
            pen.dot(x, y, 0.007, 0.0045, colour)


def _stars(pen: Pen, w: float, horizon: float, rnd: Random) -> None:
    for _ in range(round(45 * w)):
        size = 0.0016 + 0.0022 * rnd.random()
        pen.dot(w * rnd.random(), horizon + (1 - horizon) * rnd.random() ** 0.7, size, None, (255, 247, 220))


def _own(pen: Pen, colour: str) -> Colour:
    """Without the light of the palette: the gradients are those of the time of day already."""
    return rgb(pen.accent) if pen.accent else pen.palette.unlit(colour)


def _gradient(pen: Pen, top: Colour, low: Colour, horizon: float) -> None:
    image = pen.image
    end = round(image.height * (1 - horizon)) + 1
    share = Image.linear_gradient("L").resize((1, end)).resize((image.width, end))
    if pen.lined:
        top = low = (255, 255, 255)
    image.paste(Image.composite(Image.new("RGB", share.size, low), Image.new("RGB", share.size, top), share), (0, 0))
