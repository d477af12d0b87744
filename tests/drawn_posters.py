"""Pictures and designs for tests."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image

from autograders.models import Picture
from autograders.pictures.composing import composed
from course.poster import Design

TITLE, WHEN, WHERE = "Phiên chợ chè xuân Gò Sim", "8 giờ, Chủ nhật 14/03/2027", "Sân kho xóm Gò Sim"
GOOD = {
    "title": TITLE,
    "lines": f"{WHEN}\n{WHERE}",
    "note": "Ảnh nền do AI tạo",
    "title_size": "large",
    "ink": "white",
    "ground": "green",
}


def design(**other: str) -> dict[str, Any]:
    """A good poster's design with something else in it."""
    return Design.model_validate({**GOOD, **other}).model_dump()


def poster(picture: Image.Image | None = None, **other: str) -> tuple[Picture, bytes]:
    """What is seen of the poster, and the poster."""
    facts, content = composed(design(**other), picture)
    return Picture.model_validate(facts), content


def busy(size: tuple[int, int] = (600, 600)) -> Image.Image:
    """A picture with dark and light everywhere."""
    noise = np.random.default_rng(7).integers(0, 256, (*size[::-1], 3), dtype=np.uint8)
    return Image.fromarray(noise)


def packed(image: Image.Image, form: str = "PNG", **more: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **more)
    return file.getvalue()
