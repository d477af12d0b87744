"""Composes an illustration: sky, setting, and the things in rows from back to front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from PIL import Image, ImageChops, ImageFilter

from .catalogue import Entry, entry
from .interiors import INDOORS
from .order import SETTINGS, SKY, Order, Thing
from .outings import HANGING
from .palette import Palette, is_cool, shared_out
from .pen import SUPERSAMPLED, Pen
from .scenery import OUTDOORS, bare, meadow
from .sky import draw_falling, draw_sky

ROWS = ("back", "middle", "people", "front")
_STAND = {"back": 0.93, "middle": 0.6, "people": 0.36, "front": 0.1}  # in parts of the horizon's height
_NEARER = {"back": 1.0, "middle": 1.12, "people": 1.15, "front": 1.3}
_OFF_CENTRE = {"back": 0.0, "middle": -0.2, "people": 0.17, "front": -0.28}  # of a single thing among others
_MOST = 7  # in one row


@dataclass(frozen=True)
class Placed:
    entry: Entry
    accent: str
    name: str


@dataclass(frozen=True)
class Frame:
    """In heights of the picture: width, where the horizon lies, where the free room for things ends."""

    w: float
    horizon: float
    top: float


def draw_scene(order: Order, size: tuple[int, int], headroom: float = 0.0) -> Image.Image:
    """The illustration, `size` pixels (RGB). `headroom`: part of the height kept free at the top for text."""
    width, height = size
    names = {thing.name for thing in order.things}
    time, weather = ("", "") if names & set(INDOORS) else (order.time, order.weather)
    behind = Palette(coloured=order.coloured, tones=shared_out(order.tones)[0], time=time, weather=weather)
    image = Image.new("RGB", (width * SUPERSAMPLED, height * SUPERSAMPLED))
    pen = Pen(image, behind, 0, image.height, image.height, lined=order.style == "line")
    rnd = Random(order.seed)  # noqa: S311 - where a tuft of grass stands, the same each time
    frame = _background(pen, width / height, 1 - headroom, order, names, rnd)
    near = replace(pen, palette=Palette(coloured=order.coloured, near=True, time=time, weather=weather))
    for thing in order.things:
        if thing.name in HANGING:
            HANGING[thing.name](near, frame.w, frame.top - 0.02, thing.colour)
    if names & {"lantern", "bunting"}:
        frame = replace(frame, top=frame.top - 0.14)
    _things(near, frame, order, rnd)
    if not names & set(INDOORS):
        draw_falling(pen, frame.w, order.weather, order.season, rnd)
    small = image.reduce(SUPERSAMPLED)
    return _watercolour(small, order.seed) if order.style == "watercolour" else small


def _background(pen: Pen, w: float, top: float, order: Order, names: set[str], rnd: Random) -> Frame:
    """Draws all that lies behind the things."""
    rooms = [name for name in INDOORS if name in names]
    if rooms:
        frame = Frame(w, min(0.36, top * 0.42), top)
        INDOORS[rooms[0]](pen, w, frame.horizon, rnd)
        return frame
    settings = [name for name in OUTDOORS if name in names]
    nowhere = not settings and not order.time and not order.weather
    horizon = min(0.44, top * 0.5) * (0.75 if nowhere else 1)
    _, second = shared_out(order.tones)
    if order.time == "night":  # a warm hue as dark as night is mud
        second = tuple(tone for tone in second if is_cool(tone))
    sky = Palette(coloured=order.coloured, tones=second, time=order.time, weather=order.weather)
    above = replace(pen, palette=sky, accent=order.background)
    draw_sky(above, w, horizon, top, order.time, order.weather, frozenset(names), rnd)
    grown = set(settings) - {"mountains", "river", "road"}
    if nowhere:
        bare(replace(pen, accent=order.background), w, horizon, rnd)
    if "mountains" in settings:
        OUTDOORS["mountains"](pen, w, horizon, rnd)
    if not grown and not nowhere:
        meadow(pen, w, horizon, rnd)
    for name in settings:
        if name != "mountains":
            OUTDOORS[name](pen, w, horizon, rnd)
    return Frame(w, horizon, top)


def _things(pen: Pen, frame: Frame, order: Order, rnd: Random) -> None:
    placed = [item for thing in order.things for item in _each(thing)]
    rows = {row: [item for item in placed if item.entry.row == row][:_MOST] for row in ROWS}
    flying = [item for item in placed if item.entry.row == "air"][:_MOST]
    subject = [row for row in ROWS if rows[row]]
    alone = len(subject) == 1 and len(rows[subject[0]]) <= 3
    for row in subject:
        _stand(pen, frame, row, rows[row], alone=alone, among=len(subject) > 1)
    for n, item in enumerate(flying):
        high = item.entry.height if subject else item.entry.alone / max(1, len(flying) - 1)
        x = frame.w * (n + 0.5 + (rnd.uniform(-0.2, 0.2) if len(flying) > 1 else 0)) / len(flying)
        middle = frame.horizon + (frame.top - frame.horizon) * rnd.uniform(0.4, 0.75) if subject else frame.top * 0.5
        item.entry.draw(pen.at(x, middle - high / 2, high, accent=item.accent))


def _stand(pen: Pen, frame: Frame, row: str, items: Sequence[Placed], *, alone: bool, among: bool) -> None:
    """Side by side along a row, made smaller until they fit. `alone`: they are the picture's subject."""
    y = max(0.035, frame.horizon * (0.42 if alone else _STAND[row]))
    grown = 1.18 if frame.w < 0.85 else 1.0
    heights = [(item.entry.alone if alone else item.entry.height * _NEARER[row]) * grown for item in items]
    wides = [2 * item.entry.half * high for item, high in zip(items, heights, strict=True)]
    room = frame.w * (0.94 if len(items) > 1 else 0.86)
    shrink = min(1.0, room / sum(wides), (frame.top - y) * 0.94 / max(heights))
    gap = (frame.w - sum(wides) * shrink) / (len(items) + 1)
    x = gap + (frame.w * _OFF_CENTRE[row] if among and len(items) == 1 else 0)
    x = max(0.01, min(x, frame.w - 0.01 - wides[0] * shrink)) if len(items) == 1 else x
    for n, (item, high, wide) in enumerate(zip(items, heights, wides, strict=True)):
        x += wide * shrink / 2
        depth = 0.03 if n % 2 and row in ("people", "front") and len(items) > 2 else 0.0
        turn = -1 if n % 2 and row != "back" else 1
        item.entry.draw(pen.at(x, max(0.02, y - depth), high * shrink, turn=turn, accent=item.accent))
        x += wide * shrink / 2 + gap


def _each(thing: Thing) -> list[Placed]:
    if thing.name in HANGING or thing.name in SETTINGS or thing.name in SKY:
        return []
    return [Placed(entry(thing.name, n), thing.colour, thing.name) for n in range(min(thing.count, _MOST))]


def _watercolour(image: Image.Image, seed: int) -> Image.Image:
    """Soft edges, blotches of lighter wash and a grain of paper."""
    rnd = Random(seed)  # noqa: S311 - the grain of the paper, the same each time
    soft = image.filter(ImageFilter.MedianFilter(5)).filter(ImageFilter.GaussianBlur(image.height / 900))
    for cells, weakest in ((9, 196), (40, 222), (110, 238)):
        grain = Image.frombytes("L", (cells, cells), bytes(rnd.randint(weakest, 255) for _ in range(cells * cells)))
        wash = ImageChops.invert(grain.resize(image.size, Image.Resampling.BICUBIC))
        soft = ImageChops.screen(soft, Image.merge("RGB", (wash, wash, wash)))
    return soft
