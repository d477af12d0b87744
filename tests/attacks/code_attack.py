"""What stands in the file of a code attack, and the notebook that it makes of the fetched one."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any, Literal

import attack_lesson
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Request(Strict):
    """What the sender says beside the notebook."""

    course: str = "demo"
    lesson: str = attack_lesson.LESSON
    headers: dict[str, str] = Field(default_factory=dict)
    query: dict[str, str] = Field(default_factory=dict)


class Expectation(Strict):
    """What must happen. Exercises that `points` does not name earn what the honest or wrong answer earns."""

    refused: str = ""  # the code of campus's refusal; empty: the notebook is taken and graded
    points: dict[str, float] = Field(default_factory=dict)
    waiting: tuple[str, ...] = ()  # exercises with points that a judge or a teacher still has to give


class CodeAttack(Strict):
    """A case of the suites `code` and `clean_code`.

    The attacked notebook is the fetched one with stubs for answers (wrong, no points), or solutions where
    `honest` is true; then `answers` in place of some, `first` and `last` as cells of their own, and `rewrite`: Python
    that changes `notebook` (the file as a dict), with `cell(grade_id)` and `cells` at hand, or sets `body`.
    In sources @secret@ and its like stand for what is there to be taken: see `CampusArena.places`.
    """

    title: str
    family: str
    tries: str
    honest: bool = False
    answers: dict[str, str] = Field(default_factory=dict)  # exercise id -> source
    first: str = ""
    last: str = ""
    rewrite: str = ""
    request: Request = Request()
    expect: Expectation = Expectation()
    stock: bool | Literal["unsafe", "no way"] = False
    stock_reason: str = ""  # why it is not run against stock nbgrader
    stock_seen: str = ""  # what was seen there

    def points(self) -> dict[str, float]:
        """Exercise id -> points that the case must earn, those without code included."""
        code = {id_: points if self.honest else 0.0 for id_, points in attack_lesson.POINTS.items()}
        return {"pick": 0.0, "notice": 0.0, **code, **self.expect.points}


def body_of(attack: CodeAttack, fetched: NotebookNode, places: Mapping[str, str]) -> bytes:
    """The bytes that the attacker hands in."""
    given = attack_lesson.SOLUTIONS if attack.honest else attack_lesson.STUBS
    notebook = copy.deepcopy(fetched)
    for id_, source in {**given, **attack.answers}.items():
        _cell(notebook.cells, f"{id_}_answer")["source"] = _placed(source, places)
    if attack.first:
        notebook.cells.insert(0, new_code_cell(_placed(attack.first, places)))
    if attack.last:
        notebook.cells.append(new_code_cell(_placed(attack.last, places)))
    raw: dict[str, Any] = json.loads(nbformat.writes(notebook))
    for cell in raw["cells"]:
        cell["source"] = "".join(cell["source"])
    if not attack.rewrite:
        return json.dumps(raw).encode()
    names: dict[str, Any] = {
        "notebook": raw,
        "cells": raw["cells"],
        "cell": lambda grade_id: _cell(raw["cells"], grade_id),
        "copy": copy,
        "json": json,
        "body": None,
    }
    exec(_placed(attack.rewrite, places), names)  # noqa: S102 - of this suite's own files
    return names["body"] if names["body"] is not None else json.dumps(names["notebook"]).encode()


def honest_body(fetched: NotebookNode) -> bytes:
    """A notebook with every code exercise solved."""
    attack = CodeAttack(title="", family="", tries="", honest=True)
    return body_of(attack, fetched, {})


def _cell(cells: list[Any], grade_id: str) -> Any:
    return next(c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def _placed(source: str, places: Mapping[str, str]) -> str:
    for name, value in places.items():
        source = source.replace(f"@{name}@", value)
    return source
