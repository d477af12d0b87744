"""Which paths a sealed process sees: the system's programs, the Python environment, chosen packages of ours.

What is sealed from what: everything not named here (project sources, lesson folders, the data folder, other
homes, most of /etc) stays out of sight. Of our own packages only the chosen ones can be imported, although
all of them are installed into the same site-packages.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

OUR_PACKAGES = ("course", "autograders", "hub_config")

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
# not all of /etc/ssl: its private keys are readable where the owner is root
_ETC = (
    *("alternatives", "bash.bashrc", "fonts", "group", "host.conf", "hosts", "inputrc"),
    *("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "locale.alias", "localtime", "mime.types"),
    *("nsswitch.conf", "passwd", "pki/tls/certs", "profile", "ssl/certs", "ssl/openssl.cnf"),
    *("terminfo", "timezone"),
)


def system_paths() -> list[Path]:
    """Programs and libraries, and the few files of /etc they need; only what exists here."""
    wanted = [Path(path) for path in _SYSTEM] + [Path("/etc", name) for name in _ETC]
    return [path for path in wanted if path.exists()]


def environment_paths() -> list[Path]:
    """The Python environment, its base, and the directories its interpreter's links lead through."""
    found = [Path(sys.prefix), Path(sys.base_prefix)]
    link = Path(sys.executable)
    while link.is_symlink():
        link = link.parent / link.readlink()
        found.append(link.parent.parent)
    return without_nested([path for path in found if path != Path("/")], [Path("/usr")])


def without_nested(paths: Iterable[Path], above: Sequence[Path] = ()) -> list[Path]:
    """The paths that lie neither below another of them nor below one of `above`, shortest first."""
    kept: list[Path] = []
    for path in sorted(set(paths), key=lambda path: (len(path.parts), str(path))):
        if not any(path.is_relative_to(other) for other in [*above, *kept]):
            kept.append(path)
    return kept


def _package_directory(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"package {name!r} is not installed in this environment", name=name)
    return Path(next(iter(spec.submodule_search_locations)))


def package_paths(packages: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """(shown, hidden) directories: of an editable install those to add, inside the environment those to hide.

    Raises ValueError for a package that is not one of ours.
    """
    unknown = set(packages) - set(OUR_PACKAGES)
    if unknown:
        raise ValueError(f"packages: {sorted(unknown)} are not among {OUR_PACKAGES}")
    shown, hidden = [], []
    for name in OUR_PACKAGES:
        directory = _package_directory(name)
        installed = any(directory.is_relative_to(path) for path in [*environment_paths(), Path("/usr")])
        if name in packages and not installed:
            shown.append(directory)
        elif name not in packages and installed:
            hidden.append(directory)
    return shown, hidden


def around(root: Path, hidden: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """(allowed, listable): what lies below `root` except the hidden directories, in as few paths as can be.

    Landlock rules only add; so what is hidden must be left out of an enumeration of all else.
    """
    if not any(path.is_relative_to(root) for path in hidden):
        return [root], []
    if root in hidden:
        return [], []
    allowed: list[Path] = []
    listable = [root]
    for child in sorted(root.iterdir()):
        if child.is_symlink():  # what it leads to has its own rule, or none
            continue
        inner, lists = around(child, hidden)
        allowed += inner
        listable += lists
    return allowed, listable
