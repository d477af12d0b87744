"""What can be said of an image without a model: its facts, and the text that Tesseract reads in it."""

from __future__ import annotations

import unicodedata
from typing import Any

from autograders.pictures.tesseract import NoReader, read_lines
from hub_config.services.ai.practice.media import CannotDo
from hub_config.services.ai.practice.media import wording as words
from hub_config.services.ai.practice.media.process import run
from hub_config.services.ai.practice.vocabulary import search_folded

LARGEST = 20 * 1024 * 1024  # bytes
_LONGEST_TEXT = 3000  # characters
_RATIOS = {(1, 1): 1.0, (4, 3): 4 / 3, (3, 2): 1.5, (16, 9): 16 / 9, (3, 4): 0.75, (2, 3): 2 / 3, (9, 16): 9 / 16}
_DARK_TO_LIGHT = (60.0, 105.0, 190.0)
_BLURRED_TO_SHARP = (15.0, 90.0)


def read_image(image: bytes, question: str) -> str:
    """Facts about the image in Vietnamese sentences; what is written in it first, where the question asks for that.

    Says that it can't see what is shown. Raises CannotDo: not_an_image, image_too_large, reading_failed.
    """
    if not image:
        raise CannotDo("not_an_image")
    if len(image) > LARGEST:
        raise CannotDo("image_too_large", size=f"{len(image) >> 20} MB", limit=f"{LARGEST >> 20} MB")
    facts, clean = run("image", {}, image, failure="reading_failed")
    measured, text = "\n".join(_sentences(facts)), _text(clean)
    asked_for_text = search_folded(words.ASKS_FOR_TEXT, unicodedata.normalize("NFC", question))
    parts = (text, measured) if asked_for_text else (measured, text)
    return "\n\n".join([*parts, words.CANNOT_SEE])


def _sentences(facts: dict[str, Any]) -> list[str]:
    width, height = facts["width"], facts["height"]
    shape = "square" if abs(width / height - 1) < 0.03 else "wide" if width > height else "tall"
    ratio = next((f"{a}:{b}" for (a, b), value in _RATIOS.items() if abs(width / height / value - 1) < 0.03), "")
    said = words.RATIO.format(ratio=ratio) if ratio else ""
    lines = [
        words.FACTS.format(kind=facts["kind"], width=width, height=height, shape=words.SHAPES[shape], ratio=said),
        words.COLOURS_ARE.format(
            colours=", ".join(words.COLOUR_SHARE.format(colour=name, share=share) for name, share in facts["colours"])
        ),
    ]
    if facts["nature"] != "blank":
        brightness = words.BRIGHTNESS[sum(facts["brightness"] >= limit for limit in _DARK_TO_LIGHT)]
        sharpness = words.SHARPNESS[sum(facts["sharpness"] >= limit for limit in _BLURRED_TO_SHARP)]
        lines.append(words.LOOK.format(brightness=brightness, sharpness=sharpness))
    lines.append(words.NATURES[facts["nature"]])
    lines += [words.ANIMATED] * facts["animated"] + [words.TURNED] * facts["turned"]
    return lines


def _text(clean: bytes) -> str:
    """What the program reads in a PNG of ours, with its sentence; or that there is none, or no program."""
    try:
        found = "\n".join(line.text for line in read_lines(clean))
    except NoReader:
        return words.TEXT_NOT_INSTALLED
    return words.TEXT_FOUND.format(text=found[:_LONGEST_TEXT]) if found else words.TEXT_NONE
