from course.lesson import Fragment
from hub_config.services.ai.practice.fragments import compose
from hub_config.services.ai.practice.wording import NOTHING_TO_SAY

HEAD = Fragment(id="head", given="THÔNG BÁO")
HOUR = Fragment(id="hour", fact="19 giờ 30", given="Lúc {from_prompt}.", none="Lúc 8 giờ sáng.", invented=True)
PLACE = Fragment(id="place", fact="nhà văn hóa", given="{from_prompt} là nơi họp.")
LENGTH = Fragment(id="length", part="length", given="", none="Câu này chỉ để cho dài.")


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
