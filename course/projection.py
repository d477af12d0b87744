"""What of an exercise a learner may see: no answers, no reasons, no criteria, no solution.

Lists are built by naming what is public, so that a key added to the format later stays hidden until it is named here.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from course.lesson import Block, Exercise, Item


def public_exercise(exercise: Exercise, lesson_id: str, seed: str) -> dict[str, Any]:
    """The public projection as JSON-ready data. `seed` (the learner's name) fixes the order of options and steps."""
    shuffle = random.Random(f"{seed}/{lesson_id}/{exercise.id}")  # noqa: S311 - an order, not a secret
    return {
        "id": f"{lesson_id}/{exercise.id}",
        "kind": exercise.kind,
        "title": exercise.title,
        "ask": exercise.ask,
        "points": exercise.points,
        "graded": exercise.graded,
        "stands_in_for": exercise.stands_in_for,
        "material": [public_block(block) for block in exercise.material],
        "attached": exercise.attached,
        "items": _items(exercise, shuffle),
        "categories": _categories(exercise),
        "boxes": [{"id": b.id, "label": b.label, "kind": b.kind, "placeholder": b.placeholder} for b in exercise.box],
        "making": exercise.making.model_dump() if exercise.making else None,
        "listener": exercise.listener,
        "hints": len(exercise.hints),
    }


def public_block(block: Block) -> dict[str, Any]:
    """A block of material; all of it is for the learner's eyes."""
    return block.model_dump(exclude_defaults=True)


def public_values(exercise: Exercise) -> dict[str, Any]:
    """The drawn values that code in a learner's notebook may read, JSON-ready: days and times as ISO text."""
    drawn = {name: exercise.values[name] for name in exercise.public_values}
    return dict(json.loads(json.dumps(drawn, default=str)))


def _categories(exercise: Exercise) -> list[dict[str, Any]]:
    """`evidence`: what is put here must be proved. That belongs to the category; which item has proof stays hidden."""
    proved = exercise.proved_categories
    return [{"id": c.id, "label": c.label, "note": c.note, "evidence": c.id in proved} for c in exercise.category]


def _items(exercise: Exercise, shuffle: random.Random) -> list[dict[str, Any]]:
    items = [_item(item, shuffle) for item in exercise.item]
    if exercise.kind in ("order", "classify"):  # a find exercise is a text: its order is its meaning
        shuffle.shuffle(items)
    if exercise.kind == "order":
        return _without_neighbours([item.id for item in exercise.item], items, shuffle)
    return items


def _without_neighbours(
    right: Sequence[str], shown: list[dict[str, Any]], shuffle: random.Random
) -> list[dict[str, Any]]:
    """Steps in an order in which no two stand behind each other as they should: handed in untouched it earns nothing.

    Two or more steps always have such an order; one draw in three is one.
    """
    pairs = set(pairwise(right))
    while len(right) > 1 and not pairs.isdisjoint(pairwise(item["id"] for item in shown)):
        shuffle.shuffle(shown)
    return shown


def _item(item: Item, shuffle: random.Random) -> dict[str, Any]:
    options = [{"id": option.id, "text": option.text} for option in item.options]
    shuffle.shuffle(options)
    return {"id": item.id, "text": item.text, "options": options}
