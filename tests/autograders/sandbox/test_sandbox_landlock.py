"""The seal by Landlock and seccomp, run as the script it is."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from autograders.sandbox import landlock
from autograders.sandbox.visible import environment_paths, system_paths

pytestmark = pytest.mark.skipif(landlock.landlock_abi() < landlock.TCP_ABI, reason="needs Landlock ABI 4")

SEEN = [str(path) for path in [*system_paths(), *environment_paths()]]


def sealed(code: str, *options: str) -> subprocess.CompletedProcess[str]:
    ro = [part for path in SEEN for part in ("--ro", path)]
    command = [sys.executable, "-I", landlock.__file__, *ro, *options, "--", sys.executable, "-I", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_only_named_files_can_be_read_and_written(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "note").write_text("x")
    code = f"""
import os
def tried(action):
    try:
        action()
        return "yes"
    except PermissionError:
        return "no"
base = {str(tmp_path)!r}
print(tried(lambda: open(base + "/open/new", "w")), tried(lambda: open(base + "/note")),
      tried(lambda: open(base + "/note", "w")), tried(lambda: os.listdir(base)),
      tried(lambda: os.truncate(base + "/note", 0)), tried(lambda: os.rename(base + "/note", base + "/open/note")))
"""
    assert sealed(code, "--rw", str(tmp_path / "open")).stdout.split() == ["yes", "no", "no", "no", "no", "no"]
    assert sealed(code, "--rw", str(tmp_path / "open"), "--list", str(tmp_path)).stdout.split()[3] == "yes"


CONNECT = """
import socket, sys
for port in {ports}:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5)
        print("open")
    except PermissionError:
        print("refused")
"""


def test_only_named_ports_can_be_connected_to_and_bound() -> None:
    with socket.create_server(("127.0.0.1", 21001)), socket.create_server(("127.0.0.1", 21002)):
        connect = CONNECT.format(ports=[21001, 21002])
        assert sealed(connect, "--connect", "21001").stdout.split() == ["open", "refused"]
        assert sealed(connect, "--bind", "21003").stdout.split() == ["refused", "refused"]
        assert sealed(connect).stdout.split() == ["refused", "refused"]
    bind = """
import socket
for port in (21003, 21004):
    try:
        socket.create_server(("127.0.0.1", port))
        print("bound")
    except PermissionError:
        print("refused")
"""
    assert sealed(bind, "--bind", "21003").stdout.split() == ["bound", "refused"]


def test_sockets_that_would_go_past_the_tcp_rules_are_refused() -> None:
    code = """
import socket
for family, kind, protocol in ((2, 1, 0), (10, 1, 6), (1, 1, 0), (2, 2, 0), (10, 2, 0), (2, 3, 1), (2, 1, 262),
                               (2, 1, 132), (17, 3, 0), (40, 1, 0), (2, 1 | 0o4000, 0), (2, 2 | 0o4000, 0)):
    try:
        socket.socket(family, kind, protocol).close()
        print("made")
    except PermissionError:
        print("refused")
    except OSError as error:
        print(error)
"""
    expected = ["made"] * 3 + ["refused"] * 7 + ["made", "refused"]
    assert sealed(code, "--connect", "21001").stdout.split() == expected


def test_processes_start_but_hold_no_capabilities_and_signal_nobody_outside() -> None:
    code = """
import os, subprocess
print(subprocess.run(["/bin/echo", "hi"], capture_output=True, text=True).stdout.strip())
for line in subprocess.run(["cat", "/proc/self/status"], capture_output=True, text=True).stdout.splitlines():
    if line.startswith(("CapEff", "NoNewPrivs")):
        print(int(line.split()[1], 16))
try:
    os.kill(os.getppid(), 0)
    print("signalled")
except PermissionError:
    print("refused")
"""
    assert sealed(code, "--ro", "/proc").stdout.split() == ["hi", "0", "1", "refused"]


def test_a_path_that_is_missing_and_an_abi_too_old_are_said_clearly() -> None:
    done = sealed("print('ran')", "--rw", "/nowhere/at/all")
    assert done.returncode == 1
    assert "/nowhere/at/all" in done.stderr
    assert done.stdout == ""
    done = sealed("print('ran')", "--least-abi", "99")
    assert "needed is 99" in done.stderr
    assert done.stdout == ""


def test_an_unknown_architecture_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "_ARCHITECTURES", {})
    with pytest.raises(landlock.SealError, match="system calls of"):
        landlock.filter_calls([])
