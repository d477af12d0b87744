"""An exercise as plain HTML, for pages where no script runs."""

from __future__ import annotations

from course.exercises.reading import block

ROWS = [["Tiêu chí", "Nhà văn hóa", "Trường <cũ>"], ["Gần nhà", "5", "2"], ["An toàn", "3", "5"], ["Chi phí", "3", "4"]]
MATRIX = {"kind": "matrix", "title": "Bảng", "rows": ROWS, "shared": 10}


def test_a_matrix_with_given_weights_is_read_criterion_by_criterion_and_its_plot_number_by_number() -> None:
    html = block({**MATRIX, "weights": [5, 4, 1]})
    assert "<li>Gần nhà (5 hạt): Nhà văn hóa 5, Trường &lt;cũ&gt; 2</li>" in html
    assert "<li>2 hạt: Nhà văn hóa 34, Trường &lt;cũ&gt; 42,4</li>" in html
    assert html.count("<li>") == 3 + 11


def test_a_matrix_that_is_weighed_by_touch_says_how_many_seeds_there_are_and_shows_no_plot_yet() -> None:
    html = block(MATRIX)
    assert "Chia 10 hạt cho các tiêu chí" in html
    assert html.count("<li>") == 3
