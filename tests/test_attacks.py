"""The attack suite as tests: one a case. `make attacks` runs the same and prints the count."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "attacks"))

from attack_case import Arena, Case, read_cases
from attack_suites import ARENAS

from autograders.sandbox.seal import capabilities

CASES = read_cases(ARENAS)
MACHINE = capabilities()

pytestmark = pytest.mark.skipif(not MACHINE.can_seal, reason=MACHINE.sentence)


@pytest.fixture(scope="module")
def arenas() -> Iterator[dict[type, Arena]]:
    """Each kind of arena, made once; a kind is only started when a case of its suites runs."""
    with ExitStack() as stack:
        yield Started(stack)


class Started(dict[type, Arena]):
    """Arenas that start when first asked for."""

    def __init__(self, stack: ExitStack) -> None:
        super().__init__()
        self._stack = stack

    def __missing__(self, kind: type) -> Arena:
        self[kind] = self._stack.enter_context(kind())
        return self[kind]


def test_there_are_enough_attacks_and_twins_of_each_kind() -> None:
    suites = [case.suite for case in CASES]
    assert suites.count("code") >= 40
    assert suites.count("clean_code") >= 10
    assert suites.count("text") >= 60
    assert suites.count("clean_text") >= 20


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_must_happen_happens(case: Case, arenas: dict[type, Arena]) -> None:
    assert arenas[ARENAS[case.suite]].problems(case) == []
