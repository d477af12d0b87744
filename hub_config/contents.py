"""What lies in folders of sources, and a digest that changes when it does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

LEFT_BEHIND = {"__pycache__", ".ipynb_checkpoints"}
"""Folders that programs make beside what people write."""


def files_in(folder: Path) -> list[Path]:
    """Every file in a folder but what programs left behind, sorted."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if not LEFT_BEHIND & set(path.relative_to(folder).parts))


def digest_of(contents: Iterable[tuple[str, bytes]]) -> str:
    """Sixteen hex digits for files by their names."""
    digest = hashlib.sha256()
    for name, content in contents:
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]
