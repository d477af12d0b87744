"""Official papers: the layout of Decree 30/2020, as the graders' own rule finds it, and nothing invented."""

from pathlib import Path

import pytest

from autograders.models import Context
from autograders.rules.document import document_parts
from course.catalog import read_lesson
from course.criteria import DocumentKind, DocumentPart, DocumentParts
from course.variants import drawn_exercise
from hub_config.services.ai.practice.papers.wording import KINDS
from hub_config.services.ai.practice.replies import free_reply

FACTS = (
    " của UBND xã Đồng Hỷ gửi Sở Nông nghiệp và Môi trường về việc hỗ trợ giống chè cho các hộ bị rét. "
    "Đợt rét vừa qua làm chết nhiều nương chè của xã. Xã có 120 hộ trồng chè bị thiệt hại, cần 5.000 cây giống. "
    "Kinh phí: 60 triệu đồng. Ngày ký: Đồng Hỷ, ngày 3 tháng 2 năm 2027. Người ký: Chủ tịch Nông Văn Thắng."
)
LESSON = Path(__file__).parents[6] / "level1_text" / "01_first_prompt"


def body(prompt: str) -> str:
    return free_reply(prompt).split("\n\n", 1)[1]


def missing(text: str, kind: DocumentKind, *parts: DocumentPart) -> float:
    """The share of the parts of a kind that the graders' rule finds in a paper."""
    lesson = read_lesson(LESSON).lesson
    exercise = drawn_exercise(lesson, "notice", lesson.variant[0])
    rule = DocumentParts(
        id="x", points=1, on="final", missing="{missing}", rule="document_parts", document=kind, parts=parts, draft=True
    )
    return document_parts(
        rule, exercise, {"final": text}, Context(role=lesson.variant[0].role, variant=lesson.variant[0].id)
    ).share


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("công văn", "official_letter"),
        ("tờ trình", "proposal"),
        ("thông báo", "announcement"),
        ("báo cáo", "report"),
        ("kế hoạch", "plan"),
        ("giấy mời", "invitation"),
    ],
)
def test_each_kind_has_every_part_that_the_decree_asks_for(name: str, kind: DocumentKind) -> None:
    text = body(f"Soạn {name}{FACTS}")
    assert missing(text, kind) == 1
    assert "Đồng Hỷ, ngày 03 tháng 02 năm 2027" in text
    assert "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n[chữ ký]\nNông Văn Thắng" in text


def test_an_official_letter_has_its_subject_under_the_number_and_no_title() -> None:
    lines = body(f"Soạn công văn{FACTS}").splitlines()
    assert lines[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    at = lines.index("Số: …/UBND-…")
    assert lines[at + 1] == "V/v hỗ trợ giống chè cho các hộ bị rét"
    assert "CÔNG VĂN" not in lines


def test_other_papers_have_a_title_and_what_they_are_about_under_it() -> None:
    assert "TỜ TRÌNH\nVề việc hỗ trợ giống chè cho các hộ bị rét" in body(f"Soạn tờ trình{FACTS}")
    schedule = body("Soạn thông báo của UBND xã Nà Pồng về lịch tiêm phòng ngày 12/3")
    assert "THÔNG BÁO\nVề lịch tiêm phòng" in schedule
    assert "UBND xã Nà Pồng thông báo về lịch tiêm phòng như sau:" in schedule


def test_the_facts_of_the_prompt_stand_in_the_paper() -> None:
    text = body(f"Soạn tờ trình{FACTS}")
    assert "Kinh phí: 60 triệu đồng" in text
    assert all(fact in text for fact in ("120 hộ", "5.000 cây giống", "Sở Nông nghiệp và Môi trường"))
    assert "Lý do: [vì sao cần]" in text


def test_what_the_prompt_does_not_say_stays_a_visible_gap() -> None:
    text = body("Soạn công văn về việc mượn sân vận động ngày 12/3")
    assert "[TÊN CƠ QUAN]" in text and "Kính gửi: [người nhận]" in text
    assert "[địa danh], ngày … tháng … năm …" in text
    assert text.endswith("[CHỨC VỤ NGƯỜI KÝ]\n[chữ ký]\n[Họ và tên]")


def test_minutes_part_what_was_said_from_what_was_decided() -> None:
    text = body(
        "Viết biên bản họp xóm Nà Pồng. Thời gian: 19 giờ 30 ngày 12/3/2027. Địa điểm: nhà văn hóa. "
        "Chủ trì: ông Thắng. Thư ký: bà Lan. Có mặt: 42 hộ. Ông An đề nghị sửa đường. "
        "Thống nhất mỗi hộ góp 100.000 đồng."
    )
    assert (
        "Bắt đầu: 19 giờ 30 ngày 12/3/2027, tại nhà văn hóa\nChủ trì: ông Thắng\nThư ký: bà Lan\nCó mặt: 42 hộ" in text
    )
    assert (
        "Nội dung:\n- Ông An đề nghị sửa đường\n\nKết luận và việc cần làm:\n- Thống nhất mỗi hộ góp 100.000 đồng"
        in text
    )
    assert missing(text, "minutes", "motto", "number", "title", "subject") == 1


def test_a_raw_note_becomes_minutes_with_every_sentence() -> None:
    note = "Chị Lan nói giá chè xuống.\nAnh Páo đề nghị mua máy sao.\nCả tổ thống nhất góp vốn đợt 1 trước 30/4."
    text = body(f"Viết lại ghi chép sau thành biên bản:\n{note}")
    assert all(sentence.rstrip(".") in text for sentence in note.splitlines())
    assert text.index("Kết luận") < text.index("Cả tổ thống nhất")


def test_a_deputy_signs_for_the_chair() -> None:
    text = body("Soạn thông báo của UBND xã Nà Pồng về việc tiêm phòng ngày 12/3. Người ký: Phó Chủ tịch Ma Thị Hoa")
    assert "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n[chữ ký]\nMa Thị Hoa" in text


def test_a_prompt_without_diacritics_makes_an_official_paper_too() -> None:
    text = body("soan cong van cua ubnd xa dong hy gui so y te ve viec cap thuoc cho tram, xa can 200 hop thuoc")
    assert "UBND XA DONG HY" in text and "V/v cap thuoc cho tram" in text and "Kính gửi: so y te" in text
    assert "Xa can 200 hop thuoc./." in text


LABELLED = {
    "Cơ quan chủ quản": "Tỉnh đoàn Cao Bằng",
    "Cơ quan": "Trường Pác Ngòi",
    "Kính gửi": "bà Triệu Mai",
    "Nội dung": "trồng hoa mười giờ",
    "Thời gian": "7 giờ 15 sáng thứ Bảy",
    "Địa điểm": "đồi Khau Cút",
    "Người ký": "Lý A Páo",
    "Chủ trì": "cô Nông Hạnh",
    "Thư ký": "thầy Ma Kha",
    "Có mặt": "41 người",
    "Kết luận": "mỗi lớp mười khóm",
    "Lý do": "vườn còn trống",
    "Kinh phí": "2.350.000 đồng",
    "Liên hệ": "0912 345 678",
    "Nơi nhận": "phòng Đội",
    "Giá": "12.000 đồng một khóm",
}


@pytest.mark.parametrize("form", ["\n{0}: {1}", " {0}: {1}."])
@pytest.mark.parametrize("kind", [*KINDS])
def test_every_labelled_fact_stands_in_every_kind_of_paper(kind: str, form: str) -> None:
    text = body(f"Soạn {kind}." + "".join(form.format(*fact) for fact in LABELLED.items())).lower()
    assert not [value for value in LABELLED.values() if value.lower() not in text]
