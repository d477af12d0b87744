"""The tester: long C operations in tests end with the run, and nothing of the grader is in its reach."""

import os
import time

import pytest
from machines import MACHINE

from autograders.sandbox.executor import Cell, CellOutcome, Executor
from autograders.sandbox.wire import WireError

pytestmark = pytest.mark.skipif(not MACHINE.can_seal, reason=MACHINE.sentence)


def run(executor: Executor, learner: str, *tests: str, seconds: float = 20) -> list[CellOutcome]:
    cells = [Cell("a", "code", learner), *(Cell(f"t{n}", "test", test) for n, test in enumerate(tests))]
    return executor.run(cells, values={}, seconds=seconds)


@pytest.mark.parametrize(
    "test",
    [
        "assert 10 ** answer == 1",
        "sum(range(answer))",
        "import re\nre.match('(a+)+b', 'a' * (answer % 7 + 40))",
        "assert sorted(answer for _ in iter(int, 1))",
        "while True:\n    try:\n        answer + 'x'\n    except BaseException:\n        pass",
    ],
)
def test_a_test_that_a_learners_number_keeps_busy_ends_with_the_run(executor: Executor, test: str) -> None:
    started = time.monotonic()
    outcomes = run(executor, "answer = 10 ** 11", "assert answer > 5", test, "assert True", seconds=1)
    assert time.monotonic() - started < 10
    assert [outcome.ok for outcome in outcomes] == [True, True, False, False]
    assert outcomes[2].error == "the time ran out in this test"
    assert outcomes[3].error == "the time ran out"
    assert not any(outcome.failed_by_us for outcome in outcomes)
    assert all(outcome.ok for outcome in run(executor, "answer = 1", "assert answer == 1"))


def test_a_learners_number_cannot_fill_the_memory(executor: Executor) -> None:
    outcomes = run(executor, "n = 10 ** 10", "assert len('a' * n)", "assert n == 10 ** 10")
    assert [outcome.ok for outcome in outcomes] == [True, False, True]
    assert outcomes[1].error.startswith("MemoryError")


def test_a_tester_that_ends_is_our_fault_and_earlier_outcomes_stand(executor: Executor) -> None:
    outcomes = run(executor, "x = 1", "assert x == 1", "import os\nos._exit(3)", "assert x == 1")
    assert [(outcome.ok, outcome.failed_by_us) for outcome in outcomes] == [
        (True, False),
        (True, False),
        (False, True),
        (False, True),
    ]
    assert "exit status 3" in outcomes[2].error
    assert run(executor, "x = 1", "assert x == 1")[1].ok


def test_a_tester_has_no_environment_files_network_or_processes_of_the_graders(executor: Executor) -> None:
    test = f"""
import os, socket
assert "HOCAI_TEST_SECRET" not in os.environ
def refused(act):
    try:
        act()
    except OSError:
        return True
    return False
assert refused(lambda: open({__file__!r}))
assert refused(lambda: open("/etc/shadow"))
assert refused(lambda: open("/proc/{os.getpid()}/environ"))
assert refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM))
assert refused(lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
assert refused(os.fork)
opened = []
for descriptor in range(3, 200):
    try:
        opened.append(os.fstat(descriptor))
    except OSError:
        pass
assert len(opened) == 2, opened
"""
    assert run(executor, "pass", test)[1].error == ""


def test_the_learners_process_cannot_see_or_touch_its_tester(executor: Executor) -> None:
    learner = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def look():
    found = []
    for pid in range(1, 32768):
        if pid == os.getpid():
            continue
        for name in ("mem", "environ", "maps"):
            try:
                open(f"/proc/{pid}/{name}", "rb").close()
                found.append((pid, name))
            except OSError:
                pass
        if libc.ptrace(16, pid, 0, 0) == 0:
            found.append((pid, "ptrace"))
    scratch = os.path.dirname(os.environ["TMPDIR"])
    for place in ("tester", "tester/home"):
        try:
            found += os.listdir(f"{scratch}/{place}")
        except OSError:
            pass
    return found
"""
    test = "open('hidden', 'w').write('expected')\nassert look() == [], look()"
    assert run(executor, learner, test)[1].error == ""


def test_one_runs_tests_leave_nothing_for_the_next(executor: Executor) -> None:
    spoil = "import builtins, numpy\nbuiltins.sorted = None\nnumpy.sum = None\nopen('left', 'w').write('x')"
    assert run(executor, "x = 1", spoil)[1].ok
    later = "import os, numpy\nassert sorted('ba') == ['a', 'b'] and numpy.sum([1, 2]) == 3 and os.listdir() == []"
    assert run(executor, "x = 1", later)[1].error == ""


def test_the_two_processes_draw_different_random_numbers(executor: Executor) -> None:
    learner = "import numpy as np, random\ndrawn = [np.random.rand(), random.random()]"
    test = "import numpy as np, random\nassert np.random.rand() != drawn[0] and random.random() != drawn[1]"
    assert run(executor, learner, test)[1].error == ""


def test_given_values_are_plain_data(executor: Executor) -> None:
    with pytest.raises(WireError, match="object"):
        executor.run([Cell("t", "test", "assert True")], values={"thing": object()})


def test_the_libraries_of_the_course_work_in_the_child(executor: Executor) -> None:
    learner = """
import os
import duckdb, ipywidgets
import matplotlib.pyplot as plt
import pandas as pd
people = pd.DataFrame({"xã": ["An Phú", "Bình Minh", "An Phú"], "dân": [1200, 800, 300]})
counted = duckdb.query('select xã, sum(dân)::int as dân from people group by xã order by xã').df()
figure, axes = plt.subplots()
axes.bar(counted["xã"], counted["dân"])
figure.savefig("dân.png")
written = os.path.getsize("dân.png")
slider = ipywidgets.IntSlider(value=3).value
"""
    test = "assert counted['dân'].tolist() == [1500, 800]\nassert written > 1000 and slider == 3"
    assert [outcome.error for outcome in run(executor, learner, test)] == ["", ""]
