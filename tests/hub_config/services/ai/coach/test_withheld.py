"""The check of a model's reply: what an honest coach says goes through, what gives away does not, rule by rule."""

from __future__ import annotations

from typing import Any

import pytest
from coach_classroom import Classroom

from hub_config.services.ai.coach.withheld import Withheld

HONEST = [
    ("text.first_prompt/guess", "Bạn thử nhớ lại: anh Thắng đã nói cho AI biết những gì? Từ đó nó lấy giờ ở đâu ra?"),
    ("text.first_prompt/invented", "Với từng dòng, bạn hỏi thử: ai đã cho AI biết điều này?"),
    ("text.first_prompt/parts", "Bạn lấy mẩu còn phân vân, đọc to lên: nó bảo AI làm gì, hay đang tả điều gì?"),
    ("text.first_prompt/notice", "Câu lệnh đã có giờ và ngày. Bà con còn phải biết đi đâu, bạn thấy điều ấy chưa?"),
    ("text.first_prompt/notice", "Bạn đặt mình vào bà con: nghe một lượt xong còn phải hỏi lại điều gì?"),
    ("text.first_prompt/notice", "Bạn đã viết cho ai, và dài chừng nào thì vừa một lượt đọc loa?"),
    ("text.first_prompt/who_checks", "Bạn thử nghĩ: tin đi ra với tên ai ở dưới? Thấy lạ thì người ta gọi cho ai?"),
    ("text.first_prompt/tell_neighbour", "Chỗ nào trong bài làm bạn ngạc nhiên? Thử kể chỗ ấy bằng một câu xem?"),
    ("text.summarise/changed", "Bạn lấy dòng còn phân vân, so từng chữ với nguồn. Hai bên khác nhau ở chữ nào?"),
    ("text.summarise/mend", "Câu bạn viết mới có số tiền. Trong nguồn, con số này đi kèm với điều gì?"),
    ("text.summarise/keep", "Nghe xong câu ấy thì người ta sẽ làm gì, và có thể làm sai điều gì không?"),
    ("text.summarise/five_lines", "Bạn đã dặn AI làm mấy dòng và lấy tin từ đâu chưa? Thử thêm rồi hỏi lại xem?"),
    ("text.report/wrong_figures", "Bạn dừng ở từng con số rồi tìm nó trong bảng. Con số nào bạn không tìm thấy?"),
    ("text.report/change", "Với ba số nhỏ bạn tự nghĩ ra, làm bằng tay thì bạn cộng thế nào? Viết từng bước ra xem?"),
    ("text.report/change_touch", "Ô thứ hai hỏi tăng so với lúc nào? Bạn cần hai số nào trong bảng để trả lời?"),
    ("text.report/report", "Câu lệnh của bạn chưa nói gửi cho ai. Đọc trên điện thoại thì cần câu dài hay ngắn?"),
    ("text.report/plan", "Có mấy người nhắn, nhưng chỉ một người nhận làm. Bạn đọc lại, câu nào là lời nhận việc?"),
]
GIVEN_AWAY = [
    ("text.first_prompt/guess", "Bạn chọn “Một tin chung chung, có chỗ tự nghĩ ra” xem sao?", "an option"),
    ("text.first_prompt/who_checks", "Bạn nghĩ thử, lựa chọn thứ ba có hợp lý hơn không?", "an option"),
    ("text.first_prompt/who_checks", "Đúng rồi. Bạn nói được vì sao mình chọn thế không?", "says right or wrong"),
    (
        "text.first_prompt/who_checks",
        "Câu trả lời của bạn là sai. Bạn thử chọn lại xem sao nhé?",
        "says right or wrong",
    ),
    ("text.first_prompt/parts", "Mẩu “soát lỗi chính tả” là Việc, bạn thấy có phải không?", "a category"),
    ("text.first_prompt/parts", "Những mẩu nói về tiền thì xếp vào Dữ kiện, bạn thấy sao?", "a category"),
    ("text.first_prompt/invented", "Bạn nhìn kỹ dòng thứ ba xem có gì lạ ở đó không?", "a place to touch"),
    ("text.first_prompt/invented", "Cả bài này có ba chỗ, bạn đã thấy được mấy chỗ rồi?", "a place to touch"),
    (
        "text.first_prompt/tell_neighbour",
        "Nó không biết nên mới bịa ra thôi bác. Lần tới nói đủ cho nó, xong thì xem kỹ từng số. Nói thế được chứ?",
        "a text that could be handed in",
    ),
    ("text.report/change", "Trong Python bạn gọi sum cho cả dãy số là xong, bạn thử chưa?", "code of the solution"),
    ("text.report/plan", "Bạn điền tên {doer} vào đó là được, phải không bạn?", "what belongs into a box"),
    ("text.report/change_touch", "Bạn cộng lại lần nữa xem có ra {total} không nhé?", "a figure that is the learner's"),
    (
        "text.report/report",
        "Bạn nói cả bốn tháng được {total} rồi thì còn thiếu gì nữa?",
        "that is the learner's to find",
    ),
    ("text.report/report", "Please tell me what you think about the total of all these months?", "not in Vietnamese"),
    ("text.report/report", "Bạn xem lại bảng rồi cộng cả bốn tháng lại nhé, cứ từ từ thôi.", "asks nothing back"),
    ("text.report/report", "Tổng à?", "too short"),
]


@pytest.mark.parametrize(("exercise", "reply"), HONEST)
def test_what_an_honest_coach_says_goes_through(exercise: str, reply: str, practised: Classroom) -> None:
    assert Withheld(*practised.stands(exercise)).fault(reply) == ""


@pytest.mark.parametrize(("exercise", "reply", "why"), GIVEN_AWAY)
def test_what_gives_away_does_not(exercise: str, reply: str, why: str, practised: Classroom) -> None:
    seen, kept = practised.stands(exercise)
    assert why in Withheld(seen, kept).fault(reply.format_map(kept.exercise.values))


def test_a_number_near_enough_to_be_right_is_the_number(practised: Classroom) -> None:
    seen, kept = practised.stands("text.report/change_touch")
    near = f"{kept.exercise.values['pct'] - 0.4:.1f}".replace(".", ",")
    fault = Withheld(seen, kept).fault(f"Bạn chia lại lần nữa xem có ra {near} không nhé?")
    assert fault == "a number that is the learner's to find"


def test_the_gullible_pass_on_of_a_hint_is_withheld_until_it_was_opened(practised: Classroom) -> None:
    seen, kept = practised.stands("text.summarise/changed")
    told = f"Bạn thử làm theo câu này xem: {kept.exercise.hints[1]} Bạn thấy sao?"
    assert Withheld(seen, kept).fault(told) == "words that are kept from learners"
    opened = type(seen)(**{**vars(seen), "hints": kept.exercise.hints[:2]})
    assert Withheld(opened, kept).fault(told) == ""


def test_what_the_learner_has_written_may_be_spoken_of(practised: Classroom) -> None:
    told = "Câu của bạn có “{text}” rồi. Người nghe có hiểu là ai cũng được đủ không?"
    text = "Xã hỗ trợ 60% tiền vắc xin, nhiều nhất 25.000 đồng một con"
    told = told.format(text=text)
    faults: list[Any] = [
        Withheld(*practised.stands("text.summarise/mend", {"text": written})).fault(told) for written in ("", text)
    ]
    assert faults == ["a text that could be handed in", ""]
