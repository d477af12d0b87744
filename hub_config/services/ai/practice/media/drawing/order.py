"""What a picture is to hold, as it goes from the reader of the prompt to the process that draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_OUTDOORS = (
    "mountains",
    "forest",
    "village",
    "tea_hill",
    "terraces",
    "rice_field",
    "garden",
    "yard",
    "meadow",
    "lake",
    "river",
    "road",
)
_INDOORS = ("classroom", "office", "kitchen", "stage")
SETTINGS = frozenset({*_OUTDOORS, *_INDOORS})
"""Names of things that are where the picture takes place: all of `scenery.OUTDOORS` and `interiors.INDOORS`."""

SKY = frozenset({"sun", "moon", "rainbow"})


@dataclass(frozen=True)
class Thing:
    """`name`: of `catalogue`, `scenery` or `interiors`; `colour`: "#rrggbb" the prompt gives it, or ""."""

    name: str
    count: int = 1
    colour: str = ""


@dataclass(frozen=True)
class Detail:
    """A line of a poster under its headline. `kind`: time, date, place, price, phone or line (a text in quotes)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Order:
    """ "" stands for all that the prompt leaves out. `tones`: colours for the whole; `vivid`: colours as in nature."""

    things: tuple[Thing, ...] = ()
    time: str = ""  # dawn, day, sunset, night
    weather: str = ""  # rain, cloud, fog, wind
    season: str = ""  # spring, summer, autumn, winter
    tones: tuple[str, ...] = ()
    background: str = ""
    lettering: str = ""
    vivid: bool = False
    style: str = ""  # line, watercolour
    form: str = ""  # poster, banner, badge
    headline: str = ""
    details: tuple[Detail, ...] = ()
    seed: int = 0

    @property
    def coloured(self) -> bool:
        named = self.tones or self.background or any(thing.colour for thing in self.things)
        return bool(self.vivid or named)


def order_of(fields: Mapping[str, Any]) -> Order:
    """The order from `dataclasses.asdict` of one that went through JSON."""
    things = tuple(Thing(**thing) for thing in fields["things"])
    details = tuple(Detail(**detail) for detail in fields["details"])
    return Order(**{**fields, "things": things, "details": details, "tones": tuple(fields["tones"])})
