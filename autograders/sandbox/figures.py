"""Figures of matplotlib as PNG in one draw; a slider that is moved waits for little else.

IPython prints a figure cropped to what it shows. For that matplotlib draws twice: to learn how much room all takes, and
then onto a picture of that size. What lies wholly inside the figure, as nearly always, is cut out of the first drawing.
"""

from __future__ import annotations

import gc
import io
from binascii import b2a_base64
from typing import Any

from PIL import Image

_COMPRESSION = 3  # of zlib's 9: half the time of the usual 6; without the alpha channel the pictures are no larger


def print_figure(figure: Any) -> str | None:
    """The figure as `IPython.core.pylabtools.print_figure` gives it: base64 of a PNG, None for an empty figure."""
    from IPython.core import pylabtools
    from matplotlib import rcParams
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    if not figure.axes and not figure.lines:
        return None
    gc.collect()  # earlier figures hold megabytes and are let go only by a collection
    canvas: Any = figure.canvas
    if not isinstance(figure.canvas, FigureCanvasAgg) or figure.get_layout_engine() is not None or _animated(figure):
        return _text(pylabtools.print_figure(figure, bbox_inches="tight"))
    canvas.draw()
    drawn = figure.get_tightbbox(canvas.get_renderer())
    padded = drawn.padded(rcParams["savefig.pad_inches"])
    left, low, right, high = padded.extents * figure.dpi
    width, height = canvas.get_width_height()
    if min(drawn.x0, drawn.y0) < 0 or drawn.x1 * figure.dpi > width or drawn.y1 * figure.dpi > height:
        return _text(pylabtools.print_figure(figure, bbox_inches=padded))  # one more, the room being known
    pixels = Image.frombuffer("RGBA", (width, height), canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
    upper, lower = max(height - round(high), 0), min(height - round(low), height)
    pixels = pixels.crop((max(round(left), 0), upper, min(round(right), width), lower))
    if figure.patch.get_visible() and figure.get_facecolor()[3] == 1:
        pixels = pixels.convert("RGB")
    written = io.BytesIO()
    pixels.save(written, "png", compress_level=_COMPRESSION, dpi=(figure.dpi, figure.dpi))
    return _text(written.getvalue())


def _animated(figure: Any) -> bool:
    """Whether something is drawn only when a picture is saved."""
    return any(artist.get_animated() for axes in figure.axes for artist in axes.get_children())


def _text(png: bytes) -> str:
    return b2a_base64(png, newline=False).decode("ascii")
