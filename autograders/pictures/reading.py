"""Lines that were read in a picture from elsewhere, as the pieces of text a person sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograders.pictures.tesseract import Line

_LETTERS = 0.79  # height of a read line's words, in sizes of their font
_SAME_PIECE = 1.35  # lines whose heights differ by less, one below the other, are one piece of text


def boxes_of(lines: Sequence[Line], factor: float) -> list[list[int]]:
    """Where the lines stand in a picture that was read `factor` times as large."""
    return [[round(edge / factor) for edge in line.box] for line in lines]


def pieces_of(lines: Sequence[Line], contrasts: Sequence[float], factor: float, side: int) -> list[dict[str, Any]]:
    """What `autograders.models.Lettering` holds, of each piece; `side`: pixels of the picture's longer side."""
    pieces: list[dict[str, Any]] = []
    for line, contrast in zip(lines, contrasts, strict=True):
        size = line.height / factor / side / _LETTERS
        last = pieces[-1] if pieces else None
        if last and max(size, last["size"]) < _SAME_PIECE * min(size, last["size"]):
            last |= {"text": f"{last['text']} {line.text}", "contrast": min(contrast, last["contrast"])}
            last["size"] = max(size, last["size"])
        else:
            pieces.append({"role": "read", "text": line.text, "size": size, "contrast": contrast})
    return [{**piece, "size": round(piece["size"], 4)} for piece in pieces]
