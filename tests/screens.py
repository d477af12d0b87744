"""Pictures of lessons as a learner sees them, kept where HOCAI_SCREENS names a folder (`make screens`)."""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
MOST_BYTES = 40_000


def keep_screen(page: Page, name: str) -> None:
    """The screen as a small picture NAME.webp; nothing where nobody asked for it."""
    asked = os.environ.get("HOCAI_SCREENS", "")
    if not asked:
        return
    file = ROOT / asked / f"{name}.webp"
    file.parent.mkdir(parents=True, exist_ok=True)
    page.evaluate("scrollTo(0, 0)")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    for quality in (80, 60, 40, 20):
        picture.save(file, quality=quality, method=6)
        if file.stat().st_size <= MOST_BYTES:
            return
    raise AssertionError(f"{file} is larger than {MOST_BYTES} bytes even at the lowest quality")
