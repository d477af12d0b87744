"""The table of a prompt, however its cells are parted."""

import re
from dataclasses import dataclass

import pandas as pd

from hub_config.services.ai.practice.tables import wording as w
from hub_config.services.ai.practice.tables.numbers import number
from hub_config.services.ai.practice.vocabulary import search

DELIMITERS = ("|", "\t", ";", ",", ":")
RULE = re.compile(r"[\s|:+-]*-{2,}[\s|:+-]*")
UNIT = re.compile(r"[-+]?\d[\d.,]*")
FEWEST_ROWS = 2
MOST_COLUMNS = 60
SAMPLE = 50  # rows by which columns of names are told from measured ones


@dataclass(frozen=True)
class Grid:
    """A table of a prompt without its rows of totals, and the prompt around it.

    `cells` holds the texts, `values` the measured columns as numbers; columns are titles, rows are numbered.
    """

    cells: pd.DataFrame
    values: pd.DataFrame
    names: str  # the column that names the rows
    around: str
    has_total: bool
    delimiter: str

    @property
    def measured(self) -> list[str]:
        return list(self.values.columns)

    @property
    def row_names(self) -> list[str]:
        return list(self.cells[self.names])


def find_grid(prompt: str) -> Grid | None:
    """The first table of a prompt: lines of equally many cells, or lines "name: number"."""
    lines = prompt.splitlines()
    for delimiter in DELIMITERS:
        if sum(delimiter in line for line in lines) < FEWEST_ROWS:
            continue
        rows = {place: _cells(line, delimiter) for place, line in enumerate(lines) if not RULE.fullmatch(line)}
        rows = {place: cells for place, cells in rows.items() if 1 < len(cells) <= MOST_COLUMNS}
        block = _longest_block(rows, lines)
        if len(block) >= FEWEST_ROWS:
            taken = set(block)
            around = "\n".join(line for place, line in enumerate(lines) if place not in taken)
            found = _read([rows[place] for place in block], around, delimiter)
            if found is not None:
                return found
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


def _read(rows: list[list[str]], around: str, delimiter: str) -> Grid | None:
    """The table of these rows; None when no column names the rows, or none is measured."""
    headed = _is_head(rows)
    head = _titles(rows[0] if headed else _units(rows))
    table = pd.DataFrame(rows[1:] if headed else rows, columns=head)
    names = _names(table)
    if names is None or len(table) < FEWEST_ROWS:
        return None
    totals = table[names].map(lambda name: bool(search(w.TOTAL_ROW, name)))
    cells = table[~totals].reset_index(drop=True)
    full = [title for title in head if title != names and not search(w.NOT_MEASURED, title)]
    values = cells[full].map(number).astype(float)
    values = values[[title for title in full if values[title].notna().mean() > 0.5]]
    return Grid(cells, values, names, around, bool(totals.any()), delimiter) if len(values.columns) else None


def _is_head(rows: list[list[str]]) -> bool:
    """The first row is a head when no cell is a number, years of columns ("2025") aside."""
    figures = [cell for cell in rows[0] if number(cell) is not None]
    return all(search(w.YEAR_TITLE, cell) for cell in figures) and len(figures) < len(rows[0])


def _units(rows: list[list[str]]) -> list[str]:
    """For columns without a head: the unit that stands with all their numbers."""
    units = [{UNIT.sub("", row[place]).strip() for row in rows} for place in range(len(rows[0]))]
    numbers = [all(number(row[place]) is not None for row in rows) for place in range(len(rows[0]))]
    return [unit.pop() if counted and len(unit) == 1 else "" for unit, counted in zip(units, numbers, strict=True)]


def _titles(head: list[str]) -> list[str]:
    """Titles, each its own: columns without one are numbered, a second one of the same name too."""
    titles: list[str] = []
    for place, title in enumerate(head, 1):
        named = title or w.COLUMN_NAME.format(n=place)
        titles.append(named if named not in titles else f"{named} ({place})")
    return titles


def _names(table: pd.DataFrame) -> str | None:
    """The column of names: the first without numbers, else the one of years or months."""
    sample = table.head(SAMPLE)
    texts = [c for c in table if sum(number(cell) is not None for cell in sample[c]) * 2 < len(sample)]
    times = [c for c in table if search(w.TIME_COLUMN, str(c))]
    return next((str(c) for c in (*texts, *times)), None)
