from __future__ import annotations

from hub_config.services.campus.collation import given_name, name_key, word_key


def test_words_sort_by_letters_then_by_tones() -> None:
    words = ["mạ", "mă", "má", "ma", "mã", "mà", "mả", "man", "mán", "mâ"]
    assert sorted(words, key=word_key) == ["ma", "mà", "mả", "mã", "má", "mạ", "man", "mán", "mă", "mâ"]
    assert sorted(["đa", "da", "ê", "e", "dz"], key=word_key) == ["da", "dz", "đa", "e", "ê"]


def test_people_sort_by_given_name_first() -> None:
    people = ["Lý Thị Hoa", "Nguyễn Văn An", "Trần Ánh", "Đỗ Văn Đức", "Phạm Dũng", "Bùi An"]
    assert sorted(people, key=name_key) == [
        "Bùi An",
        "Nguyễn Văn An",
        "Trần Ánh",
        "Phạm Dũng",
        "Đỗ Văn Đức",
        "Lý Thị Hoa",
    ]


def test_people_are_called_by_the_last_word_of_their_name() -> None:
    assert given_name("Trần Thị Ngọc Lan") == "Lan"
    assert given_name("") == ""
