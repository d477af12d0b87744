import pytest

from hub_config.services.ai.practice.conversation import request_of
from hub_config.services.ai.practice.tables.numbers import number, shown
from hub_config.services.ai.practice.tables.reply import table_reply

TABLE = """| Xóm | Số hộ | Diện tích (ha) |
|---|---|---|
| Nà Pồng | 1.200 | 12,5 |
| Khau Cút | 800 | 7,5 |
| Pác Ngòi | – | 20 |
| Tổng | 2.000 | 40 |
"""


def lines(prompt: str) -> list[str]:
    reply = table_reply(request_of(prompt))
    assert reply is not None
    return reply.splitlines()[1:]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Tổng số hộ?", "Tổng “Số hộ”: 2.000."),
        ("Số hộ trung bình?", "Trung bình “Số hộ”: 1.000."),
        ("Xóm nào nhiều số hộ nhất?", "“Số hộ” lớn nhất: Nà Pồng (1.200)."),
        ("Xóm nào có số hộ ít nhất?", "“Số hộ” nhỏ nhất: Khau Cút (800)."),
        ("so ho it nhat", "“Số hộ” nhỏ nhất: Khau Cút (800)."),
        ("Chênh lệch số hộ?", "Chênh lệch “Số hộ” giữa Nà Pồng (1.200) và Khau Cút (800): 400."),
        ("Tỉ lệ số hộ của Khau Cút?", "Khau Cút chiếm 40 % tổng “Số hộ”."),
        (
            "Chênh lệch diện tích (ha) giữa Khau Cút và Pác Ngòi?",
            "Chênh lệch “Diện tích (ha)” giữa Pác Ngòi (20) và Khau Cút (7,5): 12,5.",
        ),
    ],
)
def test_it_calculates_what_is_asked(question: str, answer: str) -> None:
    assert lines(f"{question}\n{TABLE}")[0] == answer
    assert lines(f"{TABLE}\n{question}")[0] == answer


def test_it_says_what_it_left_out() -> None:
    assert lines(f"Tổng số hộ?\n{TABLE}")[1:] == [
        "Bỏ qua 1 ô không đọc được thành số.",
        "Dòng tổng có sẵn trong bảng không được cộng vào.",
    ]


def test_all_measured_columns_are_answered_where_none_is_named() -> None:
    assert [line.partition(":")[0] for line in lines(f"Tính tổng\n{TABLE}")[:2]] == [
        "Tổng “Số hộ”",
        "Tổng “Diện tích (ha)”",
    ]


@pytest.mark.parametrize(
    "table",
    ["Xóm\tSố hộ\nA\t10\nB\t20", "Xóm;Số hộ\nA;10\nB;20", "Xóm,Số hộ\nA,10\nB,20", "STT|Xóm|Số hộ\n1|A|10\n2|B|20"],
)
def test_it_reads_tables_however_their_cells_are_parted(table: str) -> None:
    assert lines(f"{table}\nTổng số hộ?") == ["Tổng “Số hộ”: 30."]


def test_it_reads_names_with_numbers() -> None:
    assert lines("A: 120 hộ\nB: 80 hộ\nC: 100 hộ\nTrung bình?")[0].endswith(": 100.")


@pytest.mark.parametrize("prompt", ["Tổng là bao nhiêu?", TABLE, "A,B\nC,D\ntổng", "Họp lúc 19:30\nXong lúc 20:30"])
def test_without_a_table_or_a_question_it_stays_silent(prompt: str) -> None:
    assert table_reply(request_of(prompt)) is None


def test_numbers_are_vietnamese() -> None:
    cells = ["1.234,5", "150.000 đồng", "12,5 %", "3.5", "1,234,567", "-7", "", "khoảng 5", "3-5", "12/3"]
    assert [number(c) for c in cells] == [1234.5, 150000, 12.5, 3.5, 1234567, -7, None, None, None, None]
    assert [shown(n) for n in (1234.5, 0.1 + 0.2, 2000.0, -0.001)] == ["1.234,5", "0,3", "2.000", "0"]
