"""Which colour a part of a picture gets: as in nature, in the colours the prompt names, or grey where it names none."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from functools import lru_cache

Colour = tuple[int, int, int]

SKIN, HAIR, WOOD, INK = "#f2c49b", "#2f2622", "#9a6a43", "#2d2f33"
KEPT = frozenset({SKIN, HAIR, WOOD, INK, "#e0a878", "#7b5233"})  # never recoloured by the named colours
_FLAT = 0.13  # saturation below which a colour counts as white, grey or black
LIGHT = {  # time of day -> (what everything is mixed with, how much)
    "dawn": ("#ffcf96", 0.13),
    "sunset": ("#e8703a", 0.17),
    "night": ("#142349", 0.5),
}
RAIN = ("#74899a", 0.22)


def rgb(hex_colour: str) -> Colour:
    return int(hex_colour[1:3], 16), int(hex_colour[3:5], 16), int(hex_colour[5:7], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other colour, 0 to 1."""
    r, g, b = (round(a + (z - a) * share) for a, z in zip(one, other, strict=True))
    return r, g, b


def is_cool(hex_colour: str) -> bool:
    """Green, blue or violet."""
    hue, _, depth = _hls(rgb(hex_colour))
    return depth >= _FLAT and 0.25 < hue < 0.85


def shared_out(tones: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(colours of the land, colours of the sky): the named colour nearest to green is for the land."""
    if len(tones) < 2:
        return tuple(tones), tuple(tones)

    def from_green(tone: str) -> float:
        hue, _, depth = _hls(rgb(tone))
        return abs(hue - 0.31) if depth >= _FLAT else 1.0

    land = min(tones, key=from_green)
    sky = next(tone for tone in tones if tone != land)
    return tuple(tone for tone in tones if tone != sky), (sky,)


class Palette:
    """Calls turn a natural colour ("#rrggbb") into the picture's. `near`: of things in front, less lit."""

    def __init__(
        self, *, coloured: bool, tones: Sequence[str] = (), time: str = "", weather: str = "", near: bool = False
    ) -> None:
        self.coloured = coloured
        self._tones = [_hls(rgb(tone)) for tone in tones]
        self._hues = [tone for tone in self._tones if tone[2] >= _FLAT]
        self._time, self._weather = time, weather
        self._strength = 0.4 if near else 1.0
        self._cached = lru_cache(maxsize=512)(self._found)

    def __call__(self, natural: str) -> Colour:
        return self._cached(natural)

    def _found(self, natural: str) -> Colour:
        return self.lit(self.unlit(natural))

    def unlit(self, natural: str) -> Colour:
        """The picture's colour as it is at noon under a clear sky."""
        if not self.coloured:
            return _grey(rgb(natural))
        return self._toned(rgb(natural)) if self._tones and natural not in KEPT else rgb(natural)

    def lit(self, colour: Colour) -> Colour:
        """Under the light of the time of day and the weather."""
        if not self.coloured:
            return mix(colour, (52, 54, 58), 0.5 * self._strength) if self._time == "night" else colour
        if self._time in LIGHT:
            other, share = LIGHT[self._time]
            colour = mix(colour, rgb(other), share * self._strength)
        return mix(colour, rgb(RAIN[0]), RAIN[1] * self._strength) if self._weather == "rain" else colour

    def _toned(self, colour: Colour) -> Colour:
        """With the hue of the nearest named colour, as light or dark as it was."""
        hue, light, depth = _hls(colour)
        if depth < _FLAT or light > 0.97:
            return colour
        if not self._hues:  # only white, grey or black were named
            return mix(_grey(colour), _plain(self._tones[0]), 0.25)
        named = min(self._hues, key=lambda tone: min(abs(hue - tone[0]), 1 - abs(hue - tone[0])))
        if light > 0.78:  # a tint stays light and clear
            return _plain((named[0], light + (named[1] - light) * 0.12, max(0.6, min(depth, named[2]))))
        return _plain((named[0], light + (named[1] - light) * 0.35, max(0.25, min(depth, named[2]))))


def _grey(colour: Colour) -> Colour:
    level = 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]
    return round(level), round(level * 0.995), round(level * 0.98)


def _hls(colour: Colour) -> tuple[float, float, float]:
    r, g, b = colour
    hue, light, depth = colorsys.rgb_to_hls(r / 255, g / 255, b / 255)
    spread = (max(colour) - min(colour)) / 255
    return hue, light, depth if spread > 0.06 else 0.0


def _plain(hls: tuple[float, float, float]) -> Colour:
    r, g, b = (round(part * 255) for part in colorsys.hls_to_rgb(*hls))
    return r, g, b
