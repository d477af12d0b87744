"""A picture from elsewhere, stored anew and looked at: the steps, whoever runs the jobs of `jobs`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograders.models import Picture
from autograders.pictures.reading import boxes_of, pieces_of
from autograders.pictures.tesseract import Line, NoReader, read_lines

Run = Callable[[str, dict[str, Any], bytes], tuple[dict[str, Any], bytes]]
"""A job's name, its header and bytes -> its header and bytes."""


def uploaded(run: Run, body: bytes, *, read: bool) -> tuple[bytes, Picture]:
    """The picture without anything in it but pixels, and what was seen of it; `read`: with what is written on it.

    Raises what `run` raises.
    """
    facts, files = run("open", {}, body)
    content, grey = files[: facts["jpeg"]], files[facts["jpeg"] :]
    told: dict[str, Any] = {key: facts[key] for key in ("width", "height", "blank")}
    if read:
        try:
            told["texts"] = _texts(run, content, read_lines(grey), facts)
        except NoReader:
            told["texts"] = None
    return content, Picture(made="uploaded", **told)


def _texts(run: Run, content: bytes, lines: list[Line], facts: dict[str, Any]) -> list[dict[str, Any]]:
    factor = facts["factor"]
    contrasts = run("measure", {"boxes": boxes_of(lines, factor)}, content)[0]["contrasts"] if lines else []
    return pieces_of(lines, contrasts, factor, max(facts["width"], facts["height"]))
