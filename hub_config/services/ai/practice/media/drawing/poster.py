"""Lays a picture out: an illustration alone, a poster, a banner or a badge, with its text."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, PngImagePlugin

from autograders.pictures.contrast import contrast
from autograders.pictures.lettering import HEAVY, PLAIN, Fitted, drawable, fit, font, put

from ..wording import DESCRIPTION, MARK
from .icons import draw_icon
from .interiors import INDOORS
from .order import Detail, Order
from .palette import Colour, Palette, mix, rgb
from .scene import draw_scene

_WHITE: Colour = (255, 255, 255)
_DARK: Colour = (30, 36, 44)
_BANDS = (  # what is in the picture -> the ground of the details
    (("lantern", "bunting", "flag", "fireworks", "drum", "stage", "peach"), "#a5322c"),
    (("river", "boat", "phone", "computer", "robot", "office", "school", "classroom", "clinic"), "#1f5578"),
    (
        (
            "tea_hill",
            "rice_field",
            "terraces",
            "forest",
            "garden",
            "meadow",
            "village",
            "tea_cup",
            "teapot",
            "tea_bag",
            "tea_leaves",
        ),
        "#24593c",
    ),
)
_MOST_DETAILS = 6


@dataclass(frozen=True)
class Box:
    """Pixels: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int


def draw_picture(order: Order, size: tuple[int, int]) -> bytes:
    """The whole picture as a PNG of this size; the same bytes for the same order."""
    palette = Palette(coloured=order.coloured, tones=order.tones, time=order.time, weather=order.weather)
    headline = drawable(order.headline)
    details = [Detail(d.kind, drawable(d.text)) for d in order.details]
    details = [detail for detail in details if detail.text][:_MOST_DETAILS]
    if order.form == "badge":
        image = _badge(order, palette, size, headline)
    elif not headline and not details:
        image = draw_scene(order, size)
    elif size[0] >= 1.4 * size[1]:
        image = _banner(order, palette, size, headline, details)
    else:
        image = _poster(order, palette, size, headline, details)
    _mark(image)
    told = PngImagePlugin.PngInfo()
    told.add_itxt("Software", MARK)
    told.add_itxt("Description", DESCRIPTION)
    file = io.BytesIO()
    image.save(file, "PNG", pnginfo=told, compress_level=5)
    return file.getvalue()


def _poster(order: Order, palette: Palette, size: tuple[int, int], headline: str, details: list[Detail]) -> Image.Image:
    """Headline over the sky, the illustration, the details on a band at the foot."""
    width, height = size
    margin = round(width * 0.065)
    band = _band_height(details, size)
    above = height - band
    title = _title(headline, Box(margin, margin, width - 2 * margin, round(above * 0.34)), round(width * 0.135))
    taken = margin + title.height + round(margin * 0.4) if title else 0
    image = Image.new("RGB", size)
    image.paste(draw_scene(order, (width, above), taken / above), (0, 0))
    if title:
        sky = _mean(image, Box(0, 0, width, taken))
        _put_title(image, title, width // 2, round(margin * 0.85), order, sky, _band_colour(order, palette))
    if details:
        _details(image, details, Box(0, above, width, band), margin, _band_colour(order, palette))
    return image


def _banner(order: Order, palette: Palette, size: tuple[int, int], headline: str, details: list[Detail]) -> Image.Image:
    """Text on a coloured panel at the left, the illustration at the right."""
    width, height = size
    panel = round(width * 0.44)
    margin = round(height * 0.085)
    ground = rgb(order.background) if order.background else _band_colour(order, palette)
    image = Image.new("RGB", size, ground)
    image.paste(draw_scene(order, (width - panel, height)), (panel, 0))
    below = min(round(height * 0.5), _band_height(details, (panel, round(height * 1.3))))
    room = height - 2 * margin - below
    title = _title(headline, Box(margin, margin, panel - 2 * margin, room), round(panel * 0.165), most_lines=6)
    if title:
        free = (room - title.height) // 2
        _put_title(image, title, margin, margin + free, order, ground, ground, align="left")
        line = mix(ground, _accent(order, palette), 0.9)
        y = margin + free + title.height + round(margin * 0.25)
        ImageDraw.Draw(image).rectangle((margin, y, margin + round(panel * 0.18), y + max(3, height // 160)), fill=line)
    if details:
        _details(image, details, Box(0, height - margin // 2 - below, panel, below), margin, ground)
    return image


def _badge(order: Order, palette: Palette, size: tuple[int, int], headline: str) -> Image.Image:
    """The illustration in a ring; the headline below it."""
    width, height = size
    image = Image.new("RGB", size, palette.lit(rgb(order.background)) if order.background else _WHITE)
    across = round(min(width, height) * (0.72 if headline else 0.86))
    left, top = (width - across) // 2, round((height - across) * (0.28 if headline else 0.5))
    ring = _band_colour(order, palette)
    draw = ImageDraw.Draw(image)
    inner = round(across * 0.91)
    disc = Image.new("L", (inner * 2, inner * 2))
    ImageDraw.Draw(disc).ellipse((0, 0, inner * 2 - 1, inner * 2 - 1), fill=255)
    outside = Image.new("L", (across * 2, across * 2))
    ImageDraw.Draw(outside).ellipse((0, 0, across * 2 - 1, across * 2 - 1), fill=255)
    image.paste(Image.new("RGB", (across, across), ring), (left, top), outside.reduce(2))
    gap = (across - inner) // 2
    whole = round(inner * 1.25)  # what stands in the middle, larger than in an open picture
    left_out = (whole - inner) // 2
    scene = draw_scene(order, (whole, whole), 0.2).crop((left_out, whole - inner, left_out + inner, whole))
    image.paste(scene, (left + gap, top + gap), disc.reduce(2))
    if headline:
        margin = round(width * 0.07)
        y = top + across + round(height * 0.015)
        title = fit(headline, HEAVY, width - 2 * margin, height - y - round(height * 0.05), round(height * 0.1), 14, 2)
        put(
            draw,
            title,
            width // 2,
            y,
            _legible(order, ring, _mean(image, Box(0, y, width, title.height))),
            align="centre",
        )
    return image


def _title(headline: str, box: Box, largest: int, most_lines: int = 4) -> Fitted | None:
    """The headline made to fit, None where there is none."""
    return fit(headline, HEAVY, box.w, box.h, largest, max(14, largest // 6), most_lines) if headline else None


def _put_title(
    image: Image.Image,
    title: Fitted,
    x: int,
    y: int,
    order: Order,
    ground: Colour,
    deep: Colour,
    *,
    align: str = "centre",
) -> None:
    """In the colour that was asked for; else in the picture's deep colour where that reads well, else white or dark."""
    plain = max((_WHITE, _DARK), key=lambda c: contrast(c, ground))
    colour = rgb(order.lettering) if order.lettering else deep if contrast(deep, ground) >= 5 else plain
    edge = None
    if contrast(colour, ground) < 3:  # the colour that was asked for does not stand out by itself
        edge = max((_WHITE, _DARK), key=lambda c: contrast(c, colour))
    put(ImageDraw.Draw(image), title, x, y, colour, align=align, edge=edge)


def _legible(order: Order, wanted: Colour, ground: Colour) -> Colour:
    colour = rgb(order.lettering) if order.lettering else wanted
    return colour if contrast(colour, ground) >= 3 else max((_WHITE, _DARK), key=lambda c: contrast(c, ground))


def _band_height(details: list[Detail], size: tuple[int, int]) -> int:
    if not details:
        return 0
    width, height = size
    line = min(width * 0.078, height * 0.062)
    return min(round(height * 0.36), round(line * len(details) + width * 0.07))


def _details(image: Image.Image, details: list[Detail], box: Box, margin: int, ground: Colour) -> None:
    """One line each with its sign; all of one size, as large as the widest allows."""
    draw = ImageDraw.Draw(image)
    draw.rectangle((box.x, box.y, box.x + box.w, box.y + box.h), fill=ground)
    colour = max((_WHITE, _DARK), key=lambda c: contrast(c, ground))
    room = box.h - round(margin * 0.8)
    pitch = room / len(details)
    largest = min(round(pitch * 0.66), round(box.w * 0.05))
    inset = round(pitch * 0.95)
    fits = [fit(d.text, PLAIN, box.w - 2 * margin - inset, round(pitch), largest, 11, 1) for d in details]
    size = min(fitted.size for fitted in fits)
    for n, (detail, fitted) in enumerate(zip(details, fits, strict=True)):
        y = box.y + round(margin * 0.4 + pitch * n)
        same = Fitted(fitted.lines, font(PLAIN, size), size)
        put(draw, same, box.x + margin + inset, y + round((pitch - same.height) / 2), colour)
        draw_icon(image, detail.kind, box.x + margin, y + round(pitch * 0.16), round(pitch * 0.68), colour, ground)


def _band_colour(order: Order, palette: Palette) -> Colour:
    names = {thing.name for thing in order.things}
    if order.time == "night":
        return palette.unlit("#14213d")
    rooms = names & set(INDOORS)
    natural = next((colour for kinds, colour in _BANDS if names & set(kinds)), "#2d4a68" if rooms else "#37474f")
    return palette.unlit(natural)


def _accent(order: Order, palette: Palette) -> Colour:
    return rgb(order.lettering) if order.lettering else palette.unlit("#f2b632")


def _mean(image: Image.Image, box: Box) -> Colour:
    part = image.crop((box.x, box.y, min(image.width, box.x + box.w), min(image.height, box.y + max(1, box.h))))
    r, g, b = part.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
    return int(r), int(g), int(b)


def _mark(image: Image.Image) -> None:
    """Says who drew it, small, in the corner at the lower right."""
    face = font(PLAIN, max(11, round(min(image.size) * 0.019)))
    wide, high = round(face.getlength(MARK)), round(face.size * 1.5)
    pad = round(face.size * 0.6)
    right, foot = image.width - pad, image.height - pad
    draw = ImageDraw.Draw(image, "RGBA")
    draw.rounded_rectangle((right - wide - 2 * pad, foot - high, right, foot), high // 2, fill=(255, 255, 255, 205))
    draw.text((right - pad - wide / 2, foot - high / 2), MARK, fill=(40, 46, 54), font=face, anchor="mm")
