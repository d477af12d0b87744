"""The jobs of the sealed process (`hub_config.services.ai.practice.media.child`): a header and bytes in and out."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from autograders.pictures.composing import as_jpeg, composed
from autograders.pictures.contrast import contrast_within
from autograders.pictures.opening import is_blank, legible, on_white, opened, turned

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_PIXELS, LONGEST_SIDE = 25_000_000, 8_000
KEPT_SIDE = 1600  # pixels: what a phone shows and a printer needs for a sheet on a wall


def compose(header: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """`{"design": …}` and the picture behind it, or nothing → what was laid out, and a JPEG."""
    picture = on_white(Image.open(io.BytesIO(body))) if body else None  # ours: it was opened when it came in
    return composed(header["design"], picture)


def open(_header: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:  # noqa: A001 - the job's name
    """A picture file → its facts; a JPEG of `jpeg` bytes, then a grey PNG, `factor` times as large, to be read."""
    stored = opened(body, FORMATS, MOST_PIXELS, LONGEST_SIDE)
    seen = on_white(turned(stored) or stored)
    seen.thumbnail((KEPT_SIDE, KEPT_SIDE))
    kept = as_jpeg(seen)
    grey, factor = legible(seen)
    facts = {"width": seen.width, "height": seen.height, "blank": is_blank(seen)}
    return {**facts, "jpeg": len(kept), "factor": factor}, kept + grey


def measure(header: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """`{"boxes": […]}` and a JPEG of ours → the contrast of what is written in each box."""
    image = on_white(Image.open(io.BytesIO(body)))
    return {"contrasts": [round(contrast_within(image, tuple(box)), 2) for box in header["boxes"]]}, b""
