"""The sentence of what to mend, by the first figure that asks for it."""

from __future__ import annotations

import pytest

from hub_config.services.campus.item_advice import advice
from hub_config.services.campus.item_statistics import ExerciseStatistics, WrongAnswer
from hub_config.services.campus.wrong_answers import Wrong

CHOSEN = Wrong(("fee", "none"), "chosen", "", "không mất")


def found(wrong_share: float = 0.0, **figures: object) -> ExerciseStatistics:
    given = {"tried": 20, "graded": True, "first_right": 0.8, "last_right": 0.9, "seconds": 60.0, **figures}
    wrong = (WrongAnswer(CHOSEN, round(20 * wrong_share), wrong_share),) if wrong_share else ()
    return ExerciseStatistics(id="pick", title="Chọn", kind="choice", wrong=wrong, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("statistics", "begins"),
    [
        (found(tried=0), "Chưa ai làm"),
        (found(graded=False, first_right=0.1), "Câu đoán"),
        (found(tried=4, wrong_share=1.0), "Mới có 4 người làm"),
        (found(wrong_share=0.3, solution_seen=0.9), "30% chọn “không mất”"),
        (found(wrong_share=0.29, solution_seen=0.3), "30% phải xem cách làm"),
        (found(last_right=0.59), "Chỉ 59% làm được tới cùng"),
        (found(first_right=0.5), "Lần đầu chỉ 50% đúng"),
        (found(seconds=420.0), "Bài này mất chừng 7 phút"),
        (found(first_right=0.95), "Gần như ai cũng đúng"),
        (found(), "Bài này ổn"),
        (found(seconds=None), "Bài này ổn"),
    ],
)
def test_the_first_figure_that_asks_for_it_is_told(statistics: ExerciseStatistics, begins: str) -> None:
    assert advice(statistics, few=5).startswith(begins)
