"""An answer given by touch in a widget of the kit, as a learner gives it: kind by kind, on a phone's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, expect

Public = dict[str, Any]
"""An exercise's public projection, with its items in the order in which this learner sees them."""


def give(widget: Locator, exercise: Public, answer: dict[str, Any]) -> None:
    """Put the answer into the widget, whatever stood there before."""
    GIVEN[exercise["kind"]](widget, exercise, answer)


def is_whole(exercise: Public, answer: dict[str, Any]) -> bool:
    """Whether an answer is more than nothing: a widget has nothing else checked, and no choice with a gap."""
    if exercise["kind"] in ("choice", "predict", "classify"):
        return {item["id"] for item in exercise["items"]} == set(answer.get("items", {}))
    if exercise["kind"] == "prompt":
        return bool(answer.get("prompt", "").strip())
    if exercise["kind"] == "fill":
        return any(text.strip() for text in answer.get("boxes", {}).values())
    return any(answer.get(part) for part in ("touched", "order", "text"))


def _choose(widget: Locator, exercise: Public, answer: dict[str, Any]) -> None:
    for at, item in enumerate(exercise["items"]):
        question = widget.locator("fieldset.hk-question").nth(at)
        question.locator(f'label.hk-option:has(input[value="{answer["items"][item["id"]]}"])').tap()


def _sort(widget: Locator, exercise: Public, answer: dict[str, Any]) -> None:
    labels = {category["id"]: category["label"] for category in exercise["categories"]}
    for item, category in answer["items"].items():
        phrase = widget.locator(f'[data-item="{item}"]')
        if phrase.get_attribute("aria-expanded") == "false":
            phrase.tap()
        widget.locator(".hk-into").get_by_role("button", name=labels[category], exact=True).tap()
        _prove(widget, phrase, answer.get("evidence", {}).get(item, []))


def _prove(widget: Locator, phrase: Locator, wanted: list[str]) -> None:
    """Touch passages until those pressed are the wanted ones; the phrase is open where its category asks for any."""
    passages = widget.locator(".hk-proofs [data-passage]")
    if phrase.get_attribute("aria-expanded") == "false" or not wanted:
        return
    for at in range(passages.count()):
        passage = passages.nth(at)
        if (passage.get_attribute("data-passage") in wanted) != (passage.get_attribute("aria-pressed") == "true"):
            passage.tap()


def _touch(widget: Locator, exercise: Public, answer: dict[str, Any]) -> None:
    for at, item in enumerate(exercise["items"]):
        sentence = widget.locator(".hk-sentence").nth(at)
        wanted = str(item["id"] in answer["touched"]).lower()
        if sentence.get_attribute("aria-pressed") != wanted:
            sentence.tap()


def _order(widget: Locator, exercise: Public, answer: dict[str, Any]) -> None:
    texts = {item["id"]: item["text"] for item in exercise["items"]}
    rows = widget.locator(".hk-order > li")
    for to, item in enumerate(answer["order"]):
        shown = [row.locator(".hk-step > span").first.inner_text() for row in rows.all()]
        for at in range(shown.index(texts[item]), to, -1):
            rows.nth(at).locator(".hk-arrows button").first.tap()


def _fill(widget: Locator, exercise: Public, answer: dict[str, Any]) -> None:
    for at, box in enumerate(exercise["boxes"]):
        widget.locator(".hk-form .hk-field .hk-input").nth(at).fill(answer["boxes"].get(box["id"], ""))


def _prompt(widget: Locator, _exercise: Public, answer: dict[str, Any]) -> None:
    _deal(widget, answer.get("boxes", {}))
    widget.get_by_label("Câu lệnh của bạn").fill(answer["prompt"])
    widget.get_by_label("Bản gửi đi").fill(answer["final"])


def _deal(widget: Locator, seeds: dict[str, str]) -> None:
    """Seeds on each criterion of a matrix: what is too much is taken away first, so that enough is left to add."""
    for by in (-1, 1):
        for box, wanted in seeds.items():
            row = widget.locator(f'[data-weight="{box}"]')
            there = int(row.locator(".hk-count").inner_text().split()[0])
            for _ in range((int(wanted) - there) * by):
                row.locator("button").nth(0 if by < 0 else 1).tap()


def _write(widget: Locator, _exercise: Public, answer: dict[str, Any]) -> None:
    widget.locator("textarea.hk-input").first.fill(answer["text"])


def _make(widget: Locator, _exercise: Public, answer: dict[str, Any]) -> None:
    """A poster: `picture` is the path of the one to put behind it, `design` whole."""
    design = answer["design"]
    widget.get_by_label("Câu lệnh vẽ ảnh nền").fill(answer.get("prompt", ""))
    if (drop := widget.get_by_role("button", name="Bỏ ảnh nền")).is_visible():
        drop.tap()
    if "picture" in answer:
        widget.locator('input[type="file"]').first.set_input_files(answer["picture"])
        expect(widget.get_by_alt_text("Ảnh nền đang dùng")).to_be_visible()
    for at, part in enumerate(("title", "lines", "note")):
        widget.locator(".hk-part").nth(1).locator("textarea").nth(at).fill(design[part])
    for at, (part, values) in enumerate(POSTER_CHOICES.items()):
        widget.locator(".hk-choice").nth(at).locator("button").nth(values.index(design[part])).tap()
    widget.get_by_role("button", name="Dựng poster").tap()
    expect(widget.get_by_text("Poster đã dựng.")).to_be_visible()


_COLOURS = ["white", "yellow", "red", "green", "blue", "black"]
_SIZES = ["small", "medium", "large"]
POSTER_CHOICES = {
    "shape": ["tall", "square", "wide"],
    "title_size": _SIZES,
    "lines_size": _SIZES,
    "ink": _COLOURS,
    "ground": _COLOURS,
    "place": ["panel", "over"],
}

GIVEN: dict[str, Callable[[Locator, Public, dict[str, Any]], None]] = {
    "choice": _choose,
    "predict": _choose,
    "classify": _sort,
    "find": _touch,
    "order": _order,
    "fill": _fill,
    "prompt": _prompt,
    "text": _write,
    "make": _make,
    "teach_back": _write,
}
