"""The pictures and sounds that a published lesson shows, for programs: the apps service asks for a page's cookie.

JupyterLab's widgets load them one by one; nbgrader's exchange brings them home beside the notebook.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import nbformat
from starlette.responses import FileResponse

from course.notebook import pictures_shown
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.refusals import Refusal

HEADERS = {
    "Cache-Control": "private, max-age=600",  # several exercises show the same
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox",
}


def shown_files(campus: Campus, lesson_id: str) -> dict[str, Path]:
    """Each file by the name that notebook and exercises call it. Raises Refusal("unknown_lesson")."""
    folder = campus.settings.published / "apps" / campus.lesson(lesson_id).lesson.id / "material"
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


def files_to_fetch(campus: Campus, lesson_id: str) -> dict[str, Path]:
    """What comes home with the notebook; of a challenge the notebook's own alone, for its tasks wait for the sitting.

    Raises Refusal("unknown_lesson").
    """
    files = shown_files(campus, lesson_id)
    if not files or not campus.lesson(lesson_id).lesson.is_challenge:
        return files
    own = pictures_shown(nbformat.read(campus.student_notebook(lesson_id), as_version=4))
    return {name: path for name, path in files.items() if name in own}


def file_response(files: Mapping[str, Path], name: str) -> FileResponse:
    """One of these files: a name leads nowhere else. Raises Refusal("not_found")."""
    if name not in files:
        raise Refusal("not_found")
    return FileResponse(files[name], headers=HEADERS)
