from pathlib import Path

import pytest
from pydantic import ValidationError

from course.catalog import read_lesson
from course.lesson import Fragment
from course.variants import drawn_exercise
from hub_config.services.ai.practice.fragments import compose
from hub_config.services.ai.practice.wording import NOTHING_TO_SAY

HEAD = Fragment(id="head", given="THÔNG BÁO")
HOUR = Fragment(id="hour", fact="19 giờ 30", given="Lúc {from_prompt}.", none="Lúc 8 giờ sáng.", invented=True)
PLACE = Fragment(id="place", fact="nhà văn hóa", given="{from_prompt} là nơi họp.")
MONEY = Fragment(id="money", figure="money", given="Mỗi hộ góp {from_prompt}.", none="Mỗi hộ nộp 200.000 đồng.")
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
