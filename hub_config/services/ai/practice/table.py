"""Simple arithmetic over a table that stands in the prompt."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from hub_config.services.ai.practice import wording as w
from hub_config.services.ai.practice.numbers import number, shown
from hub_config.services.ai.practice.vocabulary import fold, search

DELIMITERS = ("|", "\t", ";", ",", ":")
RULE = re.compile(r"[\s|:+-]*-{2,}[\s|:+-]*")
FEWEST_ROWS = 2


@dataclass(frozen=True)
class Found:
    """A table of a prompt: its measured columns with the row names as index, and the prompt around it."""

    frame: pd.DataFrame
    around: str
    skipped: int  # cells of measured columns that hold no number
    has_total: bool


def table_reply(prompt: str) -> str | None:
    """The answer to a question about a table in the prompt; None when there is no table or nothing to calculate."""
    found = find_table(prompt)
    if found is None:
        return None
    asked = [name for name, pattern in w.ASKS.items() if search(pattern, found.around)]
    lines = [line for column in _asked_columns(found) for name in asked for line in ANSWERS[name](found, column)]
    if not lines:
        return None
    notes = [w.TABLE_SKIPPED.format(n=found.skipped)] if found.skipped else []
    notes += [w.TABLE_TOTAL_ROW] if found.has_total else []
    return "\n".join([w.TABLE_LEAD.format(rows=len(found.frame)), *lines, *notes])


def find_table(prompt: str) -> Found | None:
    """The first table of a prompt: lines of equally many cells, or lines "name: number"."""
    lines = prompt.splitlines()
    for delimiter in DELIMITERS:
        rows = {place: _cells(line, delimiter) for place, line in enumerate(lines) if not RULE.fullmatch(line)}
        block = _longest_block({place: cells for place, cells in rows.items() if len(cells) > 1}, lines)
        found = _read([rows[place] for place in block]) if len(block) >= FEWEST_ROWS else None
        if found is not None:
            around = "\n".join(line for place, line in enumerate(lines) if place not in block)
            frame, skipped, has_total = found
            return Found(frame, around, skipped, has_total)
    return None


def _cells(line: str, delimiter: str) -> list[str]:
    inner = line.strip().strip("|") if delimiter == "|" else line.strip()
    return [cell.strip() for cell in inner.split(delimiter)]


def _longest_block(rows: dict[int, list[str]], lines: list[str]) -> list[int]:
    """Places of the longest run of rows with the same number of cells; a ruled line inside does not break it."""
    best: list[int] = []
    run: list[int] = []
    for place in range(len(lines)):
        if place in rows and (not run or len(rows[place]) == len(rows[run[0]])):
            run.append(place)
        elif not (run and RULE.fullmatch(lines[place])):
            run = [place] if place in rows else []
        best = max(best, run, key=len)
    return list(best)


def _read(rows: list[list[str]]) -> tuple[pd.DataFrame, int, bool] | None:
    """Measured columns as numbers, how many cells of them were none, and whether a row of totals was left out."""
    headed = all(number(cell) is None for cell in rows[0])
    head = rows[0] if headed else [w.COLUMN_NAME.format(n=place + 1) for place in range(len(rows[0]))]
    table = pd.DataFrame(rows[1:] if headed else rows, columns=range(len(head)))
    names = next((c for c in table if sum(number(cell) is not None for cell in table[c]) * 2 < len(table)), None)
    if names is None or len(table) < FEWEST_ROWS:
        return None
    totals = table[names].map(lambda name: bool(search(w.TOTAL_ROW, name)))
    table = table[~totals].set_index(names)
    values = table.map(number).astype(float)
    full = [c for c, title in enumerate(head) if c != names and not search(w.NOT_MEASURED, title)]
    measured = [c for c in full if values[c].notna().mean() > 0.5]
    if not measured:
        return None
    frame = values[measured].rename(columns=dict(enumerate(head)))
    return frame, int(frame.isna().sum().sum()), bool(totals.any())


def _asked_columns(found: Found) -> list[str]:
    """The columns that the question names, else all."""
    question = fold(found.around).lower()
    columns = [str(column) for column in found.frame]
    return [column for column in columns if fold(column).lower() in question] or columns


def _named_rows(found: Found) -> list[str]:
    question = fold(found.around).lower()
    return [row for row in found.frame.index if re.search(rf"\b{re.escape(fold(row).lower())}\b", question)]


def _sum(found: Found, column: str) -> list[str]:
    return [w.SUM.format(column=column, value=shown(found.frame[column].sum()))]


def _mean(found: Found, column: str) -> list[str]:
    return [w.MEAN.format(column=column, value=shown(found.frame[column].mean()))]


def _max(found: Found, column: str) -> list[str]:
    values = found.frame[column]
    rows = ", ".join(values.index[values == values.max()])
    return [w.MAX.format(column=column, row=rows, value=shown(values.max()))]


def _min(found: Found, column: str) -> list[str]:
    values = found.frame[column]
    rows = ", ".join(values.index[values == values.min()])
    return [w.MIN.format(column=column, row=rows, value=shown(values.min()))]


def _difference(found: Found, column: str) -> list[str]:
    """Between the two rows that the question names, else between the largest and the smallest."""
    values = found.frame[column].dropna()
    named = [row for row in _named_rows(found) if row in values.index]
    chosen = (values[named] if len(named) == 2 else values).sort_values()
    low, high = chosen.iloc[0], chosen.iloc[-1]
    return [
        w.DIFFERENCE.format(
            column=column,
            high=chosen.index[-1],
            high_value=shown(high),
            low=chosen.index[0],
            low_value=shown(low),
            value=shown(high - low),
        )
    ]


def _percent(found: Found, column: str) -> list[str]:
    """The shares of the rows that the question names, else of all."""
    values = found.frame[column].dropna()
    total = values.sum()
    if not total:
        return []
    named = [row for row in _named_rows(found) if row in values.index] or list(values.index)
    return [w.PERCENT.format(row=row, column=column, value=shown(values[row] / total * 100)) for row in named]


ANSWERS: dict[str, Callable[[Found, str], list[str]]] = {
    "sum": _sum,
    "mean": _mean,
    "max": _max,
    "min": _min,
    "difference": _difference,
    "percent": _percent,
}
