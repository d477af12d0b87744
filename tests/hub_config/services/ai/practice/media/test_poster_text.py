"""Vietnamese text on posters: really drawn, legible to Tesseract, inside the margins, no boxes for letters."""

import io
import shutil
import subprocess
import unicodedata

import pytest
from PIL import Image

from autograders.pictures.lettering import HEAVY, LEADING, PLAIN, drawable, fit, font
from hub_config.services.ai.practice.media.drawing.poster import draw_picture
from hub_config.services.ai.practice.media.prompt import read_prompt

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz"
VOWELS, MARKS = "aăâeêioôơuưy", ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
POSTER = (1024, 1536)
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract-ocr-vie")


def all_letters() -> list[str]:
    marked = [unicodedata.normalize("NFC", vowel + mark) for vowel in VOWELS for mark in MARKS]
    small = [*LETTERS, *marked]
    return [*small, *(letter.upper() for letter in small), *"0123456789“”\"'.,:;!?/%–-()…+&@"]


def read(image: Image.Image, layout: str = "6") -> str:
    file = io.BytesIO()
    image.resize((image.width * 2, image.height * 2)).save(file, "PNG")
    command = ["tesseract", "stdin", "stdout", "-l", "vie", "--psm", layout]
    done = subprocess.run(command, input=file.getvalue(), capture_output=True, check=True)
    return " ".join(unicodedata.normalize("NFC", done.stdout.decode()).split())


def poster(prompt: str, size: tuple[int, int] = POSTER) -> Image.Image:
    return Image.open(io.BytesIO(draw_picture(read_prompt(prompt).order, size))).convert("RGB")


@pytest.mark.parametrize("face", [HEAVY, PLAIN])
def test_the_font_has_a_shape_of_its_own_for_every_vietnamese_letter(face: str) -> None:
    drawn = font(face, 64)
    missing = bytes(drawn.getmask("\uffff"))
    shapes = {letter: bytes(drawn.getmask(letter)) for letter in all_letters()}
    assert len(all_letters()) > 2 * (33 + 60)
    assert not [letter for letter, shape in shapes.items() if shape == missing or not any(shape)]
    assert len(set(shapes.values())) >= len(shapes) - 2  # the two kinds of quote marks may look alike


def test_signs_that_the_font_lacks_are_left_out() -> None:
    assert drawable("Họp 😀 xóm 漢字\u200b nhé") == "Họp xóm nhé"


@needs_tesseract
@pytest.mark.parametrize("headline", ["Chợ phiên nông sản sạch", "Tiêm phòng cho trẻ em", "Ngày hội đọc sách"])
def test_the_headline_can_be_read_on_the_poster(headline: str) -> None:
    image = poster(f'Poster có dòng chữ "{headline}", nền trắng, chữ đen')
    assert headline.lower() in read(image.crop((0, 0, 1024, 620))).lower()


@needs_tesseract
def test_details_stand_below_the_picture_and_can_be_read() -> None:
    image = poster(
        'Poster "Họp xóm" lúc 19 giờ 30 ngày 12/3/2027 tại nhà văn hóa xóm Hồng Thái, giá 15.000 đồng, '
        "điện thoại 0912 345 678"
    )
    text = read(image.crop((0, 1050, 1024, 1536)))
    for detail in ("12/3/2027", "19 giờ 30", "Nhà văn hóa xóm Hồng Thái", "15.000", "0912 345 678"):
        assert detail in text


@needs_tesseract
def test_no_text_is_drawn_when_none_is_asked_for() -> None:
    image = poster("Poster ngôi nhà bên đồi chè, màu tươi sáng")
    assert read(image.crop((0, 0, 1024, 700)), "11") == ""


def test_the_lettering_has_the_colour_that_was_asked_for() -> None:
    top = poster('Poster "Lễ hội trà", nền xanh dương, chữ vàng').crop((0, 0, 1024, 500))
    assert (244, 196, 48) in {colour for _, colour in top.getcolors(1 << 20) or []}


@pytest.mark.parametrize(
    "headline",
    [
        "Họp",
        "Nghiêng " * 12,
        "Khôngcódấucáchnàocảtrongdòngchữnàynênphảicắt" * 3,
        "W" * 200,
        "Một hai ba bốn năm sáu bảy tám " * 6,
    ],
)
@pytest.mark.parametrize("size", [(1024, 1536), (1536, 1024), (1024, 1024), (512, 512)])
def test_text_never_leaves_the_margins(headline: str, size: tuple[int, int]) -> None:
    image = poster(f'Poster "{headline[:190]}" lúc 8 giờ, chữ đỏ', size)
    margin = round(size[0] * 0.02)
    for edge in (
        (0, 0, margin, size[1]),
        (size[0] - margin, 0, size[0], round(size[1] * 0.9)),
        (0, 0, size[0], margin // 2),
    ):
        reds = [p for p in image.crop(edge).get_flattened_data() if p[0] > 180 and p[1] < 90 and p[2] < 90]
        assert not reds


def test_fitted_text_keeps_within_its_box() -> None:
    for text in ("Đêm hội trăng rằm", "Vì một xóm làng xanh sạch đẹp an toàn văn minh " * 4, "Ứ" * 300):
        for width, height in ((300, 120), (900, 400), (160, 600)):
            fitted = fit(text, HEAVY, width, height, 120, 14)
            assert fitted.width <= width
            assert fitted.height <= height + 1
            assert fitted.height == round(fitted.size * LEADING * len(fitted.lines))


def test_lines_are_broken_evenly() -> None:
    assert fit("Lễ hội Trà Thái Nguyên năm nay", HEAVY, 500, 300, 100, 14).lines in (
        ("Lễ hội Trà", "Thái Nguyên", "năm nay"),
        ("Lễ hội Trà Thái", "Nguyên năm nay"),
    )
