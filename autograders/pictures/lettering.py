"""Vietnamese text in the bundled font: measured, broken into even lines, and made to fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

Colour = tuple[int, int, int]

FONTS = Path(__file__).parent / "fonts"
HEAVY, PLAIN = "Sarabun-ExtraBold.ttf", "Sarabun-Medium.ttf"
LEADING = 1.24  # line height, in sizes: room for two marks above a capital
_CAPITAL = 0.68  # height of a capital, in sizes
_NOTHING = "\uffff"  # has no glyph in any font


@lru_cache(maxsize=64)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


def drawable(text: str) -> str:
    """The text without signs the font lacks (emoji, other scripts), spaces closed up."""
    kept = "".join(sign if sign.isspace() or _has(sign) else " " for sign in text)
    return " ".join(kept.split())


@lru_cache(maxsize=512)
def _has(sign: str) -> bool:
    face = font(PLAIN, 32)
    return sign.isprintable() and bytes(face.getmask(sign)) != bytes(face.getmask(_NOTHING))


@dataclass(frozen=True)
class Fitted:
    """Lines and the size (pixels) at which they fit; `height` of all lines, `width` of the widest, in pixels."""

    lines: tuple[str, ...]
    font: ImageFont.FreeTypeFont
    size: int

    @property
    def height(self) -> int:
        return round(self.size * LEADING * len(self.lines))

    @property
    def width(self) -> int:
        return round(max(self.font.getlength(line) for line in self.lines))


def fit(text: str, face: str, width: int, height: int, largest: int, smallest: int, most_lines: int = 4) -> Fitted:
    """The text as large as it goes into the box; cut with an ellipsis where it does not even at the smallest size."""
    words = text.split()
    reference = font(face, 100)
    best: tuple[int, tuple[str, ...]] = (0, ())
    for count in range(1, min(most_lines, len(words)) + 1):
        lines = _even_lines(words, count, reference)
        widest = max(reference.getlength(line) for line in lines) / 100
        size = min(largest, int(width * 0.995 / widest), int(height / (LEADING * count)))
        if size > best[0] * 1.12:  # another line must be worth it
            best = size, lines
    size, lines = best
    if size < smallest:
        size, lines = smallest, _cut(words, font(face, smallest), width, max(1, int(height / (LEADING * smallest))))
    return Fitted(lines, font(face, size), size)


def put(
    draw: ImageDraw.ImageDraw,
    fitted: Fitted,
    x: int,
    y: int,
    colour: Colour,
    *,
    align: str = "left",
    edge: Colour | None = None,
) -> None:
    """Draws the lines from y downwards; x is the left edge or, with align "centre", the middle."""
    for n, line in enumerate(fitted.lines):
        baseline = y + round(fitted.size * (LEADING * (n + 0.5) + _CAPITAL / 2))
        stroke = max(1, round(fitted.size / 22)) if edge else 0
        anchor = "ms" if align == "centre" else "ls"
        draw.text(
            (x, baseline), line, fill=colour, font=fitted.font, anchor=anchor, stroke_width=stroke, stroke_fill=edge
        )


def _even_lines(words: Sequence[str], count: int, face: ImageFont.FreeTypeFont) -> tuple[str, ...]:
    """Broken into `count` lines whose widest is as narrow as can be."""
    ends = len(words)
    space = face.getlength(" ")
    sums = [0.0]
    for word in words:
        sums.append(sums[-1] + face.getlength(word) + space)
    narrow: list[list[tuple[float, int]]] = [[(sums[end], 0) for end in range(ends + 1)]]
    for _ in range(count - 1):
        before = narrow[-1]
        narrow.append(
            [
                min(((max(before[cut][0], sums[end] - sums[cut]), cut) for cut in range(end)), default=(0.0, 0))
                for end in range(ends + 1)
            ]
        )
    lines: list[str] = []
    end = ends
    for level in reversed(narrow):
        cut = level[end][1]
        lines.insert(0, " ".join(words[cut:end]))
        end = cut
    return tuple(line for line in lines if line)


def _cut(words: Sequence[str], face: ImageFont.FreeTypeFont, width: int, most_lines: int) -> tuple[str, ...]:
    """Line by line as far as they go; a word wider than the box is cut as well."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        elif len(lines) < most_lines:
            lines.append(word)
        else:
            lines[-1] += " …"
            break
    return tuple(_narrowed(line, face, width) for line in lines)


def _narrowed(line: str, face: ImageFont.FreeTypeFont, width: int) -> str:
    if face.getlength(line) <= width:
        return line
    while line and face.getlength(line + "…") > width:
        line = line[:-1]
    return line.rstrip(" …") + "…"
