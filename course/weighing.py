"""The arithmetic of a decision matrix: what each option gets under given weights, and where the leader changes.

Weights are whole shares ("seeds") of a fixed sum. All is exact: a tie is a tie.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

Rows = Sequence[Sequence[str]]
"""As a block of material holds them: the head with the options, then each criterion with its scores."""


@dataclass(frozen=True)
class Matrix:
    """Criteria against options. `scores[criterion][option]`; `shared` seeds are dealt out among the criteria."""

    criteria: tuple[str, ...]
    options: tuple[str, ...]
    scores: tuple[tuple[int, ...], ...]
    shared: int

    @classmethod
    def of(cls, rows: Rows, shared: int) -> Matrix:
        """The matrix that a block of this kind shows."""
        head, *below = rows
        scores = tuple(tuple(int(cell) for cell in row[1:]) for row in below)
        return cls(tuple(row[0] for row in below), tuple(head[1:]), scores, shared)

    def totals(self, weights: Sequence[Fraction | int]) -> tuple[Fraction, ...]:
        """Weight times score, summed, for each option."""
        return tuple(
            sum((Fraction(weight) * row[option] for weight, row in zip(weights, self.scores, strict=True)), Fraction(0))
            for option in range(len(self.options))
        )

    def leader(self, weights: Sequence[Fraction | int]) -> int | None:
        """The option with the most, None when two are level."""
        totals = self.totals(weights)
        best = max(totals)
        return totals.index(best) if totals.count(best) == 1 else None

    def varied(self, weights: Sequence[int], first: int) -> tuple[Fraction, ...]:
        """The weights with `first` seeds on the first criterion; the others share the rest as they did before."""
        rest = weights[1:] if any(weights[1:]) else [1] * len(weights[1:])
        return (Fraction(first), *(Fraction((self.shared - first) * weight, sum(rest)) for weight in rest))

    def changes(self, weights: Sequence[int]) -> tuple[int, ...]:
        """Below and above the present weight of the first criterion: the nearest at which another option leads."""
        now = self.leader(weights)
        ways = (range(weights[0] - 1, -1, -1), range(weights[0] + 1, self.shared + 1))
        found = (self._first_other(weights, way, now) for way in ways)
        return tuple(at for at in found if at is not None)

    def _first_other(self, weights: Sequence[int], way: range, now: int | None) -> int | None:
        leaders = ((at, self.leader(self.varied(weights, at))) for at in way)
        return next((at for at, leader in leaders if leader not in (None, now)), None)

    def read_out(self, weights: Sequence[int]) -> Iterator[tuple[int, tuple[Fraction, ...]]]:
        """The sensitivity plot in numbers: seeds of the first criterion, totals of the options."""
        return ((at, self.totals(self.varied(weights, at))) for at in range(self.shared + 1))


def matrix_problem(rows: Rows, shared: int, weights: Sequence[int]) -> str:
    """What keeps a block from being a decision matrix; "" when nothing does."""
    if len(rows) < 3 or any(len(row) != len(rows[0]) for row in rows):
        return "rows need a head and at least two criteria, all as wide as the head"
    if not 3 <= len(rows[0]) <= 5:
        return f"{len(rows[0]) - 1} options; a phone shows 2 to 4"
    if wrong := next((cell for row in rows[1:] for cell in row[1:] if not cell.isdecimal()), None):
        return f"the score {wrong!r} is no whole number"
    if shared < 2:
        return f"shared = {shared}; say how many seeds are dealt out among the criteria"
    if weights and (len(weights), sum(weights)) != (len(rows) - 1, shared):
        return f"weights = {list(weights)}; one for each criterion, {shared} in all"
    return ""
