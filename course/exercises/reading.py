"""An exercise as plain HTML: what is read where no script runs, and until the widget stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from html import escape
from typing import Any

from course.exercises import wording
from course.weighing import Matrix

Public = Mapping[str, Any]
"""The public projection of an exercise, see course.projection."""


def paragraphs(text: str) -> str:
    """Paragraphs by blank lines, line breaks kept."""
    parts = (part.strip() for part in text.split("\n\n"))
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in parts if part)


def listed(texts: Iterable[str], *, tag: str = "ul", label: str = "") -> str:
    """A list, with a heading line when `label` is given; "" for no texts."""
    rows = "".join(f"<li>{escape(text)}</li>" for text in texts)
    head = f"<p><strong>{escape(label)}</strong></p>" if label and rows else ""
    return f"{head}<{tag}>{rows}</{tag}>" if rows else ""


def block(data: Mapping[str, Any]) -> str:
    """One block of material (`Block.model_dump(exclude_defaults=True)`) as HTML."""
    title = f"<p><strong>{escape(data['title'])}</strong></p>" if data.get("title") else ""
    body = f"<p><em>{escape(data.get('alt', ''))}</em></p>" if data.get("src") else ""
    body += paragraphs(data.get("text", ""))
    body += "".join(f"<p><strong>{escape(p['id'])}</strong> {escape(p['text'])}</p>" for p in data.get("passages", ()))
    body += listed(data.get("facts", ()))
    if private := data.get("private"):
        body += listed(private, label=wording.PRIVATE)
    if data["kind"] == "matrix":
        body += _matrix(data)
    elif rows := data.get("rows"):
        cells = ["".join(f"<td>{escape(str(cell))}</td>" for cell in row) for row in rows]
        body += "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    return f'<div class="hk-block hk-{escape(data["kind"])}">{title}{body}</div>'


def _matrix(data: Mapping[str, Any]) -> str:
    """Criterion by criterion, and where weights are given the plot as a list."""
    matrix, weights = Matrix.of(data["rows"], data["shared"]), data.get("weights") or ()
    seeds = [f" ({wording.SEEDS.format(n=n)})" for n in weights] or [""] * len(matrix.criteria)
    lines = [
        f"{name}{given}: {_side_by_side(matrix, row)}"
        for name, given, row in zip(matrix.criteria, seeds, matrix.scores, strict=True)
    ]
    if not weights:
        return listed(lines, label=wording.DEAL_OUT.format(n=matrix.shared))
    plot = [f"{wording.SEEDS.format(n=at)}: {_side_by_side(matrix, totals)}" for at, totals in matrix.read_out(weights)]
    return listed(lines) + listed(plot, label=wording.PLOT.format(criterion=matrix.criteria[0]))


def _side_by_side(matrix: Matrix, figures: Sequence[Fraction | int]) -> str:
    shown = (f"{float(figure):.1f}".removesuffix(".0").replace(".", ",") for figure in figures)
    return ", ".join(f"{option} {figure}" for option, figure in zip(matrix.options, shown, strict=True))


def page(public: Public, body: str) -> str:
    """The whole exercise: title, ask, material and the kind's own `body`; carries what a page mounts the widget by."""
    material = "".join(block(data) for data in public.get("material") or ())
    return (
        f'<div class="hk" data-kind="{escape(public["kind"])}" data-exercise="{escape(public["id"])}">'
        f"<h2>{escape(public.get('title') or '')}</h2>{paragraphs(public.get('ask') or '')}{material}{body}</div>"
    )
