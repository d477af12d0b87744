"""How well two readers of the same criterion agree: quadratic weighted kappa, exact agreement, mean absolute error.

Pure functions over pairs of levels (theirs, ours), 0 … levels - 1. Two teachers who read the same answers set the
ceiling: a judge cannot be asked to agree with them better than they do with each other.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, get_args

Pair = tuple[int, int]
Band = Literal["low", "middle", "high"]
BANDS: tuple[Band, ...] = get_args(Band)


@dataclass(frozen=True)
class Agreement:
    """`qwk` -1 … 1, None where undefined (no pairs, or everybody says the same); `exact` 0 … 1; `mae` in levels."""

    n: int
    qwk: float | None
    exact: float | None
    mae: float | None


@dataclass(frozen=True)
class Ceiling:
    """A judge against teachers beside two teachers against each other; `share` of their kappa, None where unknown."""

    judge: Agreement
    teachers: Agreement
    share: float | None


def agreement(pairs: Sequence[Pair], levels: int) -> Agreement:
    """The agreement of `pairs`. Raises ValueError for a level that is not among `levels`."""
    for level in (level for pair in pairs for level in pair):
        if not 0 <= level < levels:
            raise ValueError(f"level {level} is not among 0 to {levels - 1}")
    if not pairs:
        return Agreement(0, None, None, None)
    n = len(pairs)
    return Agreement(
        n=n,
        qwk=_kappa(pairs, levels),
        exact=round(sum(theirs == ours for theirs, ours in pairs) / n, 4),
        mae=round(sum(abs(theirs - ours) for theirs, ours in pairs) / n, 4),
    )


def by_band(pairs: Sequence[Pair], levels: int) -> dict[Band, Agreement]:
    """The agreement where the teacher's level (the first of a pair) is in the low, middle or high third."""
    return {
        band: agreement([pair for pair in pairs if band_of(pair[0], levels) == band], levels)
        for band in BANDS
        if any(band_of(level, levels) == band for level in range(levels))
    }


def band_of(level: int, levels: int) -> Band:
    """The third of the scale in which a level lies."""
    share = level / (levels - 1)
    if share < 1 / 3:
        return "low"
    return "middle" if share <= 2 / 3 else "high"


def rater_pairs(scores: Sequence[Sequence[int]]) -> list[Pair]:
    """Each two raters' levels of the same answer; `scores` are the levels of each answer, raters in one order."""
    return [pair for levels in scores for pair in combinations(levels, 2)]


def against_ceiling(judge: Sequence[Pair], teachers: Sequence[Pair], levels: int) -> Ceiling:
    """A judge's pairs (teacher, judge) beside those of two teachers."""
    ours, theirs = agreement(judge, levels), agreement(teachers, levels)
    known = ours.qwk is not None and theirs.qwk is not None and theirs.qwk > 0
    return Ceiling(ours, theirs, round((ours.qwk or 0.0) / (theirs.qwk or 1.0), 4) if known else None)


def _kappa(pairs: Sequence[Pair], levels: int) -> float | None:
    # takes seconds to import, and not everybody who imports this module asks for a kappa
    from sklearn.exceptions import UndefinedMetricWarning  # type: ignore[import-untyped]
    from sklearn.metrics import cohen_kappa_score  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UndefinedMetricWarning)  # undefined is an answer here: None
        warnings.simplefilter("ignore", RuntimeWarning)
        kappa = cohen_kappa_score(
            [theirs for theirs, _ in pairs], [ours for _, ours in pairs], labels=range(levels), weights="quadratic"
        )
    return None if math.isnan(kappa) else round(float(kappa), 4)
