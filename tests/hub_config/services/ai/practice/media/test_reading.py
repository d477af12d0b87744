"""Facts and text of images; hostile files are refused, and nothing is said to be seen."""

import io
import shutil
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from autograders.pictures.lettering import FONTS, PLAIN
from hub_config.services.ai.practice.media import CannotDo
from hub_config.services.ai.practice.media.reading import LARGEST, read_image
from hub_config.services.ai.practice.media.wording import CANNOT_SEE, TEXT_NONE, TEXT_NOT_INSTALLED

NOTICE = ("UBND xã thông báo", "Họp xóm lúc 19 giờ 30", "ngày 12 tháng 3 năm 2027")
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract-ocr-vie")


def packed(image: Image.Image, form: str = "PNG", **more: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **more)
    return file.getvalue()


def plain(colour: str | tuple[int, ...], size: tuple[int, int] = (300, 200), mode: str = "RGB") -> Image.Image:
    return Image.new(mode, size, colour)


def notice() -> Image.Image:
    image = plain("white", (1000, 420))
    face = ImageFont.truetype(FONTS / PLAIN, 60)
    for n, line in enumerate(NOTICE):
        ImageDraw.Draw(image).text((50, 40 + 110 * n), line, fill="black", font=face)
    return image


def photo_like(seed: int = 0, size: tuple[int, int] = (640, 480)) -> Image.Image:
    noise = np.random.default_rng(seed).normal(128, 60, size[::-1]).clip(0, 255).astype(np.uint8)
    return Image.fromarray(noise).convert("RGB").filter(ImageFilter.GaussianBlur(1))


def refusal(image: bytes) -> str:
    with pytest.raises(CannotDo) as refused:
        read_image(image, "")
    assert refused.value.sentence
    return refused.value.code


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ((300, 200), "rộng 300 × cao 200 điểm ảnh (khổ ngang, tỉ lệ khoảng 3:2)"),
        ((200, 300), "rộng 200 × cao 300 điểm ảnh (khổ dọc, tỉ lệ khoảng 2:3)"),
        ((200, 200), "(khổ vuông, tỉ lệ khoảng 1:1)"),
        ((900, 100), "(khổ ngang)"),
    ],
)
def test_size_and_ratio(size: tuple[int, int], said: str) -> None:
    assert said in read_image(packed(plain("red", size)), "")


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#d8342c", "đỏ"),
        ("#2e8b46", "xanh lá"),
        ("#2f80c8", "xanh dương"),
        ("#f4c430", "vàng"),
        ("#101214", "đen"),
        ("white", "trắng"),
    ],
)
def test_the_colour_that_covers_most_is_named(colour: str, name: str) -> None:
    image = plain(colour)
    image.paste((140, 144, 150), (0, 0, 90, 200))
    assert f"Màu chiếm nhiều nhất: {name} (70 %)" in read_image(packed(image), "")


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No program that reads text: only the measuring, which is faster."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("unread")
def test_dark_and_light_sharp_and_blurred_drawing_and_photograph() -> None:
    dark, light = (read_image(packed(photo_like().point(lambda v, k=k: int(v * 0.3 + k))), "") for k in (0, 170))
    assert "Ảnh tối" in dark
    assert "Ảnh sáng," in light
    assert "rõ nét" in read_image(packed(notice()), "")
    assert "bị mờ" in read_image(packed(notice().filter(ImageFilter.GaussianBlur(14))), "")
    assert "mảng màu phẳng" in read_image(packed(notice()), "")
    assert "như ảnh chụp" in read_image(packed(photo_like()), "")
    assert "gần như một màu" in read_image(packed(plain("red")), "")


@needs_tesseract
def test_vietnamese_text_is_read_and_comes_first_when_asked_for() -> None:
    told = read_image(packed(notice()), "Trong ảnh có gì?")
    assert all(line in told for line in NOTICE)
    assert told.index("điểm ảnh") < told.index(NOTICE[0])
    asked = read_image(packed(notice()), "đọc chữ trong ảnh")
    assert asked.index(NOTICE[0]) < asked.index("điểm ảnh")


@needs_tesseract
@pytest.mark.parametrize("seed", range(8))
def test_no_text_is_made_up(seed: int) -> None:
    assert TEXT_NONE in read_image(packed(photo_like(seed)), "")


def test_it_never_says_that_it_sees() -> None:
    for image in (plain("red"), notice(), photo_like()):
        assert read_image(packed(image), "Trong ảnh có ai?").endswith(CANNOT_SEE)


@pytest.mark.usefixtures("unread")
def test_without_tesseract_it_says_so() -> None:
    assert TEXT_NOT_INSTALLED in read_image(packed(notice()), "")


def test_the_same_image_gets_the_same_answer() -> None:
    assert read_image(packed(notice()), "đọc") == read_image(packed(notice()), "đọc")


@needs_tesseract
def test_a_photograph_taken_sideways_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held at a right angle
    told = read_image(packed(notice().rotate(90, expand=True), "JPEG", exif=exif, quality=95), "")
    assert "rộng 1000 × cao 420" in told
    assert NOTICE[1] in told
    assert "xoay lại" in told


def test_broken_exif_costs_nothing() -> None:
    told = read_image(packed(plain("red"), "JPEG", exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff\x00\x01garbage"), "")
    assert "rộng 300 × cao 200" in told


def test_transparent_parts_are_taken_as_white_paper() -> None:
    assert "trắng (100 %)" in read_image(packed(plain((0, 0, 0, 0), mode="RGBA")), "")


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK", "YCbCr", "F"])
def test_every_kind_of_pixel(mode: str) -> None:
    form = {"CMYK": "JPEG", "YCbCr": "JPEG"}.get(mode, "PNG")
    image = notice().convert("I").convert(mode) if mode == "I;16" else notice().convert(mode if mode != "F" else "L")
    assert "rộng 1000 × cao 420" in read_image(packed(image, form), "")


def test_of_a_moving_picture_the_first_frame_is_looked_at() -> None:
    frames = [plain(colour) for colour in ("red", "blue", "green")]
    told = read_image(packed(frames[0], "GIF", save_all=True, append_images=frames[1:]), "")
    assert "ảnh động" in told
    assert "đỏ" in told


def png_header(width: int, height: int) -> bytes:
    """A PNG that says it is this large, with next to nothing inside."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("width", "height"), [(40_000, 40_000), (40_000, 1), (7_000, 7_000)])
def test_an_image_that_unpacks_to_too_many_pixels_is_refused(width: int, height: int) -> None:
    assert refusal(png_header(width, height)) == "image_too_large"


def test_the_limit_is_in_the_answer() -> None:
    with pytest.raises(CannotDo) as refused:
        read_image(png_header(40_000, 40_000), "")
    assert refused.value.code == "image_too_large"
    assert "16000 × 2500" in refused.value.sentence


def test_too_many_bytes_are_not_opened() -> None:
    assert refusal(b"\x89PNG\r\n\x1a\n" + bytes(LARGEST)) == "image_too_large"


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd" width="9" height="9"/></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(/etc/passwd) run\n"


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"x",
        b"not an image" * 100,
        SVG,
        EPS,
        packed(notice())[:700],
        packed(notice(), "JPEG")[:900],
        packed(plain("red"))[:30],
        packed(notice(), "TIFF"),
        b"GIF89a" + b"\xff" * 200,
    ],
    ids=["empty", "one byte", "text", "svg", "eps", "cut png", "cut jpeg", "header", "tiff", "broken gif"],
)
def test_what_is_no_image_is_refused(broken: bytes) -> None:
    assert refusal(broken) == "not_an_image"
