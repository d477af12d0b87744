import math

import pytest

from hub_config.services.ai.practice.vectors import vector

PAIRS = [
    ("Họp xóm lúc 19 giờ 30 tại nhà văn hóa.", "Tối nay nhà văn hóa có họp xóm lúc 19 giờ 30.", "Giá chè tuần này"),
    ("Cách ủ phân chuồng cho vườn chè", "ủ phân chuồng bón vườn chè thế nào", "Lịch tiêm phòng cho trẻ em"),
    ("Nộp hồ sơ xin cấp lại căn cước ở đâu?", "Hồ sơ cấp lại căn cước nộp tại UBND xã.", "Bò bị lở mồm long móng"),
]  # fmt: skip


def near(one: str, other: str) -> float:
    return sum(a * b for a, b in zip(vector(one), vector(other), strict=True))


@pytest.mark.parametrize(("text", "alike", "other"), PAIRS)
def test_texts_about_the_same_are_nearer_than_others(text: str, alike: str, other: str) -> None:
    assert near(text, alike) > 2 * near(text, other)
    assert near(text, alike) > 0.4


def test_case_and_diacritics_do_not_matter_and_the_same_text_is_the_same() -> None:
    assert near("Đường làng", "duong lang") == pytest.approx(1)
    assert vector("Đường làng") == vector("ĐƯỜNG LÀNG")


@pytest.mark.parametrize("text", ["a", "...", "", "dài " * 5000])
@pytest.mark.parametrize("dimensions", [None, 1, 32, 1024])
def test_every_vector_has_the_asked_dimensions_and_length_one(text: str, dimensions: int | None) -> None:
    numbers = vector(text, dimensions)
    assert len(numbers) == (dimensions or 256)
    assert math.sqrt(sum(n * n for n in numbers)) == pytest.approx(1)
