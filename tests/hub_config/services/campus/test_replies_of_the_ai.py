"""Campus and the record of replies: what the AI said decides a grade, and only the gateway says what it said."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import nbformat
import pytest
from campus_site import LESSON, Site, right_answers, until
from judge_site import by_rules
from sqlalchemy import select
from starlette.responses import Response

from autograders import wording
from autograders.models import AiReply, Context, Grade, prompt_sha256
from course.notebook import exercise_calls, with_answer
from hub_config.services.campus import grading_again, replies, tables
from hub_config.services.campus.database import now, reading
from hub_config.services.campus.faults import REPLIES_UNKNOWN

PROMPT = right_answers()["notice"]["prompt"]
FINAL = right_answers()["notice"]["final"]
HERS = "Mời các bác thợ họp ngày 13/03/2027 tại xưởng chè."  # hoa.ly has the household's card
MADE_UP = "Kính mời bà con đến dự họp xóm vào lúc 8 giờ sáng ngày 12/03/2027 tại nhà văn hóa xóm, mong bà con đến đủ."
GATED = 'rule = "keeps_facts"\ngate = ["not_copied"]'


@pytest.fixture
def gated(site: Site) -> Site:
    """A campus whose lesson wants to know whether a notice is the AI's."""
    site.prepare()
    toml = site.data / "level1_text" / "01_small" / "lesson.toml"
    text = toml.read_text("utf-8")
    assert text.count('rule = "keeps_facts"') == 1
    toml.write_text(text.replace('rule = "keeps_facts"', GATED), "utf-8")
    site.start(grader=by_rules)
    return site


def said(text: str, at: datetime | None = None, prompt: str = PROMPT, *invented: tuple[int, int]) -> AiReply:
    return AiReply(
        prompt_sha256=prompt_sha256(prompt),
        label="big-model",
        practice=False,
        text=text,
        at=at or now() - timedelta(minutes=1),
        invented=invented,
    )


def answers(final: str) -> dict[str, dict[str, Any]]:
    return right_answers() | {"notice": {"prompt": PROMPT, "final": final}}


def handed_in(site: Site, final: str, name: str = "an.nguyen") -> str:
    site.draft(name, answers(final))
    submission = site.hand_in(name)
    until(lambda: site.state(submission) == "graded")
    return submission


def facts_line(site: Site, submission: str) -> tuple[float | None, str]:
    with reading(site.campus.engine) as connection:
        text = connection.execute(
            select(tables.grading.c.grade).where(tables.grading.c.submission == submission)
        ).scalar_one()
    notice = next(one for one in Grade.model_validate_json(text).exercises if one.id == "notice")
    line = next(line for line in notice.criteria if line.id == "facts")
    return line.points, line.message


def context_of(site: Site, submission: str) -> Context:
    with reading(site.campus.engine) as connection:
        query = select(tables.submission.c.context).where(tables.submission.c.id == submission)
        return Context.model_validate_json(connection.execute(query).scalar_one())


def checked(site: Site, final: str, name: str = "an.nguyen", exercise: str = "notice") -> dict[str, Any]:
    body = {"answer": answers(final)[exercise], "active_s": 1}
    with site.program(name) as client:
        reply = client.post(f"exercises/{LESSON}/{exercise}/check", json=body)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def test_a_reply_handed_back_earns_nothing_and_is_kept_with_the_submission(gated: Site) -> None:
    gated.hub.said["an.nguyen"] = {"notice": [said(MADE_UP)]}
    submission = handed_in(gated, MADE_UP)
    assert facts_line(gated, submission) == (0, wording.AI_REPLY)
    assert context_of(gated, submission).replies == {
        "notice": (said(MADE_UP, gated.hub.said["an.nguyen"]["notice"][0].at),)
    }
    assert facts_line(gated, handed_in(gated, FINAL))[0] == 4


def test_the_record_is_asked_for_this_learner_and_prompt_and_up_to_the_hand_in(gated: Site) -> None:
    submission = handed_in(gated, FINAL)
    (asked,) = gated.hub.record_asked
    assert (asked["learner"], asked["lesson"], asked["prompt"]) == ("an.nguyen", LESSON, prompt_sha256(PROMPT))
    with reading(gated.campus.engine) as connection:
        query = select(tables.submission.c.submitted_at).where(tables.submission.c.id == submission)
        assert datetime.fromisoformat(asked["until"]) == connection.execute(query).scalar_one()


def test_grading_again_sees_what_was_stored_also_when_the_record_has_forgotten(gated: Site) -> None:
    gated.hub.said["an.nguyen"] = {"notice": [said(MADE_UP)]}
    submission = handed_in(gated, MADE_UP)
    gated.hub.said.clear()
    before = context_of(gated, submission)
    grading_again.grade_again(gated.campus.engine, submission)
    until(lambda: gated.state(submission) == "graded")
    assert facts_line(gated, submission)[0] == 0
    assert context_of(gated, submission) == before


def forged(notebook: Any, final: str) -> None:
    """A notebook that says the AI had said something else, in every place where one could."""
    claim = {"reply": FINAL, "replies": {"notice": [json.loads(said(FINAL).model_dump_json())]}}
    for call in exercise_calls(notebook):
        if call.exercise == f"{LESSON}/notice":
            cell = notebook.cells[call.cell]
            cell.source = with_answer(cell.source, {"prompt": PROMPT, "final": final, **claim})
            cell.metadata["hocai"] = claim
            cell.outputs = [nbformat.v4.new_output("stream", text=f"AI: {FINAL}")]
    notebook.metadata["hocai"] = {"context": {"replies": {}, "replies_unknown": False}}


def test_a_false_reply_in_the_notebook_gains_nothing(gated: Site) -> None:
    gated.hub.said["an.nguyen"] = {"notice": [said(MADE_UP)]}
    notebook = nbformat.read(gated.campus.student_notebook(LESSON), as_version=4)
    forged(notebook, MADE_UP)
    with gated.program("an.nguyen") as client:
        path = f"exchange/assignments/demo/{LESSON}/submissions"
        submission = client.post(path, content=nbformat.writes(notebook)).json()["id"]
    until(lambda: gated.state(submission) == "graded")
    assert facts_line(gated, submission) == (0, wording.AI_REPLY)
    assert [r.text for r in context_of(gated, submission).replies["notice"]] == [MADE_UP]


def test_while_the_record_is_away_no_point_is_lost_and_it_is_made_good_when_it_is_back(
    gated: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    gated.hub.fault = Response(status_code=503)
    copied, honest = handed_in(gated, MADE_UP), handed_in(gated, HERS, "hoa.ly")
    for submission in (copied, honest):
        assert facts_line(gated, submission) == (None, wording.REPLIES_UNKNOWN)
        assert context_of(gated, submission).replies_unknown
    gated.stop()
    gated.hub.fault = None
    gated.hub.said["an.nguyen"] = {"notice": [said(MADE_UP, datetime(2026, 1, 1, tzinfo=UTC))]}
    monkeypatch.setattr(grading_again, "LOOK_SECONDS", 0.05)
    gated.start(grader=by_rules)
    until(lambda: facts_line(gated, honest)[0] == 4)
    until(lambda: facts_line(gated, copied) == (0, wording.AI_REPLY))
    assert not context_of(gated, honest).replies_unknown
    with reading(gated.campus.engine) as connection:
        left = connection.execute(select(tables.grading.c.problem)).scalars().all()
    assert not [problem for problem in left if problem.startswith(REPLIES_UNKNOWN)]


def test_a_check_knows_what_the_ai_said(gated: Site) -> None:
    gated.hub.said["an.nguyen"] = {"notice": [said(MADE_UP)]}
    assert wording.AI_REPLY in json.dumps(checked(gated, MADE_UP), ensure_ascii=False)
    assert wording.AI_REPLY not in json.dumps(checked(gated, FINAL), ensure_ascii=False)
    assert "invented" not in json.dumps(checked(gated, MADE_UP))


def test_a_check_that_needs_no_reply_asks_for_none(gated: Site, site: Site) -> None:
    checked(gated, "", exercise="pick")
    assert site.hub.record_asked == []
    checked(gated, FINAL)
    assert len(site.hub.record_asked) == 1


def test_after_a_failure_nobody_waits_for_the_gateway_for_a_while(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.prepare()
    record = replies.GatewayRecord(site.settings, "service-token")
    site.hub.fault = Response(status_code=503)
    for _ in range(3):
        with pytest.raises(replies.RecordAwayError):
            record.replies("an.nguyen", LESSON, [])
    assert len(site.hub.record_asked) == 1
    site.hub.fault = None
    monkeypatch.setattr(record, "_away_until", 0.0)
    assert record.replies("an.nguyen", LESSON, []) == {}
    record.close()


@pytest.mark.parametrize(
    "fault",
    [
        Response("<html>"),
        Response('{"replies": {"notice": [{"text": "x"}]}}'),
        Response("{}"),
        Response(status_code=403),
        Response(b"\xff"),
    ],
)
def test_an_answer_that_is_no_record_is_as_good_as_none(site: Site, fault: Response) -> None:
    site.prepare()
    site.hub.fault = fault
    record = replies.GatewayRecord(site.settings, "service-token")
    with pytest.raises(replies.RecordAwayError):
        record.replies("an.nguyen", LESSON, [])
    record.close()


HOSTILE = "<script>alert(1)</script> Họp lúc 8 giờ sáng & mang sổ."


def test_a_teacher_sees_the_conversation_with_what_was_made_up(gated: Site) -> None:
    start = HOSTILE.index("8 giờ sáng")
    marked = said(HOSTILE, None, PROMPT, (start, start + len("8 giờ sáng")))
    other = said("Câu trả lời trước.", None, "Viết gì đó")
    gated.hub.said["an.nguyen"] = {"notice": [other, marked]}
    checked(gated, FINAL)
    submission = handed_in(gated, FINAL)
    with gated.browser("co.lan") as browser:
        page = browser.get(f"classes/demo/submissions/{submission}").text
    assert "Học viên đã hỏi AI" in page
    assert '<mark>8 giờ sáng <span class="tag">AI tự nghĩ ra</span></mark>' in page
    assert "&lt;script&gt;" in page and "<script>alert" not in page
    assert "Câu trả lời trước." in page and "không nộp nên không lưu lại" in page
    assert PROMPT in page and "câu lệnh đã nộp" in page


def test_prompts_of_earlier_checks_are_told_to_the_teacher(gated: Site) -> None:
    earlier = "Viết thông báo họp xóm cho vui"
    gated.hub.said["an.nguyen"] = {"notice": [said("Trả lời.", None, earlier)]}
    with gated.program("an.nguyen") as client:
        body = {"answer": {"prompt": earlier, "final": FINAL}, "active_s": 1}
        assert client.post(f"exercises/{LESSON}/notice/check", json=body).status_code == 200
    submission = handed_in(gated, FINAL)
    with gated.browser("co.lan") as browser:
        assert earlier in browser.get(f"classes/demo/submissions/{submission}").text


def test_learners_see_neither_marks_nor_the_record(gated: Site) -> None:
    gated.hub.said["an.nguyen"] = {"notice": [said(MADE_UP, None, PROMPT, (0, 8))]}
    submission = handed_in(gated, FINAL)
    with gated.browser("an.nguyen") as browser:
        page = browser.get(f"submissions/{submission}").text
    with gated.program("an.nguyen") as client:
        told = client.get(f"exchange/submissions/{submission}/feedback").text + client.get(f"lessons/{LESSON}").text
        told += client.get(f"submissions/{submission}").text + client.get(f"exercises/{LESSON}/notice").text
    for text in (page, told):
        assert "<mark" not in text and "tự nghĩ ra" not in text and "8 giờ sáng" not in text
