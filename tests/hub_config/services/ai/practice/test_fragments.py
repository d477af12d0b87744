from pathlib import Path

import pytest
from pydantic import ValidationError

from course.catalog import read_lesson
from course.lesson import Fragment
from course.variants import drawn_exercise
from hub_config.services.ai.practice.fragments import compose, compose_marked
from hub_config.services.ai.practice.wording import NOTHING_TO_SAY

HEAD = Fragment(id="head", given="THÔNG BÁO")
HOUR = Fragment(id="hour", fact="19 giờ 30", given="Lúc {from_prompt}.", none="Lúc 8 giờ sáng.", invented=True)
PLACE = Fragment(id="place", fact="nhà văn hóa", given="{from_prompt} là nơi họp.")
MONEY = Fragment(id="money", figure="money", given="Mỗi hộ góp {from_prompt}.", none="Mỗi hộ nộp 200.000 đồng.")
TABLE = Fragment(
    id="table",
    given="Nà Pồng có 60 hộ, Khau Cút có 40 hộ.",
    as_table=(("Xóm", "Số hộ"), ("Nà Pồng", "60"), ("Khau Cút", "40")),
)
LENGTH = Fragment(id="length", part="length", given="", none="Câu này chỉ để cho dài.")
FIRST_LESSON = Path(__file__).parents[5] / "level1_text" / "01_first_prompt"


def test_the_learners_own_wording_stands_in_the_reply() -> None:
    assert compose([HOUR], "Họp lúc 19h30 tối nay") in ("Lúc 19h30.", "Lúc 19h30 tối.")


def test_what_the_prompt_leaves_out_is_missing_or_wrong() -> None:
    assert compose([HEAD, HOUR, PLACE], "Viết thông báo họp") == "THÔNG BÁO\nLúc 8 giờ sáng."


def test_a_fragment_that_begins_with_the_prompts_words_begins_with_a_capital() -> None:
    assert compose([PLACE], "họp ở nhà văn hóa xóm").startswith("Nhà văn hóa")


def test_empty_fragments_leave_no_line() -> None:
    assert compose([HEAD, LENGTH, HEAD], "Viết dưới 60 chữ") == "THÔNG BÁO\nTHÔNG BÁO"
    assert compose([LENGTH], "Viết dưới 60 chữ") == NOTHING_TO_SAY


def test_an_authors_blank_line_stays() -> None:
    assert compose([HEAD, Fragment(id="tail", given="\nTrân trọng.\n")], "x") == "THÔNG BÁO\n\nTrân trọng."


def test_braces_of_a_prompt_are_plain_text() -> None:
    odd = Fragment(id="odd", fact="{0}", given="{from_prompt}", none="–")
    assert compose([odd, PLACE], "họp ở nhà văn hóa {from_prompt} {0}")


@pytest.mark.parametrize(("money", "echoed"), [("150.000 đồng", "150.000 đồng"), ("105k", "105k")])
def test_a_figure_is_echoed_right_or_wrong(money: str, echoed: str) -> None:
    assert compose([MONEY], f"Viết tin: mỗi hộ góp {money}.") == f"Mỗi hộ góp {echoed}."


def test_a_figure_is_invented_only_where_the_prompt_has_none_of_its_kind() -> None:
    assert compose([MONEY], "Viết tin họp lúc 19 giờ ngày 12/3, dưới 80 chữ") == "Mỗi hộ nộp 200.000 đồng."


def test_asked_for_a_table_it_gives_one_else_prose() -> None:
    assert compose([HEAD, TABLE], "Viết thông báo số hộ") == "THÔNG BÁO\nNà Pồng có 60 hộ, Khau Cút có 40 hộ."
    table = "| Xóm | Số hộ |\n| --- | --- |\n| Nà Pồng | 60 |\n| Khau Cút | 40 |"
    for prompt in ("Kẻ bảng số hộ", "trình bày số hộ thành bảng", "viet so ho duoi dang bang", "lập một bảng giúp tôi"):
        assert compose([HEAD, TABLE], prompt) == f"THÔNG BÁO\n\n{table}"
    assert "|" not in compose([TABLE], "Dựa vào bảng sau, viết một đoạn. Đừng dán lên bảng tin.")


def test_rows_under_the_same_head_are_one_table_filled_with_the_prompts_words() -> None:
    row = Fragment(
        id="hour",
        figure="time",
        given="Lúc {from_prompt}.",
        as_table=(("Mục", "Nội dung"), ("Giờ", "{from_prompt}")),
        none="Lúc 8 giờ.",
    )
    day = row.model_copy(
        update={"id": "day", "figure": "date", "as_table": (row.as_table[0], ("Ngày", "{from_prompt}"))}
    )
    whole = compose([row, day], "Kẻ bảng: họp 19 giờ 30 ngày 12/3")
    assert whole.splitlines() == ["| Mục | Nội dung |", "| --- | --- |", "| Giờ | 19 giờ 30 |", "| Ngày | 12/3 |"]
    assert compose([row, day], "Kẻ bảng: họp ngày 12/3").startswith("Lúc 8 giờ.\n\n| Mục")


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([["Xóm", "Số hộ"]], "one row"),
        ([["Xóm", "Số hộ"], ["Nà Pồng"]], "rows of 2, 1 cells"),
        ([["Xóm"], ["a|b"]], "bar or a line break"),
        ([[], []], "rows of 0, 0 cells"),
    ],
)
def test_a_table_that_is_none_is_refused_when_the_lesson_is_read(rows: list[list[str]], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        Fragment.model_validate({"id": "x", "given": "prose", "as_table": rows})
    with pytest.raises(ValidationError, match="needs given"):
        Fragment.model_validate({"id": "x", "as_table": [["Xóm"], ["Nà Pồng"]]})


def test_no_receiver_named_makes_a_reply_for_nobody_in_particular() -> None:
    dear = Fragment(id="dear", part="receiver", given="Kính gửi {from_prompt},", none="Kính gửi quý vị,")
    assert compose([dear], "Viết thông báo họp") == "Kính gửi quý vị,"
    assert compose([dear], "Viết thông báo gửi bà con xóm Nà Pồng") == "Kính gửi bà con xóm Nà Pồng,"


def test_what_is_invented_is_marked_for_teachers() -> None:
    always = Fragment(id="always", given="Năm ngoái có 41 hộ dự.", invented=True)
    bare = compose_marked([HEAD, HOUR, MONEY, always], "Viết thông báo họp")
    assert [bare.text[start:end] for start, end in bare.invented] == ["Lúc 8 giờ sáng.", "Năm ngoái có 41 hộ dự."]
    told = compose_marked([HEAD, HOUR, MONEY, always], "Viết thông báo họp lúc 19 giờ 30, góp 50.000 đồng")
    assert [told.text[start:end] for start, end in told.invented] == ["Năm ngoái có 41 hộ dự."]


@pytest.mark.parametrize("conditions", [{"part": "task", "figure": "time"}, {"fact": "19 giờ", "figure": "time"}])
def test_a_fragment_hangs_on_one_condition(conditions: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="one of part, fact and figure"):
        Fragment.model_validate({"id": "x", **conditions})


def test_the_first_lesson_echoes_what_the_learner_typed() -> None:
    """Every variant: figures that are not the card's stand in the reply; none typed, all invented."""
    lesson = read_lesson(FIRST_LESSON).lesson
    for variant in lesson.variant:
        exercise = drawn_exercise(lesson, "notice", variant)
        wrong = compose(exercise.practice, "Viết tin: 5 giờ 45 sáng, thứ Ba 02/11/2027, 123.456 đồng.")
        assert all(figure in wrong for figure in ("5 giờ 45 sáng.", "thứ Ba 02/11/2027.", "123.456 đồng/"))
        assert not any(str(variant.values[key]) in wrong for key in ("weak_hour", "weak_day", "weak_money"))
        bare = compose(exercise.practice, "Viết tin.")
        assert all(str(variant.values[key]) in bare for key in ("weak_hour", "weak_day", "weak_money"))
