"""Criteria of pictures that learners make."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, field_validator

from course.criterion import Criterion, Fact


class ReadableText(Criterion):
    """What is written on a picture can be read: contrast and size of each piece; points shared over the pieces."""

    rule: Literal["readable_text"]
    min_contrast: float = Field(default=4.5, gt=1)
    min_size: float = Field(default=0.025, gt=0, lt=1)  # of the letters, of the picture's longer side
    max_words: int = Field(default=40, ge=5)


class TextOrder(Criterion):
    """One piece of text on a picture leads: it is the largest by `ratio` and says one of `first`."""

    rule: Literal["text_order"]
    first: tuple[Fact, ...] = Field(min_length=1)
    ratio: float = Field(default=1.5, gt=1)
    max_words: int = Field(default=40, ge=5)


class PictureFrame(Criterion):
    """The picture has one of these shapes (width:height), is large enough, and shows something where it must."""

    rule: Literal["picture_frame"]
    shapes: tuple[str, ...] = Field(min_length=1)
    min_side: int = Field(default=700, ge=1)  # pixels of the shorter side
    pictured: bool = False  # lettering on a plain ground is not enough

    @field_validator("shapes")
    @classmethod
    def _are_ratios(cls, shapes: tuple[str, ...]) -> tuple[str, ...]:
        for shape in shapes:
            if not re.fullmatch(r"[1-9]\d?:[1-9]\d?", shape):
                raise ValueError(f"shape {shape!r}; write width:height, as in 4:5")
        return shapes
