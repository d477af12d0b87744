"""The colours a prompt names: of the whole picture, of its ground, of its lettering, and of single things."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Protocol

from hub_config.services.ai.practice.media.drawing import wording as words
from hub_config.services.ai.practice.media.drawing.order import SETTINGS, SKY

_MOST_TONES = 3


class Unread(Protocol):
    """The text of a prompt that can be searched and blanked (`prompt.Text`)."""

    left: str

    def pattern(self, expression: str) -> re.Pattern[str]: ...
    def take(self, expression: str) -> re.Match[str] | None: ...
    def blank(self, start: int, end: int) -> None: ...


@dataclass
class Colours:
    """All as "#rrggbb", "" where none is named; `tone_words` as the prompt says them.

    `of_things`: by the place (start, end) of the thing in the prompt.
    """

    tones: tuple[str, ...] = ()
    tone_words: tuple[str, ...] = ()
    background: str = ""
    lettering: str = ""
    vivid: bool = False
    of_things: dict[tuple[int, int], str] = field(default_factory=dict)


def read_colours(text: Unread, places: list[tuple[int, int, str]]) -> Colours:
    """Reads and blanks the colours; `places` of things stay as they are."""
    colours = Colours()
    while text.take(words.VIVID):
        colours.vivid = True
    colours.background = _after(text, words.BACKGROUND)
    colours.lettering = _after(text, words.LETTERING)
    for start, end, name in places:
        rest = text.left[end:]
        found = text.pattern(rf"^\s*(?:(?:{words.WORN})\s+)*{_COLOUR}").search(rest)
        if not found:
            continue
        text.blank(end, end + found.end())
        if name in SETTINGS | SKY:
            colours.vivid = True
        else:
            colours.of_things[start, end] = _hex(text, found)
    tones = _tones(text, places, colours)
    colours.tones, colours.tone_words = tuple(tones), tuple(tones.values())
    return colours


def _tones(text: Unread, places: list[tuple[int, int, str]], colours: Colours) -> dict[str, str]:
    """Colours that stand by themselves after a word for colour; others only say that the picture has colours."""
    tones: dict[str, str] = {}
    chained = -1
    for found in list(text.pattern(rf"(?<!\w){_LOOSE_COLOUR}").finditer(text.left)):
        if any(start < found.end() and found.start() < end for start, end, _ in places):
            continue
        before = text.left[: found.start()]
        introduced = text.pattern(rf"(?:{words.TONE})\s*$").search(before) or text.pattern(words.TONE_INSIDE).match(
            found[0]
        )
        joined = chained >= 0 and text.pattern(rf"^\s*(?:,|{words.TONE_JOINT})?\s*$").match(
            text.left[chained : found.start()]
        )
        if introduced or joined:
            tones.setdefault(_hex(text, found), text.pattern(words.TONE_INSIDE).sub("", found[0]))
            chained = found.end()
        else:
            colours.vivid = True
        text.blank(*found.span())
    return dict(list(tones.items())[:_MOST_TONES])


def _after(text: Unread, lead: str) -> str:
    found = text.pattern(rf"(?<!\w)(?:{lead})\s+{_COLOUR}").search(text.left)
    if not found:
        return ""
    text.blank(*found.span())
    return _hex(text, found)


def _hex(text: Unread, said: re.Match[str]) -> str:
    """The colour of a place of `_COLOUR`, lighter or deeper as its second word says."""
    colour = next(
        colour
        for colour, (name, pattern) in words.COLOURS.items()
        if text.pattern(rf"(?:{pattern}|{name})").fullmatch(said["colour"])
    )
    shade = said["shade"] or ""
    if text.pattern(words.LIGHT_SHADE).fullmatch(shade):
        return _mixed(colour, 255, 0.55)
    return _mixed(colour, 0, 0.35) if text.pattern(words.DEEP_SHADE).fullmatch(shade) else colour


def _mixed(colour: str, level: int, share: float) -> str:
    parts = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(part + (level - part) * share):02x}" for part in parts)


def _longest_first(patterns: list[str]) -> str:
    return "|".join(sorted(dict.fromkeys(patterns), key=len, reverse=True))


_ANY = _longest_first([part for name, pattern in words.COLOURS.values() for part in (*pattern.split("|"), name)])
_ANY_LOOSE = _longest_first([part for _, pattern in words.COLOURS.values() for part in pattern.split("|")])
_SHADED = rf"(?:\s+(?P<shade>{words.SHADE}))?(?!\w)"
_COLOUR, _LOOSE_COLOUR = rf"(?P<colour>{_ANY}){_SHADED}", rf"(?P<colour>{_ANY_LOOSE}){_SHADED}"
