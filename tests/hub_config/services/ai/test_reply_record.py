"""The record of replies: told to campus and to nobody else, with what was made up, and forgotten in time."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from gateway_run import FRAGMENTS, Gateway, gateway
from openai_server import OpenAIServer
from running_hub import until

from autograders.models import AiReply, prompt_sha256
from hub_config.services.ai import database, record, recorded
from hub_config.services.ai.wording import PRACTICE_LABEL

NOTICE = "text.small/notice"
CAMPUS = "token-campus"


def ask(gateway: Gateway, prompt: str, token: str = "token-hoa", exercise: str = NOTICE) -> str:
    client = gateway.client(token, X_Hocai_Exercise=exercise)
    answer = client.chat.completions.create(model="", messages=[{"role": "user", "content": prompt}])
    return str(answer.choices[0].message.content)


def get(gateway: Gateway, token: str | None = CAMPUS, **given: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.get(f"{gateway.url}/replies", params=given, headers=headers)


def told(gateway: Gateway, learner: str = "hoa", **given: Any) -> dict[str, list[AiReply]]:
    answer = get(gateway, learner=learner, lesson="text.small", **given)
    assert answer.status_code == 200, answer.text
    return {id_: [AiReply.model_validate(one) for one in those] for id_, those in answer.json()["replies"].items()}


def test_campus_is_told_what_was_said_to_whom_in_which_exercise(practice: Gateway) -> None:
    first = ask(practice, "Viết thông báo họp.")
    second = ask(practice, " Viết thông báo họp, gửi bà con.\n")
    ask(practice, "Viết thông báo.", "token-binh")
    ask(practice, "Tóm tắt.", exercise="text.small/five_lines")
    replies = told(practice)
    assert sorted(replies) == ["five_lines", "notice"]
    assert [(r.text, r.label, r.practice) for r in replies["notice"]] == [
        (first, PRACTICE_LABEL, True),
        (second, PRACTICE_LABEL, True),
    ]
    assert replies["notice"][1].answers("Viết thông báo họp, gửi bà con.")
    assert told(practice, "nobody") == {}


@pytest.mark.parametrize("token", ["token-hoa", "token-binh", "token-service", "token-stolen", "token-noscope"])
@pytest.mark.parametrize("learner", ["hoa", "binh"])
def test_nobody_else_reads_the_record_not_even_their_own(practice: Gateway, token: str, learner: str) -> None:
    ask(practice, "Viết thông báo họp.")
    answer = get(practice, token, learner=learner, lesson="text.small")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "lacking_scope")


def test_without_a_token_or_with_a_wrong_one_there_is_no_answer(practice: Gateway) -> None:
    assert get(practice, None, learner="hoa", lesson="text.small").status_code == 401
    assert get(practice, "wrong", learner="hoa", lesson="text.small").status_code == 401


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"learner": "hoa"},
        {"learner": "hoa", "lesson": ""},
        {"learner": "hoa", "lesson": "text.small", "until": "yesterday"},
        {"learner": "hoa", "lesson": "text.small", "until": "0001-01-01T00:00:00+23:00"},
        {"learner": "hoa", "lesson": "text.small", "prompt": ["x"] * 51},
    ],
)
def test_a_question_that_makes_no_sense_is_refused(practice: Gateway, given: dict[str, Any]) -> None:
    answer = get(practice, **given)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_request")


@pytest.mark.parametrize("lesson", ["text.sm", "text_small", "%", "text%", "text.small/notice"])
def test_a_lessons_id_is_no_pattern(practice: Gateway, lesson: str) -> None:
    ask(practice, "Viết thông báo họp.")
    assert get(practice, learner="hoa", lesson=lesson).json() == {"replies": {}}


def test_of_many_replies_the_last_few_are_told_and_those_to_the_prompts_asked_for(practice: Gateway) -> None:
    for number in range(6):
        ask(practice, f"Viết thông báo họp, lần {number}.")
    ask(practice, "Viết thông báo họp, lần 1.")
    ask(practice, "Viết thông báo họp, lần 5.")
    wanted = [prompt_sha256(f"Viết thông báo họp, lần {number}.") for number in (0, 1)]
    asked = [r.prompt_sha256 for r in told(practice, prompt=wanted)["notice"]]
    later = [prompt_sha256(f"Viết thông báo họp, lần {number}.") for number in (5, 1, 5)]
    assert asked == [wanted[0], *later]


def test_what_was_said_after_the_hand_in_does_not_count(practice: Gateway) -> None:
    ask(practice, "Viết thông báo họp.")
    handed_in = datetime.now(UTC)
    ask(practice, "Viết thông báo họp, gửi bà con.")
    assert len(told(practice, until=handed_in.isoformat())["notice"]) == 1
    assert len(told(practice)["notice"]) == 2


def test_a_models_reply_is_told_under_its_name_and_nothing_in_it_is_marked(
    connected: Gateway, model: OpenAIServer
) -> None:
    said = ask(connected, "Viết thông báo họp.")
    (reply,) = told(connected)["notice"]
    assert (reply.text, reply.label, reply.practice, reply.invented) == (said, "test-model", False, ())


INVENTED = FRAGMENTS.replace('none = "Thời gian: sớm nhất có thể"', 'none = "Thời gian: 8 giờ sáng"\ninvented = true')


@pytest.fixture
def inventing(tmp_path: Path, hub_api: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("gateway_run.FRAGMENTS", INVENTED)
    with gateway(tmp_path, hub_api) as running:
        yield running


def test_what_the_practice_ai_made_up_is_told_with_its_place(inventing: Gateway) -> None:
    ask(inventing, "Viết thông báo họp gửi bà con.")
    ask(inventing, "Viết thông báo họp gửi bà con ngày 12/3/2027.")
    made_up, right = told(inventing)["notice"]
    assert [text for text, invented in made_up.pieces if invented] == ["Thời gian: 8 giờ sáng"]
    assert right.invented == ()


def test_learners_are_not_told_what_was_made_up(inventing: Gateway) -> None:
    client = inventing.client(X_Hocai_Exercise=NOTICE)
    answer = client.chat.completions.create(model="", messages=[{"role": "user", "content": "Viết thông báo."}])
    assert "invented" not in answer.model_dump_json()


def test_a_reply_that_was_cut_short_has_no_marks_beyond_its_end(inventing: Gateway) -> None:
    client = inventing.client(X_Hocai_Exercise=NOTICE)
    client.chat.completions.create(model="", messages=[{"role": "user", "content": "Viết."}], max_tokens=22)
    (reply,) = told(inventing)["notice"]
    assert [stop for _, stop in reply.invented] == [len(reply.text)]
    assert "".join(text for text, _ in reply.pieces) == reply.text


def test_a_record_from_before_there_were_marks_is_read_as_it_is(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "ai.sqlite")
    columns = "learner, exercise, prompt_sha256, model, practice, reply, tokens, at"
    old.execute(f"CREATE TABLE reply (id INTEGER PRIMARY KEY, {columns})")
    values = ("hoa", NOTICE, "0" * 64, "m", 0, "Kính gửi bà con.", 9, "2027-03-01T00:00:00+00:00")
    old.execute(f"INSERT INTO reply ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608 - no input
    old.commit()
    old.close()
    engine = database.connect(tmp_path / "ai.sqlite")
    assert [reply.text for reply in recorded.told(engine, "hoa", "text.small")["notice"]] == ["Kính gửi bà con."]
    engine.dispose()


@pytest.mark.parametrize(("days", "left"), [("30", 2), ("2", 1), ("0", 1)])
def test_the_gateway_forgets_replies_whose_days_are_over(tmp_path: Path, hub_api: str, days: str, left: int) -> None:
    engine = database.connect(tmp_path / "ai.sqlite")
    now = datetime.now(UTC)
    for age in (timedelta(days=31), timedelta(days=29), timedelta(hours=1)):
        said = record.Reply("hoa", NOTICE, "0" * 64, "m", False, "Kính gửi bà con.", 9, now - age, ((0, 4),))
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            record.keep(connection, said)
    with gateway(tmp_path, hub_api, HOCAI_AI_TEXT_KEPT_DAYS=days) as running:
        until(lambda: len(told(running)["notice"]) == left)
    with engine.connect() as connection:
        assert len(connection.execute(record.invention.select()).all()) == left, "marks go with their reply"
    engine.dispose()
