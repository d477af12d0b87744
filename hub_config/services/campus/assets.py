"""Style sheet and other files of our own, with the hash of their content in the address: kept for a year."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from hub_config.services.campus.campus import Campus
from hub_config.services.campus.refusals import Refusal

STATIC = Path(__file__).parents[2] / "static"
TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".js": "text/javascript; charset=utf-8"}
LEVELS = "levels.css"


class Assets:
    """The files under `hub_config/static`, and the levels' colours as a style sheet made from the catalog."""

    def __init__(self, campus: Campus) -> None:
        self._levels = level_colours(campus)

    def url(self, name: str) -> str:
        """The file's path below the service's prefix, changing with its content."""
        return f"assets/{name}?v={hashlib.sha256(self._content(name)).hexdigest()[:12]}"

    async def serve(self, request: Request) -> Response:
        """`GET assets/NAME`. Raises Refusal("not_found")."""
        name = request.path_params["name"]
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(self._content(name), media_type=TYPES[Path(name).suffix], headers=headers)

    def _content(self, name: str) -> bytes:
        if name == LEVELS:
            return self._levels
        found = _static().get(name)
        if found is None:
            raise Refusal("not_found")
        return found.read_bytes()


def level_colours(campus: Campus) -> bytes:
    """A class a level that sets `--level`; pages may hold no styles of their own."""
    rules = [f".level-{level.info.number}{{--level:{level.info.colour}}}" for level in campus.catalog.levels]
    return "\n".join(rules).encode()


@cache
def _static() -> dict[str, Path]:
    return {path.name: path for path in STATIC.iterdir() if path.suffix in TYPES}
