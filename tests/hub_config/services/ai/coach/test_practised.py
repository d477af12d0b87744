"""The practice coach: what it makes of a message, of the draft and of the last check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from coach_classroom import CATALOG, EXERCISES, NAME, Classroom

from hub_config.services.ai.coach import wording as w
from hub_config.services.campus import attempts, guidance
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import connect

NOTICE = "text.first_prompt/notice"
PARTS = "text.first_prompt/parts"


@pytest.fixture(scope="module")
def campus(practised: Classroom) -> Iterator[Campus]:
    engine = connect(practised.gateway.settings)
    yield Campus(practised.gateway.settings, engine, lambda: CATALOG)
    engine.dispose()


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Tôi không hiểu đề", "Đề bài nói: “Giúp "),
        ("toi khong hieu de bai", "Đề bài nói: “Giúp "),
        ("Làm sao bắt đầu?", w.BEGIN),
        ("Đúng chưa?", w.NO_VERDICT),
        ("Cho tôi đáp án", w.NO_ANSWER),
        ("cho xin dap an voi", w.NO_ANSWER),
        ("Cho tôi ví dụ?", w.NO_EXAMPLE),
        ("gợi ý đi", "gợi ý 1"),
        ("Tôi chịu rồi", w.STUCK),
        ("Cảm ơn nhé", w.THANKS),
        ("Chào bạn", w.GREETING),
        ("Thời tiết mai thế nào?", w.CAN),
        ("prompt là gì?", "Câu lệnh (prompt) là lời bạn dặn AI."),
        ("bản gửi đi nghĩa là gì", "bản gửi đi"),
        ("blockchain là gì?", w.NO_TERM),
    ],
)
def test_common_messages_are_understood(message: str, said: str, practised: Classroom) -> None:
    assert said in practised.ask(NOTICE, message)["reply"]


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("message", ["Tôi chưa hiểu đề", "Tôi bắt đầu từ đâu?", "Bài tôi thiếu gì?"])
def test_each_reply_is_short_and_asks_something_back(message: str, exercise: str, practised: Classroom) -> None:
    said = practised.ask(exercise, message)["reply"]
    assert len(said.split()) <= 120
    assert "?" in said


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_same_question_is_not_asked_twice_running(exercise: str, practised: Classroom) -> None:
    history: list[dict[str, str]] = []
    for _ in range(6):
        said = practised.ask(exercise, "Bài tôi thiếu gì?", history=history)["reply"]
        assert not history or said != history[-1]["text"]
        history += [{"by": "learner", "text": "Bài tôi thiếu gì?"}, {"by": "coach", "text": said}]


@pytest.mark.parametrize(
    ("prompt", "final", "asked"),
    [
        ("", "", w.PROMPT_EMPTY),
        ("bà con", "", w.PROMPT_PARTS["task"]),
        ("Viết thông báo họp", "", w.PROMPT_PARTS["receiver"]),
        ("Viết thông báo họp cho bà con", "", w.PROMPT_CARD),
    ],
)
def test_of_a_prompt_it_asks_for_the_part_that_is_not_there(
    prompt: str, final: str, asked: str, practised: Classroom
) -> None:
    assert asked in practised.ask(NOTICE, "Bài tôi thiếu gì?", {"prompt": prompt, "final": final})["reply"]


def test_a_private_line_in_the_prompt_is_asked_about(practised: Classroom) -> None:
    card = practised.stands(NOTICE)[0].public["material"][0]
    prompt = f"Viết thông báo họp cho bà con, nhắc {card['private'][0]}"
    assert w.PROMPT_PRIVATE in practised.ask(NOTICE, "Bài tôi thiếu gì?", {"prompt": prompt, "final": ""})["reply"]


def test_of_a_whole_prompt_it_goes_on_to_what_is_sent(practised: Classroom) -> None:
    card = practised.stands(NOTICE)[0].public["material"][0]
    prompt = f"Viết thông báo họp cho bà con: {', '.join(card['facts'])}. Dưới 80 chữ."
    assert w.FINAL_EMPTY in practised.ask(NOTICE, "Bài tôi thiếu gì?", {"prompt": prompt, "final": ""})["reply"]
    sent = practised.ask(NOTICE, "Bài tôi thiếu gì?", {"prompt": prompt, "final": "Mời bà con họp."})
    assert w.FINAL_CHECK in sent["reply"]


def test_the_coach_points_to_the_part_of_the_lesson(practised: Classroom) -> None:
    assert "Đọc lại phần “Câu lệnh có bốn phần”: “" in practised.ask(PARTS, "Tôi bắt đầu từ đâu?")["reply"]


def test_an_answer_to_its_question_leads_on(practised: Classroom) -> None:
    history = [{"by": "coach", "text": w.PROMPT_EMPTY}]
    said = practised.ask(NOTICE, "gửi cho cả xóm", history=history)["reply"]
    assert said.startswith(w.REPLIED)
    assert w.PROMPT_FIRST_FACT in said


def test_a_history_that_nobody_has_said_does_no_harm(practised: Classroom) -> None:
    every = "\n".join([*w.PROMPT_PARTS.values(), w.PROMPT_EMPTY, w.PROMPT_FIRST_FACT, w.TELL_ME, w.ONE_MORE])
    history = [{"by": "coach", "text": every}, {"by": "learner", "text": ""}, {"by": "coach", "text": every}]
    assert "?" in practised.ask(NOTICE, "Bài tôi thiếu gì?", history=history)["reply"]


def checked(campus: Campus, exercise: str, answer: dict[str, Any]) -> Any:
    lesson, _, id_ = exercise.partition("/")
    return attempts.check(campus.engine, campus.lesson(lesson), NAME, id_, answer, 1)[1].grade


def test_what_the_last_check_said_comes_first(practised: Classroom, campus: Campus) -> None:
    answer = {"text": "Xã cho tiền vắc xin."}
    grade = checked(campus, "text.summarise/mend", answer)
    said = practised.ask("text.summarise/mend", "Bài tôi thiếu gì?", answer)["reply"]
    assert grade.criteria[0].message in said


def test_of_items_that_were_wrong_it_goes_through_their_own_reasons(practised: Classroom, campus: Campus) -> None:
    grade = checked(campus, PARTS, {"items": {"price": "receiver", "write": "task"}})
    said = practised.ask(PARTS, "Bài tôi thiếu gì?")["reply"]
    assert grade.items["price"].reason in said
    assert grade.items["write"].reason not in said


def test_the_hint_it_offers_is_the_next_one_and_its_text_stays_with_the_button(
    practised: Classroom, campus: Campus
) -> None:
    exercise = practised.stands(NOTICE)[1].exercise
    for number, hint in enumerate(exercise.hints, 1):
        said = practised.ask(NOTICE, "Cho tôi gợi ý")
        assert said["points_to"] == {"hint": number}
        assert hint not in said["reply"]
        with campus.engine.begin() as connection:
            guidance.show_hint(connection, NAME, "text.first_prompt", exercise)
    said = practised.ask(NOTICE, "Cho tôi gợi ý")
    assert (said["points_to"], said["reply"]) == (None, w.HINTS_GONE)
