"""What Tesseract reads in a picture: lines it is sure of, and where they stand."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from statistics import median

_SECONDS = 20.0
LAYOUTS = (("3", 45), ("11", 75))  # a page; text strewn over a picture. How sure of a word, 0 to 100, in each
_LEAST_SIGNS = 2  # letters and figures in a line; single ones are mostly specks
_LEAST_SURE = 4  # of the longest line: scraps of two or three signs are seen in any noise


class NoReader(Exception):
    """Tesseract, or its Vietnamese data, is not installed."""


@dataclass(frozen=True)
class Line:
    """A line of text; `box` left, top, right, bottom and `height` of its letters in pixels of the picture read."""

    text: str
    box: tuple[int, int, int, int]
    height: float


def read_lines(clean: bytes) -> list[Line]:
    """The lines of a PNG of ours, in the layout in which there are the most. Raises NoReader."""
    program = shutil.which("tesseract")
    if program is None:
        raise NoReader
    found: list[Line] = []
    for layout, confident in LAYOUTS:
        found = max(found, _lines(_table(program, clean, layout), confident), key=_length)
    return found


def _length(lines: list[Line]) -> int:
    return sum(len(line.text) + 1 for line in lines)


def _table(program: str, clean: bytes, layout: str) -> str:
    command = [program, "stdin", "stdout", "-l", "vie", "--psm", layout, "tsv"]
    environment = {"OMP_THREAD_LIMIT": "1", "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            command, input=clean, capture_output=True, timeout=_SECONDS, env=environment, cwd="/", check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    if done.returncode != 0:
        raise NoReader  # the Vietnamese data is missing
    return done.stdout.decode("utf-8", "replace")


def _lines(table: str, confident: int) -> list[Line]:
    """The words Tesseract is sure of, line by line."""
    words: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row["text"] or "").strip()
        if word and float(row["conf"]) >= confident and any(sign.isalnum() for sign in word):
            words.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append({**row, "text": word})
    lines = [_line(line) for line in words.values()]
    signs = [sum(map(str.isalnum, line.text)) for line in lines]
    if max(signs, default=0) < _LEAST_SURE:
        return []
    return [line for line, number in zip(lines, signs, strict=True) if number >= _LEAST_SIGNS]


def _line(words: list[dict[str, str]]) -> Line:
    boxes = [[int(word[side]) for side in ("left", "top", "width", "height")] for word in words]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    text = unicodedata.normalize("NFC", " ".join(word["text"] for word in words))
    return Line(text, (left, top, right, bottom), float(median(box[3] for box in boxes)))
