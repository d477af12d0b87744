from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from machines import MACHINES, USABLE

from autograders.sandbox.executor import Executor


@pytest.fixture(scope="module", params=USABLE)
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    """An executor on each kind of machine that is usable here, started by a process with a secret."""
    os.environ["HOCAI_TEST_SECRET"] = "in the environment"
    with Executor(machine=MACHINES[request.param]) as running:
        yield running
    del os.environ["HOCAI_TEST_SECRET"]
