"""Composes an illustration: sky, setting, and the things in rows from back to front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from PIL import Image, ImageChops, ImageFilter

from .catalogue import Entry, entry
from .interiors import INDOORS
from .order import Order, Thing
from .outings import HANGING
from .palette import Palette
from .pen import SUPERSAMPLED, Pen
from .scenery import OUTDOORS, bare, meadow
from .sky import draw_falling, draw_sky

_ROWS = {"back": 0.93, "middle": 0.6, "front": 0.2}  # where a row stands, in parts of the horizon's height
_NEARER = {"back": 1.0, "middle": 1.12, "front": 1.2}
_MOST = 7  # in one row


@dataclass(frozen=True)
class Placed:
    entry: Entry
    accent: str
    name: str


def draw_scene(order: Order, palette: Palette, size: tuple[int, int], headroom: float = 0.0) -> Image.Image:
    """The illustration, `size` pixels (RGB). `headroom`: part of the height kept free at the top for text."""
    width, height = size
    image = Image.new("RGB", (width * SUPERSAMPLED, height * SUPERSAMPLED), palette("#f3f4f0"))
    pen = Pen(image, palette, 0, image.height, image.height, lined=order.style == "line")
    w, top = width / height, 1 - headroom
    rnd = Random(order.seed)  # noqa: S311 - where a tuft of grass stands, the same each time
    names = [thing.name for thing in order.things]
    horizon = _background(pen, w, top, order, names, rnd)
    for thing in order.things:
        if thing.name in HANGING:
            HANGING[thing.name](pen, w, top - 0.02, thing.colour)
    _rows(pen, w, horizon, top, order, rnd)
    draw_falling(pen, w, order.weather, order.season, rnd)
    small = image.reduce(SUPERSAMPLED)
    return _watercolour(small, order.seed) if order.style == "watercolour" else small


def _background(pen: Pen, w: float, top: float, order: Order, names: Sequence[str], rnd: Random) -> float:
    """Draws all that lies behind the things; gives the height of the horizon."""
    rooms = [name for name in names if name in INDOORS]
    settings = [name for name in OUTDOORS if name in names]
    horizon = min(0.44, top * 0.5)
    if rooms:
        horizon = min(0.36, top * 0.42)
        INDOORS[rooms[0]](pen, w, horizon, rnd)
        return horizon
    seen = frozenset(names)
    draw_sky(replace(pen, accent=order.background), w, horizon, top, order.time, order.weather, seen, rnd)
    if not settings and not order.time and not order.weather:
        bare(pen, w, horizon * 0.75, rnd)
    elif not set(settings) - {"mountains", "river", "road"}:
        meadow(pen, w, horizon, rnd) if "mountains" not in settings else None
    for name in settings:
        colour = next((thing.colour for thing in order.things if thing.name == name), "")
        OUTDOORS[name](replace(pen, accent=colour), w, horizon, rnd)
        if name == "mountains" and not set(settings) - {"mountains", "river", "road"}:
            meadow(pen, w, horizon, rnd)
    return horizon if settings or order.time or order.weather else horizon * 0.75


def _rows(pen: Pen, w: float, horizon: float, top: float, order: Order, rnd: Random) -> None:
    placed = [item for thing in order.things for item in _each(thing)]
    if not placed:
        return
    kinds = {item.name for item in placed}
    for row in ("back", "middle", "front"):
        items = [item for item in placed if item.entry.row == row][:_MOST]
        if items:
            _stand(pen, w, horizon, top, row, items, alone=len(kinds) == 1 and len(items) <= 3)
    flying = [item for item in placed if item.entry.row == "air"][:_MOST]
    for n, item in enumerate(flying):
        high = item.entry.alone if len(kinds) == 1 else item.entry.height
        x = w * (n + 0.5) / len(flying) + (rnd.uniform(-0.04, 0.04) if len(flying) > 1 else 0)
        middle = horizon + (top - horizon) * (0.35 + 0.3 * rnd.random()) if len(kinds) > 1 else top * 0.5
        item.entry.draw(pen.at(x, middle - high / 2, high, accent=item.accent))


def _stand(
    pen: Pen, w: float, horizon: float, top: float, row: str, items: Sequence[Placed], *, alone: bool
) -> None:
    """Side by side along a row, made smaller until they fit; in several lines of depth where there are many."""
    y = horizon * (0.5 if alone else _ROWS[row])
    heights = [item.entry.alone if alone else item.entry.height * _NEARER[row] for item in items]
    wides = [2 * item.entry.half * high for item, high in zip(items, heights, strict=True)]
    room = w * (0.92 if len(items) > 1 else 0.86)
    shrink = min(1.0, room / sum(wides), (top - y) * 0.94 / max(heights))
    gap = (w - sum(wides) * shrink) / (len(items) + 1)
    x = gap
    for n, (item, high, wide) in enumerate(zip(items, heights, wides, strict=True)):
        x += wide * shrink / 2
        depth = (0.035 if n % 2 else 0.0) if row == "front" and len(items) > 2 else 0.0
        turn = -1 if row != "back" and n % 2 and item.name != "flag" else 1
        item.entry.draw(pen.at(x, max(0.02, y - depth), high * shrink, turn=turn, accent=item.accent))
        x += wide * shrink / 2 + gap


def _each(thing: Thing) -> list[Placed]:
    if thing.name in HANGING or thing.name in OUTDOORS or thing.name in INDOORS or thing.name in ("sun", "moon", "rainbow"):
        return []
    return [Placed(entry(thing.name, n), thing.colour, f"{thing.name}") for n in range(min(thing.count, _MOST))]


def _watercolour(image: Image.Image, seed: int) -> Image.Image:
    """Soft edges, blotches of lighter wash and a grain of paper."""
    rnd = Random(seed)  # noqa: S311 - the grain of the paper, the same each time
    soft = image.filter(ImageFilter.ModeFilter(5)).filter(ImageFilter.GaussianBlur(max(1.0, image.height / 900)))
    for cells, weakest in ((9, 196), (40, 222), (260, 236)):
        grain = Image.frombytes("L", (cells, cells), bytes(rnd.randint(weakest, 255) for _ in range(cells * cells)))
        wash = ImageChops.invert(grain.resize(image.size, Image.Resampling.BICUBIC))
        soft = ImageChops.screen(soft, Image.merge("RGB", (wash, wash, wash)))
    return soft
