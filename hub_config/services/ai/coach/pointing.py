"""Whether a reply tells which one to choose, to touch or to put where, or says right or wrong instead of the check."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from autograders.normalize import read_text, sentences
from course.lesson import Exercise, Item
from hub_config.services.ai.coach.seen import Seen
from hub_config.services.ai.coach.wording import ASSIGNED, CHOSEN, ORDERED, PLACE_OF_ITEM, PLACE_OF_OPTION, VERDICT

CLICKED = ("choice", "predict", "classify", "find", "order", "fill")
NAMED = 0.6  # the share of its own words by which a thing is named


def pointing_fault(reply: str, exercise: Exercise, seen: Seen) -> str:
    """Why a reply gives a click away, in English; "" for nothing. What the last check has told is no secret."""
    if exercise.kind not in CLICKED or seen.solution:
        return ""
    if any(re.search(VERDICT, sentence.lower()) for sentence in sentences(reply)):
        return "says right or wrong"
    told = (seen.result or {}).get("items", {})
    left = [item for item in exercise.item if not told.get(item.id, {}).get("ok")]
    if exercise.kind in ("choice", "predict"):
        return "an option" if any(_points_to_option(reply, item) for item in left) else ""
    if exercise.kind == "classify":
        labels = [category.label for category in exercise.category]
        return "a category" if any(_sorts(s, left, exercise.item, labels) for s in sentences(reply)) else ""
    if exercise.kind == "find":
        named = _named(reply, {item.id: item.text for item in exercise.item})
        some = bool(named & {item.id for item in left}) and len(named) < len(exercise.item)
        return "a place to touch" if some or re.search(PLACE_OF_ITEM, reply.lower()) else ""
    if exercise.kind == "order":
        named = _named(reply, {item.id: item.text for item in exercise.item})
        ordered = named and re.search(ORDERED, reply.lower())
        return "an order" if len(named) > 1 or ordered or re.search(PLACE_OF_ITEM, reply.lower()) else ""
    return ""


def _points_to_option(reply: str, item: Item) -> bool:
    """Whether some options are named and others are not; one word counts where it is said to be chosen."""
    plain = reply.lower()
    if re.search(PLACE_OF_OPTION, plain):
        return True
    named = _named(reply, {option.id: option.text for option in item.options})
    for option in item.options:
        text = re.escape(option.text.lower())
        if re.search(CHOSEN.format(text=text), plain) or re.search(rf"[\"“‘']\s*{text}\W?\s*[\"”’']", plain):
            named.add(option.id)
    return 0 < len(named) < len(item.options)


def _sorts(sentence: str, left: Sequence[Item], items: Iterable[Item], labels: Sequence[str]) -> bool:
    """Whether a sentence puts something into some of the categories; one that names all of them asks."""
    plain = sentence.lower()
    said = [label for label in labels if re.search(rf"\b{re.escape(label.lower())}\b", plain)]
    if not said or len(said) == len(labels):
        return False
    if any(re.search(ASSIGNED.format(text=re.escape(label.lower())), plain) for label in said):
        return True
    named = _named(sentence, {item.id: item.text for item in items}, share=0.5, fewest=1)
    return bool(named & {item.id for item in left}) or re.search(PLACE_OF_ITEM, plain) is not None


def _named(reply: str, texts: Mapping[str, str], share: float = NAMED, fewest: int = 2) -> set[str]:
    """Ids of the texts that a reply names, by the words that each has for itself."""
    said = set(_words(reply))
    words = {id_: set(_words(text)) for id_, text in texts.items()}
    named = set()
    for id_, mine in words.items():
        own = mine - _union(other for one, other in words.items() if one != id_)
        wanted = max(fewest, math.ceil(share * len(own)))
        if len(own) >= fewest and len(own & said) >= wanted:
            named.add(id_)
    return named


def _union(sets: Iterable[Collection[str]]) -> set[str]:
    return {word for one in sets for word in one}


def _words(text: str) -> list[str]:
    return [token.base for token in read_text(text).tokens]
