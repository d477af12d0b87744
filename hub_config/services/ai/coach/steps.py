"""The next small steps of an exercise, as questions: first what the last check said, then by what stands there now.

Only what the learner sees is looked at, so that a question can give away nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from autograders.normalize import folded
from autograders.rules.answers import artefact_of, boxes_of, design_of, ids_of, items_of, text_of
from autograders.rules.facts import find_fact
from autograders.rules.parts import find_parts
from autograders.wording import NOT_DONE
from hub_config.services.ai.coach import wording as w
from hub_config.services.ai.coach.seen import Seen


def steps(seen: Seen) -> Iterator[str]:
    """Questions, the most useful first; there is always one."""
    yield from _checked(seen)
    yield from _BY_KIND[seen.public["kind"]](seen)
    yield w.TELL_ME
    yield w.ONE_MORE


def _checked(seen: Seen) -> Iterator[str]:
    """What the last check said and is not reached; of items each has its own reason."""
    if seen.result is None:
        return
    result = seen.result
    texts = {item["id"]: item["text"] for item in seen.public["items"]}
    wrong = [(texts.get(id_, ""), item["reason"]) for id_, item in result["items"].items() if not item["ok"]]
    for text, reason in wrong:
        if text and reason:
            yield w.ITEM.format(item=text, reason=reason)
    open_lines = [line for line in result["criteria"] if line["points"] is not None and line["points"] < line["max"]]
    for line in open_lines if not wrong else ():
        if line["message"] not in ("", NOT_DONE):  # what is not begun is asked about by what stands there
            yield w.MESSAGE.format(message=line["message"])
    if not (wrong or open_lines):
        yield w.REACHED


def _prompt(seen: Seen) -> Iterator[str]:
    prompt, final = text_of(seen.draft, "prompt"), text_of(seen.draft, "final")
    cards = [block for block in seen.public["material"] if block["kind"] == "card"]
    if not prompt.strip():
        yield w.PROMPT_EMPTY
        if cards:
            yield w.PROMPT_FIRST_FACT
        return
    parts = find_parts(prompt)
    yield from (question for part, question in w.PROMPT_PARTS.items() if part not in parts and part != "format")
    if any(folded(line) in folded(prompt) for card in cards for line in card.get("private", ())):
        yield w.PROMPT_PRIVATE
    if any(not find_fact(prompt, fact) for card in cards for fact in card.get("facts", ())):
        yield w.PROMPT_CARD
    if "format" not in parts and "length" not in parts:
        yield w.PROMPT_PARTS["format"]
    if not final.strip():
        yield w.FINAL_EMPTY
        return
    yield w.FINAL_CHECK
    yield w.FINAL_READER


def _text(seen: Seen) -> Iterator[str]:
    title = _title(seen)
    if not text_of(seen.draft, "text").strip():
        yield w.TEXT_EMPTY
        if title:
            yield w.TEXT_FIND.format(title=title)
        return
    if title:
        yield w.TEXT_SOURCE.format(title=title)
    yield w.TEXT_READER


def _teach_back(seen: Seen) -> Iterator[str]:
    listener = seen.public["listener"] or w.LISTENER
    if not text_of(seen.draft, "text").strip():
        yield w.TELL_EMPTY.format(listener=listener)
        yield w.TELL_BEGIN.format(listener=listener)
        return
    yield w.TELL_WHY.format(listener=listener)
    yield w.TELL_WORDS


def _fill(seen: Seen) -> Iterator[str]:
    written, title = boxes_of(seen.draft), _title(seen)
    empty = [box for box in seen.public["boxes"] if not written.get(box["id"], "").strip()]
    for box in empty:
        with_source = w.BOX_EMPTY_NUMBER if box["kind"] == "number" else w.BOX_EMPTY_SOURCE
        yield (with_source if title else w.BOX_EMPTY).format(label=box["label"].rstrip("?"), title=title)
    if not empty:
        yield w.BOXES_FULL


def _classify(seen: Seen) -> Iterator[str]:
    placed = items_of(seen.draft)
    left = [item["text"] for item in seen.public["items"] if item["id"] not in placed]
    for text in left:
        yield w.SORT_LEFT.format(n=len(left), item=text)
    if not left:
        yield w.SORT_FULL


def _find(seen: Seen) -> Iterator[str]:
    touched = ids_of(seen.draft, "touched")
    if not touched:
        yield w.FIND_NONE
        yield w.FIND_FIRST
        return
    yield w.FIND_SOME.format(n=len(touched))
    yield w.FIND_REST


def _make(seen: Seen) -> Iterator[str]:
    design = design_of(seen.draft)
    if not design.get("title", "").strip():
        yield w.POSTER_EMPTY
    if not design.get("lines", "").strip():
        yield w.POSTER_NO_LINES
    if not text_of(seen.draft, "prompt").strip():
        yield w.POSTER_PROMPT
    yield w.POSTER_LOOK if artefact_of(seen.draft) else w.POSTER_BUILD


def _order(_seen: Seen) -> Iterator[str]:
    yield w.ORDER_FIRST
    yield w.ORDER_TRY


def _choice(seen: Seen) -> Iterator[str]:
    chosen = items_of(seen.draft)
    left = [item["text"] for item in seen.public["items"] if item["id"] not in chosen]
    for text in left:
        yield w.CHOICE_LEFT.format(item=text)
    if not left:
        yield w.CHOICE_FULL


def _predict(_seen: Seen) -> Iterator[str]:
    yield w.PREDICT
    yield w.PREDICT_EACH


def _code(_seen: Seen) -> Iterator[str]:
    yield w.CODE_BY_HAND
    yield w.CODE_COMPARE


def _title(seen: Seen) -> str:
    """What the first piece of material is called."""
    titles: list[str] = [block["title"] for block in seen.public["material"] if block.get("title")]
    return titles[0] if titles else ""


_BY_KIND: Mapping[str, Callable[[Any], Iterator[str]]] = {
    "choice": _choice,
    "predict": _predict,
    "classify": _classify,
    "find": _find,
    "order": _order,
    "fill": _fill,
    "prompt": _prompt,
    "text": _text,
    "teach_back": _teach_back,
    "code": _code,
    "make": _make,
}
