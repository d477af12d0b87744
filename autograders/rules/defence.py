"""What a text says for a choice made with a decision matrix: which option, its total, and when it would be another."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from autograders import wording
from autograders.normalize import read_text
from autograders.rules.denied import is_denied
from autograders.rules.facts import find_fact
from autograders.rules.figures import Figure, find_figures
from autograders.rules.lexicon import Phrases, entry, phrases
from autograders.rules.values import Number
from course.criteria import FactPattern
from course.weighing import Matrix

_REACH = 7  # tokens between a word of choosing and what is chosen


class Defence:
    """A text read against the matrix that it argues from."""

    def __init__(self, text: str, matrix: Matrix, weights: tuple[int, ...]) -> None:
        self.text, self.matrix, self.weights = read_text(text), matrix, weights
        self.totals = matrix.totals(weights)

    def stated(self, leader: int) -> dict[str, bool]:
        """What a defence of the leader must say, as a learner is told of it, and whether it is said."""
        first, choice = self.matrix.criteria[0], self.matrix.options[leader]
        next_best = max(total for i, total in enumerate(self.totals) if i != leader)
        rivals = [i for i, total in enumerate(self.totals) if total == next_best]
        own, other = self._owned(leader, rivals)
        return {
            wording.CHOICE.format(option=choice): self._chosen == leader,
            wording.TOTAL_OF.format(option=choice): own,
            wording.TOTAL_OF.format(option=self.matrix.options[rivals[0]]): other,
            wording.SEEDS_OF.format(criterion=first): self._says_seeds,
            **({wording.WHEN_CHANGED.format(criterion=first): self._says_change} if self._changes else {}),
        }

    @property
    def strange(self) -> list[str]:
        """Numbers that are none of the table's: who writes down every figure has stated none."""
        at = {n for change in self._changes for n in (change - 1, change, change + 1)}
        known = {*self.totals, *self.weights, *at, self.matrix.shared}
        found = {amount: self.text.quote_tokens(figure.first, figure.last) for figure, amount in self._numbers}
        return [quoted for amount, quoted in found.items() if amount not in known]

    @property
    def _chosen(self) -> int | None:
        """The first option that stands after a word of choosing or before one of leading, and is not denied."""
        found = [name for name in self._names if self._is_chosen(*name)]
        return found[0][2] if found else None

    def _is_chosen(self, first: int, last: int, _option: int) -> bool:
        if is_denied(self.text, first, last):
            return False
        others = [start for start, _, _ in self._names if start != first]
        before = range(max(0, first - _REACH), first)
        led = any(
            phrases("choice", "choose").at(self.text, at) and not any(at < other < first for other in others)
            for at in before
            if self.text.tokens[at].sentence == self.text.tokens[first].sentence
        )
        ahead = phrases("choice", "ahead").first(self.text, last + 1, last + 1 + _REACH)
        follows = ahead is not None and not any(last < other < ahead[0] for other in others)
        return led or follows

    def _owned(self, leader: int, rivals: list[int]) -> tuple[bool, bool]:
        """Whether the leader's total and the next best's are said of them: names first, or all figures first."""
        readings = (self._pairs(before=True), self._pairs(before=False))
        return max(
            ((leader, self.totals[leader]) in pairs, any((i, self.totals[i]) in pairs for i in rivals))
            for pairs in readings
        )

    def _pairs(self, *, before: bool) -> set[tuple[int, Fraction]]:
        found: set[tuple[int, Fraction]] = set()
        for figure, amount in self._numbers:
            sentence = self.text.tokens[figure.first].sentence
            near = [name for name in self._names if self.text.tokens[name[0]].sentence == sentence]
            names = (
                [n for n in near if n[1] < figure.first][-1:] if before else [n for n in near if n[0] > figure.last][:1]
            )
            found |= {(option, amount) for _, _, option in names if not is_denied(self.text, figure.first, figure.last)}
        return found

    @property
    def _says_seeds(self) -> bool:
        """The weight of the first criterion as it is, not as it might become."""
        moved = phrases("choice", "moved")
        places = [
            f for f, amount in self._numbers if amount == self.weights[0] and not moved.before(self.text, f.first)
        ]
        named = list(Phrases([self.matrix.criteria[0]]).places(self.text, 0, len(self.text.tokens)))
        return any(
            self.text.tokens[first].sentence == self.text.tokens[figure.first].sentence
            for figure in places
            for first, _ in named
        )

    @cached_property
    def _changes(self) -> tuple[int, ...]:
        return self.matrix.changes(self.weights)

    @property
    def _says_change(self) -> bool:
        """The weight at which another leads; "duoi 5 hat" is "con 4 hat"."""
        forms: list[str] = []
        for at in self._changes:
            down = at < self.weights[0]
            side = entry("choice", "below" if down else "above")
            forms += [str(at), *(f"{word} {at + 1 if down else at - 1}" for word in side)]
        fact = FactPattern(any=tuple(forms), all=(self.matrix.criteria[0],), near=tuple(entry("choice", "change")))
        return find_fact(self.text.source, fact, is_denied) is not None

    @cached_property
    def _numbers(self) -> list[tuple[Figure, Fraction]]:
        figures = find_figures(self.text.source)
        return [(f, Fraction(value.amount)) for f in figures if isinstance(value := f.values[0], Number)]

    @cached_property
    def _names(self) -> list[tuple[int, int, int]]:
        """Where options are named, in the order of the text: first token, last token, option."""
        return sorted(self._named())

    def _named(self) -> Iterator[tuple[int, int, int]]:
        for option, name in enumerate(self.matrix.options):
            for first, last in Phrases([name]).places(self.text, 0, len(self.text.tokens)):
                yield first, last, option
