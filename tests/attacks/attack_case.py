"""The files of the attack suite: one TOML file a case, in a folder named after its suite."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One attack, or one honest answer that looks like one. `content` is its file; each suite knows its own keys."""

    suite: str
    id: str
    path: Path
    content: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.suite}/{self.id}"

    @property
    def title(self) -> str:
        return str(self.content["title"])


class Arena(Protocol):
    """Where the cases of a suite are run; made once, used for many."""

    def problems(self, case: Case) -> list[str]:
        """What did not happen as the case's file says; empty when everything did."""
        ...


type_of_arena = type[AbstractContextManager[Arena]]


def read_cases(suites: Iterable[str], only: Iterable[str] = ()) -> list[Case]:
    """The cases of these suites, by name; `only` keeps those whose name holds one of its words."""
    words = tuple(only)
    cases = [
        Case(suite, path.stem, path, tomllib.loads(path.read_text("utf-8")))
        for suite in suites
        for path in sorted((FOLDER / suite).glob("*.toml"))
    ]
    return [case for case in cases if not words or any(word in case.name for word in words)]
