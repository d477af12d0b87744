from pathlib import Path

from course.catalog import read_lesson
from course.lesson import Fragment
from course.variants import drawn_exercise
from hub_config.services.ai.practice.comparison import compared

FRAGMENTS = (
    Fragment(id="dear", part="receiver", given="Kính gửi {from_prompt},", none="Kính gửi quý vị,"),
    Fragment(id="hour", figure="time", given="Lúc {from_prompt}.", none="Lúc 8 giờ sáng.", invented=True),
    Fragment(id="place", fact="nhà văn hóa", given="Tại {from_prompt}."),
    Fragment(id="thanks", part="receiver", given="Cảm ơn bà con.", none="Cảm ơn."),
    Fragment(id="rows", given="60 hộ.", as_table=(("Xóm", "Số hộ"), ("Nà Pồng", "60"))),
)
WEAK = "Viết thông báo họp"
BETTER = "Viết thông báo gửi bà con xóm Nà Pồng: họp 19 giờ 30 tại nhà văn hóa, kẻ thành bảng"
FIRST_LESSON = Path(__file__).parents[5] / "level1_text" / "01_first_prompt"


def test_what_the_second_prompt_brought_is_said_once_in_the_replys_order() -> None:
    assert compared(FRAGMENTS, WEAK, BETTER) == (
        "Câu lệnh sau có người nhận (“bà con xóm Nà Pồng”), nên câu trả lời thay đổi theo.",
        "Câu lệnh sau nói giờ “19 giờ 30”, nên AI dùng đúng chữ của bạn chứ không tự đặt ra.",
        "Câu lệnh sau nói “nhà văn hóa”, nên điều đó có trong câu trả lời.",
        "Câu lệnh sau dặn kẻ bảng, nên câu trả lời thành bảng.",
    )


def test_a_second_prompt_that_brings_nothing_gets_no_reason() -> None:
    assert compared(FRAGMENTS, BETTER, WEAK) == ()
    assert compared(FRAGMENTS, BETTER, BETTER) == ()


def test_no_reason_tells_what_the_learner_did_not_write() -> None:
    """Every variant of the first lesson: the quotes are the second prompt's own words, no values of the lesson."""
    lesson = read_lesson(FIRST_LESSON).lesson
    after = "Viết tin cho bà con: 5 giờ 45 sáng, thứ Ba 02/11/2027, 123.456 đồng."
    for variant in lesson.variant:
        reasons = compared(drawn_exercise(lesson, "notice", variant).practice, "Viết tin.", after)
        assert len(reasons) >= 3
        assert all(reason.split("“")[1].split("”")[0] in after for reason in reasons)
