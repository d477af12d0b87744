"""The job of drawing a picture, as `child` calls it."""

from __future__ import annotations

from typing import Any

from .order import order_of
from .poster import draw_picture


def picture(header: dict[str, Any], _body: bytes) -> tuple[dict[str, Any], bytes]:
    """`{"order": …, "size": [width, height]}` → a PNG."""
    width, height = header["size"]
    return {}, draw_picture(order_of(header["order"]), (width, height))
