"""Attacks on the executor from a learner's cells: what they reach, and that verdicts stand."""

import os
import re
import secrets
import socket
import time

import pytest
from machines import MACHINE

from autograders.sandbox.executor import Cell, CellOutcome, Executor

pytestmark = pytest.mark.skipif(not MACHINE.can_seal, reason=MACHINE.sentence)


def attack(executor: Executor, learner: str, test: str, seconds: float = 20, **values: object) -> list[CellOutcome]:
    cells = [Cell("attack", "code", learner), Cell("test", "test", test), Cell("after", "test", "assert True")]
    return executor.run(cells, values=values, seconds=seconds)


def printed(executor: Executor, learner: str) -> str:
    [outcome] = executor.run([Cell("attack", "code", learner)], values={})
    assert outcome.ok, outcome.error
    return outcome.stdout


READABLE = """
import glob, os
for path in {paths!r}:
    try:
        print(path, len(open(path, "rb").read()))
    except OSError:
        pass
"""


def test_files_outside_are_out_of_sight(executor: Executor, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("homes") / "lan.txt"
    other.write_text("private")
    project = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
    paths = [
        "/etc/shadow",
        "/etc/hostname",
        "/proc/1/environ",
        "/proc/self/environ",
        "/proc/1/cmdline",
        str(other),
        __file__,
        os.path.join(project, "../../../pyproject.toml"),  # noqa: PTH118
        os.path.expanduser("~/.bashrc"),  # noqa: PTH111
    ]
    assert printed(executor, READABLE.format(paths=paths)) == ""


def test_our_packages_cannot_be_imported(executor: Executor) -> None:
    learner = """
for name in ("autograders", "hub_config", "autograders.sandbox.executor"):
    try:
        print(__import__(name))
    except (ImportError, OSError):
        pass
"""
    assert printed(executor, learner) == ""


def test_the_environment_holds_no_secret(executor: Executor) -> None:
    names = printed(executor, "import os; print(sorted(os.environ))")
    assert "HOCAI_TEST_SECRET" not in names
    assert "HOCAI_MATERIAL" in names


def test_no_network_by_tcp_udp_or_a_socket_of_any_kind(executor: Executor) -> None:
    with socket.create_server(("127.0.0.1", 21011)) as server:
        learner = f"""
import ctypes, socket
for family, kind in ((2, 1), (2, 2), (10, 1), (10, 2), (1, 1), (16, 3), (17, 3)):
    try:
        opened = socket.socket(family, kind)
        print("opened", family, kind)
        opened.connect(("127.0.0.1", {server.getsockname()[1]}))
        print("connected")
    except OSError:
        pass
print(ctypes.CDLL(None).syscall(425, 4, None), end="")  # io_uring makes sockets as well
"""
        assert printed(executor, learner) == "-1"


def test_no_processes_and_no_capabilities(executor: Executor) -> None:
    learner = """
import ctypes, os, subprocess
try:
    while True:
        os.fork()
except BlockingIOError:
    print("no fork")
try:
    subprocess.run(["/bin/true"])
except BlockingIOError:
    print("no process")
libc = ctypes.CDLL(None, use_errno=True)
print(libc.mount(None, b"/tmp", b"tmpfs", 0, None), libc.umount2(b"/proc", 2), libc.unshare(0x10020000))
held = (ctypes.c_uint32 * 6)()
libc.capget((ctypes.c_uint32 * 2)(0x20080522, 0), held)
print(any(held))
"""
    assert printed(executor, learner) == "no fork\nno process\n-1 -1 -1\nFalse\n"


def test_threads_are_bounded(executor: Executor) -> None:
    learner = """
import threading
stop = threading.Event()
started = 0
try:
    while started < 5000:
        threading.Thread(target=stop.wait, daemon=True).start()
        started += 1
except (RuntimeError, MemoryError):
    pass
stop.set()
"""
    outcomes = attack(executor, learner, "assert 0 < started < 1000, started")
    assert outcomes[1].error == ""


def test_expected_values_are_nowhere_in_the_child(executor: Executor) -> None:
    token = secrets.token_hex(8)
    learner = """
import gc, re, sys, types
pattern = re.compile("expected" + "-[0-9a-f]{16}")
found = []
def look(value):
    text = value if type(value) is str else repr(value) if type(value) in (dict, list, tuple) else ""
    found.extend(pattern.findall(text))
for thing in gc.get_objects():
    look(thing)
frame = sys._getframe()
while frame:
    look(dict(frame.f_locals)); look(dict(frame.f_globals))
    frame = frame.f_back
"""
    outcomes = attack(executor, learner, "assert found == [], found\nassert expected", expected=f"expected-{token}")
    assert [outcome.error for outcome in outcomes] == ["", "", ""]


@pytest.mark.parametrize(
    ("learner", "words"),
    [
        ("import os; os._exit(0)", "exit status 0"),
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
        ("import os; os.closerange(3, 100)", "Bad file descriptor|connection|exit status"),
    ],
)
def test_a_process_that_ends_itself_fails_the_rest_as_its_own_fault(
    executor: Executor, learner: str, words: str
) -> None:
    outcomes = executor.run(
        [Cell("a", "code", "x = 1"), Cell("b", "code", learner), Cell("t", "test", "assert x == 1")], values={}
    )
    assert [outcome.ok for outcome in outcomes] == [True, False, False]
    assert re.search(words, outcomes[2].error), outcomes[2].error
    assert not any(outcome.failed_by_us for outcome in outcomes)


def test_ending_the_process_inside_a_call_does_not_pass_a_test_for_exceptions(executor: Executor) -> None:
    test = "try:\n    check(-1)\nexcept Exception:\n    pass\nelse:\n    raise AssertionError"
    outcomes = attack(executor, "import os\ndef check(n): os._exit(0)", test)
    assert [outcome.ok for outcome in outcomes] == [True, False, False]


@pytest.mark.parametrize(
    ("learner", "test"),
    [
        ("while True: pass", "assert True"),
        ("import time\ndef slow(): time.sleep(60)", "slow()"),
        ("10 ** (10 ** 9)", "assert True"),
        (
            "import hashlib, threading\n"
            "for _ in range(3):\n"
            "    threading.Thread(target=lambda: [hashlib.sha256(bytes(10**7)) for _ in range(10**6)]).start()\n"
            "sorted(iter(int, 1))",
            "assert True",
        ),
        (
            "import signal\nfor n in set(range(1, 32)) - {9, 19}:\n    signal.signal(n, signal.SIG_IGN)\n"
            "while True: pass",
            "",
        ),
        ("n = 10 ** 15", "for _ in range(n):\n    try:\n        pass\n    except Exception:\n        pass"),
        ("def f(): return 2", "while True:\n    try:\n        f()\n    except Exception:\n        pass"),
        ("import os\nos.set_blocking(3, True)\nwhile True:\n    try: os.read(3, 1)\n    except OSError: pass", ""),
    ],
)
def test_the_time_budget_holds(executor: Executor, learner: str, test: str) -> None:
    started = time.monotonic()
    outcomes = attack(executor, learner, test, seconds=1)
    assert time.monotonic() - started < 15
    assert outcomes[-1].ok is False or "time" in outcomes[1].error
    assert any("time" in outcome.error for outcome in outcomes)
    assert not any(outcome.failed_by_us for outcome in outcomes)


def test_output_is_capped(executor: Executor) -> None:
    learner = """
import os, sys
print("x" * 200_000_000)
for _ in range(300): print("y" * 10_000)
sys.stderr.write("z" * 10_000_000)
os.write(1, b"raw" * 1_000_000)
"""
    outcomes = attack(executor, learner, "assert True")
    assert outcomes[0].ok, outcomes[0].error
    assert len(outcomes[0].stdout) == 100_000
    assert outcomes[1].ok


def test_memory_and_disk_are_bounded_and_later_cells_still_run(executor: Executor) -> None:
    outcomes = attack(executor, "x = 1\nhog = [bytearray(2**28) for _ in range(16)]", "assert x == 1")
    assert outcomes[0].error.startswith("MemoryError")
    assert outcomes[1].ok
    [full] = executor.run([Cell("a", "code", "open('big', 'wb').write(bytes(200 * 2**20))")], values={})
    assert not full.ok
    assert not full.failed_by_us


def test_a_value_too_big_to_send_fails_its_test_only(executor: Executor) -> None:
    outcomes = attack(executor, "big = 'x' * (20 * 2**20)", "assert len(big) == 20 * 2**20")
    assert "too big" in outcomes[1].error
    assert outcomes[2].ok
    assert not outcomes[1].failed_by_us


WINS = {
    "always equal": "class Any:\n    def __eq__(self, other): return True\n    __hash__ = None\nanswer = Any()",
    "equal number": "class Any(int):\n    def __eq__(self, other): return True\n    __hash__ = None\nanswer = Any()",
    "patched builtins": "import builtins\nbuiltins.all = builtins.any = builtins.abs = lambda *a: True\nanswer = 0",
    "own names": "def abs(x): return 0\ndef len(x): return 42\ndef all(x): return True\nanswer = 0",
    "patched numpy": "import numpy as np\nnp.allclose = np.isclose = np.array_equal = lambda *a, **k: True\nanswer = 0",
    "own numpy": "class np:\n    allclose = staticmethod(lambda *a, **k: True)\nanswer = 0",
    "own exception": "AssertionError = ZeroDivisionError\nimport builtins\nbuiltins.AssertionError = int\nanswer = 0",
    "system exit": "answer = 0\ndef check(): raise SystemExit(0)",
}


@pytest.mark.parametrize("learner", WINS.values(), ids=WINS.keys())
@pytest.mark.parametrize(
    "test",
    [
        "assert answer == 42",
        "assert abs(answer - 42) < 1e-6",
        "import numpy as np\nassert np.allclose(answer, 42)",
        "assert all([answer == 42])",
        "assert np.allclose(answer, 42)",
        "if answer != 42:\n    raise AssertionError",
        "check()\nassert answer == 42",
    ],
)
def test_nothing_the_learner_patches_wins_a_test(executor: Executor, learner: str, test: str) -> None:
    outcomes = attack(executor, learner, test)
    assert not outcomes[1].ok
    assert outcomes[2].ok
    assert not outcomes[1].failed_by_us


def test_a_module_that_tests_do_not_use_is_not_imported_for_a_learner(executor: Executor) -> None:
    outcomes = attack(executor, "import os as shell", "shell.getcwd()")
    assert "the module os" in outcomes[1].error
