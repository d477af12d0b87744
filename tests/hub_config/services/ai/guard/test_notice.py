"""What is noticed in a text and what is not, on tables of sentences."""

import re
import sys

import pytest
from personal_texts import NOT_NOTICED, NOTICED

from autograders.rules.placeholders import left_gaps
from hub_config.services.ai.guard.finding import masked
from hub_config.services.ai.guard.notice import noticed
from hub_config.services.ai.guard.wording import LABELS, MASKS

MARKED = re.compile("⟨(.*?)⟩", re.DOTALL)
SENTENCES = [(kind, sentence) for kind, sentences in NOTICED.items() for sentence in sentences]


@pytest.mark.parametrize(("kind", "sentence"), SENTENCES)
def test_personal_data_are_noticed_where_they_stand(kind: str, sentence: str) -> None:
    text = re.sub("[⟨⟩]", "", sentence)
    found = noticed(text)
    assert [(finding.kind, finding.text) for finding in found] == [(kind, data) for data in MARKED.findall(sentence)]
    assert all(text[finding.start : finding.end] == finding.text for finding in found)
    assert masked(text, found) == MARKED.sub(f"[{MASKS[found[0].kind]}]", sentence)


@pytest.mark.parametrize("sentence", NOT_NOTICED)
def test_figures_that_point_to_nobody_are_let_alone(sentence: str) -> None:
    assert noticed(sentence) == ()


def test_there_are_sixty_sentences_of_either_sort() -> None:
    assert min(len(SENTENCES), len(set(NOT_NOTICED))) >= 60


def test_several_things_in_one_text_are_told_apart_and_masked_with_all_else_as_it_was() -> None:
    text = "CMND 173456789, SĐT 0912.345.678, STK: 123456789 - 0987654321; an@gmail.com – góp 150.000 đồng"
    assert masked(text, noticed(text)) == (
        "CMND [SỐ CĂN CƯỚC], SĐT [SỐ ĐIỆN THOẠI], STK: [SỐ TÀI KHOẢN] - [SỐ ĐIỆN THOẠI]; [EMAIL] – góp 150.000 đồng"
    )


def test_one_number_has_one_value_however_it_is_written() -> None:
    values = {noticed(text)[0].value for text in ("0912 345 678", "0912.345.678", "０９１２\u200b345678")}
    assert values == {"0912345678"}
    assert noticed("ＡＮ@Gmail.com")[0].value == "an@gmail.com"


def test_masks_are_no_gaps_to_the_graders_and_each_kind_has_its_name() -> None:
    assert left_gaps(" ".join(f"[{mask}]" for mask in MASKS.values())) == []
    assert set(LABELS) == set(MASKS) == set(NOTICED)


HOSTILE = {
    "digits": "1",
    "zeros": "0",
    "spaced digits": "0 ",
    "phones": "0912345678 ",
    "many phones": "".join(f"09{number:08d} " for number in range(0, 100_000_000, 4591)),
    "cards": "4111 1111 1111 1112 ",
    "ids": "001099012345\n",
    "at signs": "@",
    "addresses": "a@b.cd ",
    "long local part": "a" * 80 + "@",
    "dots": "a.",
    "domains": "a@" + "b." * 200,
    "unseen": "\u200b",
    "digits and unseen": "0\u200b\u200b\u200b\u200b\u200b",
    "labels": "số tài khoản ",
    "labels and digits": "stk 123456 ",
    "brackets": "(0)(",
    "dates": "01/01/",
    "astral": "𝟎",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    """Counted in lines that Python runs, not in seconds."""
    piece = HOSTILE[name]
    size = 8_000
    once, twice = (steps((piece * (length // len(piece) + 1))[:length]) for length in (size, 2 * size))
    assert twice < 2.4 * once + 2_000


def steps(text: str) -> int:
    counted = 0

    def count(_frame: object, event: str, _arg: object) -> object:
        nonlocal counted
        counted += event in ("line", "call")
        return count

    sys.settrace(count)  # type: ignore[arg-type]
    try:
        noticed(text)
    finally:
        sys.settrace(None)
    return counted
