import pytest

from course.lesson import FigureKind
from hub_config.services.ai.practice.figures import find_figure


@pytest.mark.parametrize(
    ("prompt", "kind", "wording"),
    [
        ("Họp lúc 19h30, góp 105.000 đồng/hộ, đọc dưới 80 chữ", "time", "19h30"),
        ("Họp lúc 19h30, góp 105.000 đồng/hộ, đọc dưới 80 chữ", "money", "105.000 đồng"),
        ("hop bay gio toi, gop 150k", "time", "bay gio toi"),
        ("hop bay gio toi, gop 150k", "money", "150k"),
        ("Họp xóm năm 2027, góp 150.000 mỗi hộ", "money", "150.000"),
        ("Góp 150.000 mỗi hộ, thật ra là 105 nghìn đồng", "money", "105 nghìn đồng"),
        ("Họp thứ Bảy, ngày 12 tháng 3", "date", "thứ Bảy, ngày 12 tháng 3"),
        ("Họp 12/03/2027 (thứ Bảy)", "date", "thứ Bảy 12/03/2027"),
        ("Họp tối thứ Bảy lúc 7 rưỡi", "date", "thứ Bảy"),
        ("Họp ngày 12, ai bận thì thứ Sáu nhắn lại", "date", "thứ Sáu ngày 12"),
    ],
)
def test_a_figure_is_found_in_the_learners_wording(prompt: str, kind: FigureKind, wording: str) -> None:
    assert find_figure(prompt, kind) == wording


@pytest.mark.parametrize("kind", ["time", "date", "money"])
def test_figures_of_another_kind_do_not_count(kind: FigureKind) -> None:
    assert find_figure("Viết thông báo họp tháng 3 năm 2027 cho 60 hộ lớp 5A, dưới 80 chữ, năm 2027", kind) is None


def test_a_figure_that_is_clearly_of_the_kind_goes_first() -> None:
    assert find_figure("Lô 5000, giá 120.000 đồng", "money") == "120.000 đồng"
