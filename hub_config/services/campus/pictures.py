"""Making and opening pictures in the sealed short-lived process: campus itself never decodes one."""

from __future__ import annotations

from typing import Any

from autograders.models import Picture
from autograders.pictures.uploaded import uploaded
from course.poster import Design
from hub_config.services.ai.practice.media import CannotDo
from hub_config.services.ai.practice.media.process import run
from hub_config.services.campus.refusals import Refusal

_FAILED = {"not_an_image": "not_a_picture", "image_too_large": "picture_too_big"}


def composed(design: Design, ground: bytes | None) -> tuple[bytes, Picture]:
    """The poster of a design, `ground` behind or beside its lettering. Raises Refusal."""
    facts, content = _run("compose", {"design": design.model_dump()}, ground or b"")
    return content, Picture.model_validate(facts)


def opened(body: bytes, *, read: bool) -> tuple[bytes, Picture]:
    """A picture from elsewhere stored anew, without anything in it but pixels; `read`: with what is written on it.

    Raises Refusal.
    """
    return uploaded(_run, body, read=read)


def _run(job: str, header: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        return run(job, header, body, failure="drawing_failed")
    except CannotDo as error:
        raise Refusal(_FAILED.get(error.code, "picture_failed")) from error
