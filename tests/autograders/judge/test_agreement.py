"""Agreement of two readers: worked examples, edge cases, the ceiling."""

from __future__ import annotations

import json
import warnings
from dataclasses import asdict

import pytest

from autograders.judge.agreement import Agreement, against_ceiling, agreement, band_of, by_band, rater_pairs


def test_a_worked_example() -> None:
    # weights (i - j)²; observed 1; expected from the margins (1, 1, 2) and (1, 2, 1):
    # (2·1 + 1·4 + 1·1 + 1·1 + 2·4 + 2·2·1) / 4 = 5; 1 - 1/5
    found = agreement([(0, 0), (1, 1), (2, 1), (2, 2)], 3)
    assert found == Agreement(n=4, qwk=0.8, exact=0.75, mae=0.25)


def test_far_misses_weigh_more_than_near_ones() -> None:
    near = agreement([(0, 0), (1, 1), (2, 1), (2, 2), (0, 0)], 3)
    far = agreement([(0, 0), (1, 1), (2, 0), (2, 2), (0, 0)], 3)
    assert near.exact == far.exact
    assert near.qwk is not None and far.qwk is not None and near.qwk > far.qwk


def test_opposite_readers_are_at_minus_one() -> None:
    assert agreement([(0, 1), (1, 0)], 2).qwk == -1


@pytest.mark.parametrize("pairs", [[], [(1, 1), (1, 1)]])
def test_where_kappa_is_undefined_it_is_none_without_a_warning(pairs: list[tuple[int, int]]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert agreement(pairs, 3).qwk is None


def test_levels_that_nobody_gave_count_in_the_scale() -> None:
    assert agreement([(0, 0), (1, 1), (1, 2)], 4).n == 3


@pytest.mark.parametrize("pair", [(0, 3), (-1, 0)])
def test_a_level_outside_the_scale_is_refused(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="is not among 0 to 2"):
        agreement([pair], 3)


def test_bands_are_thirds_of_the_teachers_level() -> None:
    assert [band_of(level, 4) for level in range(4)] == ["low", "middle", "middle", "high"]
    assert [band_of(level, 2) for level in range(2)] == ["low", "high"]
    bands = by_band([(0, 0), (0, 2), (1, 1), (2, 2)], 3)
    assert {band: found.n for band, found in bands.items()} == {"low": 2, "middle": 1, "high": 1}
    assert bands["low"].exact == 0.5
    assert list(by_band([(0, 0)], 2)) == ["low", "high"]


def test_the_ceiling_is_what_two_teachers_reach() -> None:
    scores = [[0, 0], [1, 2], [2, 2], [1, 1], [2]]
    teachers = rater_pairs(scores)
    assert teachers == [(0, 0), (1, 2), (2, 2), (1, 1)]
    found = against_ceiling(teachers, teachers, 3)
    assert found.share == 1
    assert against_ceiling([(0, 2), (1, 1), (2, 0)], teachers, 3).share == -1.25  # -1 of 0.8
    assert against_ceiling(teachers, [], 3).share is None


def test_three_raters_make_three_pairs() -> None:
    assert rater_pairs([[0, 1, 2]]) == [(0, 1), (0, 2), (1, 2)]


def test_it_is_plain_data() -> None:
    assert json.loads(json.dumps(asdict(agreement([(0, 1)], 2)))) == {"n": 1, "qwk": 0.0, "exact": 0.0, "mae": 1.0}
