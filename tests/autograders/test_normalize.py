"""One folded form for what learners type, with the way back to their own wording."""

from __future__ import annotations

import random
import unicodedata

import pytest

from autograders.normalize import MAX_CHARACTERS, folded, read_text, sentences, syllables


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Họp DÂN xóm Đồng Chè", "hop dan xom dong che"),
        ("hoà bình, thuỷ lợi", "hoa binh, thuy loi"),  # the other place of the tone mark
        ("hòa bình, thủy lợi", "hoa binh, thuy loi"),
        (unicodedata.normalize("NFD", "đường ống nước"), "duong ong nuoc"),
        ("h\u200bọ\u200dp d\u2060ân\ufeff", "hop dan"),  # zero width
        ("họp\ufe0f dân\U000e0100", "hop dan"),  # variation selectors
        ("họp\U000e0061\U000e0062 dân", "hop dan"),  # tag characters
        ("\u202ehọp dân\u202c", "hop dan"),  # direction overrides
        ("\uff48\uff4f\uff50 \uff11\uff19\uff48\uff13\uff10", "hop 19h30"),  # full width
        ("h\u043ep d\u0430n", "hop dan"),  # Cyrillic look-alikes
        ("\U0001d421\U0001d428\U0001d429", "hop"),  # mathematical bold
        ("1.000 m²", "1.000 m2"),
        ("họp   dân \n\n\t xóm", "hop dan xom"),
        ("từ 7\u20139 giờ", "tu 7-9 gio"),
    ],
)
def test_folding_makes_one_form_of_what_means_the_same(written: str, meant: str) -> None:
    assert folded(written) == meant


@pytest.mark.parametrize(
    "written", ["Họp\u200b dân  xóm", "ＨＯＰ dân", "hojp daan xosm chef", unicodedata.normalize("NFD", "Họp dân")]
)
def test_a_match_in_folded_text_is_quoted_verbatim(written: str) -> None:
    read = read_text(written)
    quote = read.quote_tokens(0, 1)
    assert quote in unicodedata.normalize("NFC", written)
    assert folded(quote) == "hop dan"


def test_hoi_and_nga_are_one_mark_and_other_tones_are_not() -> None:
    nga, hoi, sac = (read_text(word).tokens[0].marks for word in ("sữa", "sửa", "sứa"))
    assert nga == hoi != sac


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hojp daan xosm Ddoofng Chef", "hop dan xom dong che"),
        ("vieets thoong baso cho baf con", "viet thong bao cho ba con"),
        ("nhaf vawn hosa", "nha van hoa"),
        ("uwowng nuowcs sachj", "uong nuoc sach"),
        ("moiwf baf con ddeesn hojp", "moi ba con den hop"),
    ],
)
def test_raw_telex_is_read_as_what_was_meant(written: str, meant: str) -> None:
    read = read_text(written)
    assert (read.telex, read.folded) == (True, meant)


@pytest.mark.parametrize(
    "written",
    [
        "viet thong bao hop cho ba con",  # no diacritics is no raw Telex
        "Viết thông báo họp cho bà con",
        "Please write a short notice for the village meeting",
        "Họp qua Zoom, gửi file Word, Excel",
        "19h30 12/3 150k",
        "",
    ],
)
def test_other_text_is_no_raw_telex(written: str) -> None:
    assert not read_text(written).telex


def test_syllables_count_words_and_figures() -> None:
    assert syllables("Họp lúc 19 giờ 30, nhà văn hóa.") == 8
    assert syllables(" … ") == 0


def test_sentences_are_verbatim_and_initials_and_figures_end_none() -> None:
    text = "Bà L. còn nợ 1.500 đồng. Họp 12.3.2027 nhé!\nMỗi hộ một người"
    assert sentences(text) == ["Bà L. còn nợ 1.500 đồng", "Họp 12.3.2027 nhé", "Mỗi hộ một người"]


def test_only_the_first_twenty_thousand_characters_are_read() -> None:
    assert len(read_text("à" * (MAX_CHARACTERS + 5)).source) == MAX_CHARACTERS
    assert len(read_text("\ufdfa" * MAX_CHARACTERS).folded) <= MAX_CHARACTERS  # one character that folds to 18


def test_every_position_leads_back_into_the_source_for_any_unicode() -> None:
    chance = random.Random(7)  # noqa: S311 - a sample, not a secret
    for _ in range(200):
        text = "".join(chr(chance.randrange(0x110000)) for _ in range(60)) + chance.choice("hojp dàa  ﷺ½\u0301")
        read = read_text(text)
        assert len(read.positions) == len(read.folded)
        assert all(0 <= at < len(read.source) for at in read.positions)
        assert list(read.positions) == sorted(read.positions)
        for index in range(len(read.tokens)):
            assert read.quote_tokens(index, index)
