"""What the pages of live lessons load beside those of all lessons; `widgets.mjs` is joined at install (Makefile)."""

from __future__ import annotations

from pathlib import Path

import anywidget

from course.exercises import frontend

FOLDER = Path(__file__).parent
PHONE = Path(__file__).parents[2] / "apps" / "templates" / "phone"
BUILT = Path("node_modules") / ".widgets"
_AMD = 'define(["@jupyter-widgets/base"], widget_default);'


def live_assets(project: Path) -> dict[str, bytes]:
    """`{file name: content}`: our script and sheet, ipywidgets' manager, anywidget's other half. Raises OSError."""
    built = project / BUILT
    if not (built / "widgets.js").is_file():
        raise FileNotFoundError(f"the widget manager is missing in {built}: run `make install`")
    return {
        "live.js": frontend.joined("live", [frontend.FOLDER, PHONE, FOLDER]).encode(),
        "live.css": (FOLDER / "live.css").read_bytes(),
        "widgets.js": (built / "widgets.js").read_bytes(),
        "widgets.css": (built / "widgets.css").read_bytes(),
        "anywidget.js": _anywidget().encode(),
    }


def _anywidget() -> str:
    """The front end of the anywidget that is installed, as an ES module instead of AMD. Raises OSError."""
    file = Path(anywidget.__file__).parent / "nbextension" / "index.js"
    text = file.read_text("utf-8")
    if _AMD not in text:
        raise FileNotFoundError(f"{file} does not end as anywidget's front end did; look at {__name__}")
    return text.replace(_AMD, "export default widget_default;")
