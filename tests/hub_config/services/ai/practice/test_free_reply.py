"""Free prompts: what holds for every tool."""

import pytest

from hub_config.services.ai.practice.replies import free_reply
from hub_config.services.ai.practice.wording import CANNOT


def test_the_same_prompt_gets_the_same_reply() -> None:
    prompt = "Soạn tin nhắn nhắc họp lúc 8 giờ tại trường."
    assert free_reply(prompt) == free_reply(prompt) != CANNOT


@pytest.mark.parametrize(
    "prompt",
    ["", "\n\n", "|", "||||\n||||", ":\n:\n:", "tóm tắt:", "viết thông báo \0\0", "a;b\nc;d\ntổng", "1\t2\n3\t4\ntổng"],
)
def test_odd_prompts_do_no_harm(prompt: str) -> None:
    assert free_reply(prompt)


HOSTILE = {
    "orders": "viết " * 20_000 + "thông báo",
    "text": "tóm tắt: " + "Bà con nhớ mang theo giấy tờ tùy thân, " * 3_000,
    "rows": "tổng\n" + "Nà Pồng, 12\n" * 10_000,
    "wide rows": "tổng\n" + ("1|" * 5_000 + "\n") * 10,
    "abbreviations": "tóm tắt: " + "TP. " * 40_000,
    "questions": "a?\n" * 60_000,
    "colons": "trích ngày thành json: " + "a: " * 60_000,
    "labels": "soạn thông báo. " + "địa điểm: " * 20_000,
    "brackets": "create table t (" + "(" * 100_000,
    "figures": "trích số tiền thành json: " + "1.000 " * 30_000,
    "letters": "trích email thành json: " + "a" * 200_000,
    "at signs": "trích email thành json: " + "a@" * 100_000,
    "capitals": "từ khóa: " + "Nà Pồng " * 25_000,
    "distinct words": "5 từ khóa của đoạn sau: " + " ".join(f"chè{n}a vườn{n}b." for n in range(12_000)),
    "sources": "Theo tài liệu, chè ở đâu?\n" + "[1] Chè ở đồi chè.\n" * 10_000,
    "marks": "a\u0301" * 100_000,
    "commas": "viết sql: " + "a," * 100_000,
    "rewritten": "Viết lại thành thông báo:\n" + "Họp lúc 8 giờ ngày 12/3 tại nhà văn hóa xóm. " * 4_000,
    "spaces": "tổng" + " " * 200_000 + "x",
    "quotes": "cho biết " + '"' * 200_000,
    "sorted": "sắp xếp " * 25_000 + "\na|1\nb|2",
    "numbers": "lọc trên " + "9" * 200_000 + "\na|1\nb|2\nc|3",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.timeout(20)
def test_long_prompts_end(name: str) -> None:
    assert free_reply(HOSTILE[name])
    assert free_reply("viết ngắn lại, thêm địa điểm: " + "a " * 50_000, earlier=[HOSTILE[name]])
