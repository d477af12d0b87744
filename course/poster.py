"""The design of a poster: what a learner lays out by touch. Campus composes the picture of it, never a page."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from course.criteria import Strict

Size = Literal["small", "medium", "large"]
Shape = Literal["tall", "square", "wide"]
Place = Literal["panel", "over"]
Colour = Literal["white", "yellow", "red", "green", "blue", "black"]
SHA256 = r"^([0-9a-f]{64})?$"


class Design(Strict):
    """Lettering is laid over the picture by the kit: what an image model writes is often misspelt."""

    shape: Shape = "tall"
    title: str = Field(default="", max_length=300)
    lines: str = Field(default="", max_length=2000)  # one a line
    note: str = Field(default="", max_length=300)  # small, at the foot
    title_size: Size = "medium"
    lines_size: Size = "medium"
    ink: Colour = "black"
    ground: Colour = "white"
    place: Place = "panel"  # the lettering: on a plain panel beside the picture, or over the picture
    picture: str = Field(default="", pattern=SHA256)  # an artefact of the learner's
