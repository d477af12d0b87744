"""What a real model is asked: the coach's rules with what the learner may see, then the learner's own words as data."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import autograders
from autograders.rules.answers import boxes_of, design_of, ids_of, items_of, text_of
from hub_config.services.ai.coach import wording as w
from hub_config.services.ai.coach.question import CoachQuestion
from hub_config.services.ai.coach.seen import Public, Seen

PROMPT = (Path(autograders.__file__).parent / "prompts" / "coach.md").read_text("utf-8")
MOST_READING = 2500  # characters of the lesson's text, the nearest to the exercise
MOST_DRAFT = 2000
MOST_TURNS = 6

_NAME = re.compile(r"\{\{(\w+)\}\}")


def grounded_messages(question: CoachQuestion, seen: Seen) -> list[dict[str, Any]]:
    """The messages of a chat completion. What a learner wrote stands between marks that nobody can guess."""
    nonce = secrets.token_hex(8)
    values = {
        "nonce": nonce,
        "lesson": seen.lesson_title,
        "reading": _reading(seen),
        "exercise": _exercise(seen.public),
        "hints": "\n".join(f"{n}. {hint}" for n, hint in enumerate(seen.hints, 1)) or w.NONE,
        "result": _result(seen) or w.NONE,
    }
    system = _NAME.sub(lambda name: values[name[1]], PROMPT)  # in one pass: a lesson that holds {{…}} stays as it is
    told = "\n".join(f"{w.BY[turn.by]}: {turn.text}" for turn in question.history[-MOST_TURNS:])
    parts = (w.DRAFT, draft_text(seen)[:MOST_DRAFT] or w.NONE, w.BEFORE, told or w.NONE, w.NOW, question.message)
    data = "\n".join(parts).replace(nonce, "")
    fenced = f"<NGUOI-HOC-{nonce}>\n{data}\n</NGUOI-HOC-{nonce}>"
    return [{"role": "system", "content": system}, {"role": "user", "content": fenced}]


def draft_text(seen: Seen) -> str:
    """What the learner has answered so far, in words."""
    return "\n".join(_draft(seen.public, seen.draft))


def _draft(public: Public, draft: Mapping[str, Any]) -> Iterator[str]:
    for part, title in w.PARTS.items():
        if text := text_of(draft, part).strip():
            yield f"{title}: {text}"
    yield from (f"- {text}" for text in design_of(draft).values() if text.strip())
    labels = {box["id"]: box["label"] for box in public["boxes"]}
    yield from (f"{labels[id_]}: {text}" for id_, text in boxes_of(draft).items() if id_ in labels)
    texts = {item["id"]: item["text"] for item in public["items"]}
    options = {(item["id"], option["id"]): option["text"] for item in public["items"] for option in item["options"]}
    categories = {category["id"]: category["label"] for category in public["categories"]}
    for id_, chosen in items_of(draft).items():
        if id_ in texts:
            yield f"{texts[id_]} → {options.get((id_, chosen)) or categories.get(chosen, '')}"
    for part in ("touched", "order"):
        yield from (f"- {texts[id_]}" for id_ in ids_of(draft, part) if id_ in texts)


def _reading(seen: Seen) -> str:
    """The sections before the exercise, its own whole and of the others what fits."""
    told: list[str] = []
    left = MOST_READING
    for section in reversed(seen.sections):
        text = f"{section.heading}\n{section.text}".strip()
        if told and len(text) > left:
            break
        told.insert(0, text[:MOST_READING])
        left -= len(text)
    return "\n\n".join(told) or w.NONE


def _exercise(public: Public) -> str:
    lines = [public["title"], public["ask"], w.WHAT[public["kind"]]]
    for block in public["material"]:
        rows = (" | ".join(row) for row in block.get("rows", ()))
        facts = (f"- {fact}" for fact in block.get("facts", ()))
        passages = (f"[{passage['id']}] {passage['text']}" for passage in block.get("passages", ()))
        lines += [block.get("title", ""), block.get("text", ""), *passages, *rows, *facts]
    for item in public["items"]:
        lines += [f"* {item['text']}", *(f"  - {option['text']}" for option in item["options"])]
    lines += [f"[{category['label']}] {category['note']}" for category in public["categories"]]
    lines += [f"[ ] {box['label']}" for box in public["boxes"]]
    return "\n".join(line for line in lines if line.strip())


def _result(seen: Seen) -> str:
    if seen.result is None:
        return ""
    texts = {item["id"]: item["text"] for item in seen.public["items"]}
    lines = [line["message"] for line in seen.result["criteria"] if line["message"]]
    lines += [f"{texts.get(id_, '')}: {item['reason']}" for id_, item in seen.result["items"].items()]
    return "\n".join(lines)
