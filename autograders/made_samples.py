"""What an answer of a sample would have made: composed or opened here, as campus does it for a learner."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from autograders.models import Picture
from autograders.pictures import jobs
from autograders.pictures.composing import composed
from autograders.pictures.opening import on_white
from autograders.pictures.uploaded import uploaded
from course.poster import Design


def made(pictures: Path, answer: Mapping[str, Any], artefacts: dict[str, Picture]) -> dict[str, Any]:
    """The answer with its artefact's hash; `artefacts` gets what was seen of it.

    `design` may be given in part; `picture` and `file` name files in the folder `pictures`. Raises OSError for one that
    is not there, ValueError for a design that is none, `opening.PictureRefused` for a file that is not taken.
    """
    if "file" in answer:
        return _told(artefacts, uploaded(_here, (pictures / answer["file"]).read_bytes(), read=True), {})
    if "design" not in answer:
        return dict(answer)
    design = Design.model_validate(answer["design"]).model_dump()
    ground = on_white(Image.open(pictures / answer["picture"])) if "picture" in answer else None
    facts, content = composed(design, ground)
    kept = {key: value for key, value in answer.items() if key != "picture"}
    return _told(artefacts, (content, Picture.model_validate(facts)), {**kept, "design": design})


def _told(artefacts: dict[str, Picture], done: tuple[bytes, Picture], answer: dict[str, Any]) -> dict[str, Any]:
    content, seen = done
    sha256 = hashlib.sha256(content).hexdigest()
    artefacts[sha256] = seen
    return {"artefact": sha256, **answer}


def _here(job: str, header: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """A job in this process: a sample's file is the lesson author's own."""
    told: tuple[dict[str, Any], bytes] = getattr(jobs, job)(header, body)
    return told
