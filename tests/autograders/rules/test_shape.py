"""fits_length: lines or sentences, and syllables; never a reward for length."""

from __future__ import annotations

import pytest
from built_exercise import build

from autograders import wording
from autograders.models import Context
from autograders.rules.registry import check

EXERCISE = build("text", [{"on": "text", "rule": "fits_length", "min_lines": 2, "max_lines": 3, "max_syllables": 20}])


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Họp tối thứ Sáu.\nMỗi hộ một người.", 1),
        ("Họp tối thứ Sáu. Mỗi hộ một người. Nhớ đi đủ nhé.", 1),
        ("Họp tối thứ Sáu.", 0),
        ("Ừ.\nVâng.\nDạ.", 0),  # lines that say nothing
        ("Họp tối thứ Sáu.\nMỗi hộ một người.\nNhớ đi đủ nhé.\nXin cảm ơn bà con.", 0.5),
        ("Họp tối thứ Sáu nhé bà con ơi.\nMỗi hộ cử một người đi họp cho đủ.\nXin cảm ơn bà con nhiều lắm.", 0.5),
        ("Họp tối thứ Sáu nhé bà con ơi.\n" * 9, 0),
        ("Họp tối thứ Sáu.\n" * 3, 0),  # the same line again is no second line
        ("hop toi thu sau.\nHọp tối thứ Sáu!", 0),
    ],
)
def test_lines_and_syllables_share_the_points(text: str, share: float, context: Context) -> None:
    assert check(EXERCISE.criterion[0], EXERCISE, {"text": text}, context).share == share


def test_nothing_written_is_not_done(context: Context) -> None:
    assert check(EXERCISE.criterion[0], EXERCISE, {"text": " "}, context).message == wording.NOT_DONE
