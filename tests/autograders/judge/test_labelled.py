"""A labelled file: both ways of writing it, and errors that name line and key."""

from __future__ import annotations

import json
from typing import Any

import pytest
from labelled_file import CLEAR, lines

from autograders.judge.labelled import ONLY, LabelledFileError, read_labelled


def text(*changes: dict[str, Any]) -> list[str]:
    return [json.dumps({**lines()[0], **change}, ensure_ascii=False) for change in changes]


def test_a_criterion_alone_needs_no_id() -> None:
    alone = {key: CLEAR[key] for key in ("question", "levels")}
    (found,) = read_labelled(text({"criteria": alone, "scores": {"co_lan": 2, "an": 1}}))
    assert found.criteria[0].id == ONLY
    assert found.levels_of(ONLY) == [1, 2]  # raters by name


def test_empty_lines_are_left_out() -> None:
    assert len(read_labelled(["", *text({}), "  "])) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"answer": None}, "line 2: answer"),
        ({"answers": "x"}, "line 2: answers"),
        ({"scores": {}}, "line 2: scores"),
        ({"scores": {"co_lan": {"clear": 3}}}, "line 2: scores.co_lan.clear: level 3 is not among 0 to 2"),
        ({"scores": {"co_lan": {"clean": 1}}}, "line 2: scores.co_lan: no criterion 'clean'; there are clear"),
        ({"criteria": [{**CLEAR, "levels": ["0: x"]}]}, "line 2: criteria.0.levels"),
        ({"criteria": [CLEAR, CLEAR]}, "line 2: criteria: an id stands twice"),
        ({"criteria": [{**CLEAR, "levels": ["0: x", "1: y", "2: z", "3: a"]}]}, "line 2: criteria.clear: 4 levels"),
    ],
)
def test_a_wrong_line_is_named_with_its_key(change: dict[str, Any], said: str) -> None:
    with pytest.raises(LabelledFileError) as error:
        read_labelled(text({}, change))
    assert str(error.value).startswith(said)


def test_what_is_no_json_is_named() -> None:
    with pytest.raises(LabelledFileError, match="line 2: Invalid JSON"):
        read_labelled([*text({}), "{nope"])


def test_a_file_without_answers_is_refused() -> None:
    with pytest.raises(LabelledFileError, match="no labelled answer"):
        read_labelled([""])
