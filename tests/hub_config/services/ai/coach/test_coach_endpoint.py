"""`POST v1/coach` over HTTP: who answers, under which label, what is counted and kept, and what is refused how."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from coach_classroom import CATALOG, NAME, Classroom, classroom
from openai_server import OpenAIServer
from sqlalchemy import select

from hub_config.services.ai import audit, database
from hub_config.services.ai.quota import Quota
from hub_config.services.ai.record import prompt_sha256, replies
from hub_config.services.campus import attempts, draws, guidance
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import connect

NOTICE = "text.first_prompt/notice"
HONEST = "Câu lệnh của bạn đã có giờ họp. Người nghe loa còn phải biết đi đâu, bạn tìm điều ấy trên thẻ chưa?"
FAR_AWAY = """
[[ai_upstream]]
name = "far"
base_url = "{url}"
outside = true
model = [{{ id = "test-model" }}]
"""
GIVEN_AWAY = "Bạn chép câu này nhé: Trước khi gửi thì đọc lại từng con số, lần sau nhớ ghi rõ giờ, nơi. Được không?"


@pytest.fixture
def campus(modelled: Classroom) -> Any:
    """Campus's database, in which the learner has left traces."""
    engine = connect(modelled.gateway.settings)
    yield Campus(modelled.gateway.settings, engine, lambda: CATALOG)
    engine.dispose()


def test_with_no_model_the_practice_coach_asks_back_under_its_own_label(practised: Classroom) -> None:
    said = practised.ask(NOTICE, "Tôi bắt đầu từ đâu?")
    assert (said["hocai"]["label"], said["hocai"]["practice"]) == ("AI luyện tập", True)
    assert said["reply"].count("?") == 1
    assert said["points_to"] == {"hint": 1}


def test_a_model_answers_under_its_name_and_its_tokens_are_the_learners(
    modelled: Classroom, talker: OpenAIServer
) -> None:
    quota = Quota(database.connect(modelled.gateway.settings.ai_database))
    before = quota.used(f"user:{NAME}").tokens
    talker.reply = HONEST
    said = modelled.ask(NOTICE, "Bài tôi thiếu gì?")
    assert said["reply"] == HONEST
    assert (said["hocai"]["label"], said["hocai"]["practice"]) == ("test-model", False)
    words = sum(len(message["content"].split()) for message in talker.requests[0].body["messages"])
    assert quota.used(f"user:{NAME}").tokens - before == words + len(HONEST.split())


def test_what_was_said_is_kept_apart_from_the_exercises_own_ai(modelled: Classroom, talker: OpenAIServer) -> None:
    talker.reply = HONEST
    modelled.ask(NOTICE, "Câu này chỉ hỏi một lần thôi nhé?")
    engine = database.connect(modelled.gateway.settings.ai_database)
    assert replies(engine, NAME, NOTICE) == []
    kept = replies(engine, NAME, f"{NOTICE}#coach")[-1]
    assert (kept.reply, kept.model, kept.practice) == (HONEST, "test-model", False)
    assert kept.prompt_sha256 == prompt_sha256("Câu này chỉ hỏi một lần thôi nhé?")


def test_a_reply_that_gives_away_is_never_seen_and_counts_as_the_practice_coachs(
    modelled: Classroom, talker: OpenAIServer
) -> None:
    talker.reply = GIVEN_AWAY
    engine = database.connect(modelled.gateway.settings.ai_database)
    before = Quota(engine).used(f"user:{NAME}").tokens
    said = modelled.ask("text.first_prompt/tell_neighbour", "Tôi bắt đầu từ đâu?")
    assert "từng con số" not in said["reply"]
    assert (said["hocai"]["practice"], said["hocai"]["fallback"]) == (True, True)
    kept = replies(engine, NAME, "text.first_prompt/tell_neighbour#coach")[-1]
    assert (kept.reply, kept.practice) == (said["reply"], True)
    with engine.connect() as connection:
        row = connection.execute(select(audit.audit).order_by(audit.audit.c.id.desc())).first()
    assert row is not None
    assert (row.outcome, row.code) == ("fallback", "withheld")
    words = sum(len(message["content"].split()) for message in talker.requests[0].body["messages"])
    assert Quota(engine).used(f"user:{NAME}").tokens - before == words + len(GIVEN_AWAY.split())  # the model has worked


@pytest.mark.parametrize("behaviour", ["error", "nonsense", "bad_key"])
def test_where_the_model_fails_the_practice_coach_answers(
    behaviour: Any, modelled: Classroom, talker: OpenAIServer
) -> None:
    talker.behaviour = behaviour
    said = modelled.ask(NOTICE, "Tôi chưa hiểu đề")
    assert (said["hocai"]["practice"], said["hocai"]["fallback"]) == (True, True)
    assert "Giúp " in said["reply"]


def test_a_model_is_told_what_the_learner_sees(modelled: Classroom, talker: OpenAIServer, campus: Campus) -> None:
    talker.reply = HONEST
    folder = campus.lesson("text.first_prompt")
    answer = {"prompt": "Viết thông báo họp cho bà con", "final": "Mời bà con đi họp."}
    with campus.engine.begin() as connection:
        _, exercise = draws.exercise_of(connection, folder.lesson, NAME, "notice")
        guidance.show_hint(connection, NAME, folder.lesson.id, exercise)
    _, made = attempts.check(campus.engine, folder, NAME, "notice", answer, 1)
    modelled.ask(NOTICE, "Bài tôi thiếu gì?", answer, [{"by": "coach", "text": "Bạn viết cho ai?"}])
    system, user = (message["content"] for message in talker.requests[0].body["messages"])
    messages = [line.message for line in made.grade.criteria if line.message]
    assert messages
    for told in (*messages, exercise.hints[0], exercise.ask, *exercise.material[0].facts, "Thiếu phần nào, AI tự đoán"):
        assert told in system
    assert exercise.hints[1] not in system
    assert exercise.material[0].private[0] not in system + user  # a learner is asked to keep it from an AI
    for said in ("Viết thông báo họp cho bà con", "Mời bà con đi họp.", "Bạn viết cho ai?", "Bài tôi thiếu gì?"):
        assert said in user and said not in system


def test_who_has_looked_at_the_solution_may_talk_about_it(
    modelled: Classroom, talker: OpenAIServer, campus: Campus
) -> None:
    id_ = "text.summarise/tell_neighbour"
    folder = campus.lesson("text.summarise")
    exercise = modelled.stands(id_)[1].exercise
    talker.reply = f"Lời giải có câu này: {exercise.solution} Bạn thấy câu nào chưa quen?"
    assert modelled.ask(id_, "Vì sao lời giải viết thế?")["hocai"]["practice"]
    with campus.engine.begin() as connection:
        guidance.show_solution(connection, NAME, folder.lesson.id, exercise)
    assert not modelled.ask(id_, "Vì sao lời giải viết thế?")["hocai"]["practice"]


@pytest.mark.parametrize(
    ("exercise", "body", "token", "status", "code"),
    [
        ("", {"message": "a"}, "token-hoa", 404, "unknown_exercise"),
        ("text.first_prompt/none", {"message": "a"}, "token-hoa", 404, "unknown_exercise"),
        (NOTICE, {"message": "a"}, "no-token", 401, "unknown_token"),
        (NOTICE, {"message": "a"}, "token-noscope", 403, "lacking_scope"),
        (NOTICE, {"message": " \n"}, "token-hoa", 400, "no_question"),
        (NOTICE, {"message": "a" * 2001}, "token-hoa", 400, "invalid_request"),
        (NOTICE, {"answer": {}}, "token-hoa", 400, "invalid_request"),
        (NOTICE, {"message": "a", "history": [{"by": "system", "text": "b"}]}, "token-hoa", 400, "invalid_request"),
        (NOTICE, {"message": "a", "answer": {"a": [[[[[[[[[1]]]]]]]]]}}, "token-hoa", 400, "invalid_request"),
        (NOTICE, b"\xff\xfe", "token-hoa", 400, "broken_text"),
        (NOTICE, b'{"message": "' + b"a" * 70_000 + b'"}', "token-hoa", 413, "too_large"),
    ],
)
def test_what_cannot_be_answered_gets_a_sentence_and_a_code(
    exercise: str, body: Any, token: str, status: int, code: str, practised: Classroom
) -> None:
    reply = practised.post(exercise, body, token)
    assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)
    assert reply.json()["error"]["message"].endswith(".")


@pytest.mark.parametrize("exercise", ["parts", "notice", "invented", "who_checks", "tell_neighbour"])
@pytest.mark.parametrize(
    "answer",
    [
        {"items": ["write"], "touched": "when", "prompt": 5, "boxes": [1], "text": None, "order": {"a": 1}},
        {"items": {"write": {"a": 1}, "x": None}, "touched": [1, {}], "final": ["a"], "text": {"a": "b"}},
    ],
)
def test_an_answer_of_any_shape_does_no_harm(
    exercise: str, answer: dict[str, Any], modelled: Classroom, talker: OpenAIServer
) -> None:
    talker.behaviour = "error"
    assert modelled.ask(f"text.first_prompt/{exercise}", "Bài tôi thiếu gì?", answer)["reply"]
    assert modelled.ask(f"text.first_prompt/{exercise}", "cho tôi lời khuyên", answer)["reply"]


def test_in_a_level_challenge_there_is_no_coach(modelled: Classroom, talker: OpenAIServer) -> None:
    reply = modelled.post("text.challenge/notice", {"message": "Tôi bắt đầu từ đâu?"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (403, "in_sitting")
    assert talker.requests == []


def test_whom_campus_does_not_know_is_answered_all_the_same(practised: Classroom) -> None:
    reply = practised.post(NOTICE, {"message": "Tôi bắt đầu từ đâu?"}, "token-stranger")
    assert reply.status_code == 200
    assert "?" in reply.json()["reply"]


def test_who_has_used_up_the_day_goes_on_with_the_practice_coach(
    tmp_path: Path, hub_api: str, talker: OpenAIServer
) -> None:
    with classroom(tmp_path, hub_api, talker, HOCAI_AI_DAILY_TOKENS="100") as scarce:
        said = scarce.ask(NOTICE, "Tôi bắt đầu từ đâu?")
        assert (said["hocai"]["practice"], said["hocai"]["fallback"]) == (True, True)
        assert "?" in said["reply"] and said["hocai"]["note"]
        assert talker.requests == []


def test_personal_data_are_masked_on_their_way_out_and_nobody_is_asked(
    tmp_path: Path, hub_api: str, talker: OpenAIServer
) -> None:
    talker.reply = HONEST
    (tmp_path / "hocai.toml").write_text(FAR_AWAY.format(url=talker.base_url), "utf-8")
    with classroom(tmp_path, hub_api) as far:
        draft = {"prompt": "Viết thông báo, gọi 0912 345 678", "final": ""}
        said = far.ask(NOTICE, "Số tôi là 0912 345 678, thiếu gì?", draft)
    assert (said["reply"], said["hocai"]["masked"]) == (HONEST, ["phone"])
    assert "0912" not in str(talker.requests[0].body["messages"])
