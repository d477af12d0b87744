import json

import pytest

from hub_config.services.ai.practice.extraction.fields import find_kind
from hub_config.services.ai.practice.extraction.wording import NEEDS_TEXT, NOTHING
from hub_config.services.ai.practice.replies import free_reply
from hub_config.services.ai.practice.vocabulary import fold

TEXT = (
    "Ông Nông Văn Thắng mời bà con họp lúc 19 giờ 30 ngày 12/3/2027 tại nhà văn hóa xóm Nà Pồng. "
    "Mỗi hộ góp 150.000 đồng. Ai bận gọi 0912 345 678 hoặc viết về thang.nv@example.vn cho chị Hoàng Lan."
)
BILL = "Khách hàng: Lý A Páo\nSố điện thoại: 0987654321\nMặt hàng: chè búp\nSố lượng: 12 kg\nTổng tiền: 420.000 đồng"


def extracted(prompt: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(free_reply(prompt).split("```json\n")[1].split("\n```")[0])
    return found


def test_the_fields_asked_for_come_as_json_in_their_order() -> None:
    found = extracted(f"Trích ngày, giờ, địa điểm, số tiền, số điện thoại và email trong đoạn sau thành JSON:\n{TEXT}")
    assert found == {
        "ngày": "12/3/2027",
        "giờ": "19 giờ 30",
        "địa điểm": "nhà văn hóa xóm Nà Pồng",
        "số tiền": "150.000 đồng",
        "số điện thoại": "0912 345 678",
        "email": "thang.nv@example.vn",
    }


def test_requests_without_diacritics_or_punctuation_are_read() -> None:
    found = extracted(f"trich ten nguoi va so tien thanh json\n{TEXT}")
    assert found == {"ten nguoi": ["Nông Văn Thắng", "Hoàng Lan"], "so tien": "150.000 đồng"}
    assert extracted(f"trich so tien thanh json: {fold(TEXT)}") == {"so tien": "150.000 dong"}


def test_dictated_figures_are_found_in_words() -> None:
    spoken = "họp xóm lúc bảy giờ rưỡi tối ngày mười hai tháng ba mỗi hộ góp một trăm năm mươi nghìn đồng"
    assert extracted(f"trích giờ, ngày và số tiền thành json: {spoken}") == {
        "giờ": "bảy giờ rưỡi tối",
        "ngày": "mười hai tháng ba",
        "số tiền": "một trăm năm mươi nghìn đồng",
    }


def test_labels_of_the_text_go_before_kinds() -> None:
    found = extracted(f"Trích khách hàng, mặt hàng, số lượng, tổng tiền từ hóa đơn sau thành JSON:\n{BILL}")
    assert found == {
        "khách hàng": "Lý A Páo",
        "mặt hàng": "chè búp",
        "số lượng": "12 kg",
        "tổng tiền": "420.000 đồng",
    }


def test_what_is_not_there_stays_empty() -> None:
    found = extracted(f"Trích số tiền, email trong đoạn sau thành JSON:\n{BILL}")
    assert found == {"số tiền": "420.000 đồng", "email": None}


def test_a_table_is_given_where_one_is_asked_for() -> None:
    reply = free_reply(f"Trích ngày và số tiền trong đoạn sau thành bảng:\n{TEXT}")
    assert reply.splitlines()[2:] == [
        "| Mục | Giá trị |",
        "| --- | --- |",
        "| ngày | 12/3/2027 |",
        "| số tiền | 150.000 đồng |",
    ]


def test_where_no_field_is_named_all_that_is_known_is_taken() -> None:
    found = extracted(f"Trích các thông tin trong đoạn sau thành JSON:\n{TEXT}")
    assert {"ngày", "giờ", "số tiền", "số điện thoại", "email", "tên người", "địa điểm"} <= found.keys()


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("gọi 0912.345.678", ["0912.345.678"]),
        ("+84 912 345 678", ["+84 912 345 678"]),
        ("số 1900", []),
        ("tài khoản 10203040506070", []),
        ("0 đồng", []),
    ],
)
def test_numbers_to_call_are_told_from_others(text: str, phones: list[str]) -> None:
    assert [found.text for found in find_kind(text, "phone")] == phones


def test_figures_of_a_number_to_call_are_no_amounts() -> None:
    assert not find_kind("gọi 0912 345 678", "money") and not find_kind("gọi 0912 345 678", "number")


def test_without_text_or_finds_it_says_so() -> None:
    assert free_reply("Trích ngày và số tiền thành JSON.") == NEEDS_TEXT
    assert free_reply("Trích email trong đoạn sau thành JSON: bà con nhớ đi họp đông đủ nhé") == NOTHING
