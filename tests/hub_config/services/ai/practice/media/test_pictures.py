"""Pictures by the practice AI: what the prompt says is to be seen, what it leaves out is missing.

The contact sheet of CONTACT_SHEET is kept in test-artefacts/pictures/.
"""

import colorsys
import io
from pathlib import Path

import pytest
from contact_sheet import CONTACT_SHEET, sheet
from PIL import Image, ImageChops

from hub_config.services.ai.practice.media import CannotDo
from hub_config.services.ai.practice.media.drawing.catalogue import FIGURES, THINGS
from hub_config.services.ai.practice.media.drawing.interiors import INDOORS
from hub_config.services.ai.practice.media.drawing.order import SETTINGS, SKY
from hub_config.services.ai.practice.media.drawing.outings import HANGING
from hub_config.services.ai.practice.media.drawing.poster import draw_picture
from hub_config.services.ai.practice.media.drawing.scenery import OUTDOORS
from hub_config.services.ai.practice.media.drawing.wording import THINGS as WORDS
from hub_config.services.ai.practice.media.pictures import AUTO, LONGEST_PROMPT, SIZES, picture
from hub_config.services.ai.practice.media.prompt import read_prompt
from hub_config.services.ai.practice.media.wording import CANNOT_DO

ARTEFACTS = Path(__file__).parents[6] / "test-artefacts" / "pictures"
SQUARE = (512, 512)


def drawn(prompt: str, size: tuple[int, int] = SQUARE) -> Image.Image:
    """The picture of a prompt, drawn in this process, which is faster."""
    return Image.open(io.BytesIO(draw_picture(read_prompt(prompt).order, size))).convert("RGB")


def handed_out(prompt: str, size: tuple[int, int]) -> Image.Image:
    """The picture as the gateway gets it."""
    return Image.open(io.BytesIO(picture(prompt, size)))


def shares(image: Image.Image) -> dict[str, float]:
    """Parts of the picture, 0 to 1, that are grey (white and black too) or of a hue."""
    small = image.resize((96, 96), Image.Resampling.BOX)
    found = dict.fromkeys(("grey", "red", "yellow", "green", "blue", "violet"), 0.0)
    for count, (r, g, b) in small.getcolors(96 * 96) or []:
        hue, _, _ = colorsys.rgb_to_hsv(r / 255, g / 255, b / 255)
        if max(r, g, b) - min(r, g, b) < 18:
            name = "grey"
        else:
            bounds = ((0.045, "red"), (0.19, "yellow"), (0.47, "green"), (0.69, "blue"), (0.9, "violet"), (1.1, "red"))
            name = next(word for bound, word in bounds if hue < bound)
        found[name] += count / 96**2
    return found


def test_a_prompt_that_names_no_colour_gets_a_grey_picture() -> None:
    assert shares(drawn("Vẽ ngôi nhà bên đồi chè"))["grey"] > 0.97
    assert shares(drawn("Vẽ ngôi nhà bên đồi chè, màu sắc tươi sáng"))["grey"] < 0.4


@pytest.mark.parametrize(
    ("prompt", "hue"),
    [
        ("Vẽ núi và dòng sông, tông màu xanh dương", "blue"),
        ("Vẽ cánh đồng lúa, tông màu vàng", "yellow"),
        ("Vẽ xóm làng, màu đỏ", "red"),
        ("Vẽ bãi cỏ và con trâu, tông màu tím", "violet"),
        ("Vẽ đồi chè, màu xanh lá", "green"),
    ],
)
def test_the_colour_that_was_asked_for_dominates(prompt: str, hue: str) -> None:
    found = shares(drawn(prompt))
    assert max(found, key=found.__getitem__) == hue, found
    assert found[hue] > 0.5


def test_of_two_colours_one_is_the_land_s_and_the_other_the_sky_s() -> None:
    image = drawn("Vẽ đồi chè, tông màu vàng và xanh lá")
    assert shares(image.crop((0, 0, 512, 200)))["yellow"] > 0.6
    assert shares(image.crop((0, 330, 512, 480)))["green"] > 0.9


def test_the_colour_of_a_thing_is_given_to_that_thing_alone() -> None:
    plain, red = drawn("Vẽ ô tô và bãi cỏ, màu sắc tươi sáng"), drawn("Vẽ ô tô màu tím và bãi cỏ, màu sắc tươi sáng")
    assert shares(red)["violet"] > 0.02 > shares(plain)["violet"]
    assert abs(shares(red)["green"] - shares(plain)["green"]) < 0.03


def test_the_ground_has_the_colour_that_was_asked_for() -> None:
    image = drawn("Hoa sen, nền hồng")
    assert image.getpixel((20, 20)) == (238, 127, 157)


def test_no_setting_leaves_an_empty_floor_around_the_subject() -> None:
    floor = (20, 420, 80, 500)
    empty, meadow = drawn("con gà, màu tự nhiên").crop(floor), drawn("con gà trên bãi cỏ, màu tự nhiên").crop(floor)
    assert len(empty.getcolors() or []) == 1
    assert shares(empty)["grey"] == 1
    assert shares(meadow)["green"] > 0.9


def test_night_is_darker_than_day_and_rain_greyer_than_sun() -> None:
    def mean(image: Image.Image, band: str) -> int:
        return int(image.convert("HSV").resize((1, 1), Image.Resampling.BOX).getchannel(band).getpixel((0, 0)))

    assert mean(drawn("nhà sàn ban đêm, màu tự nhiên"), "V") < 130 < mean(drawn("nhà sàn ban ngày, màu tự nhiên"), "V")
    rain, sun = drawn("đồng lúa, trời mưa, màu tự nhiên"), drawn("đồng lúa, trời nắng, màu tự nhiên")
    assert mean(rain, "S") < 0.85 * mean(sun, "S")


def test_more_of_a_kind_are_more() -> None:
    def red(prompt: str) -> int:
        """Pixels as red as a comb."""
        colours = drawn(prompt, (1024, 1024)).getcolors(1 << 20) or []
        return sum(count for count, (r, g, b) in colours if r > 190 and g < 80 and b < 80)

    one, two, three = (red(f"{count} con gà và con trâu, bãi cỏ, màu tự nhiên") for count in ("một", "hai", "ba"))
    assert 0 < 1.5 * one < two < three


@pytest.mark.parametrize("name", [name for name in SIZES if name != "auto"])
def test_a_picture_has_the_size_that_was_asked_for(name: str) -> None:
    assert "x".join(map(str, handed_out("đồi chè", SIZES[name]).size)) == name


def test_auto_takes_the_format_from_the_prompt() -> None:
    formats = {"Poster đồi chè": (1024, 1536), "Băng rôn đồi chè": (1536, 1024), "Đồi chè": (1024, 1024)}
    for prompt, size in formats.items():
        assert handed_out(prompt, AUTO).size == size


def test_the_same_prompt_gives_the_same_bytes_and_another_prompt_others() -> None:
    prompts = ["đồi chè", "đồi chè buổi sáng", "đồi chè, tranh màu nước", "đồi chè, vẽ nét", "đồi thông"]
    pictures = [picture(prompt, SQUARE) for prompt in prompts]
    assert len(set(pictures)) == len(prompts)
    assert pictures == [picture(prompt, SQUARE) for prompt in prompts]


def test_a_line_drawing_is_mostly_white() -> None:
    line, flat = drawn("vẽ nét con trâu, đồng lúa").histogram(), drawn("con trâu, đồng lúa").histogram()
    assert sum(line[230:256]) > 2 * sum(flat[230:256])


def test_a_badge_is_round_on_an_empty_ground() -> None:
    badge = drawn("huy hiệu búp chè, màu xanh lá")
    assert {badge.getpixel(corner) for corner in ((2, 2), (509, 2), (2, 509))} == {(255, 255, 255)}
    assert badge.getpixel((256, 60)) != (255, 255, 255)


def test_each_picture_says_in_view_and_in_its_file_that_the_practice_ai_drew_it() -> None:
    png = picture("đồi chè", (1024, 1024))
    image = Image.open(io.BytesIO(png))
    assert image.info["Software"] == "AI luyện tập"
    assert "không phải ảnh chụp" in image.info["Description"]
    corner = image.convert("L").crop((870, 985, 1020, 1020))
    assert corner.getextrema()[0] < 80  # dark letters
    assert sum(corner.histogram()[235:]) > 800  # on a light ground


def test_every_word_of_the_vocabulary_can_be_drawn_and_everything_drawn_has_a_word() -> None:
    assert set(OUTDOORS) | set(INDOORS) == SETTINGS
    assert set(WORDS) == set(THINGS) | set(FIGURES) | set(HANGING) | SETTINGS | SKY


@pytest.fixture(scope="module")
def empty() -> Image.Image:
    return drawn("màu tự nhiên")


@pytest.mark.parametrize("name", sorted(WORDS))
def test_each_thing_shows(name: str, empty: Image.Image) -> None:
    thing = drawn(f"{WORDS[name][0]}, màu tự nhiên")
    changed = ImageChops.difference(thing, empty).convert("L").point(lambda level: 255 if level > 8 else 0)
    share = changed.histogram()[255] / (SQUARE[0] * SQUARE[1])
    assert share > 0.012, f"{WORDS[name][0]} covers {share:.2%} of the picture"


def test_what_cannot_be_a_picture_is_refused_with_a_sentence() -> None:
    for prompt, size, code in (
        ("  ", SQUARE, "no_prompt"),
        ("đ" * (LONGEST_PROMPT + 1), SQUARE, "prompt_too_long"),
        ("đồi chè", (40_000, 40_000), "picture_size"),
        ("đồi chè", (-1, 0), "picture_size"),
    ):
        with pytest.raises(CannotDo) as refused:
            picture(prompt, size)
        assert refused.value.code == code
        assert "{" not in refused.value.sentence


def test_every_refusal_has_a_sentence() -> None:
    assert all(sentence.endswith(".") for sentence in CANNOT_DO.values())


@pytest.mark.parametrize(
    "prompt",
    [
        "\x00\x01\x02",
        "😀" * 300,
        "con gà " * 500,
        '"' * 999,
        "a" * 4000,
        "vẽ " + "đỏ " * 1000,
        "﷽" * 200,
        "-1 con gà, 99 con trâu",
    ],
)
def test_odd_prompts_get_a_picture(prompt: str) -> None:
    assert handed_out(prompt, SQUARE).size == SQUARE


def test_the_contact_sheet() -> None:
    """For people to look at; here only that no two pictures are alike."""
    pictures = [picture(prompt, AUTO) for prompt in CONTACT_SHEET]
    assert len(set(pictures)) == len(CONTACT_SHEET)
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(sheet(pictures), 1):
        page.save(ARTEFACTS / f"contact_sheet_{number}.png")
