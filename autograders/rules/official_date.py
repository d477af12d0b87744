"""The rule official_date: the date as official papers write it, "Khe Che, ngay 03 thang 3 nam 2027"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.normalize import Text, read_text
from autograders.rules.answers import text_of
from autograders.rules.denied import is_open_choice
from autograders.rules.figures import find_figures
from autograders.rules.finding import Finding, lost, not_done
from autograders.rules.values import Date
from course.criteria import OfficialDate
from course.lesson import Exercise

_BLANK = r"[._\u2026]+"
_DATE = re.compile(
    rf"\bngay (?P<day>\d{{1,2}}|{_BLANK})? ?thang (?P<month>\d{{1,2}}|{_BLANK})? ?nam (?P<year>\d{{4}}|{_BLANK})?"
)
_PLACE_REACH = 60  # characters
_PLACE = re.compile(r"([^\W\d_][^\n,;:]*), ?$")
_MOST = 50  # dates that are read of one text
_PADDED_MONTHS = 2  # January and February take a leading zero, others need none


@dataclass(frozen=True)
class WrittenDate:
    """A date in words and figures as it stands in a text; what was left blank is 0."""

    day: int
    month: int
    year: int
    place: str  # folded, "" when none stands before it
    padded: bool  # leading zeros stand where Decree 30/2020 wants them
    wording: str

    def says(self, other: WrittenDate) -> bool:
        """Whether it is the same date, blank where `other` is blank, after the same place where `other` names one."""
        same = (self.day, self.month, self.year) == (other.day, other.month, other.year)
        return same and (not other.place or self.place.endswith(other.place))


def written_dates(text: str) -> list[WrittenDate]:
    """Every date of a text in the form of official papers, right or wrong in its zeros."""
    read = read_text(text)
    return [_written(read, match) for match in islice(_DATE.finditer(read.folded), _MOST)]


def _written(read: Text, match: re.Match[str]) -> WrittenDate:
    day, month, year = (match[name] or "" for name in ("day", "month", "year"))
    begin = max(0, match.start() - _PLACE_REACH)
    place = _PLACE.search(read.folded[begin : match.start()])
    return WrittenDate(
        day=_number(day),
        month=_number(month),
        year=_number(year),
        place=place[1].strip() if place else "",
        padded=len(day) != 1 and not (len(month) == 1 and 0 < _number(month) <= _PADDED_MONTHS),
        wording=read.quote(begin + place.start() if place else match.start(), match.end()),
    )


def _number(written: str) -> int:
    return int(written) if written.isdigit() else 0


def official_date(criterion: OfficialDate, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """All the points for one date in the official form; of the value of one of `forms` where there are any."""
    text = text_of(answer, criterion.on)
    if not text.strip():
        return not_done()
    wanted = [date for form in criterion.forms for date in written_dates(form)]
    given = written_dates(text)
    if len({(date.day, date.month, date.year) for date in given}) > 1 or _has_choice(text):
        return Finding(0.0, wording.SEVERAL_DATES.format(n=max(2, len(given))), text.strip())
    right = [date for date in given if any(date.says(form) for form in wanted) or (not wanted and date.month)]
    for date in right:
        if date.padded:
            return Finding(1.0, wording.FULL, date.wording)
    finding = lost(criterion, 0.0, criterion.forms[:1], [date.wording for date in given] or [text.strip()], 1)
    note = wording.DATE_ZEROS if right else wording.DATE_WORDS if not given and _is_dated(text) else ""
    return Finding(0.0, f"{note} {finding.message}".strip(), finding.evidence)


def _has_choice(text: str) -> bool:
    read = read_text(text)
    return any(is_open_choice(read, figure.first, figure.last) for figure in find_figures(text)[:_MOST])


def _is_dated(text: str) -> bool:
    return any(isinstance(figure.values[0], Date) for figure in find_figures(text))
