"""A choice is defended with the figures that the learner's own weights make, and with no others."""

from __future__ import annotations

from typing import Any

import pytest

from autograders.models import Context
from autograders.rules.finding import Finding
from autograders.rules.registry import check
from course.lesson import Exercise

ROWS = [
    ["Tiêu chí", "Nhà văn hóa", "Trường cũ", "Nhà bác Lý"],
    ["Gần nhà", "5", "3", "4"],
    ["An toàn", "3", "5", "2"],
    ["Chi phí", "3", "4", "5"],
    ["Rộng rãi", "3", "5", "2"],
]
SEEDS = {"near": "5", "safe": "2", "cheap": "2", "wide": "1"}  # 40, 38, 36; from 4 down the second leads
GOOD = (
    "Tôi đề nghị chọn Nhà văn hóa: 40 điểm, hơn Trường cũ 38 điểm. Gần nhà được 5 hạt vì nhiều cụ phải đi bộ. "
    "Nếu Gần nhà chỉ còn 4 hạt thì đổi sang Trường cũ."
)


@pytest.fixture
def own() -> Exercise:
    plain: dict[str, Any] = {"id": "own", "kind": "prompt", "title": "T", "ask": "A", "skill": "s", "difficulty": 1}
    criteria = [
        {"id": "weights", "points": 2, "on": "boxes", "rule": "shares_weights", "ranks": ["near"]},
        {"id": "defence", "points": 5, "on": "final", "rule": "defends_choice"},
    ]
    return Exercise.model_validate(
        {
            **plain,
            "points": 7,
            "hints": ["a", "b"],
            "solution": "s",
            "why": "w",
            "material": [{"kind": "matrix", "shared": 10, "rows": ROWS}],
            "box": [{"id": id_, "label": row[0], "kind": "weight"} for id_, row in zip(SEEDS, ROWS[1:], strict=True)],
            "criterion": [{"missing": "Thiếu: {missing}.", **criterion} for criterion in criteria],
        }
    )


def found(own: Exercise, final: str = GOOD, **seeds: str) -> tuple[Finding, Finding]:
    answer = {"prompt": "", "final": final, "boxes": {**SEEDS, **seeds}}
    weights, defence = (check(c, own, answer, Context(role="official", variant="A")) for c in own.criterion)
    return weights, defence


def test_every_seed_dealt_out_and_the_first_heaviest_earns_all(own: Exercise) -> None:
    assert found(own)[0].share == 1


@pytest.mark.parametrize(
    ("seeds", "told"),
    [
        ({"near": "4"}, "mới chia 9 hạt trong 10 hạt"),
        ({"near": "6"}, "chia 11 hạt mà chỉ có 10 hạt"),
        ({"near": "3", "safe": "4"}, "“Gần nhà” phải nhiều hạt hơn “An toàn”"),
        ({"near": "6", "wide": "0"}, "“Rộng rãi” chưa có hạt nào"),
        ({"near": "năm"}, "mới chia 5 hạt trong 10 hạt"),
        ({"near": "-5"}, "mới chia 5 hạt trong 10 hạt"),
        ({"near": "9" * 5000}, "mới chia 5 hạt trong 10 hạt"),
    ],
)
def test_weights_that_do_not_fit_earn_nothing_and_are_told(own: Exercise, seeds: dict[str, str], told: str) -> None:
    weights, _ = found(own, **seeds)
    assert (weights.share, told in weights.message) == (0, True), weights


@pytest.mark.parametrize(
    "final",
    [
        GOOD,
        "chon nha van hoa, nha van hoa 40 diem truong cu 38 diem, gan nha 5 hat, neu gan nha con 4 hat thi doi",
        GOOD.replace("chỉ còn 4 hạt thì đổi sang", "xuống dưới 5 hạt thì đổi sang"),  # the same, said from above
        "Nên lấy Nhà văn hóa (40 điểm; Trường cũ: 38 điểm). Gần nhà nặng nhất: 5 hạt. Gần nhà còn bốn hạt thì bàn lại.",
        "Nhà văn hóa được 40 điểm, đứng đầu. Trường cũ 38. Gần nhà 5 hạt. Bớt còn 4 hạt thì Trường cũ vượt lên.",
        "Mở lớp tại Nhà văn hóa (40 điểm), xếp trên Trường cũ (38 điểm). Gần nhà 5/10 hạt. Gần nhà dưới 5 hạt thì đổi.",
        "Nhà văn hóa hơn với 40 điểm so với 38 điểm của Trường cũ. Gần nhà 5 hạt. Gần nhà xuống 4 hạt thì bàn lại.",
        "40 điểm cho Nhà văn hóa, 38 điểm cho Trường cũ, nên chọn Nhà văn hóa. Gần nhà năm hạt, còn bốn thì thôi.",
    ],
)
def test_a_defence_is_read_however_it_is_said(own: Exercise, final: str) -> None:
    assert found(own, final)[1].share == 1, found(own, final)[1]


def test_other_weights_make_other_figures_and_another_choice(own: Exercise) -> None:
    _, old = found(own, near="4", safe="3")
    assert old.share < 0.7
    assert "chọn Trường cũ, tổng điểm của Trường cũ" in old.message
    other = (
        "Chọn Trường cũ: 40 điểm, Nhà văn hóa 38 điểm. Gần nhà 4 hạt. Nếu Gần nhà lên 5 hạt thì quay về Nhà văn hóa."
    )
    assert found(own, other, near="4", safe="3")[1].share == 1


@pytest.mark.parametrize(
    ("final", "told"),
    [
        (GOOD.partition(" Nếu")[0], "“Gần nhà” còn mấy hạt thì đổi"),
        (GOOD.replace("40 điểm", "41 điểm"), "tổng điểm của Nhà văn hóa"),
        (GOOD.replace("38 điểm", "36 điểm"), "tổng điểm của Trường cũ"),
        (GOOD.replace("được 5 hạt", "nặng nhất"), "số hạt của “Gần nhà”"),
        ("Xin chọn Trường cũ, 38 điểm.", "chọn Nhà văn hóa"),
        ("Trường cũ 40 điểm, Nhà văn hóa 38 điểm.", "tổng điểm của Nhà văn hóa"),
        (GOOD.replace("Nếu Gần nhà", "Nếu An toàn"), "“Gần nhà” còn mấy hạt thì đổi"),
        (GOOD.replace("còn 4 hạt", "còn 3 hạt"), "“Gần nhà” còn mấy hạt thì đổi"),
    ],
)
def test_what_is_missing_is_named(own: Exercise, final: str, told: str) -> None:
    _, defence = found(own, final)
    assert defence.share < 1
    assert told in defence.message


def test_every_figure_written_down_is_no_defence(own: Exercise) -> None:
    _, defence = found(own, GOOD + " " + " ".join(map(str, range(30, 45))))
    assert (defence.share, "31" in defence.message) == (0, True)


def test_without_a_leader_there_is_nothing_to_defend_and_the_way_on_is_told(own: Exercise) -> None:
    assert "Chia đủ hạt" in found(own, near="4")[1].message
    _, level = found(own, near="5", safe="1", cheap="3", wide="1")  # 40, 37, 37: the two behind are level
    assert level.share > 0
    draw = own.model_copy(
        update={"material": (own.material[0].model_copy(update={"rows": tuple(map(tuple, _level_rows()))}),)}
    )
    assert "ngang điểm" in found(draw)[1].message


def _level_rows() -> list[list[str]]:
    return [ROWS[0], *([row[0], "3", "3", "1"] for row in ROWS[1:])]
