"""What can be said of an image without a model: its facts, and the text that Tesseract reads in it."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import unicodedata
from typing import Any

from hub_config.services.ai.practice.media import CannotDo
from hub_config.services.ai.practice.media import wording as words
from hub_config.services.ai.practice.media.process import run
from hub_config.services.ai.practice.vocabulary import search_folded

LARGEST = 20 * 1024 * 1024  # bytes
_SECONDS = 20.0
_LAYOUTS = (("3", 45), ("11", 75))  # a page; text strewn over a picture. How sure of a word, 0 to 100, in each
_LEAST_SIGNS = 2  # letters and figures in a line; single ones are mostly specks
_LEAST_SURE = 4  # of the longest line: scraps of two or three signs are seen in any noise
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
    program = shutil.which("tesseract")
    if program is None:
        return words.TEXT_NOT_INSTALLED
    found = ""
    for layout, confident in _LAYOUTS:
        command = [program, "stdin", "stdout", "-l", "vie", "--psm", layout, "tsv"]
        try:
            done = subprocess.run(
                command,
                input=clean,
                capture_output=True,
                timeout=_SECONDS,
                env={"OMP_THREAD_LIMIT": "1", "LANG": "C.UTF-8"},
                cwd="/",
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return words.TEXT_NONE
        if done.returncode != 0:  # the Vietnamese data is missing
            return words.TEXT_NOT_INSTALLED
        found = max(found, _lines(done.stdout.decode("utf-8", "replace"), confident), key=len)
    return words.TEXT_FOUND.format(text=found[:_LONGEST_TEXT]) if found else words.TEXT_NONE


def _lines(table: str, confident: int) -> str:
    """The words Tesseract is sure of, line by line."""
    lines: dict[tuple[str, str, str], list[str]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row["text"] or "").strip()
        if word and float(row["conf"]) >= confident and any(sign.isalnum() for sign in word):
            lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(word)
    found = [" ".join(line) for line in lines.values()]
    signs = [sum(map(str.isalnum, line)) for line in found]
    if max(signs, default=0) < _LEAST_SURE:
        return ""
    lines_of_text = (line for line, number in zip(found, signs, strict=True) if number >= _LEAST_SIGNS)
    return unicodedata.normalize("NFC", "\n".join(lines_of_text))
