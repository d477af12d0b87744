"""A learner's process that writes to its own channel, or takes the child's code over: it can only claim."""

from collections.abc import Iterator

import pytest

from autograders.sandbox.executor import Cell, CellOutcome, Executor
from autograders.sandbox.seal import capabilities

MACHINE = capabilities()

pytestmark = pytest.mark.skipif(not MACHINE.can_seal, reason=MACHINE.sentence)


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with Executor(machine=MACHINE) as running:
        yield running


def attack(executor: Executor, learner: str, test: str) -> list[CellOutcome]:
    cells = [Cell("attack", "code", learner), Cell("test", "test", test), Cell("after", "test", "assert True")]
    return executor.run(cells, values={})


SEND = """
import json, socket
end = socket.socket(fileno=3)
def send(message):
    content = json.dumps(message).encode()
    end.sendall(len(content).to_bytes(4, "big") + content)
"""


@pytest.mark.parametrize(
    "forgery",
    [
        'send({"ok": True, "stdout": "", "error": ""})',
        'send({"value": 42, "nonce": "0" * 32})',
        'end.sendall(b"\\xff\\xff\\xff\\xff")',
        'end.sendall((2**20).to_bytes(4, "big") + b"[" * 2**20)',
        'end.sendall(b"\\x00\\x00\\x00\\x02[]")',
        'end.sendall(b"\\x00\\x00\\x00\\x04\\xff\\xfe{}")',
    ],
)
def test_forged_messages_cost_the_learner_the_run_and_nothing_else(executor: Executor, forgery: str) -> None:
    outcomes = attack(executor, SEND + forgery, "assert answer == 42")
    assert not any(outcome.ok for outcome in outcomes[:2])
    assert not any(outcome.failed_by_us for outcome in outcomes)


TAKE_OVER = """
import sys
frame = sys._getframe()
while type(frame.f_locals.get("self")).__name__ != "Session":
    frame = frame.f_back
session = frame.f_locals["self"]
"""


@pytest.mark.parametrize(
    "reply",
    [
        {"value": {"!": "pickle", "v": "gASVAAAA"}},
        {"value": {"!": "ref", "v": [0, "function", "answer", True]}},
        {"module": "os"},
        {"module": ["os"]},
        {"value": {"!": "dict", "v": [[[1], 2]]}},
        {},
    ],
)
def test_a_child_taken_over_can_only_claim_plain_data(executor: Executor, reply: dict[str, object]) -> None:
    learner = f"{TAKE_OVER}type(session).get = lambda self, request: dict({reply!r})"
    outcomes = attack(executor, learner, "assert answer == 42")
    assert not outcomes[1].ok
    assert outcomes[2].ok
    assert not outcomes[1].failed_by_us
