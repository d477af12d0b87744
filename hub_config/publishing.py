"""Lessons → what learners get: student notebooks, app pages with their assets, and every class's assignment.

What has not changed since the last time is left alone, so that a second start is quick.
"""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbformat import writes

import course
from autograders.gradebook import ClassGradebook, write_file
from course.assignment import student_notebook
from course.catalog import Catalog, LessonFolder
from course.exercises import frontend
from course.publish import AppKernel, app_page, files_shown, public_index
from hub_config.contents import digest_of, files_in
from hub_config.latest import NOTE
from hub_config.services.campus import accounts
from hub_config.services.campus.database import connect
from hub_config.services.live.front import live_assets
from hub_config.settings import Settings

log = logging.getLogger(__name__)

TEMPLATE = Path(__file__).parent / "services" / "apps" / "templates" / "phone"
STYLE = Path(__file__).parent / "static" / "hocai.css"
MANIFEST = "manifest.webmanifest"
RECORD = "published.json"  # what was published from which state of its sources


def publish_all(settings: Settings, progress: Callable[[str], None] = log.info) -> list[str]:
    """Publish every lesson of the catalog; the ids of those that were published anew, in the catalog's order.

    Raises LessonError naming lesson and cell, GradebookError, OSError.
    """
    catalog = Catalog(settings.lessons)
    live = live_assets(settings.project)
    kit = _digest([*files_in(Path(course.__file__).parent), *files_in(TEMPLATE), STYLE]) + digest_of(live.items())
    record = _Record(settings.published / RECORD)
    assets = publish_assets(settings.published, live)
    done = []
    for folder in catalog:
        state = kit + _digest(files_in(folder.path))
        if not record.holds(folder.lesson.id, state):
            progress(f"publishing {folder.lesson.id}")
            publish_lesson(folder, settings.published, assets, served=True)
            record.note(folder.lesson.id, state)
            done.append(folder.lesson.id)
        _assign(settings, folder, state, record)
    write_file(settings.published / NOTE, _json(datetime.now(UTC).isoformat()))
    return done


def page_assets() -> dict[str, tuple[str, bytes]]:
    """`{name: (name with the hash of its content, content)}` of what every page shares.

    app.css is campus's style, the kit's and the page's; app.js holds all widgets: one request each, kept for good.
    hocai.css alone is for pages that are no lesson.
    """
    styles = [STYLE.read_text("utf-8"), frontend.stylesheet(), (TEMPLATE / "app.css").read_text("utf-8")]
    script = frontend.joined("app", [frontend.FOLDER, TEMPLATE])
    icons = frontend.hashed({file.name: file.read_bytes() for file in TEMPLATE.glob("icon_*.png")})
    manifest = (TEMPLATE / MANIFEST).read_text("utf-8")
    for name, (hashed, _) in icons.items():
        manifest = manifest.replace(f'"{name}"', f'"{hashed}"')
    texts = {"app.css": "".join(styles), "app.js": script, MANIFEST: manifest, STYLE.name: styles[0]}
    return icons | frontend.hashed({name: text.encode() for name, text in texts.items()})


def publish_assets(published: Path, more: Mapping[str, bytes]) -> dict[str, str]:
    """Write what pages load, `more` included; their file names by the names of their sources. Raises OSError."""
    assets = page_assets() | frontend.hashed(more)
    _write_assets(published / "apps" / "assets", assets.values())
    return {name: hashed for name, (hashed, _) in assets.items()}


def publish_lesson(
    folder: LessonFolder,
    published: Path,
    assets: Mapping[str, str],
    kernel: AppKernel | None = None,
    *,
    served: bool = False,
) -> None:
    """Write a lesson's student notebook, public index and app page. Raises LessonError, OSError.

    `served`: the live service gives the page a kernel where it needs one.
    """
    lesson_id = folder.lesson.id
    notebook = student_notebook(folder)
    write_file(published / lesson_id / "public.json", _json(public_index(folder)))
    write_file(published / lesson_id / "lesson.ipynb", writes(notebook).encode())
    done = app_page(folder, notebook, published, TEMPLATE, {"assets": assets, "kernel": served}, kernel)
    write_file(published / lesson_id / "live.json", _json({"live": done.live}))
    app = published / "apps" / lesson_id
    _publish_material(folder, app / "material")
    _write_zipped(app / "index.html", done.html.encode())


def _publish_material(folder: LessonFolder, published: Path) -> None:
    """Write what the lesson shows; what it shows no more goes, for campus hands out whatever lies there."""
    shown = {published / name: folder.path / "material" / name for name in files_shown(folder)}
    for path, source in shown.items():
        write_file(path, source.read_bytes())
    for path in published.rglob("*"):
        if path.is_file() and path not in shown:
            path.unlink()


def _assign(settings: Settings, folder: LessonFolder, state: str, record: _Record) -> None:
    """Make the lesson an assignment of every class that does not have it in this state."""
    engine = connect(settings)
    try:
        classes = [found.id for found in accounts.list_classes(engine)]
    finally:
        engine.dispose()
    for class_id in classes:
        key = f"{class_id}/{folder.lesson.id}"
        if record.holds(key, state) and (settings.classes / class_id / "gradebook.db").is_file():
            continue
        with ClassGradebook(settings.classes / class_id, class_id) as gradebook:
            gradebook.add_assignment(folder)
        record.note(key, state)


class _Record:
    """Digest of the sources that each published thing was made from; kept beside what was published."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._digests: dict[str, str] = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            self._digests = {}  # nothing was published here yet, or the note is broken: all is published anew

    def holds(self, key: str, digest: str) -> bool:
        return self._digests.get(key) == digest

    def note(self, key: str, digest: str) -> None:
        self._digests[key] = digest
        write_file(self._path, _json(self._digests))


def _write_assets(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    for name, content in files:
        if not (folder / name).is_file():
            _write_zipped(folder / name, content)


def _write_zipped(path: Path, content: bytes) -> None:
    """The file, and its gzip beside it where that is smaller; the file last: where it stands, all is written."""
    zipped = gzip.compress(content, mtime=0)
    if len(zipped) < len(content):
        write_file(path.with_name(path.name + ".gz"), zipped)
    write_file(path, content)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _digest(files: Iterable[Path]) -> str:
    return digest_of((file.name, file.read_bytes()) for file in files)
