"""Pages made of templates: every text escaped, nothing from elsewhere, no script but our own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from course.variants import number_text
from hub_config.services.campus import wording
from hub_config.services.campus.assets import Assets
from hub_config.services.campus.collation import given_name
from hub_config.services.campus.progress import DAY_ZONE

TEMPLATES = Path(__file__).parent / "templates"
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Renderer:
    """Templates with campus's filters. `prefix` as "/services/campus/"."""

    def __init__(self, prefix: str, assets: Assets) -> None:
        self.assets = assets
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {
            "base": prefix,
            "asset": lambda name: prefix + assets.url(name),
            "wording": wording,
        }
        self._environment.filters["points"] = points_text
        self._environment.filters["number"] = number_text
        self._environment.filters["moment"] = moment_text
        self._environment.filters["given_name"] = given_name

    def page(
        self, template: str, status: int = 200, headers: dict[str, str] | None = None, **values: Any
    ) -> HTMLResponse:
        """The page as a response; `person` (an Account or None) is wanted by every template."""
        text = self._environment.get_template(template).render(**values)
        return HTMLResponse(text, status, {**SECURITY_HEADERS, **(headers or {})})


def points_text(value: float) -> str:
    """Points as Vietnamese writes them: 8, 7,5, 0,25."""
    return f"{round(value, 2):g}".replace(".", ",")


def moment_text(moment: datetime) -> str:
    """Hour and day in Vietnam."""
    return f"{moment.astimezone(DAY_ZONE):%H:%M, %d/%m/%Y}"
