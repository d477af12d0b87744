"""Posters and simple illustrations, composed by code from what a prompt says."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from hub_config.services.ai.practice.media import CannotDo
from hub_config.services.ai.practice.media.drawing.order import SETTINGS
from hub_config.services.ai.practice.media.process import run
from hub_config.services.ai.practice.media.prompt import Reading, read_prompt
from hub_config.services.ai.practice.media.wording import (
    DREW,
    DREW_NOTHING,
    MISSING,
    NOT_SAID,
    UNKNOWN,
    WROTE,
)

AUTO = (0, 0)
SIZES: dict[str, tuple[int, int]] = {
    "1024x1024": (1024, 1024),
    "1536x1024": (1536, 1024),
    "1024x1536": (1024, 1536),
    "auto": AUTO,
    "512x512": (512, 512),
    "1792x1024": (1792, 1024),
    "1024x1792": (1024, 1792),
}
"""OpenAI's names of sizes → (width, height) in pixels; "auto" as the prompt asks."""
_BY_FORM = {"poster": (1024, 1536), "banner": (1536, 1024)}
LONGEST_PROMPT = 4000  # characters


@dataclass(frozen=True)
class Understood:
    """What of a prompt is in its picture, which of its words named nothing known, and what it left open."""

    drawn: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    text: str

    @property
    def sentence(self) -> str:
        """For the learner: what was drawn, what could not be, what the prompt did not say."""
        parts = [DREW.format(things=", ".join(self.drawn)) if self.drawn else DREW_NOTHING]
        if self.text:
            parts.append(WROTE.format(text=self.text))
        if self.unknown:
            parts.append(UNKNOWN.format(things=", ".join(self.unknown)))
        if self.missing:
            parts.append(NOT_SAID.format(things=", ".join(self.missing)))
        return "; ".join(parts) + "."


def picture(prompt: str, size: tuple[int, int]) -> bytes:
    """A PNG of this size (width, height in pixels, of `SIZES`), the same bytes for the same prompt.

    Raises CannotDo: no_prompt, prompt_too_long, picture_size, drawing_failed.
    """
    if size not in SIZES.values():
        allowed = ", ".join(name for name in SIZES if SIZES[name] != AUTO)
        raise CannotDo("picture_size", size=f"{size[0]}x{size[1]}", allowed=allowed)
    order = _read(prompt).order
    drawn_size = _BY_FORM.get(order.form, SIZES["1024x1024"]) if size == AUTO else size
    _, png = run("picture", {"order": asdict(order), "size": drawn_size}, failure="drawing_failed")
    return png


def understood(prompt: str) -> Understood:
    """What `picture` draws of this prompt. Raises CannotDo: no_prompt, prompt_too_long."""
    reading = _read(prompt)
    order = reading.order
    return Understood(reading.drawn, reading.unknown, tuple(MISSING[key] for key in _missing(reading)), order.headline)


def _missing(reading: Reading) -> list[str]:
    order = reading.order
    names = {thing.name for thing in order.things}
    missing = []
    if not names - SETTINGS:
        missing.append("subject")
    if not names & SETTINGS and order.form != "badge":
        missing.append("setting")
    if not order.coloured:
        missing.append("colour")
    if not order.time and not order.weather and order.form != "badge" and not names & {"sun", "moon"}:
        missing.append("light")
    if order.form in ("poster", "banner") and not order.headline:
        missing.append("text")
    return missing


def _read(prompt: str) -> Reading:
    if not prompt.strip():
        raise CannotDo("no_prompt")
    if len(prompt) > LONGEST_PROMPT:
        raise CannotDo("prompt_too_long", limit=LONGEST_PROMPT)
    return read_prompt(prompt)
