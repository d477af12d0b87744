"""JSON for a caller's schema: filled with what the prompt says, valid always, or none at all."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from hub_config.services.ai.practice.extraction.structured import structured

TEXT = (
    "Trích thông tin: Ông Nông Văn Thắng mời họp lúc 19 giờ 30 ngày 12/3/2027 tại nhà văn hóa xóm Nà Pồng. "
    "Xóm có 60 hộ, diện tích 12,5 ha. Mỗi hộ góp 150.000 đồng. Gọi 0912 345 678. Mức độ: khẩn."
)


def of(*required: str, **properties: Any) -> dict[str, Any]:
    keys = list(required) or list(properties)
    return {"type": "object", "properties": properties, "required": keys, "additionalProperties": False}


def filled(schema: dict[str, Any], prompt: str = TEXT) -> Any:
    reply = structured(prompt, schema)
    if reply is None:
        return None
    value = json.loads(reply)
    Draft202012Validator(schema).validate(value)
    return value


NULLABLE = {"type": ["string", "null"]}


def test_keys_are_filled_with_what_they_name() -> None:
    schema = of(
        ngay={"type": "string"},
        gio={"type": "string"},
        dia_diem={"type": "string"},
        so_tien={"type": "integer"},
        so_dien_thoai={"type": "string"},
        nguoi_moi={"type": "string", "description": "tên người mời"},
        so_ho={"type": "integer"},
        dien_tich={"type": "number", "description": "diện tích, ha"},
    )
    assert filled(schema) == {
        "ngay": "12/3/2027",
        "gio": "19 giờ 30",
        "dia_diem": "nhà văn hóa xóm Nà Pồng",
        "so_tien": 150000,
        "so_dien_thoai": "0912 345 678",
        "nguoi_moi": "Nông Văn Thắng",
        "so_ho": 60,
        "dien_tich": 12.5,
    }


def test_english_keys_and_formats_are_understood() -> None:
    schema = of(
        date={"type": "string", "format": "date"},
        startTime={"type": "string", "format": "time"},
        amount={"type": "number"},
        phone={"type": "string"},
    )
    assert filled(schema) == {"date": "2027-03-12", "startTime": "19:30:00", "amount": 150000, "phone": "0912 345 678"}


def test_what_the_text_does_not_hold_is_null_or_left_out_or_nothing_is_answered() -> None:
    assert filled(of(email=NULLABLE, gio={"type": "string"})) == {"email": None, "gio": "19 giờ 30"}
    assert filled(of("gio", email={"type": "string"}, gio={"type": "string"})) == {"gio": "19 giờ 30"}
    assert filled(of(email={"type": "string"})) is None


def test_a_choice_is_taken_only_where_the_text_names_it() -> None:
    assert filled(of(muc_do={"enum": ["thường", "khẩn", "hỏa tốc"]})) == {"muc_do": "khẩn"}
    assert filled(of(muc_do={"enum": ["mật", "tối mật"]})) is None


def test_lists_and_objects_within_objects_are_filled() -> None:
    schema = of(hop=of(cac_ngay={"type": "array", "items": {"type": "string"}, "description": "ngày họp"}))
    assert filled(schema, "Họp ngày 12/3 và ngày 15/3 tại xóm.") == {"hop": {"cac_ngay": ["12/3", "15/3"]}}


def test_rows_of_a_table_become_objects() -> None:
    schema = of(
        xom=NULLABLE, danh_sach={"type": "array", "items": of(xom={"type": "string"}, so_ho={"type": "integer"})}
    )
    table = "Chuyển thành JSON\nXóm|Số hộ\nNà Pồng|1.200\nKhau Cút|80"
    found = filled(schema, table)
    assert found["danh_sach"] == [{"xom": "Nà Pồng", "so_ho": 1200}, {"xom": "Khau Cút", "so_ho": 80}]


def test_references_within_the_schema_are_followed() -> None:
    schema = {**of(hop={"$ref": "#/$defs/Hop"}), "$defs": {"Hop": of(gio={"type": "string"})}}
    assert filled(schema) == {"hop": {"gio": "19 giờ 30"}}


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#"},
        {"$ref": "https://example.vn/schema.json"},
        {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}},
        of(gio={"type": "string", "pattern": "giờ"}),
        of(**{f"k{n}": of(**{f"j{m}": NULLABLE for m in range(30)}) for n in range(30)}),
        {"type": "strange"},
        {"type": "object", "properties": []},
        {**of(gio={"type": "string"}), "allOf": [{"type": "object"}]},
        {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["b"]},
    ],
)
def test_a_schema_it_cannot_vouch_for_gets_no_answer(schema: dict[str, Any]) -> None:
    assert structured(TEXT, schema) is None


def test_many_references_to_each_other_end() -> None:
    definitions = {f"d{n}": of(a={"$ref": f"#/$defs/d{n + 1}"}, b={"$ref": f"#/$defs/d{n + 1}"}) for n in range(40)}
    assert structured(TEXT, {"$ref": "#/$defs/d0", "$defs": definitions}) is None
