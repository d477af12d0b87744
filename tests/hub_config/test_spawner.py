import sys
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograders.sandbox.seal import Capabilities, capabilities
from hub_config import wording
from hub_config.settings import Settings
from hub_config.spawner import SealedSpawner, SpawnError

NOTHING_SEALS = Capabilities(landlock_abi=0, bwrap=False, can_seal=False, sentence="nothing seals here")


def spawner(data: Path, name: str, machine: Capabilities, *groups: str) -> SealedSpawner:
    settings = Settings.load({"HOCAI_DATA": str(data), "HOCAI_PORT": "9300"})
    user = SimpleNamespace(name=name, groups=[SimpleNamespace(name=group) for group in groups])
    command = [sys.executable, "-m", "jupyterhub.singleuser"]
    return SealedSpawner(user=user, settings=settings, machine=machine, cmd=command)


def test_where_nothing_seals_a_learner_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SpawnError, match="nothing seals here") as caught:
        spawner(tmp_path, "hoa", NOTHING_SEALS, "nbgrader-6a", "people").command()
    assert caught.value.jupyterhub_message == wording.JUPYTERLAB_CLOSED


@pytest.mark.parametrize(("name", "groups"), [("lan", ["formgrade-6a"]), ("class-6a", [])])
def test_where_nothing_seals_teachers_and_class_servers_still_run(tmp_path: Path, name: str, groups: list[str]) -> None:
    made = spawner(tmp_path, name, NOTHING_SEALS, *groups)
    assert made.command() == made.cmd


def test_the_command_opens_one_home_one_way_out_and_one_port_in(tmp_path: Path) -> None:
    machine = capabilities()
    if not machine.can_seal:
        pytest.skip(machine.sentence)
    made = spawner(tmp_path, "hoa", machine)
    made.port = 9999
    for folder in (made.home, tmp_path / "published", tmp_path / "hub" / "server-config" / "learner"):
        folder.mkdir(parents=True)
    command = made.command()
    following = {option: [b for a, b in pairwise(command) if a == option] for option in command}
    assert following["--connect"] == ["9300"]
    assert following["--bind"][-1] == "9999"
    assert str(tmp_path / "homes" / "hoa") in following["--rw"]
    assert str(tmp_path) not in command


def test_a_home_too_long_for_kernel_sockets_is_named_with_the_mend(tmp_path: Path) -> None:
    landlock_only = Capabilities(landlock_abi=7, bwrap=False, can_seal=True, sentence="")
    made = spawner(tmp_path / ("long" * 20), "hoa", landlock_only)
    with pytest.raises(OSError, match="too long for kernel sockets; move the data folder"):
        made._prepare_folders({"JUPYTER_RUNTIME_DIR": str(made.home / ".tmp" / "run")})


def test_homes_of_learners_and_classes_lie_apart(tmp_path: Path) -> None:
    assert spawner(tmp_path, "hoa", NOTHING_SEALS).home == tmp_path / "homes" / "hoa"
    assert spawner(tmp_path, "class-6a", NOTHING_SEALS).home == tmp_path / "classes" / "6a"
