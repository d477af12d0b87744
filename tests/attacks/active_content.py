"""What in an HTML page can act: scripts, handlers, frames, addresses that run or load something."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

ACTIVE_TAGS = {"script", "iframe", "frame", "object", "embed", "applet", "base", "form", "meta", "link", "svg", "math"}
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "srcdoc", "background", "poster"}
RUNNING = ("javascript:", "vbscript:", "data:text/html", "http:", "https:", "//")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = sorted(name for name, _ in attrs)
        if tag in ACTIVE_TAGS:
            self.found[f"<{tag} {' '.join(names)}>"] += 1
        for name, value in attrs:
            address = "".join((value or "").split()).lower()
            if name.startswith("on"):
                self.found[f"{name} of <{tag}>"] += 1
            elif name in ADDRESSES and address.startswith(RUNNING):
                self.found[f"{name} of <{tag}>: {address[:30]}"] += 1

    handle_startendtag = handle_starttag


def active_content(page: str) -> Counter[str]:
    """What can act in a page, each with how often it stands there."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.found
