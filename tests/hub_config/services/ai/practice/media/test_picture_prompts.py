"""What is understood of a prompt for a picture, and what the learner is told of the rest."""

import pytest

from hub_config.services.ai.practice.media.pictures import understood
from hub_config.services.ai.practice.media.prompt import read_prompt
from hub_config.services.ai.practice.vocabulary import fold

FULL = (
    'Poster "Lễ hội Trà" với đồi chè lúc bình minh, hai cô gái hái chè, chén trà, tông màu xanh lá và vàng, '
    "lúc 8 giờ ngày 12/3/2027 tại nhà văn hóa xóm Bãi, giá vé 20.000 đồng, ĐT 0912 345 678"
)


def names(prompt: str) -> dict[str, int]:
    return {thing.name: thing.count for thing in read_prompt(prompt).order.things}


def test_a_full_prompt_is_understood_in_all_its_parts() -> None:
    order = read_prompt(FULL).order
    assert names(FULL) == {"tea_hill": 1, "farmer": 2, "tea_cup": 1}
    assert (order.form, order.time, order.headline) == ("poster", "dawn", "Lễ hội Trà")
    assert order.tones == ("#2e8b46", "#f4c430")
    assert [(d.kind, d.text) for d in order.details] == [
        ("date", "Ngày 12/3/2027"),
        ("time", "8 giờ"),
        ("place", "Nhà văn hóa xóm Bãi"),
        ("price", "Giá vé 20.000 đồng"),
        ("phone", "ĐT 0912 345 678"),
    ]
    assert understood(FULL).unknown == ()
    assert understood(FULL).missing == ()


def test_a_prompt_without_diacritics_is_understood_as_well() -> None:
    plain = "ve ba con ga va con trau tren canh dong, mau xanh la, binh minh"
    assert fold(plain) == plain
    order = read_prompt(plain).order
    assert names(plain) == {"chicken": 3, "buffalo": 1, "rice_field": 1}
    assert (order.tones, order.time) == (("#2e8b46",), "dawn")


def test_what_is_left_out_is_named() -> None:
    assert understood("Vẽ một cái cây").sentence == (
        "AI luyện tập đã vẽ: cây xanh; câu lệnh chưa nói: khung cảnh, màu sắc, lúc nào trong ngày."
    )
    assert "chữ trên tranh" in understood("Poster đồi chè").missing


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("Vẽ con rồng bên đồi chè", "rồng"),
        ("Vẽ tàu vũ trụ, màu đỏ", "tàu vũ trụ"),
        ("Con voi và con gà", "voi"),
        ("Tháp Eiffel ban đêm", "Tháp Eiffel"),
        ("chân dung Napoleon", "Napoleon"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_not_drawn(prompt: str, word: str) -> None:
    told = understood(prompt)
    assert word in told.unknown
    assert f"chưa biết vẽ: {', '.join(told.unknown)}" in told.sentence


def test_words_that_every_prompt_has_are_not_called_unknown() -> None:
    for prompt in (
        "Hãy vẽ giúp tôi một bức tranh thật đẹp về đồi chè",
        "Thiết kế cho em tấm áp phích có nhà sàn ở giữa, phía xa là núi",
        "Tạo hình minh họa phong cách phẳng, khổ ngang: chợ quê buổi sáng",
        "Vẽ đồi chè, để trống nửa trên, chừa chỗ cho chữ",
    ):
        assert understood(prompt).unknown == ()


def test_a_thing_that_is_not_wanted_is_not_drawn() -> None:
    assert names("Vẽ đồi chè, không có người") == {"tea_hill": 1}
    assert names("Vẽ đồi chè, đừng vẽ nhà") == {"tea_hill": 1}


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("con gà", 1),
        ("hai con gà", 2),
        ("5 con gà", 5),
        ("đàn gà", 3),
        ("một đàn gà", 3),
        ("99 con gà", 7),
        ("các con gà", 3),
    ],
)
def test_how_many(prompt: str, count: int) -> None:
    assert names(prompt)["chicken"] == count


def test_of_two_words_that_overlap_the_longer_counts() -> None:
    assert names("nhà sàn") == {"stilt_house": 1}
    assert names("người phụ nữ Tày hái chè") == {"ethnic": 1, "farmer": 1}
    assert names("lọ mật ong") == {"honey_jar": 1}


def test_text_in_quotes_is_not_read_as_things() -> None:
    order = read_prompt('Poster "Trâu bò thả rông" có đồi chè').order
    assert [thing.name for thing in order.things] == ["tea_hill"]
    assert order.headline == "Trâu bò thả rông"


@pytest.mark.parametrize(
    "prompt",
    [
        "Áp phích có dòng chữ Vì một xóm làng xanh, nền trắng",
        "Áp phích có dòng chữ: “Vì một xóm làng xanh”",
        "Áp phích khẩu hiệu là Vì một xóm làng xanh.",
        "Áp phích 'Vì một xóm làng xanh'",
    ],
)
def test_the_headline_is_found_with_and_without_quotes(prompt: str) -> None:
    assert read_prompt(prompt).order.headline == "Vì một xóm làng xanh"


def test_colours_of_ground_lettering_things_and_whole_are_told_apart() -> None:
    order = read_prompt('Poster "Họp" nền xanh dương, chữ vàng, ô tô đỏ, tông màu nâu').order
    assert (order.background, order.lettering, order.tones) == ("#2f80c8", "#f4c430", ("#8a5a33",))
    assert [(t.name, t.colour) for t in order.things] == [("car", "#d8342c")]


def test_details_without_a_poster_are_no_text_on_the_picture() -> None:
    assert read_prompt("Vẽ chợ quê lúc 8 giờ").order.details == ()
