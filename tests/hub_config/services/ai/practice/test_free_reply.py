"""Free prompts: tools where they apply, an honest sentence elsewhere."""

import pytest

from hub_config.services.ai.practice import free_reply
from hub_config.services.ai.practice.wording import CANNOT, NEEDS_FACTS, NEEDS_TEXT

KNOWLEDGE = [
    "Thủ đô của Pháp là gì?",
    "Tổng dân số Việt Nam năm 2020 là bao nhiêu?",
    "Ai là Chủ tịch nước đầu tiên của Việt Nam?",
    "Con trâu nặng nhất thế giới nặng bao nhiêu?",
    "Núi nào cao nhất Việt Nam?",
    "Chênh lệch giá vàng hôm nay và hôm qua là bao nhiêu?",
    "Bao nhiêu phần trăm dân số Hà Giang là người Tày?",
    "Tóm tắt Truyện Kiều trong 3 câu.",
    "Tóm tắt lịch sử Việt Nam. Nhớ nêu năm. Viết dễ hiểu. Dành cho học sinh. Trình bày thành 5 ý.",
    "Ý chính của Nghị quyết 57 là gì?",
    "Cách trị bệnh lở mồm long móng cho bò?",
    "Lúa bị đạo ôn thì phun thuốc gì?",
    "Luật Đất đai 2024 có hiệu lực từ ngày nào?",
    "15 cộng 27 bằng mấy?",
    "Dịch câu này sang tiếng Anh: Tôi đi chợ.",
    "Viết bài văn tả con mèo.",
    "Mức lương tối thiểu vùng hiện nay?",
    "AI là gì?",
    "thu do cua nuoc phap la gi",
    "Giá xăng ngày 12/3/2027 tại Hà Giang là bao nhiêu?",
    "Kể tên 5 tỉnh có diện tích lớn nhất: Nghệ An, Gia Lai, Sơn La, …",
    "Viết thông báo",
]


@pytest.mark.parametrize("question", KNOWLEDGE)
def test_a_question_of_knowledge_is_never_answered_as_if_known(question: str) -> None:
    assert free_reply(question) in (CANNOT, NEEDS_TEXT, NEEDS_FACTS)


def test_the_same_prompt_gets_the_same_reply() -> None:
    prompt = "Soạn tin nhắn nhắc họp lúc 8 giờ tại trường."
    assert free_reply(prompt) == free_reply(prompt) != CANNOT


@pytest.mark.parametrize(
    "prompt",
    ["", "\n\n", "|", "||||\n||||", ":\n:\n:", "tóm tắt:", "viết thông báo \0\0", "a;b\nc;d\ntổng", "1\t2\n3\t4\ntổng"],
)
def test_odd_prompts_do_no_harm(prompt: str) -> None:
    assert free_reply(prompt)


def test_long_prompts_are_read_in_reasonable_time() -> None:
    assert free_reply("viết " * 20_000 + "thông báo")
    assert free_reply("tóm tắt: " + "Bà con nhớ mang theo giấy tờ tùy thân, " * 3_000)
    assert free_reply("tổng\n" + "Nà Pồng, 12\n" * 10_000)
