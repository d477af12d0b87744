"""The two calls a notebook makes. They hold no answer key: what an exercise is comes from its public projection."""

from __future__ import annotations

import html
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.exercises import wording
from course.exercises.connection import CampusError, ask_campus, campus_address

if TYPE_CHECKING:
    from IPython.display import HTML

    from course.exercises.widget import ExerciseWidget


_handed: dict[str, str] = {}  # full exercise id -> its values as JSON, told by whoever started this kernel


class MaterialError(RuntimeError):
    """The values of an exercise could not be had; the text is a sentence for the learner."""


def exercise(full_id: str, answer: dict[str, Any] | None = None) -> ExerciseWidget | HTML | None:
    """The widget of the exercise `lesson/exercise`, with the answer that stands in the call.

    None in the grading sandbox and wherever no campus is set up: there the call is only the answer's place.
    Never raises: what went wrong is shown as a sentence.
    """
    if os.environ.get("HOCAI_MATERIAL"):
        return None
    from IPython.display import HTML  # here, not above: the sandbox imports this module and needs no widgets

    from course.exercises.kinds import widget_of

    try:
        public = _published(full_id)
        if public is None:
            if not campus_address():
                return None
            public = ask_campus("GET", f"exercises/{full_id}")["exercise"]
    except (CampusError, KeyError) as error:
        unknown = isinstance(error, CampusError) and error.status == 404
        text = wording.NOT_FOUND.format(exercise=full_id) if unknown else wording.NO_CAMPUS
        return HTML(f"<p>{html.escape(text)}</p>")
    return widget_of(public, answer)


def material(full_id: str) -> dict[str, Any]:
    """The values drawn for the learner that code may read.

    From what this kernel was handed, in the sandbox from the JSON file HOCAI_MATERIAL (`{full id: values}`), else from
    campus. Raises MaterialError with a sentence for the learner.
    """
    if full_id in _handed:
        return dict(json.loads(_handed[full_id]))
    if path := os.environ.get("HOCAI_MATERIAL"):
        try:
            return dict(json.loads(Path(path).read_text("utf-8"))[full_id])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise MaterialError(wording.MATERIAL_FILE.format(exercise=full_id)) from error
    try:
        return dict(ask_campus("GET", f"exercises/{full_id}/material")["values"])
    except (CampusError, KeyError, TypeError, ValueError) as error:
        raise MaterialError(wording.NO_MATERIAL.format(exercise=full_id)) from error


def hand_over(values: str) -> None:
    """Take the learner's drawn values, JSON of `{full exercise id: values}`, where campus is out of reach."""
    _handed.update({full_id: json.dumps(own) for full_id, own in json.loads(values).items()})


def _published(full_id: str) -> dict[str, Any] | None:
    """The exercise as the published public.json of its lesson has it; None where there is none."""
    folder, (lesson, _, id_) = os.environ.get("HOCAI_PUBLISHED"), full_id.partition("/")
    if not folder or not id_ or Path(lesson).name != lesson:
        return None
    try:
        index = json.loads((Path(folder) / lesson / "public.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None  # not published to this server: campus is asked
    found = index.get("exercises", {}).get(id_)
    return found if isinstance(found, dict) else None
