"""Opening a picture that somebody else made: under limits, upright, on white, as plain pixels."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, ImageStat, UnidentifiedImageError

_LEGIBLE, _SMALL = 2400, 1100  # longest side handed on to be read; below the second it is enlarged
_ORIENTATION = 0x0112


class PictureRefused(Exception):
    """Bytes that are not taken for a picture. `code`: not_an_image, image_too_large."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def opened(body: bytes, formats: tuple[str, ...], most_pixels: int, longest_side: int) -> Image.Image:
    """The first frame as it was stored, its size within limits. Raises PictureRefused."""
    limit = f"{longest_side} × {most_pixels // longest_side}"
    Image.init()
    try:
        image = Image.open(io.BytesIO(body), formats=formats)
        width, height = image.size
        if width * height > most_pixels or max(width, height) > longest_side:
            raise PictureRefused("image_too_large", size=f"{width} × {height}", limit=limit)
        image.seek(0)
        image.load()
        return image
    except Image.DecompressionBombError:  # Pillow's own limit strikes before the size is known here
        raise PictureRefused("image_too_large", size=f"> {most_pixels}", limit=limit) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError, ArithmeticError):
        raise PictureRefused("not_an_image") from None


def turned(image: Image.Image) -> Image.Image | None:
    """Turned as its EXIF says; None where it says nothing, or nonsense."""
    try:
        if image.getexif().get(_ORIENTATION, 1) in range(2, 9):
            return ImageOps.exif_transpose(image)
    except Exception:  # EXIF is written by all sorts of devices; the picture itself is read all the same
        return None
    return None


def on_white(upright: Image.Image) -> Image.Image:
    """As RGB; what is clear is white."""
    if upright.mode not in ("RGBA", "LA", "PA") and "transparency" not in upright.info:
        return upright.convert("RGB")
    clear = upright.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")


def is_blank(seen: Image.Image) -> bool:
    """Whether it is one plain colour."""
    return max(ImageStat.Stat(seen.resize((128, 128), Image.Resampling.BOX)).stddev) < 3


def legible(seen: Image.Image) -> tuple[bytes, float]:
    """A clean grey PNG for the program that reads text, and how many times as large it is."""
    grey = seen.convert("L")
    longest = max(grey.size)
    factor = _LEGIBLE / longest if longest > _LEGIBLE else 2 if longest < _SMALL else 1
    if factor != 1:
        size = max(1, round(grey.width * factor)), max(1, round(grey.height * factor))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    file = io.BytesIO()
    grey.save(file, "PNG", compress_level=1)
    return file.getvalue(), factor
