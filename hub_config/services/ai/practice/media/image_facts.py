"""The job of measuring an image, as `child` calls it."""

from __future__ import annotations

from typing import Any

from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

from autograders.pictures.opening import PictureRefused, is_blank, legible, on_white, opened, turned

from . import CannotDo
from .wording import COLOUR_NAMES

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
MOST_PIXELS, LONGEST_SIDE = 40_000_000, 16_000
_MEASURED = 512
_SAMPLES = [
    (tuple(int(sample[n : n + 2], 16) for n in (1, 3, 5)), name)
    for name, samples in COLOUR_NAMES.items()
    for sample in samples
]


def image(_header: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """An image file → its facts, and a clean grey PNG for the program that reads text.

    Raises CannotDo: not_an_image, image_too_large.
    """
    try:
        stored = opened(body, FORMATS, MOST_PIXELS, LONGEST_SIDE)
    except PictureRefused as error:
        raise CannotDo(error.code, **error.values) from None
    facts: dict[str, Any] = {"kind": stored.format, "animated": bool(getattr(stored, "is_animated", False))}
    upright = turned(stored)
    facts["turned"] = upright is not None
    upright = upright or stored
    facts["width"], facts["height"] = upright.size
    seen = on_white(upright)
    facts |= {"colours": _colours(seen), "brightness": _brightness(seen), "nature": _nature(seen)}
    facts["sharpness"] = _sharpness(seen)
    return facts, legible(seen)[0]


def _colours(seen: Image.Image) -> list[tuple[str, int]]:
    """(name, percent) of the colours that cover most, at most four, largest first."""
    few: Image.Image = seen.resize((128, 128), Image.Resampling.BOX).quantize(24, dither=Image.Dither.NONE)
    palette = few.getpalette() or []
    shares: dict[str, int] = {}
    for index, count in enumerate(few.histogram()):
        if not count:
            continue
        r, g, b = palette[index * 3 : index * 3 + 3]
        name = _named(r, g, b)
        shares[name] = shares.get(name, 0) + count
    percents = [(name, round(100 * count / 128**2)) for name, count in shares.items()]
    return sorted((p for p in percents if p[1] >= 4), key=lambda p: (-p[1], p[0]))[:4]


def _named(r: int, g: int, b: int) -> str:
    """The name of the nearest sample; the distance weighs red and blue as the eye does."""
    mean = r / 2

    def away(sample: tuple[int, ...]) -> float:
        dr, dg, db = sample[0] - r, sample[1] - g, sample[2] - b
        return (2 + mean / 256) * dr * dr + 4 * dg * dg + (2 + (255 - mean) / 256) * db * db

    return min(_SAMPLES, key=lambda known: away(known[0]))[1]


def _brightness(seen: Image.Image) -> float:
    """Mean lightness, 0 to 255."""
    return float(ImageStat.Stat(seen.convert("L").resize((64, 64), Image.Resampling.BOX)).mean[0])


def _sharpness(seen: Image.Image) -> float:
    """Spread of the second derivative of the grey image at a common size: small where edges are soft."""
    grey = seen.convert("L")
    grey.thumbnail((_MEASURED, _MEASURED))
    edges = grey.filter(ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128))
    return float(ImageStat.Stat(edges.crop((1, 1, max(2, edges.width - 1), max(2, edges.height - 1)))).var[0])


def _nature(seen: Image.Image) -> str:
    """drawing, photo or blank: by how many neighbouring pixels are the same."""
    if is_blank(seen):
        return "blank"
    part = seen if seen.width * seen.height < 4_000_000 else ImageOps.fit(seen, (1600, 1600), Image.Resampling.NEAREST)
    steps = ImageChops.difference(part, ImageChops.offset(part, 1, 0)).convert("L").histogram()
    return "drawing" if sum(steps[:2]) / sum(steps) > 0.72 else "photo"
