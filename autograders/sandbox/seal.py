"""The seal around a learner's or a class's server: bubblewrap where it can run, Landlock always.

What is sealed from what: the command sees the system's programs, the Python environment with the chosen
packages of ours, and its own home; not the project, the lessons, the data folder, other homes, other
processes, or the hub's secrets. It reaches the TCP ports that were named and no others. The caller hands
over the environment variables: HOME, TMPDIR and JUPYTER_RUNTIME_DIR belong below the home (Unix socket
paths end at 107 bytes), kernels use `--KernelManager.transport=ipc`.

Without bubblewrap files and ports are still closed by Landlock; terminals of the same system user and Unix
sockets whose file permissions allow it are not, and /tmp and /dev/shm, which are shared, cannot be used.
In that case an editable install's packages cannot be imported (Landlock cannot list its folder alone).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .landlock import TCP_ABI, landlock_abi
from .visible import around, environment_paths, package_paths, system_paths

_HERE = Path(__file__).resolve().parent
_NOBODY = 65534
_INSTALL = "apt-get install bubblewrap"
_DEVICES = ["null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts"]
_PROC = ["self", "cpuinfo", "meminfo", "stat", "loadavg", "uptime"]
_UNSHARED = ["--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]

INSIDE = Path("/run/hocai")
"""Where the seal's own programs stand inside bubblewrap."""


@dataclass(frozen=True)
class Capabilities:
    """What this machine can seal with; `sentence` tells the operator what is missing, "" if nothing is."""

    landlock_abi: int
    bwrap: bool
    can_seal: bool
    sentence: str


def capabilities() -> Capabilities:
    """Try bubblewrap and ask the kernel. Takes about 10 ms."""
    abi, refusal = landlock_abi(), _bwrap_refusal()
    works = refusal == ""
    can_seal = works or abi >= TCP_ABI
    if works and abi >= TCP_ABI:
        sentence = ""
    elif works:
        sentence = (
            f"Landlock ABI {abi} cannot limit TCP ports, so learners' notebooks can reach other services "
            "of this machine; a kernel of version 6.7 or later with Landlock mends it "
            "(Debian 12: apt-get install -t bookworm-backports linux-image-amd64)."
        )
    elif can_seal:
        sentence = (
            f"{refusal}; until then Landlock alone seals learners' code: files and ports are closed, "
            "the terminals of learners that run as the same system user are not."
        )
    else:
        sentence = (
            f"{refusal}; and the kernel has no Landlock that limits TCP (ABI {abi}, needed is {TCP_ABI}). "
            "Learners' code is not run: code grades wait, JupyterLab is for teachers only."
        )
    return Capabilities(abi, works, can_seal, sentence)


def _bwrap_refusal() -> str:
    """Why bubblewrap cannot seal here, with the mending command; "" if it can."""
    if shutil.which("bwrap") is None:
        return f"bubblewrap is missing: {_INSTALL}"
    command = ["bwrap", *_UNSHARED, "--unshare-net", "--ro-bind", "/", "/", "--proc", "/proc", "--", "true"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap does not run ({error}): apt-get install --reinstall bubblewrap"
    if done.returncode == 0:
        return ""
    reason = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
    return (
        f"bubblewrap may not make namespaces here ({reason}): "
        "sysctl -w kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0"
    )


def namespaces(
    *,
    read_only: Sequence[Path] = (),
    read_write: Sequence[Path] = (),
    packages: Sequence[str] = ("course",),
    network: bool = False,
    scratch: Path | None = None,
) -> list[str]:
    """The bubblewrap part: argv up to and with `--`. `read_write` paths exist; all keep their place.

    `scratch` is an empty directory of the namespace's own, apart from /tmp, below which the environment may lie.
    """
    shown, hidden = package_paths(packages)
    command = ["bwrap", *_UNSHARED, "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    if not network:
        command.append("--unshare-net")
    if os.getuid() == 0:  # programs refuse to run as root; the files of root are this user's all the same
        command += ["--uid", str(_NOBODY), "--gid", str(_NOBODY)]
    for path in system_paths():
        if path.is_symlink() and path.parent == Path("/"):
            command += ["--symlink", str(path.readlink()), str(path)]
        else:
            command += ["--ro-bind", str(path), str(path)]
    command += ["--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"]  # noqa: S108 - an empty one of its own
    binds = dict.fromkeys([*environment_paths(), *shown, *read_only], "--ro-bind")
    binds |= dict.fromkeys(read_write, "--bind")
    for path in sorted(binds, key=lambda path: path.parts):  # what lies above comes first
        for place in dict.fromkeys((path, path.resolve())):
            command += [binds[path], str(path.resolve()), str(place)]
    if scratch is not None:
        command += ["--tmpfs", str(scratch)]
    for path in hidden:
        command += ["--ro-bind", str(_HERE / "absent"), str(path)]
    for program in _HERE.glob("*.py"):
        command += ["--ro-bind", str(program), str(INSIDE / _HERE.name / program.name)]
    return [*command, "--remount-ro", "/", "--"]


def landlock_view(packages: Sequence[str], read_only: Sequence[Path] = ()) -> tuple[list[str], list[str]]:
    """(read-only paths, listable directories) for Landlock where no mount namespace hides the rest."""
    shown, hidden = package_paths(packages)
    allowed, listable = [*system_paths(), *shown, *read_only], []
    for root in environment_paths():
        inner, lists = around(root, hidden)
        allowed += inner
        listable += lists
    allowed += [Path("/proc", name) for name in _PROC]
    return [str(path) for path in allowed], [str(path) for path in listable]


def devices() -> list[str]:
    """The devices a program may use where no mount namespace has its own minimal /dev."""
    return [f"/dev/{name}" for name in _DEVICES if Path("/dev", name).exists()]


def sealed_command(
    command: Sequence[str],
    *,
    home: Path,
    read_only: Sequence[Path] = (),
    read_write: Sequence[Path] = (),
    connect_ports: Sequence[int] = (),
    bind_ports: Sequence[int] = (),
    packages: Sequence[str] = ("course",),
    machine: Capabilities | None = None,
) -> list[str]:
    """Argv that runs `command` sealed; without ports it has no network at all.

    `home` and the other paths are absolute and exist. `machine` is what `capabilities()` found, if the
    caller knows it already. Raises RuntimeError with the operator's sentence where nothing can seal.
    """
    machine = machine or capabilities()
    if not machine.can_seal:
        raise RuntimeError(machine.sentence)
    writable = [home, *read_write]
    for path in [*writable, *read_only]:
        if not path.is_absolute() or not path.exists():
            raise ValueError(f"sealed_command: {path} must be an absolute path that exists")
    python = [sys.executable, "-I", "-B"]
    listable: list[str] = []
    if machine.bwrap:
        network = bool(connect_ports or bind_ports)
        outer = namespaces(read_only=read_only, read_write=writable, packages=packages, network=network)
        outer[-1:] = ["--chdir", str(home), "--"]
        outer += [*python, str(INSIDE / _HERE.name / "landlock.py")]
        ro, rw = ["/"], ["/tmp", "/dev"]  # noqa: S108 - the mount namespace's own
    else:
        outer = [*python, str(_HERE / "landlock.py")]
        ro, listable = landlock_view(packages, read_only)
        rw = devices()
    inner = ["--least-abi", str(min(machine.landlock_abi, TCP_ABI))]
    for option, values in (
        ("--ro", ro),
        ("--list", listable),
        ("--rw", [*rw, *map(str, writable)]),
        ("--connect", connect_ports),
        ("--bind", bind_ports),
    ):
        for value in values:
            inner += [option, str(value)]
    return [*outer, *inner, "--", *command]
