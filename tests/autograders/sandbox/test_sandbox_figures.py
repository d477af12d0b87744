"""Figures that kernels show: the picture that IPython would have printed, from one draw."""

from __future__ import annotations

import io
from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from IPython.core import pylabtools
from PIL import Image

mpl.use("Agg")
import matplotlib.pyplot as plt

from autograders.sandbox import figures


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def lines() -> Any:
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3], [3, 1, 2], label="điểm")
    axes.set_title("Điểm của lớp")
    axes.set_xlabel("tuần")
    axes.legend()
    return figure


def two() -> Any:
    figure, axes = plt.subplots(1, 2, figsize=(7, 3))
    axes[0].bar(["a", "b"], [1, 2])
    axes[1].imshow(np.eye(5))
    return figure


def see_through() -> Any:
    figure = lines()
    figure.patch.set_alpha(0)
    return figure


def long_names() -> Any:
    figure, axes = plt.subplots()
    axes.bar(["Thành phố Hồ Chí Minh", "Thừa Thiên Huế"], [1, 2])
    axes.tick_params(axis="x", rotation=90)
    return figure


def moving() -> Any:
    figure = lines()
    figure.axes[0].lines[0].set_animated(True)
    return figure


def constrained() -> Any:
    figure, axes = plt.subplots(layout="constrained")
    axes.plot([1, 2])
    return figure


def picture(png: bytes) -> tuple[Any, str]:
    opened = Image.open(io.BytesIO(png))
    return np.asarray(opened.convert("RGBA")).astype(float), opened.mode


def both(make: Callable[[], Any]) -> tuple[tuple[Any, str], tuple[Any, str]]:
    ours = figures.print_figure(make())
    assert ours is not None
    return picture(b64decode(ours)), picture(pylabtools.print_figure(make(), bbox_inches="tight"))


@pytest.mark.parametrize("make", [lines, two, see_through])
def test_what_lies_inside_the_figure_is_cut_out(make: Callable[[], Any]) -> None:
    (ours, mode), (stock, _) = both(make)
    assert mode == ("RGBA" if make is see_through else "RGB")
    height, width, _ = np.minimum(ours.shape, stock.shape)
    assert np.abs(np.subtract(ours.shape, stock.shape)).max() <= 2
    difference = min(
        np.abs(ours[dy : height - 2 + dy, dx : width - 2 + dx] - stock[: height - 2, : width - 2]).mean()
        for dy in range(3)
        for dx in range(3)
    )
    assert difference < 4  # of 255: lines lie on other parts of a pixel


@pytest.mark.parametrize("make", [long_names, moving, constrained])
def test_what_one_draw_cannot_show_is_printed_as_ever(make: Callable[[], Any]) -> None:
    (ours, _), (stock, _) = both(make)
    assert np.array_equal(ours, stock)


def test_an_empty_figure_is_no_picture() -> None:
    assert figures.print_figure(plt.figure()) is None
