"""Contrast of two colours, and of lettering against the part of a picture it stands on (WCAG 2)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

WORST = 10  # percent of the ground: lettering is as legible as where it is hardest to read
_LOOKED_AT = 320  # pixels of a box's longer side


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1."""
    return float(_luminances(np.array([colour], dtype=np.float64))[0])


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, 1 to 21."""
    return _ratio(luminance(one), luminance(other))


def contrast_on(picture: Image.Image, box: Box, ink: Colour) -> float:
    """Contrast of `ink` with the part of the picture in `box`, before anything is written there: on its worst tenth."""
    grounds = _of(picture, box)
    own = luminance(ink)
    lighter, darker = np.maximum(grounds, own), np.minimum(grounds, own)
    return float(np.percentile((lighter + 0.05) / (darker + 0.05), WORST))


def contrast_within(picture: Image.Image, box: Box) -> float:
    """Contrast of what is written in `box` of a finished picture: its two tones, parted where they differ most."""
    found = np.sort(_of(picture, box))
    if len(found) < 8 or found[-1] - found[0] < 0.01:
        return 1.0
    cuts = np.arange(1, len(found))
    sums = np.cumsum(found)
    below, above = sums[:-1] / cuts, (sums[-1] - sums[:-1]) / (len(found) - cuts)
    cut = int(np.argmax(cuts * (len(found) - cuts) * (above - below) ** 2)) + 1
    return _ratio(float(np.median(found[:cut])), float(np.median(found[cut:])))


def _of(picture: Image.Image, box: Box) -> NDArray[np.float64]:
    """Luminances of a part; fine grain stays, large parts are sampled."""
    part = picture.crop(box)
    factor = _LOOKED_AT / max(part.size)
    if factor < 1:
        size = max(1, round(part.width * factor)), max(1, round(part.height * factor))
        part = part.resize(size, Image.Resampling.NEAREST)
    return _luminances(np.asarray(part.convert("RGB"), dtype=np.float64).reshape(-1, 3))


def _luminances(colours: NDArray[np.float64]) -> NDArray[np.float64]:
    shares = colours / 255
    linear = np.where(shares <= 10 / 255, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]), dtype=np.float64)


def _ratio(one: float, other: float) -> float:
    light, dark = max(one, other), min(one, other)
    return (light + 0.05) / (dark + 0.05)
