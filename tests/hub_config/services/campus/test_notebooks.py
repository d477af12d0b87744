from __future__ import annotations

import copy
import json
from typing import Any

import nbformat
import pytest
from small_lesson import notebook

from course.notebook import exercise_calls
from hub_config.services.campus.notebooks import MAX_BYTES, MAX_SOURCE, filled, read_notebook, to_bytes
from hub_config.services.campus.refusals import Refusal


def refused(body: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        read_notebook(body)
    return caught.value.code


def with_cells(cells: list[Any]) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"PK\x03\x04 not text",
        b"[]",
        b"{}",
        b"null",
        b'{"cells": []}',
        b'{"cells": 5, "nbformat": 4}',
        b"[" * 100_000,
        b'{"cells": ' + b"[" * 50_000 + b"]" * 50_000 + b', "nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
        with_cells([{"cell_type": "code"}]),
        with_cells([1, 2]),
        with_cells([{"cell_type": "markdown", "metadata": {}, "source": [1, 2]}]),
        with_cells([{"cell_type": "markdown", "metadata": {}, "source": "\ud800"}]),
        with_cells([{"cell_type": "markdown", "metadata": {}, "source": ""}] * 1001),
        b'{"worksheets": [], "nbformat": 3, "nbformat_minor": 0, "metadata": {}, "cells": []}',
    ],
    ids=lambda body: body[:24].decode("utf-8", "replace"),
)
def test_what_is_not_a_notebook_is_refused(body: bytes) -> None:
    assert refused(body) == "not_a_notebook"


def test_a_notebook_that_is_too_big_is_refused_unread() -> None:
    assert refused(b"x" * (MAX_BYTES + 1)) == "too_big"


def test_a_notebook_with_more_text_than_a_page_can_show_is_refused() -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": "[" * (MAX_SOURCE // 2)}
    assert read_notebook(with_cells([cell, cell]))
    assert refused(with_cells([cell, cell, {**cell, "source": "["}])) == "too_long"


def test_sources_that_stand_line_by_line_as_in_a_file_are_joined() -> None:
    given = notebook()
    assert json.loads(to_bytes(given))["cells"][1]["source"][0].endswith("\n")
    assert [cell.source for cell in read_notebook(to_bytes(given)).cells] == [cell.source for cell in given.cells]


def test_cells_that_were_deleted_or_copied_are_taken() -> None:
    given = notebook(code=True)
    given.cells = [given.cells[1], copy.deepcopy(given.cells[1])]  # the same cell id twice, others gone
    assert len(read_notebook(to_bytes(given)).cells) == 2


def test_drafts_fill_only_calls_of_the_lesson_that_hold_no_answer() -> None:
    given = notebook()
    given.cells[2].source = 'exercise("text.small/notice", answer={"final": "mine"})'
    given.cells.append(nbformat.v4.new_code_cell('exercise("text.other/pick")'))
    drafts: dict[str, dict[str, Any]] = {"pick": {"items": {"day": "right"}}, "notice": {"final": "draft"}}
    answers = [(c.exercise, c.answer) for c in exercise_calls(filled(given, "text.small", drafts))]
    assert answers == [
        ("text.small/pick", {"items": {"day": "right"}}),
        ("text.small/notice", {"final": "mine"}),
        ("text.other/pick", None),
    ]
