"""The kit's front end as files: joined into one module for JupyterLab, hashed one by one for pages.

A module imports others of the kit by one-line imports from `./NAME.js` and nothing else, so joining is text work.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
IMPORT = re.compile(r'^import \{[^}]*\} from "\./(?P<name>[a-z_]+)\.js";\n', re.MULTILINE)


def stylesheet() -> str:
    """kit.css."""
    return (FOLDER / "kit.css").read_text("utf-8")


@cache
def joined_module(name: str) -> str:
    """The kind's module with all it imports, as one ES module without imports."""
    return "".join(_without_links(module, last=module == name) for module in modules_of(name))


def modules_of(name: str) -> list[str]:
    """The module and its imports, each after those it needs."""
    found: list[str] = []

    def visit(module: str) -> None:
        for match in IMPORT.finditer(_source(module)):
            visit(match["name"])
        if module not in found:
            found.append(module)

    visit(name)
    return found


def _source(name: str) -> str:
    return (FOLDER / f"{name}.js").read_text("utf-8")


def _without_links(name: str, *, last: bool) -> str:
    text = IMPORT.sub("", _source(name))
    return text if last else re.sub(r"^export (?!default)", "", text, flags=re.MULTILINE)


def kit_files() -> list[Path]:
    """Every module and style sheet of the kit."""
    return sorted([*FOLDER.glob("*.js"), *FOLDER.glob("*.css")])


def hashed_files(files: Sequence[Path]) -> Mapping[str, tuple[str, bytes]]:
    """`{file name: (NAME.HASH.ext, content)}`; imports inside point to the hashed names.

    Raises ValueError when a module imports one that is not among `files`.
    """
    sources = {file.name: file.read_text("utf-8") for file in files}
    done: dict[str, tuple[str, bytes]] = {}

    def visit(name: str) -> str:
        if name not in sources:
            raise ValueError(f"{name} is imported but not among the files")
        if name not in done:
            text = IMPORT.sub(
                lambda m: m[0].replace(f"./{m['name']}.js", f"./{visit(m['name'] + '.js')}"), sources[name]
            )
            content = text.encode()
            stem, _, ending = name.rpartition(".")
            done[name] = (f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}", content)
        return done[name][0]

    for name in sources:
        visit(name)
    return done
