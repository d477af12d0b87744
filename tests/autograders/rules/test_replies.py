"""What the AI really said: handed back as it came it is seen, whatever a notebook claims."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from built_exercise import CARD_FACTS, FACTS, GATES, build

from autograders import wording
from autograders.grade import grade_exercise
from autograders.models import AiReply, Context, CriterionGrade, prompt_sha256
from course.lesson import Exercise

PROMPT = "Viết thông báo họp cho bà con, đọc trên loa, dưới 80 chữ."
MADE_UP = (
    "Kính gửi toàn thể bà con! Ban quản lý xóm trân trọng kính mời bà con tới dự buổi họp quan trọng vào lúc 8 giờ "
    "sáng ngày 20/03/2027 tại nhà văn hóa xóm để bàn việc thay đường ống nước. Mỗi hộ cử một người, mức góp dự kiến là "
    "150.000 đồng. Trân trọng cảm ơn!"
)
RIGHT = MADE_UP.replace("8 giờ sáng ngày 20/03/2027", "19 giờ 30 thứ Sáu 12/03/2027")
GAPS = RIGHT.replace("Ban quản lý xóm", "[Tên đơn vị]")
OPENING = "Kính gửi quý vị đại biểu."
PARTLY = f"{OPENING} {RIGHT}"


def said(text: str, prompt: str = PROMPT, *invented: str, practice: bool = False) -> AiReply:
    spans = tuple((text.index(piece), text.index(piece) + len(piece)) for piece in invented)
    label = "AI luyện tập" if practice else "big-model"
    return AiReply(
        prompt_sha256=prompt_sha256(prompt),
        label=label,
        practice=practice,
        text=text,
        at=datetime(2027, 3, 1, tzinfo=UTC),
        invented=spans,
    )


def heard(*replies: AiReply, **more: Any) -> Context:
    return Context(role="official", variant="A", replies={"e": replies}, **more)


def line(exercise: Exercise, context: Context, criterion: int = 1, /, **answer: Any) -> CriterionGrade:
    """One criterion of the notice: 1 is keeps_facts on the final, with the gate not_copied."""
    return grade_exercise(exercise, {"prompt": PROMPT, **answer}, context).criteria[criterion]


@pytest.mark.parametrize(
    "final",
    [
        MADE_UP,
        MADE_UP.upper(),
        MADE_UP.replace(", ", " , "),
        f"{MADE_UP} Xin hết.",
        MADE_UP.replace("Trân trọng", "Xin"),
    ],
)
def test_a_models_reply_sent_as_it_came_with_what_it_made_up_earns_nothing(notice: Exercise, final: str) -> None:
    given = line(notice, heard(said(MADE_UP)), final=final)
    assert (given.points, given.message) == (0, wording.AI_REPLY)


def test_a_reply_with_a_gap_left_for_somebody_to_fill_is_the_ais_too(notice: Exercise) -> None:
    assert line(notice, heard(said(GAPS)), final=GAPS).message == wording.AI_REPLY
    assert line(notice, heard(said(GAPS)), final=RIGHT).points == 6


def test_what_the_practice_ai_made_up_is_known_by_its_marks(notice: Exercise) -> None:
    marked = heard(said(PARTLY, PROMPT, OPENING, practice=True))
    assert line(notice, marked, final=PARTLY).message == wording.AI_REPLY
    assert line(notice, heard(said(PARTLY, practice=True)), final=PARTLY).points == 6, "without marks nothing is wrong"
    assert line(notice, marked, final=RIGHT).points == 6, "it was taken out"


@pytest.mark.parametrize(
    "final",
    [
        RIGHT,  # the AI was right, and the learner signs what it said
        MADE_UP.replace("8 giờ sáng ngày 20/03/2027", "19 giờ 30 thứ Sáu 12/03/2027"),
    ],
)
def test_a_right_reply_and_a_mended_one_may_be_signed(notice: Exercise, final: str) -> None:
    assert line(notice, heard(said(MADE_UP), said(RIGHT)), final=final).points == 6


def test_who_shortens_a_reply_has_edited_it(notice: Exercise) -> None:
    shorter = MADE_UP.removeprefix("Kính gửi toàn thể bà con! ").removesuffix(" Trân trọng cảm ơn!")
    given = line(notice, heard(said(MADE_UP)), final=shorter)
    assert (given.points, given.status) == (4, "scored"), "what is wrong costs its own points only"


@pytest.mark.parametrize(
    "claimed",
    [
        {"reply": RIGHT},
        {"replies": [{"text": RIGHT, "prompt_sha256": prompt_sha256(PROMPT)}]},
        {"said": RIGHT, "invented": []},
        {"context": {"replies": {"e": []}}},
    ],
)
def test_what_a_notebook_says_the_ai_said_counts_for_nothing(notice: Exercise, claimed: dict[str, Any]) -> None:
    honest = line(notice, heard(said(MADE_UP)), final=MADE_UP)
    assert line(notice, heard(said(MADE_UP)), final=MADE_UP, **claimed) == honest
    assert honest.points == 0


IMPROVES = {
    "on": "final",
    "from": "reply",
    "rule": "improves",
    "facts": ["19 giờ 30", "12/03/2027", "nhà văn hóa xóm"],
}


@pytest.fixture
def improving() -> Exercise:
    card = [{"kind": "card", "title": "", "facts": CARD_FACTS}]
    return build("prompt", [IMPROVES], material=card)


def test_improvement_is_measured_against_what_the_ai_said_to_the_prompt_handed_in(improving: Exercise) -> None:
    context = heard(said(MADE_UP), said(RIGHT, "Một câu lệnh khác"))
    assert line(improving, context, 0, final=RIGHT).points == 1
    assert line(improving, context, 0, final=MADE_UP).points == 0
    only_another = heard(said(RIGHT, "Một câu lệnh khác"))
    assert line(improving, only_another, 0, final=RIGHT).message.startswith("Bản sau đã có"), "nothing was left open"


def test_a_weak_reply_in_the_notebook_gains_no_improvement(improving: Exercise) -> None:
    forged = {"reply": "Họp nhé.", "replies": ["Họp nhé."], "text": "Họp nhé."}
    worse = RIGHT.replace("19 giờ 30", "tối")
    honest = line(improving, heard(said(RIGHT)), 0, final=worse)
    assert line(improving, heard(said(RIGHT)), 0, final=worse, **forged) == honest
    assert line(improving, heard(), 0, final=RIGHT, **forged).message == wording.NO_DRAFT


def test_the_reply_a_lesson_ships_goes_before_the_ais_own() -> None:
    shipped = build("prompt", [IMPROVES], material=[{"kind": "reply", "text": "Mời bà con đi họp đông đủ."}])
    late = RIGHT.replace("19 giờ 30", "tối")
    assert line(shipped, heard(said("Họp lúc 19 giờ 30 nhé bà con.")), 0, final=late).points == pytest.approx(0.67)


def test_while_the_record_cannot_be_read_nothing_is_lost_and_nothing_given_that_rests_on_it(notice: Exercise) -> None:
    unknown = heard(replies_unknown=True)
    given = grade_exercise(notice, {"prompt": PROMPT, "final": RIGHT}, unknown)
    assert [(c.status, c.points) for c in given.criteria] == [("scored", 3), ("failed", None), ("failed", None)]
    assert given.criteria[1].message == wording.REPLIES_UNKNOWN
    idle = grade_exercise(notice, {"prompt": PROMPT, "final": ", ".join(CARD_FACTS)}, unknown)
    assert [c.points for c in idle.criteria] == [3, 0, 0], "a reply could not open a gate that is shut"


def test_a_judge_is_not_asked_before_the_record_is_known() -> None:
    judged = {"on": "final", "judge": "?", "levels": ["0: a", "1: b"], "gate": GATES, "points": 2}
    exercise = build("prompt", [judged, {"on": "final", "rule": "keeps_facts", "facts": FACTS}])
    context = heard(replies_unknown=True)
    assert line(exercise, context, 0, final=RIGHT).status == "failed"
    assert line(exercise, heard(), 0, final=RIGHT).provenance.by == "judge"


def test_the_record_decides_only_where_a_rule_wants_to_know(notice: Exercise) -> None:
    free = build("prompt", [{"on": "final", "rule": "keeps_facts", "facts": FACTS}])
    assert line(free, heard(replies_unknown=True), 0, final=RIGHT).status == "scored"
    assert line(free, heard(said(MADE_UP)), 0, final=MADE_UP).points == pytest.approx(0.67)


def test_pieces_tell_made_up_words_from_the_others() -> None:
    text = "Họp lúc 8 giờ sáng tại hội trường."
    assert said(text, PROMPT, "8 giờ sáng", "hội trường").pieces == (
        ("Họp lúc ", False),
        ("8 giờ sáng", True),
        (" tại ", False),
        ("hội trường", True),
        (".", False),
    )
    assert said(text).pieces == ((text, False),)
    odd = said(text).model_copy(update={"invented": ((0, 99), (2, 5), (50, 60))})
    assert "".join(piece for piece, _ in odd.pieces) == text
