"""The executor: honest submissions, their values and functions, and how faults are told apart."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from machines import MACHINE, MACHINES, USABLE

from autograders.sandbox.executor import Cell, CellOutcome, Executor, ExecutorUnavailable

pytestmark = pytest.mark.skipif(not MACHINE.can_seal, reason=MACHINE.sentence)


def run(executor: Executor, *sources: str, seconds: float = 20, **values: object) -> list[CellOutcome]:
    """Run cells; a source that starts with `# test` is a test cell."""
    cells = [
        Cell(f"c{place}", "test" if source.startswith("# test") else "code", source)
        for place, source in enumerate(sources)
    ]
    return executor.run(cells, values=values, seconds=seconds)


def verdicts(outcomes: list[CellOutcome]) -> list[bool]:
    return [outcome.ok for outcome in outcomes]


def test_a_right_solution_passes_and_a_wrong_one_fails_with_the_tests_words(executor: Executor) -> None:
    test = "# test\nassert add(2, 3) == total, f'add(2, 3) gave {add(2, 3)}'"
    assert verdicts(run(executor, "def add(a, b): return a + b", test, total=5)) == [True, True]
    wrong = run(executor, "def add(a, b): return a - b", test, total=5)
    assert verdicts(wrong) == [True, False]
    assert wrong[1].error == "add(2, 3) gave -1"
    assert not wrong[1].failed_by_us


def test_a_bare_assertion_shows_its_line(executor: Executor) -> None:
    outcome = run(executor, "x = 1", "# test\nassert x == 2")[1]
    assert outcome.error == "AssertionError: assert x == 2"


def test_a_cell_that_raises_does_not_stop_later_cells(executor: Executor) -> None:
    outcomes = run(executor, "1 / 0", "def half(x): return x / 2", "# test\nassert half(4) == 2", "print(half(1))")
    assert verdicts(outcomes) == [False, True, True, True]
    assert outcomes[0].error == "ZeroDivisionError: division by zero"
    assert outcomes[3].stdout == "0.5\n"


def test_a_missing_name_fails_the_test_as_the_learners_fault(executor: Executor) -> None:
    outcome = run(executor, "pass", "# test\nassert answer == 42")[1]
    assert not outcome.ok
    assert "answer" in outcome.error
    assert not outcome.failed_by_us


def test_mutated_arguments_come_back(executor: Executor) -> None:
    learner = """
import numpy as np
def change(numbers, names, array, frame, seen):
    numbers.append(3); names["b"] = 2; array *= 2; seen.add(1)
    frame["c"] = frame["a"] + 1
    frame.drop(index=0, inplace=True)
"""
    test = """# test
import numpy as np, pandas as pd
numbers, names, array, seen = [1, 2], {"a": 1}, np.arange(3), set()
frame = pd.DataFrame({"a": [1, 2]})
change(numbers, names, array, frame=frame, seen=seen)
assert numbers == [1, 2, 3]
assert names == {"a": 1, "b": 2}
assert array.tolist() == [0, 2, 4]
assert seen == {1}
assert frame.to_dict("list") == {"a": [2], "c": [3]}
"""
    assert [outcome.error for outcome in run(executor, learner, test)] == ["", ""]


def test_tables_cross_and_the_learners_modules_are_our_own(executor: Executor) -> None:
    learner = """
import pandas as pd, numpy as np
table = pd.DataFrame({"xã": ["An Phú", "Bình Minh"], "dân": [1200, 800]})
def total(frame): return frame["dân"].sum()
by_size = table.sort_values("dân").set_index("xã")["dân"]
"""
    test = """# test
assert list(table.columns) == ["xã", "dân"]
assert total(table) == 2000
assert by_size.index[0] == "Bình Minh"
assert np.isclose(by_size.mean(), 1000)
assert isinstance(table, pd.DataFrame)
"""
    assert [outcome.error for outcome in run(executor, learner, test)] == ["", ""]


def test_exceptions_keep_their_builtin_type(executor: Executor) -> None:
    learner = """
class Odd(Exception): pass
def check(n):
    if n < 0: raise ValueError("negative")
    if n > 9: raise Odd("odd")
    return {}[n]
"""
    test = """# test
for n, kind, text in ((-1, ValueError, "negative"), (3, KeyError, "3"), (10, Exception, "Odd: odd")):
    try:
        check(n)
    except kind as error:
        assert text in str(error), error
    else:
        raise AssertionError("nothing raised")
"""
    assert [outcome.error for outcome in run(executor, learner, test)] == ["", ""]


def test_deleting_a_learners_function_shows_who_calls_it(executor: Executor) -> None:
    learner = "def square(n): return n * n\ndef total(n): return sum(square(i) for i in range(n))"
    test = """# test
original = square
del square
try:
    total(3)
except NameError:
    pass
else:
    raise AssertionError("total does not use square")
finally:
    square = original
assert total(3) == 5
"""
    assert [outcome.error for outcome in run(executor, learner, test)] == ["", ""]


def test_what_a_function_prints_can_be_tested(executor: Executor) -> None:
    test = """# test
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()) as printed:
    greet("Lan")
assert printed.getvalue() == "Chào Lan\\n"
"""
    assert verdicts(run(executor, "def greet(name): print('Chào', name)", test)) == [True, True]


def test_names_last_over_test_cells_and_see_later_code_cells(executor: Executor) -> None:
    sources = (
        "x = [1]",
        "# test\ndef is_one(v): return v == [1]\nassert is_one(x)",
        "x = [2]",
        "# test\nassert not is_one(x)",
    )
    assert verdicts(run(executor, *sources)) == [True] * 4


def test_an_object_of_the_learners_can_be_handed_back(executor: Executor) -> None:
    learner = "class Dog:\n    def __init__(self, name): self.name = name\ndef bark(dog): return dog.name + '!'"
    assert verdicts(run(executor, learner, "# test\nassert bark(Dog('Vện')) == 'Vện!'")) == [True, True]


def test_material_and_files_lie_in_the_home(executor: Executor) -> None:
    learner = "import json, os\nfound = json.load(open(os.environ['HOCAI_MATERIAL']))\nmore = open('data/a.csv').read()"
    cells = [Cell("a", "code", learner), Cell("t", "test", "assert found == material and more == 'x'")]
    outcomes = executor.run(cells, values={"material": {"hour": 7}}, files={"data/a.csv": b"x"})
    assert [outcome.error for outcome in outcomes] == ["", ""]


def test_ipython_syntax_and_top_level_await_run(executor: Executor) -> None:
    cells = ("%time x = 1", "import asyncio\ny = await asyncio.sleep(0, 5)", "# test\nassert x == 1 and y == 5")
    assert [outcome.error for outcome in run(executor, *cells)] == ["", "", ""]


def test_a_broken_test_cell_is_our_fault(executor: Executor) -> None:
    outcomes = run(executor, "def apply(f): return f(1)", "# test\nassert (", "# test\nassert apply(lambda x: x) == 1")
    assert [outcome.failed_by_us for outcome in outcomes] == [False, True, True]
    assert "cannot be sent" in outcomes[2].error


def test_one_run_leaves_nothing_for_the_next(executor: Executor) -> None:
    first = """
import builtins, os, random, numpy
builtins.sorted = lambda x: 0
numpy.sum = None
left = 1
for place in (os.path.expanduser("~/left"), os.environ["TMPDIR"] + "/left"):
    open(place, "w").write("x")
os.makedirs("deep/er"); os.chmod("deep", 0); os.symlink("/usr", "link")
"""
    second = """
import os, numpy
assert sorted("ba") == ["a", "b"] and numpy.sum([1, 2]) == 3
assert "left" not in globals()
assert os.listdir() == [], os.listdir()
assert os.listdir(os.environ["TMPDIR"]) == ["home"]
"""
    assert run(executor, first)[0].error == ""
    assert run(executor, second)[0].error == ""


def test_the_parent_serves_many_runs(executor: Executor) -> None:
    for number in range(40):
        assert verdicts(run(executor, f"x = {number}", "# test\nassert x == n", n=number)) == [True, True]


def test_a_parent_that_died_between_runs_is_started_anew() -> None:
    with Executor() as executor:
        assert executor._parent is not None
        os.kill(executor._parent.pid, signal.SIGKILL)
        assert verdicts(run(executor, "x = 1", "# test\nassert x == 1")) == [True, True]


def test_a_parent_that_dies_in_mid_run_is_our_fault_and_cells_before_keep_their_outcome() -> None:
    with Executor() as executor:
        assert executor._parent is not None
        threading.Timer(1, os.kill, (executor._parent.pid, signal.SIGKILL)).start()
        outcomes = run(executor, "x = 1", "import time; time.sleep(15)", "# test\nassert x == 1")
        assert [(outcome.ok, outcome.failed_by_us) for outcome in outcomes] == [
            (True, False),
            (False, True),
            (False, True),
        ]
        assert verdicts(run(executor, "x = 1", "# test\nassert x == 1")) == [True, True]


def test_closing_leaves_no_process_and_no_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for machine in (MACHINES[name] for name in USABLE):
        with Executor(machine=machine) as executor:
            run(executor, "x = 1")
            assert executor._parent is not None
            pid = executor._parent.pid
        assert not Path(f"/proc/{pid}").exists()
    assert list(tmp_path.iterdir()) == []


def test_without_any_seal_nothing_runs() -> None:
    nothing = replace(MACHINE, landlock_abi=0, bwrap=False, can_seal=False, sentence="install bubblewrap")
    with pytest.raises(ExecutorUnavailable, match="install bubblewrap"):
        Executor(machine=nothing).run([Cell("a", "code", "1")], values={})


@pytest.mark.skipif(not MACHINE.bwrap, reason="needs bubblewrap to take namespaces away")
def test_landlock_alone_seals_where_no_namespace_can_be_made() -> None:
    program = """
from dataclasses import replace
from autograders.sandbox.executor import Cell, Executor
from autograders.sandbox.seal import capabilities
machine = capabilities()
assert not machine.bwrap and machine.can_seal, machine
learner = '''
import os
def refused(path):
    try:
        open(path).read()
    except OSError:
        return True
seen = [path for path in ("/etc/shadow", "/etc/hostname", "/proc/self/environ") if not refused(path)]
open("note", "w").write("x"); os.mkdir("d"); os.chmod("d", 0)
try:
    open("big", "wb").write(bytes(200 * 2**20))
    seen.append("200 MB written")
except OSError:
    pass
'''
with Executor(machine=machine) as executor:
    for _ in range(2):
        cells = [Cell("a", "code", learner), Cell("t", "test", "assert seen == [], seen")]
        for outcome in executor.run(cells, values={}):
            assert outcome.ok, outcome
"""
    command = ["bwrap", "--unshare-user", "--disable-userns", "--dev-bind", "/", "/", sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
