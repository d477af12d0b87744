"""`hocai run` and `hocai stop`: start the hub, watch it, and leave no process behind."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import httpx

from autograders.sandbox.seal import capabilities
from hub_config import processes
from hub_config.demo import NewAccount, create_demo_class
from hub_config.node import NodeError, proxy_command
from hub_config.services.campus.database import connect
from hub_config.settings import Settings

CONFIG = Path(__file__).with_name("jupyterhub_config.py")
START_S = 90.0
STOP_S = 40.0
KILL_S = 10.0
LOG_LINES = 15

Say = Callable[[str], None]


class RunError(RuntimeError):
    """Why the hub does not start or stop: one sentence with the mend."""


def run(settings: Settings, say: Say) -> None:
    """Start everything, say where to go, and stay until ctrl-C, SIGTERM or `hocai stop`. Raises `RunError`."""
    settings.hub_folder.mkdir(parents=True, exist_ok=True)
    settings.data.chmod(0o700)
    with _only_one(settings), _signals_end_us():
        _check(settings, say)
        processes.adopt_orphans()
        hub = None
        try:
            people = _prepare(settings, say)
            hub = _start_hub(settings)
            _wait_until_up(settings, hub, say)
            _greet(settings, people, say)
            hub.wait()
            raise RunError(f"the hub ended by itself (exit code {hub.returncode}).\n{_log_tail(settings)}")
        except KeyboardInterrupt:
            say("Stopping ...")
        finally:
            _end(hub)
            settings.forget_key()
    say("Stopped. All data is kept.")


def stop(settings: Settings, say: Say) -> None:
    """End the hub that runs with this data folder and wait until it is gone. Raises `RunError`."""
    pid = _running(settings)
    if pid is None:
        say(f"Nothing runs with the data folder {settings.data}.")
        return
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_S + KILL_S + 5
    while _running(settings) == pid:
        if time.monotonic() > deadline:
            raise RunError(f"process {pid} does not end: run `kill -9 {pid}`.")
        time.sleep(0.1)
    say("Stopped.")


def _lock_file(settings: Settings) -> Path:
    return settings.hub_folder / "run.lock"


@contextmanager
def _only_one(settings: Settings) -> Iterator[None]:
    """Hold the data folder: the lock goes with the process, so a stale file never blocks a start."""
    with _lock_file(settings).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            pid, _, url = file.read().partition(" ")
            raise RunError(f"already running at {url} (process {pid}): `make stop` ends it.") from None
        file.truncate(0)
        file.write(f"{os.getpid()} {settings.public_url}")
        file.flush()
        yield
        file.truncate(0)


def _running(settings: Settings) -> int | None:
    if not _lock_file(settings).is_file():
        return None
    with _lock_file(settings).open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = file.read().partition(" ")[0]
            return int(pid) if pid else None  # it is about to say who it is, or has ended and is about to let go
    return None


@contextmanager
def _signals_end_us() -> Iterator[None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _check(settings: Settings, say: Say) -> None:
    for port in range(settings.port, settings.live_port + 1):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise RunError(
                    f"port {port} is taken (needed: {settings.port} to {settings.live_port}): "
                    f"run `make run PORT={settings.port + 1000}`, or end what listens there."
                ) from None
    try:
        proxy_command(settings)
    except NodeError as error:
        raise RunError(str(error)) from None
    if sentence := capabilities().sentence:
        say(f"Note: {sentence}")


def _prepare(settings: Settings, say: Say) -> list[NewAccount]:
    for folder in (settings.homes, settings.classes, settings.published):
        folder.mkdir(exist_ok=True)
    engine = connect(settings)
    try:
        people = create_demo_class(engine, settings.demo_class)
    finally:
        engine.dispose()
    try:
        _publish(settings, say)
    finally:
        _show_passwords(people, say)  # created is created: shown even when what follows fails
    return people


def _publish(settings: Settings, say: Say) -> None:
    """In a process of its own: it imports much, and nbclient takes over the handlers of signals."""
    say("Publishing the lessons ...")
    command = [sys.executable, "-m", "hub_config.cli", "publish"]
    if subprocess.run(command, env=_environment(settings), check=False).returncode != 0:
        raise RunError("the lessons cannot be published: mend what is named above, then start again.")


def _environment(settings: Settings) -> dict[str, str]:
    return os.environ | settings.environment(*Settings.model_fields)


def _start_hub(settings: Settings) -> subprocess.Popen[bytes]:
    log = settings.hub_folder / "hub.log"
    if log.exists():
        log.replace(log.with_suffix(".1.log"))
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", str(CONFIG)],
            env=_environment(settings),
            cwd=settings.hub_folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # ctrl-C reaches this process only, which then ends the hub in order
            preexec_fn=processes.end_with_parent,
        )


def _wait_until_up(settings: Settings, hub: subprocess.Popen[bytes], say: Say) -> None:
    waiting = {
        "hub": f"{settings.public_url}/hub/api/health",
        "campus": f"http://127.0.0.1:{settings.campus_port}/services/campus/",
        "AI gateway": f"http://127.0.0.1:{settings.ai_port}/services/ai/v1/models",
        "apps": f"http://127.0.0.1:{settings.apps_port}/services/apps/",
        "live lessons": f"http://127.0.0.1:{settings.live_port}/services/live/health",
    }
    say("Starting ...")
    begun = time.monotonic()
    while waiting:
        if hub.poll() is not None:
            raise RunError(f"the hub ended while starting.\n{_log_tail(settings)}")
        if time.monotonic() - begun > START_S:
            raise RunError(f"no answer from {', '.join(waiting)} in {START_S:.0f} s.\n{_log_tail(settings)}")
        for name in [name for name, url in waiting.items() if _answers(url, healthy=name == "hub")]:
            del waiting[name]
            say(f"  {name} is up ({time.monotonic() - begun:.0f} s)")
        time.sleep(0.2)


def _answers(url: str, *, healthy: bool) -> bool:
    """Any answer of a service itself counts, asking who we are is one too; the hub's must be 200.

    The hub is asked through the proxy, which answers 404 until the hub has registered its route.
    """
    try:
        status = httpx.get(url, timeout=5, trust_env=False).status_code
        return status == httpx.codes.OK if healthy else status < httpx.codes.INTERNAL_SERVER_ERROR
    except httpx.TransportError:
        return False


def _show_passwords(people: list[NewAccount], say: Say) -> None:
    if not people:
        return
    say("\nDemo class created. These passwords are shown only now; write them down:")
    for new in people:
        person = new.account
        say(f"  {person.kind:8} {person.name:12} {new.password}   {person.display_name} ({person.role})")


def _greet(settings: Settings, people: list[NewAccount], say: Say) -> None:
    say(f"\nReady: open {settings.public_url} and sign in" + (" with a name above." if people else "."))
    say(f"Log: {settings.hub_folder / 'hub.log'}. Ctrl-C or `make stop` ends everything; the data stays.")


def _log_tail(settings: Settings) -> str:
    log = settings.hub_folder / "hub.log"
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]
    return "\n".join([f"The end of {log}:", *lines])


def _end(hub: subprocess.Popen[bytes] | None) -> None:
    """Let the hub end its servers, services and proxy; then end whatever is left."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # a second ctrl-C must not leave processes behind
    if hub is not None and hub.poll() is None:
        hub.terminate()
        try:
            hub.wait(STOP_S)
        except subprocess.TimeoutExpired:
            hub.kill()
            hub.wait()
    left = processes.end_descendants(os.getpid(), KILL_S)
    if left:
        raise RunError(f"processes {left} do not end: run `kill -9 {' '.join(map(str, left))}`.")
