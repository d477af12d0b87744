"""Starting and stopping the real thing."""

import asyncio
import fcntl
import shutil
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from running_hub import RunningHub, until

from hub_config import processes
from hub_config.run import RunError, run, stop
from hub_config.settings import Settings

LEARNER = "minh.pham"


@pytest.fixture
def hub() -> Iterator[RunningHub]:
    made = RunningHub()
    yield made
    if made.process is not None and made.process.poll() is None:
        made.stop()
    shutil.rmtree(made.data)


@pytest.mark.hub
def test_stop_ends_everything_and_a_second_start_keeps_the_data(hub: RunningHub) -> None:
    hub.start()
    assert len(hub.passwords) == 4
    token = hub.token(LEARNER)
    hub.start_server(LEARNER, token)
    asyncio.run(hub.type_in_terminal(LEARNER, token, "nohup setsid sleep 4321 & echo begun > begun"))
    home = hub.data / "homes" / LEARNER
    until((home / "begun").is_file)
    assert len(hub.processes()) >= 7
    second = hub.command("run")
    assert second.returncode == 1
    assert f"already running at {hub.url}" in second.stderr

    assert hub.stop().returncode == 0
    assert hub.processes() == []
    assert "Stopped" in hub.output

    hub.start()
    assert "Demo class created" not in hub.output
    with hub.sign_in(LEARNER) as client:
        assert client.landing.status_code == 200
    assert (home / "begun").is_file()


@pytest.mark.hub
def test_nothing_stays_when_the_hub_is_killed(hub: RunningHub) -> None:
    hub.start()
    assert hub.process is not None
    hub_pid = next(pid for pid in processes.descendants(hub.process.pid) if b"jupyterhub\0-f" in _command(pid))
    processes.kill([hub_pid])
    assert hub.process.wait(60) == 1
    assert "the hub ended by itself" in hub.output
    assert hub.processes() == []


@pytest.mark.hub
def test_ctrl_c_while_starting_leaves_nothing(hub: RunningHub) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RunningHub, "output", property(lambda _: "Ready:"))
        hub.start()
    until(lambda: "Starting" in hub.output)
    assert hub.process is not None
    hub.process.send_signal(signal.SIGINT)
    assert hub.process.wait(60) == 0
    assert hub.processes() == []


def test_a_taken_port_is_one_sentence_with_the_mend(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        settings = Settings.load({"HOCAI_DATA": str(tmp_path), "HOCAI_PORT": str(port - 3)})
        with pytest.raises(RunError, match=rf"port \d+ is taken .*make run PORT={port - 3 + 1000}"):
            run(settings, print)
    assert list(tmp_path.glob("campus*")) == []


def test_a_missing_proxy_is_one_sentence_with_the_mend(tmp_path: Path, hub: RunningHub) -> None:
    environ = {"HOCAI_DATA": str(tmp_path / "d"), "HOCAI_PROJECT": str(tmp_path), "HOCAI_PORT": str(hub.port)}
    with pytest.raises(RunError, match=r"configurable-http-proxy is missing in .*make install"):
        run(Settings.load(environ), print)


def test_stop_says_when_nothing_runs(tmp_path: Path) -> None:
    said: list[str] = []
    stop(Settings.load({"HOCAI_DATA": str(tmp_path)}), said.append)
    assert said == [f"Nothing runs with the data folder {tmp_path}."]


def test_stop_finds_nothing_in_the_moment_before_a_start_says_who_it_is(tmp_path: Path) -> None:
    settings, said = Settings.load({"HOCAI_DATA": str(tmp_path)}), list[str]()
    settings.hub_folder.mkdir()
    with (settings.hub_folder / "run.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        stop(settings, said.append)
    assert said == [f"Nothing runs with the data folder {tmp_path}."]


def _command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()
