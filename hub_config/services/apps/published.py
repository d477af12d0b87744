"""What `hocai publish` noted of a lesson besides its page."""

from __future__ import annotations

import json
from pathlib import Path


def needs_kernel(published: Path, lesson_id: str) -> bool:
    """Whether the published lesson is one of those with live Python; no for a lesson that is not there."""
    try:
        return bool(json.loads((published / lesson_id / "live.json").read_text("utf-8"))["live"])
    except FileNotFoundError:
        return False
