"""A submission as formgrader's page shows it, by nbgrader's own exporter and template, within a time."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

SECONDS = 20.0
RESOURCES = {
    "assignment_id": "a",
    "notebook_id": "n",
    "submission_id": "s",
    "index": 0,
    "total": 1,
    "base_url": "/",
    "student": "s",
    "last_name": "",
    "first_name": "",
    "notebook_path": "n.ipynb",
}


class FormgraderPage:
    """Pages are made in a process of their own: a page that takes too long must not stop the suite."""

    def __init__(self) -> None:
        self._pool = _new_pool()

    def of(self, notebook: Path) -> str:
        """HTML of an autograded notebook. Raises TimeoutError."""
        try:
            return self._pool.submit(page_of, str(notebook)).result(SECONDS)
        except TimeoutError:
            self.close()
            self._pool = _new_pool()
            self._pool.submit(_exporter_is_there).result()
            raise

    def close(self) -> None:
        for process in list((self._pool._processes or {}).values()):
            process.kill()
            process.join()
        self._pool.shutdown(wait=False, cancel_futures=True)


def page_of(notebook: str) -> str:
    """The page, by the exporter as `nbgrader.server_extensions.formgrader` sets it up."""
    page, _ = _exporter().from_filename(notebook, resources=dict(RESOURCES))
    return str(page)


@cache
def _exporter() -> Any:
    from nbconvert.exporters import HTMLExporter
    from nbgrader.server_extensions.formgrader.handlers import template_path
    from traitlets.config import Config

    config = Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [template_path]
    return HTMLExporter(config=config)


def _exporter_is_there() -> bool:
    return _exporter() is not None


def _new_pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
