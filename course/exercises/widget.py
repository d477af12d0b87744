"""What all exercise widgets have in common. A kind adds its ES module and how its body reads as plain HTML."""

from __future__ import annotations

import os
import threading
from typing import Any, ClassVar

import traitlets
from anywidget import AnyWidget

from course.exercises import wording
from course.exercises.connection import CampusError, ask_campus
from course.exercises.frontend import joined_module, stylesheet
from course.exercises.reading import Public, page


class ExerciseWidget(AnyWidget):  # type: ignore[misc]  # mypy is told to skip anywidget
    """One exercise in a notebook. The learner's token is sent once in a message, never kept in a trait."""

    module: ClassVar[str] = ""
    """Name of the kind's ES module, without `.js`."""

    exercise = traitlets.Unicode().tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)
    answer = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    fallback = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)

    def __init__(self, public: Public, answer: dict[str, Any] | None = None) -> None:
        """`public` is the exercise's public projection."""
        super().__init__(
            exercise=public["id"],
            kind=public["kind"],
            answer=answer,
            fallback=page(public, self.reading(public)),
            _esm=joined_module(self.module),
            _css=stylesheet(),
        )
        self.on_msg(self._on_message)

    def reading(self, public: Public) -> str:
        """The kind's own part of the plain HTML."""
        return ""

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, "text/plain": self.exercise, "text/html": self.fallback}, metadata

    def _on_message(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        if content.get("type") == "session":  # in a thread: the kernel must not wait for the network
            threading.Thread(target=self._send_session, daemon=True).start()

    def _send_session(self) -> None:
        try:
            session = {**ask_campus("POST", "session"), "user": os.environ.get("JUPYTERHUB_USER", "")}
        except CampusError:
            session = {"error": wording.NO_SESSION}
        self.send({"type": "session", **session})
