"""Figures as Vietnamese papers write them: 1.234,5."""

import re

from course.variants import number_text

THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
FOREIGN_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?")
PLAIN = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
FIGURE = re.compile(r"[-+]?\d[\d.,]*")


def number(cell: str) -> float | None:
    """The number in a table's cell, its unit aside; None when it holds none, or more than one."""
    figures = FIGURE.findall(cell)
    if len(figures) != 1 or re.match(r"\s*[^\W\d_]", cell):
        return None
    figure = figures[0].rstrip(".,")
    if THOUSANDS.fullmatch(figure):
        return float(figure.replace(".", "").replace(",", "."))
    if FOREIGN_THOUSANDS.fullmatch(figure):
        return float(figure.replace(",", ""))
    return float(figure.replace(",", ".")) if PLAIN.fullmatch(figure) else None


def shown(value: float) -> str:
    """1234.5 → "1.234,5", at most two decimals."""
    return number_text(round(float(value), 2) + 0.0)
