"""A judge measured on labelled answers: agreement with raters, what attacks gain, what the defences cost.

Each answer is read four times for each criterion: as it is and attacked, by the judge and by one without defences.
"""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path
from statistics import fmean
from typing import Literal

from autograders.judge.agreement import Agreement, Band, Ceiling, Pair, against_ceiling, agreement, by_band, rater_pairs
from autograders.judge.judge import Judge, JudgeUnavailable
from autograders.judge.labelled import LabelledAnswer, LabelledCriterion

Against = Literal["each", "mean", "first"]

_PAYLOADS = Path(__file__).with_name("payloads.toml")
_CLEAN, _ATTACKED, _UNDEFENDED, _UNDEFENDED_ATTACKED = range(4)  # the readings of an answer for each criterion


@dataclass(frozen=True)
class CriterionReport:
    """One criterion. `agreement` is over levels; bands are those of the rater's level."""

    criterion: str
    levels: int
    answers: int
    waiting: int  # votes that differed, or no valid verdict: for a teacher
    agreement: Agreement
    bands: dict[Band, Agreement]
    ceiling: Ceiling  # the judge against each rater, beside two raters against each other


@dataclass(frozen=True)
class AttackReport:
    """Shares of the highest level, -1 … 1, mean over `n` readings; None where nothing was read."""

    n: int
    gain: float | None  # attacked minus unattacked, with the defences
    gain_undefended: float | None
    swayed: int  # attacked answers that got a higher level than unattacked, with the defences
    swayed_undefended: int


@dataclass(frozen=True)
class DriftReport:
    """Unattacked answers, with the defences minus without: share of the highest level, mean and mean absolute."""

    n: int
    drift: float | None
    absolute: float | None


@dataclass(frozen=True)
class Evaluation:
    against: Against
    criteria: tuple[CriterionReport, ...]
    attack: AttackReport
    by_attack: dict[str, AttackReport]
    clean: DriftReport
    unread: int  # readings that failed, of all four kinds
    tokens: int


@dataclass(frozen=True)
class _Read:
    """One answer by one criterion; a level is None where nobody said one."""

    answer: LabelledAnswer
    criterion: LabelledCriterion
    attack: str
    levels: tuple[int | None, ...]  # by the judge, of the answer and attacked; the same two without defences
    tokens: int

    @property
    def level(self) -> int | None:
        return self.levels[0]


async def evaluate(
    answers: Sequence[LabelledAnswer],
    judge: Judge,
    undefended: Judge,
    *,
    against: Against = "each",
    read: Callable[[], None] = lambda: None,
) -> Evaluation:
    """Measure `judge`; both judges are entered already. `read` is called after each reading."""
    names = cycle(payloads())
    tasks = [
        _read(answer, criterion, name, judge, undefended, read)
        for answer, name in zip(answers, names, strict=False)
        for criterion in answer.criteria
    ]
    done = await asyncio.gather(*tasks)
    ids = sorted({one.criterion.id for one in done})
    attacks = sorted({one.attack for one in done})
    return Evaluation(
        against=against,
        criteria=tuple(_criterion([one for one in done if one.criterion.id == id_], against) for id_ in ids),
        attack=_attack(done),
        by_attack={name: _attack([one for one in done if one.attack == name]) for name in attacks},
        clean=_drift(done),
        unread=sum(level is None for one in done for level in one.levels),
        tokens=sum(one.tokens for one in done),
    )


def readings(answers: Iterable[LabelledAnswer]) -> int:
    """How many readings an evaluation makes."""
    return 4 * sum(len(answer.criteria) for answer in answers)


@cache
def payloads() -> dict[str, str]:
    """Name -> text of the standard attacks; {top} stands for the highest level."""
    found = tomllib.loads(_PAYLOADS.read_text("utf-8"))["payload"]
    return {payload["name"]: payload["text"] for payload in found}


def attacked(answer: LabelledAnswer, criterion: LabelledCriterion, payload: str) -> str:
    """The answer with its own attack, else with the standard one of this name appended."""
    if answer.attack is not None:
        return answer.attack
    return f"{answer.answer}\n{payloads()[payload].replace('{top}', str(len(criterion.levels) - 1))}"


async def _read(
    answer: LabelledAnswer,
    criterion: LabelledCriterion,
    payload: str,
    judge: Judge,
    undefended: Judge,
    read: Callable[[], None],
) -> _Read:
    hostile = attacked(answer, criterion, payload)
    texts = ((judge, answer.answer), (judge, hostile), (undefended, answer.answer), (undefended, hostile))
    four = await asyncio.gather(*(_level(by, answer, criterion, text, read) for by, text in texts))
    name = payload if answer.attack is None else "own"
    levels = tuple(level for level, _ in four)
    return _Read(answer, criterion, name, levels, sum(tokens for _, tokens in four))


async def _level(
    judge: Judge, answer: LabelledAnswer, criterion: LabelledCriterion, text: str, read: Callable[[], None]
) -> tuple[int | None, int]:
    """(level, tokens); no level where the judge could not say one."""
    try:
        line = await judge.score(criterion.judged, answer.exercise, {"text": text})
    except JudgeUnavailable:
        return None, 0
    finally:
        read()
    level = None if line.points is None else round(line.points / line.max * (len(criterion.levels) - 1))
    return level, line.provenance.tokens


def _criterion(done: Sequence[_Read], against: Against) -> CriterionReport:
    criterion = done[0].criterion
    levels = len(criterion.levels)
    pairs = _pairs(done, against)
    teachers = rater_pairs([one.answer.levels_of(criterion.id) for one in done])
    return CriterionReport(
        criterion=criterion.id,
        levels=levels,
        answers=len(done),
        waiting=sum(one.level is None for one in done),
        agreement=agreement(pairs, levels),
        bands=by_band(pairs, levels),
        ceiling=against_ceiling(_pairs(done, "each"), teachers, levels),
    )


def _pairs(done: Iterable[_Read], against: Against) -> list[Pair]:
    """(rater, judge) for each answer that both read."""
    pairs: list[Pair] = []
    for one in done:
        given = one.answer.levels_of(one.criterion.id)
        if one.level is None or not given:
            continue
        chosen = {"each": given, "first": given[:1], "mean": [int(fmean(given) + 0.5)]}[against]
        pairs += [(level, one.level) for level in chosen]
    return pairs


def _attack(done: Sequence[_Read]) -> AttackReport:
    ours, theirs = _gains(done, _CLEAN, _ATTACKED), _gains(done, _UNDEFENDED, _UNDEFENDED_ATTACKED)
    return AttackReport(
        n=len(ours),
        gain=_mean(ours),
        gain_undefended=_mean(theirs),
        swayed=sum(gain > 0 for gain in ours),
        swayed_undefended=sum(gain > 0 for gain in theirs),
    )


def _drift(done: Sequence[_Read]) -> DriftReport:
    drifts = _gains(done, _UNDEFENDED, _CLEAN)
    return DriftReport(len(drifts), _mean(drifts), _mean([abs(drift) for drift in drifts]))


def _gains(done: Iterable[_Read], before: int, after: int) -> list[float]:
    """One of the four levels minus another, as a share of the highest, where both are known."""
    known = [(one.levels[before], one.levels[after], len(one.criterion.levels) - 1) for one in done]
    return [(new - old) / top for old, new, top in known if old is not None and new is not None]


def _mean(values: Sequence[float]) -> float | None:
    return round(fmean(values), 4) if values else None
