"""Seal the calling process for good: files by Landlock, sockets and processes by seccomp.

What is sealed from what: the process that calls `restrict` (and all it starts) from every file and TCP port
that was not named, from abstract sockets and signals of processes outside; the process that calls
`filter_calls` from UDP, raw and MPTCP sockets (Landlock's rules cover plain TCP only), from socket families
it was not given, from io_uring (it would go past this filter) and, on wish, from starting processes;
`drop_capabilities` takes root's powers. None of it can be undone.

The standard library only, one file: it is run as a script inside and outside of namespaces:
    python -I landlock.py --ro PATH --rw PATH --list PATH --connect PORT --bind PORT -- COMMAND …
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import os
import socket
import stat
import struct
import sys
from collections.abc import Iterable, Sequence

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_RULE_PATH, _RULE_PORT = 1, 2
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _PR_CAPBSET_DROP = 38, 22, 24

# fs rights are single bits; a newer kernel knows more of them
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
_READ_ONLY = _EXECUTE | _READ_FILE | _READ_DIR
_RIGHTS_BITS_BY_ABI = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_BIND_TCP, _CONNECT_TCP = 1, 2
_SCOPE_ABSTRACT_AND_SIGNAL = 3

TCP_ABI = 4
"""From this Landlock ABI on (Linux 6.7) TCP ports can be limited."""

# architecture: audit number, syscall numbers
_ARCHITECTURES: dict[str, tuple[int, dict[str, int]]] = {
    "x86_64": (0xC000003E, {"socket": 41, "clone": 56, "fork": 57, "vfork": 58, "capset": 126}),
    "aarch64": (0xC00000B7, {"socket": 198, "clone": 220, "capset": 91}),
}
# add_key request_key keyctl unshare perf_event_open setns bpf userfaultfd: powers no program here needs
_REFUSED = {
    "x86_64": (248, 249, 250, 272, 298, 308, 321, 323),
    "aarch64": (217, 218, 219, 97, 241, 268, 280, 282),
}
_IO_URING_SETUP, _CLONE3 = 425, 435
_X32_CALLS = 0x40000000
_CLONE_THREAD = 0x10000


class SealError(OSError):
    """The kernel refused a part of the seal; the message names the part."""


_libc = ctypes.CDLL(None, use_errno=True)


def _architecture() -> tuple[int, dict[str, int]]:
    machine = os.uname().machine
    if machine not in _ARCHITECTURES:
        raise SealError(f"system calls of {machine} are not known, only of {', '.join(_ARCHITECTURES)}")
    return _ARCHITECTURES[machine]


def _call(what: str, number: int, *arguments: object) -> int:
    result = int(_libc.syscall(ctypes.c_long(number), *arguments))
    if result < 0:
        raise SealError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")
    return result


def _prctl(what: str, *arguments: object) -> None:
    if _libc.prctl(*arguments) != 0:
        raise SealError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")


def no_new_privileges() -> None:
    """From now on no program started gains rights by its set-user bit."""
    zero = ctypes.c_ulong(0)
    _prctl("no_new_privs", _PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), zero, zero, zero)


def drop_capabilities() -> None:
    """Give up every capability, for programs started later as well. An ordinary user has none to lose."""
    zero = ctypes.c_ulong(0)
    for capability in range(64):
        if _libc.prctl(_PR_CAPBSET_DROP, ctypes.c_ulong(capability), zero, zero, zero) == 0:
            continue
        if ctypes.get_errno() == errno.EINVAL:  # past the last one this kernel knows
            break
        if os.getuid() == 0:
            raise SealError(ctypes.get_errno(), "capabilities: root may not drop them here")
    header = struct.pack("=Ii", 0x20080522, 0)
    _call("capabilities", _architecture()[1]["capset"], header, bytes(24))


def landlock_abi() -> int:
    """The kernel's Landlock ABI, 0 where Landlock is missing or switched off."""
    version = int(_libc.syscall(ctypes.c_long(_CREATE_RULESET), None, ctypes.c_size_t(0), ctypes.c_uint32(1)))
    return max(version, 0)


def _add_path(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError as error:
        raise SealError(error.errno, f"Landlock rule for {path}: {error.strerror}") from error
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= _ON_FILES
        rule = struct.pack("=Qi", rights, descriptor)
        _call(f"Landlock rule for {path}", _ADD_RULE, ruleset, _RULE_PATH, rule, ctypes.c_uint32(0))
    finally:
        os.close(descriptor)


def restrict(
    *,
    read_only: Iterable[str] = (),
    read_write: Iterable[str] = (),
    listable: Iterable[str] = (),
    connect_ports: Iterable[int] = (),
    bind_ports: Iterable[int] = (),
) -> int:
    """Leave the process these paths (with all below) and TCP ports; return the ABI, 0 without Landlock.

    `listable` directories show the names below them, not the contents. What the kernel's ABI cannot do
    (TCP below 4, abstract sockets and signals below 6) is left out: the caller looks at the ABI.
    """
    abi = landlock_abi()
    no_new_privileges()
    if abi == 0:
        return 0
    every_right = (1 << _RIGHTS_BITS_BY_ABI[min(abi, 5)]) - 1
    words = [every_right]
    if abi >= TCP_ABI:
        words.append(_BIND_TCP | _CONNECT_TCP)
    if abi >= 6:
        words.append(_SCOPE_ABSTRACT_AND_SIGNAL)
    attributes = struct.pack(f"={len(words)}Q", *words)
    size = ctypes.c_size_t(len(attributes))
    ruleset = _call("Landlock ruleset", _CREATE_RULESET, attributes, size, ctypes.c_uint32(0))
    try:
        for paths, rights in ((read_only, _READ_ONLY), (read_write, every_right), (listable, _READ_DIR)):
            for path in paths:
                _add_path(ruleset, path, rights)
        for ports, rights in ((connect_ports, _CONNECT_TCP), (bind_ports, _BIND_TCP)):
            for port in ports if abi >= TCP_ABI else ():
                rule = struct.pack("=QQ", rights, port)
                _call(f"Landlock rule for port {port}", _ADD_RULE, ruleset, _RULE_PORT, rule, ctypes.c_uint32(0))
        _call("Landlock", _RESTRICT_SELF, ruleset, ctypes.c_uint32(0))
    finally:
        os.close(ruleset)
    return abi


class _Filter:
    """A classic BPF program over seccomp's data: built line by line, jumps count lines ahead."""

    ALLOW = 0x7FFF0000

    def __init__(self) -> None:
        self.lines: list[tuple[int, int, int, int]] = []

    def load(self, offset: int) -> None:
        self.lines.append((0x20, 0, 0, offset))

    def mask(self, bits: int) -> None:
        self.lines.append((0x54, 0, 0, bits))

    def skip_if(self, value: int, *, count: int = 1) -> None:
        self.lines.append((0x15, count, 0, value))

    def skip_unless(self, value: int, *, count: int = 1) -> None:
        self.lines.append((0x15, 0, count, value))

    def skip_below(self, value: int) -> None:
        self.lines.append((0x35, 0, 1, value))

    def answer(self, code: int | None) -> None:
        self.lines.append((0x06, 0, 0, self.ALLOW if code is None else 0x00050000 | code))

    def refuse(self, number: int, code: int) -> None:
        self.skip_unless(number)
        self.answer(code)

    def install(self) -> None:
        code = b"".join(struct.pack("=HBBI", *line) for line in self.lines)
        buffer = ctypes.create_string_buffer(code, len(code))
        program = struct.pack("@HP", len(self.lines), ctypes.addressof(buffer))
        _prctl("seccomp filter", _PR_SET_SECCOMP, ctypes.c_ulong(2), program)


def _argument(index: int) -> int:
    """Offset of the low half of a system call's argument in seccomp's data (little endian)."""
    return 16 + 8 * index


def _filter_sockets(program: _Filter, number: int, families: Sequence[int]) -> None:
    """Lines for socket(family, type, protocol): the families given; of the internet ones plain TCP only."""
    internet = (socket.AF_INET, socket.AF_INET6)
    inside = _Filter()
    inside.load(_argument(0))
    for family in families:
        if family not in internet:
            inside.skip_unless(family)
            inside.answer(None)
    allowed_internet = [family for family in families if family in internet]
    for position, family in enumerate(allowed_internet):
        inside.skip_if(family, count=len(allowed_internet) - position)
    inside.answer(errno.EPERM)
    if allowed_internet:
        inside.load(_argument(1))
        inside.mask(0xF)  # the rest are SOCK_NONBLOCK and SOCK_CLOEXEC
        inside.skip_if(socket.SOCK_STREAM)
        inside.answer(errno.EPERM)
        inside.load(_argument(2))
        inside.skip_if(0, count=2)
        inside.skip_if(socket.IPPROTO_TCP)
        inside.answer(errno.EPERM)  # MPTCP and SCTP would go past Landlock's TCP rules
        inside.answer(None)
    program.skip_unless(number, count=len(inside.lines))
    program.lines += inside.lines


def filter_calls(families: Sequence[int], *, processes: bool = True) -> None:
    """Refuse socket() outside `families` and all but TCP inside; with `processes` False also fork.

    Socket pairs and threads stay. Raises SealError on an architecture other than x86_64 and aarch64.
    """
    audit, numbers = _architecture()
    program = _Filter()
    program.load(4)
    program.skip_if(audit)
    program.answer(errno.EPERM)
    program.load(0)
    program.skip_below(_X32_CALLS)
    program.answer(errno.EPERM)
    program.refuse(_IO_URING_SETUP, errno.ENOSYS)
    for number in _REFUSED[os.uname().machine]:
        program.refuse(number, errno.EPERM)
    if not processes:
        program.refuse(_CLONE3, errno.ENOSYS)  # its flags lie in memory; libc falls back to clone
        for name in ("fork", "vfork"):
            if name in numbers:
                program.refuse(numbers[name], errno.EAGAIN)
        program.skip_unless(numbers["clone"], count=5)
        program.load(_argument(0))
        program.mask(_CLONE_THREAD)
        program.skip_if(_CLONE_THREAD)
        program.answer(errno.EAGAIN)
        program.answer(None)
    _filter_sockets(program, numbers["socket"], families)
    program.answer(None)
    no_new_privileges()
    program.install()


def main(arguments: Sequence[str] | None = None) -> None:
    """Seal this process as the options say and become the command."""
    parser = argparse.ArgumentParser(prog="landlock", description="Run a command sealed by Landlock and seccomp.")
    for option in ("--ro", "--rw", "--list"):
        parser.add_argument(option, action="append", default=[], metavar="PATH")
    for option in ("--connect", "--bind"):
        parser.add_argument(option, action="append", default=[], type=int, metavar="PORT")
    parser.add_argument("--least-abi", type=int, default=1, help="refuse to run on an older Landlock")
    parser.add_argument("command", nargs="+", metavar="COMMAND")
    given = parser.parse_args(arguments)
    if landlock_abi() < given.least_abi:
        sys.exit(f"landlock: the kernel's ABI is {landlock_abi()}, needed is {given.least_abi}: not started")
    families: list[int] = [socket.AF_UNIX, socket.AF_NETLINK]
    if given.connect or given.bind:
        families += [socket.AF_INET, socket.AF_INET6]
    try:
        drop_capabilities()
        restrict(
            read_only=given.ro,
            read_write=given.rw,
            listable=given.list,
            connect_ports=given.connect,
            bind_ports=given.bind,
        )
        filter_calls(families)
        os.execvp(given.command[0], given.command)  # noqa: S606 - becoming the command is the purpose
    except OSError as error:
        sys.exit(f"landlock: {error.strerror or error} ({given.command[0]} was not started)")


if __name__ == "__main__":
    main()
