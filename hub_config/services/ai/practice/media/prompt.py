"""Reads a prompt for a picture: what it names is drawn, what it leaves out stays empty, what is not known is said."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from hashlib import sha256

from hub_config.services.ai.practice.media.colours import Colours, read_colours
from hub_config.services.ai.practice.media.drawing import wording as words
from hub_config.services.ai.practice.media.drawing.order import SETTINGS, Detail, Order, Thing
from hub_config.services.ai.practice.media.wording import COUNTED, TONES
from hub_config.services.ai.practice.papers.wording import CLOCK, DATE
from hub_config.services.ai.practice.vocabulary import compiled, fold, marked

MOST_THINGS, MOST_OF_A_KIND, MOST_UNKNOWN = 10, 7, 6
_USED = "\x00"
_DETAILS = (("phone", words.PHONE), ("price", words.PRICE), ("time", CLOCK), ("date", DATE), ("place", words.PLACE))
_SHOWN = ("line", "date", "time", "place", "price", "phone")  # the order of a poster's lines
_NOISE = frozenset(words.NOISE.split())
_FOLDED_NOISE = frozenset(fold(words.NOISE).split())


@dataclass
class Text:
    """What of the prompt is still unread. Parts that were understood are blanked, so that places stay the same."""

    left: str
    marks: bool = field(init=False)

    def __post_init__(self) -> None:
        self.marks = marked(self.left)

    def pattern(self, expression: str) -> re.Pattern[str]:
        return compiled(expression, self.marks)

    def take(self, expression: str) -> re.Match[str] | None:
        """The first place of the expression as whole words, blanked."""
        found = self.pattern(rf"(?<!\w)(?:{expression})(?!\w)").search(self.left)
        if found:
            self.blank(*found.span())
        return found

    def blank(self, start: int, end: int) -> None:
        self.left = self.left[:start] + _USED * (end - start) + self.left[end:]


@dataclass(frozen=True)
class Reading:
    """The order for the drawing process; what it holds and what was not understood, as words for a person."""

    order: Order
    drawn: tuple[str, ...]
    unknown: tuple[str, ...]


def read_prompt(prompt: str) -> Reading:
    whole = unicodedata.normalize("NFC", prompt)
    text = Text(whole)
    headline, details = _texts(text, whole)
    text.take(words.PREFACE)
    text.take(words.WITHOUT)
    named = [(key, label) for key, label in (_first(text, words.FORMS), _first(text, words.STYLES)) if key]
    form, style = (next((k for k, _ in named if k in group), "") for group in (words.FORMS, words.STYLES))
    places = _places(text)
    colours = read_colours(text, places)
    light = [_first(text, group, keep=True) for group in (words.TIMES, words.WEATHERS, words.SEASONS)]
    for start, end, _ in places:
        text.blank(start, end)
    for group in (words.TIMES, words.WEATHERS, words.SEASONS):
        for _, pattern in group.values():
            while text.take(pattern):
                pass
    things, labels = _things(text, whole, places, colours)
    order = Order(
        things=things,
        time=light[0][0],
        weather=light[1][0],
        season=light[2][0],
        tones=colours.tones,
        background=colours.background,
        lettering=colours.lettering,
        vivid=colours.vivid or style == "watercolour",
        style=style if style != "flat" else "",
        form=form,
        headline=headline,
        details=details if headline or form in ("poster", "banner") else (),
        seed=int.from_bytes(sha256(whole.encode()).digest()[:6]),
    )
    seen = [label for _, label in light if label] + [label for _, label in named]
    if colours.tone_words:
        seen.append(TONES.format(colours=", ".join(colours.tone_words)))
    return Reading(order, (*labels, *seen), _unknown(text))


def _texts(text: Text, whole: str) -> tuple[str, tuple[Detail, ...]]:
    """The headline and the lines below it; all blanked."""
    quoted = []
    for found in re.finditer(words.QUOTED, text.left):
        quoted.append((found[1] or found[2]).strip())
        text.blank(*found.span())
    if not quoted and (said := text.pattern(words.SAID).search(text.left)):
        quoted.append(said[1].strip())
        text.blank(*said.span())
    found_details = []
    for kind, expression in _DETAILS:
        match = text.pattern(expression).search(text.left)
        if match:
            group = 1 if kind == "place" else 0
            found_details.append(Detail(kind, _capital(whole[slice(*match.span(group))].strip(" ,.:"))))
            text.blank(*match.span())
    lines = [Detail("line", line) for line in quoted[1:3]]
    details = sorted((*lines, *found_details), key=lambda detail: _SHOWN.index(detail.kind))
    return (quoted[0] if quoted else ""), tuple(details)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _first(text: Text, group: dict[str, tuple[str, str]], *, keep: bool = False) -> tuple[str, str]:
    """(key, label) of the first of a group that the prompt names, ("", "") if none."""
    for key, (label, pattern) in group.items():
        expression = rf"(?<!\w)(?:{pattern})(?!\w)"
        found = text.pattern(expression).search(text.left) if keep else text.take(pattern)
        if found:
            return key, label
    return "", ""


def _places(text: Text) -> list[tuple[int, int, str]]:
    """(start, end, name) of the things, in the order of the prompt; of two that overlap the longer."""
    spans = []
    for name, (_, pattern) in words.THINGS.items():
        expression = text.pattern(rf"(?<!\w)(?:{pattern})(?!\w)")
        spans += [(*found.span(), name) for found in expression.finditer(text.left)]
    chosen: list[tuple[int, int, str]] = []
    for start, end, name in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= other[0] or start >= other[1] for other in chosen):
            chosen.append((start, end, name))
    return sorted(chosen)


def _things(
    text: Text, whole: str, places: list[tuple[int, int, str]], colours: Colours
) -> tuple[tuple[Thing, ...], list[str]]:
    found: dict[str, Thing] = {}
    for start, end, name in places:
        count = 1 if name in SETTINGS else _count(text, whole, start, end)
        before = found.get(name, Thing(name))
        colour = before.colour or colours.of_things.get((start, end), "")
        found[name] = Thing(name, max(before.count, count), colour)
    things = tuple(found.values())[:MOST_THINGS]
    labels = []
    for thing in things:
        label = words.THINGS[thing.name][0]
        labels.append(label if thing.count == 1 else COUNTED.format(count=thing.count, thing=label))
    return things, labels


def _count(text: Text, whole: str, start: int, end: int) -> int:
    """How many: a number or a word of number before the thing, or one that stands in its name."""
    phrase, before = whole[start:end], whole[:start].split()
    count = 1
    if before and (text.left[start - 2] != _USED or before[-1].lower() == words.GARDEN_OF):
        last = before[-1].lower()
        counts = words.COUNTS if text.marks else {fold(key): value for key, value in words.COUNTS.items()}
        count = int(last) if re.fullmatch(r"[0-9]{1,2}", last) else counts.get(last, 1)
    if count == 1 and text.pattern(words.COUPLE).search(phrase):
        count = 2
    elif count == 1 and text.pattern(words.MANY_BY_NATURE).search(phrase):
        count = 3
    return max(1, min(count, MOST_OF_A_KIND))


def _unknown(text: Text) -> tuple[str, ...]:
    """Runs of words that named nothing known, without the words every prompt has."""
    noise = _NOISE if text.marks else _FOLDED_NOISE
    runs: list[list[str]] = [[]]
    for word in re.findall(r"\w+|[^\w\s]|\x00+", text.left):
        if not word[0].isalpha() or word.lower() in noise:
            runs.append([])
        else:
            runs[-1].append(word)
    found = [" ".join(run[:4]) for run in runs if run and len("".join(run)) > 1]
    return tuple(dict.fromkeys(found))[:MOST_UNKNOWN]
