"""The kit's front end as text: modules joined into one, for a notebook a kind, for pages everything at once.

A module imports others by one-line imports from `./NAME.js` and exports by name, so joining is text work: each becomes
a function that returns what it exports, and its other names stay its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
IMPORT = re.compile(
    r'^import (?:(?P<default>\w+)|\{(?P<names>[\w, ]*)\}) from "\./(?P<module>[a-z_]+)\.js";\n', re.MULTILINE
)
EXPORT = re.compile(r"^export (?=(?:(?:async )?function\*? ?|class |const )(?P<name>\w+))", re.MULTILINE)
DEFAULT = re.compile(r"^export default ", re.MULTILINE)


def stylesheet() -> str:
    """kit.css."""
    return (FOLDER / "kit.css").read_text("utf-8")


@cache
def joined_module(name: str) -> str:
    """The kind's module with all it imports, as one ES module without imports."""
    return joined(name, [FOLDER]) + f"export default ${name}.default;\n"


def joined(entry: str, folders: Sequence[Path]) -> str:
    """The module `entry` with all it imports, each after those it needs, as one script.

    Raises ValueError for an import of what is in none of the folders.
    """
    sources = {file.stem: file for folder in folders for file in sorted(folder.glob("*.js"))}
    done: dict[str, str] = {}

    def visit(name: str) -> None:
        if name not in sources:
            raise ValueError(f"{name}.js is imported but in none of {[str(folder) for folder in folders]}")
        text = sources[name].read_text("utf-8")
        for match in IMPORT.finditer(text):
            if match["module"] not in done:
                visit(match["module"])
        done[name] = _as_function(name, text)

    visit(entry)
    return "".join(done.values())


def _as_function(name: str, text: str) -> str:
    given = [match["name"] for match in EXPORT.finditer(text)]
    if DEFAULT.search(text):
        given.append("default: $default")
    body = DEFAULT.sub("const $default = ", EXPORT.sub("", IMPORT.sub(_as_constant, text)))
    return f"const ${name} = (() => {{\n{body}return {{ {', '.join(given)} }};\n}})();\n"


def _as_constant(match: re.Match[str]) -> str:
    if match["default"]:
        return f"const {match['default']} = ${match['module']}.default;\n"
    return f"const {{{match['names']}}} = ${match['module']};\n"


def hashed(files: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """`{file name: (NAME.HASH.ext, content)}`: names under which content may be kept for good."""
    found = {}
    for name, content in files.items():
        stem, _, ending = name.rpartition(".")
        found[name] = (f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}", content)
    return found
