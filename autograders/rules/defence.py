"""What a text says for a choice made with a decision matrix: which option, its total, and when it would be another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from autograders import wording
from autograders.normalize import read_text
from autograders.rules.denied import is_denied
from autograders.rules.figures import Figure, find_figures
from autograders.rules.lexicon import Phrases, phrases
from autograders.rules.values import Date, Number
from course.weighing import Matrix

Place = tuple[int, int, int]
"""Where something is named: its first token, its last, and which it is."""

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
        return {
            wording.CHOICE.format(option=choice): self._chosen == leader,
            wording.TOTAL_OF.format(option=choice): (leader, self.totals[leader]) in self._owned,
            wording.TOTAL_OF.format(option=self.matrix.options[rivals[0]]): any(
                (i, next_best) in self._owned for i in rivals
            ),
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
        """The first option after a word of choosing or before one of leading; else the first that is named at all."""
        named = [name for name in self._names if not is_denied(self.text, name[0], name[1])]
        found = [name for name in named if self._is_chosen(*name)] or named
        return found[0][2] if found else None

    def _is_chosen(self, first: int, last: int, _option: int) -> bool:
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

    @cached_property
    def _owned(self) -> set[tuple[int, Fraction]]:
        """Each number with the option it is said of."""
        owners = ((self._owner(figure), figure, amount) for figure, amount in self._numbers)
        return {
            (option, amount)
            for option, figure, amount in owners
            if option is not None and not is_denied(self.text, figure.first, figure.last)
        }

    def _owner(self, figure: Figure) -> int | None:
        """The option before a number, or after it where the sentence begins with one ("40 diem cho A")."""
        near = [name for name in self._names if self._together(name[0], figure.first)]
        left, right = [n for n in near if n[1] < figure.first][-1:], [n for n in near if n[0] > figure.last][:1]
        of = phrases("choice", "of").first(self.text, figure.last + 1, figure.last + 3)
        first = next(
            (f.first for f, amount in self._numbers if amount in self.totals and self._together(f.first, figure.first)),
            None,
        )
        leads = first is not None and bool(near) and first < near[0][0]
        if right and (leads or (of and right[0][0] == of[1] + 1)):
            return right[0][2]
        return left[0][2] if left else None

    def _together(self, one: int, other: int) -> bool:
        return self.text.tokens[one].sentence == self.text.tokens[other].sentence

    @property
    def _says_seeds(self) -> bool:
        """The weight of the first criterion as it is, not as it might become."""
        return any(
            amount == self.weights[0] and not self._is_moved(figure) and self._names_first(figure)
            for figure, amount in self._seeds
        )

    def _is_moved(self, figure: Figure) -> bool:
        """Whether a number is what a weight falls or rises to: "con 4 hat"."""
        named = any(last == figure.first - 1 for _, last, _ in self._criteria)  # a criterion may end with such a word
        return not named and bool(phrases("choice", "moved").before(self.text, figure.first))

    def _names_first(self, figure: Figure) -> bool:
        return any(i == 0 and self._together(first, figure.first) for first, _, i in self._criteria)

    @cached_property
    def _changes(self) -> tuple[int, ...]:
        return self.matrix.changes(self.weights)

    @property
    def _says_change(self) -> bool:
        """The weight at which another leads, said as a condition; "duoi 5 hat" is "con 4 hat"."""
        return any(self._is_change(figure, amount) for figure, amount in self._numbers)

    def _is_change(self, figure: Figure, amount: Fraction) -> bool:
        if not any(amount == at or self._is_beyond(figure, amount, at) for at in self._changes):
            return False
        others = any(i and self._together(first, figure.first) for first, _, i in self._criteria)
        about = self._names_first(figure) or (not others and any(i == 0 for _, _, i in self._criteria))
        sentence = (n for n in range(len(self.text.tokens)) if self._together(n, figure.first))
        told = self._is_moved(figure) or any(phrases("choice", "change").at(self.text, n) for n in sentence)
        return about and told and not is_denied(self.text, figure.first, figure.last)

    def _is_beyond(self, figure: Figure, amount: Fraction, at: int) -> bool:
        down = at < self.weights[0]
        side = phrases("choice", "below" if down else "above")
        return amount == (at + 1 if down else at - 1) and bool(side.before(self.text, figure.first))

    @cached_property
    def _numbers(self) -> list[tuple[Figure, Fraction]]:
        figures = find_figures(self.text.source)
        return [(f, Fraction(value.amount)) for f in figures if isinstance(value := f.values[0], Number)]

    @property
    def _seeds(self) -> list[tuple[Figure, Fraction]]:
        """The numbers, and "5/10 hat" with them, which reads as a date."""
        dates = ((f, f.values[0]) for f in find_figures(self.text.source))
        shares = [(f, Fraction(d.day)) for f, d in dates if isinstance(d, Date) and d.month == self.matrix.shared]
        return [*self._numbers, *shares]

    @cached_property
    def _names(self) -> list[Place]:
        return sorted(self._places(self.matrix.options))

    @cached_property
    def _criteria(self) -> list[Place]:
        return sorted(self._places(self.matrix.criteria))

    def _places(self, names: Sequence[str]) -> Iterator[Place]:
        for index, name in enumerate(names):
            for first, last in Phrases([name]).places(self.text, 0, len(self.text.tokens)):
                yield first, last, index
