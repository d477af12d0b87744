"""The seal around servers: what a command sees, which packages it can import, JupyterLab inside it."""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from machines import MACHINE, MACHINES, USABLE
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from autograders.sandbox import seal, visible
from autograders.sandbox.seal import capabilities, sealed_command

pytestmark = pytest.mark.skipif(not MACHINE.can_seal, reason=MACHINE.sentence)


@pytest.fixture(params=USABLE)
def machine(request: pytest.FixtureRequest) -> seal.Capabilities:
    return MACHINES[request.param]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def python(code: str, home: Path, machine: seal.Capabilities, **options: object) -> str:
    command = sealed_command([sys.executable, "-c", code], home=home, machine=machine, **options)  # type: ignore[arg-type]
    env = {"HOME": str(home)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_home_is_writable_and_what_lies_outside_is_out_of_sight(
    home: Path, tmp_path: Path, machine: seal.Capabilities
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "secret").write_text("x")
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "lesson").write_text("x")
    outside = [str(tmp_path / "other/secret"), __file__, "/etc/shadow", "/etc/hostname"]
    code = f"""
import os
open(os.path.expanduser("~/note"), "w").write("kept")
for path in {[*outside, str(tmp_path / "given/lesson")]!r}:
    try:
        print(open(path).read())
    except OSError:
        print("no")
try:
    open({str(tmp_path / "given/new")!r}, "w")
except OSError:
    print("read-only")
import json
print(json.dumps(dict(os.environ)))
"""
    *lines, environment = python(code, home, machine, read_only=[tmp_path / "given"]).splitlines()
    assert lines == ["no", "no", "no", "no", "x", "read-only"]
    assert (home / "note").read_text() == "kept"
    assert set(json.loads(environment)) <= {"HOME", "PWD", "LC_CTYPE"}


IMPORTS = """
for name in ("course", "autograders", "hub_config", "pandas"):
    try:
        __import__(name)
        print(name)
    except (ImportError, OSError):
        pass
"""


@pytest.mark.skipif(not MACHINE.bwrap, reason=MACHINE.sentence)
def test_only_the_chosen_packages_can_be_imported(home: Path) -> None:
    assert python(IMPORTS, home, MACHINE).split() == ["course", "pandas"]
    several = python(IMPORTS, home, MACHINE, packages=("course", "autograders")).split()
    assert several == ["course", "autograders", "pandas"]
    with pytest.raises(ValueError, match="numpy"):
        sealed_command(["true"], home=home, packages=("numpy",), machine=MACHINE)


def test_packages_installed_into_the_environment_are_hidden_one_by_one(
    home: Path, machine: seal.Capabilities, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An environment as `uv sync --no-editable` leaves it: all three packages side by side."""
    environment = tmp_path / "environment"
    for name in visible.OUR_PACKAGES:
        (environment / "lib" / name).mkdir(parents=True)
        (environment / "lib" / name / "__init__.py").write_text("value = 1")
    (environment / "lib" / "other.py").write_text("value = 1")
    found = visible.environment_paths()
    monkeypatch.setattr(visible, "environment_paths", lambda: [*found, environment])
    monkeypatch.setattr(seal, "environment_paths", lambda: [*found, environment])
    monkeypatch.setattr(visible, "_package_directory", lambda name: environment / "lib" / name)
    code = f"import sys\nsys.path[:0] = [{str(environment / 'lib')!r}]\nimport other\nprint('other')"
    assert python(code + IMPORTS, home, machine).split() == ["other", "course", "pandas"]
    both = python(code + IMPORTS, home, machine, packages=("course", "hub_config")).split()
    assert both == ["other", "course", "hub_config", "pandas"]


def test_only_the_given_ports_can_be_reached(home: Path, machine: seal.Capabilities) -> None:
    code = """
import socket
for port in (21011, 21012):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5)
        print("open")
    except OSError:
        print("closed")
"""
    with socket.create_server(("127.0.0.1", 21011)), socket.create_server(("127.0.0.1", 21012)):
        assert python(code, home, machine, connect_ports=[21011]).split() == ["open", "closed"]
        assert python(code, home, machine).split() == ["closed", "closed"]


def test_a_path_that_is_missing_is_named(home: Path) -> None:
    with pytest.raises(ValueError, match="/nowhere"):
        sealed_command(["true"], home=home, read_only=[Path("/nowhere")], machine=MACHINE)


def test_where_nothing_seals_the_operator_reads_what_mends_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "landlock_abi", lambda: 2)
    monkeypatch.setenv("PATH", "/nowhere")
    found = capabilities()
    assert not found.can_seal
    assert not found.bwrap
    assert "apt-get install bubblewrap" in found.sentence
    with pytest.raises(RuntimeError, match="bubblewrap"):
        sealed_command(["true"], home=home, machine=found)


@pytest.mark.skipif(not MACHINE.bwrap, reason=MACHINE.sentence)
def test_a_bubblewrap_that_may_not_make_namespaces_is_told_apart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    refusing = tmp_path / "bwrap"
    refusing.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    found = capabilities()
    assert not found.bwrap
    assert "Permission denied" in found.sentence
    assert "sysctl" in found.sentence


PORT = 21021
TOKEN = "lab-test"


@pytest.fixture
def short_home() -> Iterator[Path]:
    """Unix socket paths end at 107 bytes, pytest's directories are long."""
    place = Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
    yield place
    shutil.rmtree(place)


@pytest.fixture
def lab(short_home: Path, machine: seal.Capabilities) -> Iterator[str]:
    options = [
        f"--ServerApp.port={PORT}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={short_home}",
        "--ServerApp.open_browser=False",
        "--KernelManager.transport=ipc",
        *(["--ServerApp.allow_root=True"] if os.getuid() == 0 else []),
    ]
    command = [sys.executable, "-m", "jupyter", "lab", *options]
    env = {
        "HOME": str(short_home),
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "JUPYTER_RUNTIME_DIR": f"{short_home}/run",
        "TMPDIR": str(short_home),
        "SHELL": "/bin/bash",
    }
    log = short_home / "lab.log"
    with log.open("w") as out:
        sealed = sealed_command(command, home=short_home, bind_ports=[PORT], machine=machine)
        server = subprocess.Popen(sealed, env=env, cwd=short_home, stdout=out, stderr=out)
        try:
            until = time.monotonic() + 60
            while True:
                assert server.poll() is None, log.read_text()[-3000:]
                assert time.monotonic() < until, log.read_text()[-3000:]
                try:
                    httpx.get(f"http://127.0.0.1:{PORT}/api")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield f"127.0.0.1:{PORT}"
        finally:
            server.terminate()
            server.wait(timeout=20)


async def _terminal(address: str, name: str) -> str:
    request = HTTPRequest(f"ws://{address}/terminals/websocket/{name}?token={TOKEN}")
    connection = await websocket_connect(request)
    await connection.write_message(json.dumps(["stdin", "echo got-$((40+2)); cat /etc/shadow; tty\r"]))
    seen = ""
    while "got-42" not in seen or "shadow:" not in seen or "/dev/pts" not in seen:
        message = await asyncio.wait_for(connection.read_message(), 30)
        assert isinstance(message, str), seen
        kind, *content = json.loads(message)
        seen += content[0] if kind == "stdout" else ""
    connection.close()
    return seen


async def _kernel(address: str, kernel: str) -> str:
    request = HTTPRequest(f"ws://{address}/api/kernels/{kernel}/channels?token={TOKEN}")
    connection = await websocket_connect(request)
    header = {"msg_id": "a", "msg_type": "execute_request", "username": "", "session": "s", "version": "5.3"}
    content = {"code": "1+1", "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
    await connection.write_message(json.dumps(message))
    while True:
        answer = await asyncio.wait_for(connection.read_message(), 60)
        assert isinstance(answer, str)
        read = json.loads(answer)
        if read["msg_type"] == "execute_result":
            connection.close()
            return str(read["content"]["data"]["text/plain"])


def test_jupyterlab_runs_in_it_with_a_terminal_and_a_kernel_over_ipc(lab: str) -> None:
    with httpx.Client(base_url=f"http://{lab}", headers={"Authorization": f"token {TOKEN}"}, timeout=60) as client:
        terminal = client.post("/api/terminals").raise_for_status().json()["name"]
        seen = asyncio.run(_terminal(lab, terminal))
        assert "root:" not in seen
        kernel = client.post("/api/kernels", json={"name": "python3"}).raise_for_status().json()["id"]
        assert asyncio.run(_kernel(lab, kernel)) == "2"
        client.delete(f"/api/kernels/{kernel}").raise_for_status()
